import Glibc

/// Standard output through one buffer of our own: `print` and `fwrite` cost more than making the words.
struct Output: ~Copyable {
  private static let size = 1 << 20
  /// Room that a caller may use without asking again.
  static let margin = 4_096
  private let buffer: UnsafeMutablePointer<UInt8>
  private var used = 0
  private(set) var written = 0

  init() { buffer = .allocate(capacity: Self.size + Self.margin) }
  deinit { buffer.deallocate() }

  /// The next free byte; at least `margin` bytes may be written before `advance`.
  @inline(__always)
  var cursor: UnsafeMutablePointer<UInt8> { buffer + used }

  @inline(__always)
  mutating func advance(to end: UnsafeMutablePointer<UInt8>) {
    used = end - buffer
    if used >= Self.size { flush() }
  }

  @inline(__always)
  mutating func put(_ text: StaticString) {
    let end = cursor
    memcpy(end, text.utf8Start, text.utf8CodeUnitCount)
    advance(to: end + text.utf8CodeUnitCount)
  }

  mutating func put(_ bytes: [UInt8]) {
    let end = cursor
    for (index, byte) in bytes.enumerated() { end[index] = byte }
    advance(to: end + bytes.count)
  }

  mutating func put(_ number: Int, width: Int = 1) {
    var digits: [UInt8] = []
    var rest = number
    repeat {
      digits.append(UInt8(48 + rest % 10))
      rest /= 10
    } while rest > 0
    while digits.count < width { digits.append(48) }
    put(Array(digits.reversed()))
  }

  /// Bytes made so far, whether or not the kernel has them yet.
  var total: Int { written + used }

  mutating func flush() {
    var start = 0
    while start < used {
      let count = Glibc.write(1, buffer + start, used - start)
      if count < 0 {
        if errno == EINTR { continue }
        // The reader has gone (a pipe into `head`), or the disk is full: nothing more can be done here.
        exit(errno == EPIPE ? 0 : 1)
      }
      start += count
    }
    written += used
    used = 0
  }
}
