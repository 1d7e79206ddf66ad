internal import CProcess
import Documents
import Glibc

/// Answers on their way to the parent, written in few large writes.
final class OutputBatch {
  /// A batch is written when it holds this much: below it, the pipe's round trips cost more than the copying.
  static let size = 256 << 10
  /// The pipe is widened to this, so that the reader works on while the parent analyses.
  static let pipeCapacity = 1 << 20

  private var bytes: [UInt8] = []
  private let descriptor: Int32

  init(descriptor: Int32) {
    self.descriptor = descriptor
    bytes.reserveCapacity(2 * Self.size)
    _ = cprocess_widen_pipe(descriptor, Int32(Self.pipeCapacity))
  }

  func append(_ message: PipeMessage) {
    message.encode(into: &bytes)
    if bytes.count >= Self.size { flush() }
  }

  /// Writes everything. A parent that closed the pipe ends the process (SIGPIPE); other errors end it here, because
  /// an answer that cannot be sent leaves nothing sensible to do.
  func flush() {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0 {
          if errno == EINTR { continue }
          StandardError.write("griot-reader: cannot write: \(String(cString: strerror(errno)))")
          exit(1)
        }
        rest = rest.dropFirst(written)
      }
    }
    bytes.removeAll(keepingCapacity: true)
    // One huge record must not hold its memory for the rest of the run.
    if bytes.capacity > 16 * Self.size {
      bytes = []
      bytes.reserveCapacity(2 * Self.size)
    }
  }
}
