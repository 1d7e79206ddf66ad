import Documents
import Glibc

/// Requests as they come in on a descriptor.
struct RequestStream {
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// Waits for the next request; `nil` when the parent closed its end.
  ///
  /// - Throws: ``FrameError`` if what comes in is no request.
  mutating func next() throws -> PipeMessage? {
    while true {
      if let (message, count) = try buffer.withUnsafeBytes({ try PipeMessage.decode($0) }) {
        buffer.removeFirst(count)
        return message
      }
      var chunk = [UInt8](repeating: 0, count: 64 << 10)
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw ReadError.system("cannot read requests", errno) }
      guard count > 0 else {
        if buffer.isEmpty { return nil }
        throw FrameError(offset: buffer.count, what: "the pipe closed inside a request")
      }
      buffer.append(contentsOf: chunk[..<count])
    }
  }
}
