/// Bytes that a reader process sent, shared by the frames that lie in them.
///
/// One thread appends; what lies in front of its last whole message is immutable and may be read by others.
final class AnswerBuffer: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { base.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// Where to write next; call ``didWrite(_:)`` afterwards.
  var free: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count)
  }

  func didWrite(_ n: Int) { count += n }

  func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    precondition(count + bytes.count <= capacity)
    (base + count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }
}

/// A document frame where it arrived, with what the pipeline needs to know before anybody decodes it.
struct FrameReference: Sendable {
  var buffer: AnswerBuffer
  var offset: Int
  var count: Int
  var header: FrameHeader

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: buffer.base + offset, count: count) }
  /// The external id as the frame has it.
  var externalID: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: buffer.base + offset + header.idStart, count: header.idCount)
  }
}
