import Glibc

/// Ends the process (SIGXCPU) when one record takes more CPU than it may.
///
/// RLIMIT_CPU counts the process's whole life, so the limit is pushed forward as records come along. To ask the
/// kernel at every record would cost more than many a record: a look at the coarse clock (a few ns) comes first.
final class CPUAllowance {
  private let seconds: UInt64?
  private var lastPush: Int = .min

  init(seconds: UInt64?) {
    self.seconds = seconds
    push()
  }

  func recordBegins() {
    guard seconds != nil else { return }
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now)
    if now.tv_sec != lastPush {
      lastPush = now.tv_sec
      push()
    }
  }

  private func push() {
    guard let seconds else { return }
    var now = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    // One more, because the kernel counts whole seconds; the hard limit stays open, or it could not be pushed.
    var limit = rlimit(rlim_cur: rlim_t(UInt64(now.tv_sec) + seconds + 1), rlim_max: rlim_t(UInt64.max))
    setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
  }
}
