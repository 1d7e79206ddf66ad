/// Integers in bytes: seven bits each, low ones first, the high bit set on all but the last (LEB128).
enum Varint {
  /// Writes at most ten bytes; answers how many.
  @inline(__always)
  static func write(_ value: UInt64, _ out: UnsafeMutablePointer<UInt8>) -> Int {
    var rest = value
    var count = 0
    while rest >= 0x80 {
      out[count] = UInt8(truncatingIfNeeded: rest) | 0x80
      rest >>= 7
      count += 1
    }
    out[count] = UInt8(truncatingIfNeeded: rest)
    return count + 1
  }

  static func size(_ value: UInt64) -> Int { value == 0 ? 1 : (70 - value.leadingZeroBitCount) / 7 }
}
