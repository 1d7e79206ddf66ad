import Glibc

/// Bytes on their way to a file descriptor, or kept in memory for a test.
///
/// One `write` per 64 KiB: a batch run of a thousand queries prints a million lines, and `print` would make a system
/// call and a lock of each. A class, because every formatter of a command writes to the same one.
final class OutputBuffer {
  private(set) var bytes: [UInt8] = []
  private let descriptor: Int32?
  private let capacity: Int
  /// The first error of the descriptor; what is written after it is dropped.
  private(set) var failure: Int32?

  init(descriptor: Int32, capacity: Int = 1 << 16) {
    self.descriptor = descriptor
    self.capacity = capacity
    bytes.reserveCapacity(min(capacity, 1 << 16))
  }

  /// Keeps everything in ``bytes``.
  init() {
    descriptor = nil
    capacity = .max
  }

  static func standardOutput() -> OutputBuffer { OutputBuffer(descriptor: STDOUT_FILENO) }
  static func standardError() -> OutputBuffer { OutputBuffer(descriptor: STDERR_FILENO) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  func write(_ string: String) {
    bytes.append(contentsOf: string.utf8)
    if bytes.count >= capacity { drain() }
  }

  func write(_ byte: UInt8) {
    bytes.append(byte)
    if bytes.count >= capacity { drain() }
  }

  func write(_ slice: some Collection<UInt8>) {
    bytes.append(contentsOf: slice)
    if bytes.count >= capacity { drain() }
  }

  func line(_ string: String = "") {
    write(string)
    write(0x0A)
  }

  /// Gives everything to the descriptor. An interrupted or partial write goes on.
  func flush() { drain() }

  /// ``flush()`` for the end of a command.
  ///
  /// - Throws: ``CommandFailure`` if the output did not arrive whole (disk full). A reader that went away (`| head`)
  ///   is no failure: it had what it wanted.
  func finish() throws(CommandFailure) {
    drain()
    guard let failure, failure != EPIPE else { return }
    throw CommandFailure(.inputOutput, "cannot write the output: \(systemMessage(failure))")
  }

  /// Whether the reader of the output went away, so that going on is pointless.
  var isClosed: Bool { failure != nil }

  private func drain() {
    guard let descriptor, !bytes.isEmpty else { return }
    if failure == nil { failure = Self.writeAll(descriptor, bytes) }
    bytes.removeAll(keepingCapacity: true)
  }

  /// - Returns: `errno` of the failed write, `nil` if all went out.
  private static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32? {
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let n = Glibc.write(descriptor, buffer.baseAddress! + offset, buffer.count - offset)
        if n < 0 {
          if errno == EINTR { continue }
          if errno == EAGAIN {
            // A terminal or pipe that another process made non-blocking: wait until it takes more.
            var p = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            poll(&p, 1, -1)
            continue
          }
          return errno
        }
        offset += n
      }
      return nil
    }
  }
}

/// The system's words for an error number.
func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }
