import CSpawn
import Documents
import Glibc

/// One `griot-reader` process: its pipes, its progress page, its end.
///
/// Used by one thread, and started on it: the kernel ends the process with the thread that started it.
final class ReaderChild {
  private var child: cspawn_child
  private var isReaped = false
  let progress: ReaderProgress
  /// What the progress page said when the process ended.
  private(set) var lastProgress: (offset: UInt64, ticks: UInt64) = (0, 0)

  struct Limits: Sendable {
    /// Bytes of memory that the process may use (mapped files do not count); 0 for no limit.
    var memory: Int
    /// CPU seconds of one record.
    var cpuSeconds: Int
    /// Environment is inherited; further arguments are for tests.
    var arguments: [String] = []
  }

  /// - Throws: ``GriotError`` of kind `io` if the executable does not start.
  init(_ path: String, _ limits: Limits) throws(GriotError) {
    var words = [path, "--progress-fd", "3"]
    if limits.cpuSeconds > 0 { words += ["--cpu-seconds", String(limits.cpuSeconds)] }
    words += limits.arguments
    var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    argv.append(nil)
    defer { argv.forEach { free($0) } }
    child = cspawn_child()
    let code = cspawn_start(path, argv, UInt64(ReaderProgress.byteCount), UInt64(limits.memory), &child)
    guard code == 0 else {
      throw GriotError(.io, "cannot start the reader \(path): \(String(cString: strerror(code)))")
    }
    progress = ReaderProgress(child.page!)
  }

  deinit { end(killing: true) }

  /// Waits for answers: whether there are any (or the end of them) before the time is over.
  func waitForAnswers(milliseconds: Int32) -> Bool {
    var poll = pollfd(fd: child.from, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&poll, 1, milliseconds) > 0
  }

  /// Reads what is there. 0 at the end: the process closed its side.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
      let n = Glibc.read(child.from, buffer.baseAddress, buffer.count)
      if n < 0, errno == EINTR { continue }
      return max(0, n)
    }
  }

  /// - Returns: `false` if the process does not listen any more.
  func send(_ message: PipeMessage) -> Bool {
    var bytes: [UInt8] = []
    message.encode(into: &bytes)
    return bytes.withUnsafeBytes { raw in
      var sent = 0
      while sent < raw.count {
        let n = Glibc.write(child.to, raw.baseAddress! + sent, raw.count - sent)
        if n < 0, errno == EINTR { continue }
        guard n > 0 else { return false }
        sent += n
      }
      return true
    }
  }

  /// Ends the process and says what it died of, or how it left by itself.
  @discardableResult
  func end(killing: Bool) -> String {
    guard !isReaped else { return "" }
    isReaped = true
    var status: Int32 = 0
    var isGone = false
    // One that closed its side is about to end; if it only closed its side it is ended after two seconds.
    for _ in 0..<(killing ? 0 : 2000) where !isGone {
      isGone = waitpid(child.pid, &status, WNOHANG) != 0
      if !isGone { usleep(1000) }
    }
    if !isGone {
      kill(child.pid, SIGKILL)
      while waitpid(child.pid, &status, 0) < 0, errno == EINTR {}
    }
    lastProgress = (progress.recordOffset, progress.ticks)
    cspawn_release(&child, UInt64(ReaderProgress.byteCount))
    let signal = status & 0x7F
    if signal == SIGXCPU { return "took too much processor time" }
    if signal != 0 { return "crashed the reader (\(Self.name(signal)))" }
    return "made the reader leave (exit code \(status >> 8 & 0xFF))"
  }

  private static func name(_ signal: Int32) -> String {
    switch signal {
    case SIGSEGV: "segmentation fault"
    case SIGBUS: "bus error"
    case SIGABRT: "abort, out of memory perhaps"
    case SIGILL, SIGTRAP: "trap, out of memory perhaps"
    case SIGKILL: "killed"
    case SIGFPE: "arithmetic error"
    default: "signal \(signal)"
    }
  }
}
