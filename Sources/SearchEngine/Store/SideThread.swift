internal import Glibc

/// A thread that works on a part of what its maker does, who waits for it: `body` may use whatever lives until `join`.
final class SideThread {
  private final class Body {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  private var handle: pthread_t?

  /// Where the system has no thread left, the work is done at once.
  init(_ body: @escaping () -> Void) {
    let argument = Unmanaged.passRetained(Body(body))
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    // Signals are not for these threads.
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      {
        Unmanaged<Body>.fromOpaque($0!).takeRetainedValue().run()
        return nil
      }, argument.toOpaque())
    guard code == 0 else {
      argument.takeRetainedValue().run()
      return
    }
    handle = thread
  }

  func join() {
    guard let thread = handle else { return }
    handle = nil
    pthread_join(thread, nil)
  }

  deinit { join() }
}
