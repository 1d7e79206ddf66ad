import Glibc
import Griot

/// Ctrl-C while something is written: the first one asks to stop at the next safe point, the second one kills.
enum Interrupt {
  private static let cancellation = Cancellation()

  /// Installs the handlers (SIGINT, SIGTERM, SIGHUP) and returns what they set.
  static func `catch`() -> Cancellation {
    // Made before a handler can run: an initialiser is nothing for a signal handler.
    let flag = cancellation
    // Who starts us from a thread pool hands down a mask that blocks nearly everything: nothing could stop us orderly.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // A shell that starts us in the background or under nohup has these ignored, and means it.
      var action = sigaction()
      guard sigaction(number, nil, &action) == 0, !isIgnored(action) else { continue }
      signal(number) { number in
        Interrupt.cancellation.cancel()
        signal(number, SIG_DFL)
      }
    }
    return flag
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
