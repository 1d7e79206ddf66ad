/// Reads structures out of mapped bytes, front to back, and never beyond the end. A read that does not fit answers
/// zero and sets `failed`; callers look once, behind the last read.
///
/// The bytes have to outlive the reader (they are a mapping that the segment keeps).
struct ByteReader {
  private(set) var pointer: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>
  private(set) var failed = false

  init(_ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
    pointer = start
    self.end = end
  }

  init(_ bytes: UnsafeRawBufferPointer) {
    // An empty buffer may have no address: any aligned one serves, nothing is read.
    let start = bytes.baseAddress.map { $0.assumingMemoryBound(to: UInt8.self) } ?? UnsafePointer(bitPattern: 16)!
    self.init(start, end: start + bytes.count)
  }

  var remaining: Int { end - pointer }

  mutating func fail() { failed = true }

  @inline(__always)
  mutating func fixed<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type = T.self) -> T {
    guard remaining >= MemoryLayout<T>.size else {
      failed = true
      return 0
    }
    let value = UnsafeRawPointer(pointer).loadUnaligned(as: T.self)
    pointer += MemoryLayout<T>.size
    return T(littleEndian: value)
  }

  @inline(__always)
  mutating func varint() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while pointer < end, shift < 64 {
      let byte = pointer.pointee
      pointer += 1
      value |= UInt64(byte & 0x7F) &<< shift
      if byte < 0x80 { return value }
      shift += 7
    }
    failed = true
    return 0
  }

  /// A varint that has to fit 32 bits.
  @inline(__always)
  mutating func varint32() -> UInt32 {
    let value = varint()
    if value > UInt64(UInt32.max) { failed = true }
    return UInt32(truncatingIfNeeded: value)
  }

  /// The next `count` bytes; nil and `failed` where there are fewer.
  @inline(__always)
  mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count >= 0, remaining >= count else {
      failed = true
      return nil
    }
    defer { pointer += count }
    return UnsafeRawBufferPointer(start: pointer, count: count)
  }

  /// Bytes with their number in front, copied.
  mutating func lengthPrefixed() -> [UInt8] {
    let count = varint()
    guard count <= UInt64(remaining), let found = bytes(Int(count)) else {
      failed = true
      return []
    }
    return [UInt8](found)
  }
}
