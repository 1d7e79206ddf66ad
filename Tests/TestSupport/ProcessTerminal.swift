import Glibc
import Synchronization

/// Runs a program on a pseudo-terminal: what a person would see, escape sequences included.
extension ProcessRunner {
  /// - Parameters:
  ///   - columns, rows: Size of the window.
  ///   - errorsOnTerminal: Whether standard error is the terminal too, or a pipe of its own.
  /// - Returns: What came over the terminal in `standardOutput` (line ends as the terminal makes them: CR LF), and
  ///   what came over a pipe in `standardError`.
  public func runOnTerminal(
    _ arguments: [String], columns: Int = 80, rows: Int = 24, errorsOnTerminal: Bool = false
  ) throws -> ProcessResult {
    let (pid, main, errors) = try Self.spawning.withLock { _ in
      let (main, secondary) = try Self.openTerminal(columns: columns, rows: rows)
      let errors = try Self.pipePair()
      defer { for fd in [secondary, errors.write] { close(fd) } }
      let pid = try spawn(arguments, descriptors: [secondary, secondary, errorsOnTerminal ? secondary : errors.write])
      return (pid, main, errors.read)
    }
    defer { for fd in [main, errors] { close(fd) } }
    var pump = ProcessPump(pid: pid, deadline: ProcessPump.now() + timeLimit)
    var noInput: Int32 = -1
    try pump.run(input: [], to: &noInput, from: [main, errors])
    let status = pump.wait()
    return ProcessResult(
      standardOutput: pump.collected[0], standardError: pump.collected[1], status: status, timedOut: pump.timedOut)
  }

  /// The two ends of a pseudo-terminal. By way of the devices: the header hides `posix_openpt` and its kin.
  private static func openTerminal(columns: Int, rows: Int) throws -> (main: Int32, secondary: Int32) {
    let getNumber: UInt = 0x8004_5430  // TIOCGPTN
    let setLock: UInt = 0x4004_5431  // TIOCSPTLCK
    let main = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: Int32 = 0
    var locked: Int32 = 0
    guard main >= 0, ioctl(main, setLock, &locked) == 0, ioctl(main, getNumber, &number) == 0 else {
      throw ProcessError("no pseudo-terminal: \(String(cString: strerror(errno)))")
    }
    let secondary = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard secondary >= 0 else {
      close(main)
      throw ProcessError("no pseudo-terminal: \(String(cString: strerror(errno)))")
    }
    var size = winsize()
    size.ws_col = UInt16(columns)
    size.ws_row = UInt16(rows)
    _ = ioctl(main, UInt(TIOCSWINSZ), &size)
    return (main, secondary)
  }
}
