public import Glibc

/// A process that runs beside the test.
public struct RunningProcess: Sendable {
  public let pid: pid_t

  /// Ends it as a power failure would: no handler runs.
  public func kill() { _ = Glibc.kill(pid, SIGKILL) }

  /// Waits for its end, at most so long (seconds); then it is killed.
  ///
  /// - Returns: Exit status, or 128 + the signal that killed it.
  @discardableResult
  public func wait(seconds: Double = 120) -> Int32 {
    var pump = ProcessPump(pid: pid, deadline: ProcessPump.now() + seconds)
    return pump.wait()
  }
}
