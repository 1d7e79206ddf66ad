/// The hash of a term's bytes that tokens carry: 64 bits, fast on short terms, not for the disk and not against
/// adversaries (tables that use it compare the bytes as well).
///
/// Two multiply-and-fold rounds over at most sixteen bytes at a time, after wyhash (Wang Yi, public domain).
public enum TermHash {
  @inlinable @inline(__always)
  static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// O(count). Reads only `bytes[0..<count]`.
  @inlinable
  public static func hash(_ bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
    let k0: UInt64 = 0xA076_1D64_78BD_642F
    let k1: UInt64 = 0xE703_7ED1_A0B4_28DB
    var pointer = bytes
    var left = count
    var seed = UInt64(truncatingIfNeeded: count) ^ k0
    while left > 16 {
      let a = pointer.loadUnaligned(as: UInt64.self)
      let b = pointer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
      seed = fold(a ^ k1, b ^ seed)
      pointer += 16
      left -= 16
    }
    var a: UInt64 = 0
    var b: UInt64 = 0
    if left >= 8 {
      a = pointer.loadUnaligned(as: UInt64.self)
      b = pointer.loadUnaligned(fromByteOffset: left - 8, as: UInt64.self)
    } else if left >= 4 {
      a = UInt64(pointer.loadUnaligned(as: UInt32.self))
      b = UInt64(pointer.loadUnaligned(fromByteOffset: left - 4, as: UInt32.self))
    } else if left > 0 {
      let first = UInt64(pointer.load(as: UInt8.self))
      let middle = UInt64(pointer.load(fromByteOffset: left >> 1, as: UInt8.self))
      let last = UInt64(pointer.load(fromByteOffset: left - 1, as: UInt8.self))
      a = first << 16 | middle << 8 | last
    }
    return fold(a ^ k1, b ^ seed)
  }

  @inlinable
  public static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    guard let base = bytes.baseAddress else { return hash(UnsafeRawPointer(bitPattern: 8)!, 0) }
    return hash(base, bytes.count)
  }
}
