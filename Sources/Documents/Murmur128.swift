/// MurmurHash3 x64 128: fast (two multiplications per eight bytes) and equal to published vectors, for document keys
/// and digests of content. No protection against adversaries: two records whose keys collide are told apart by their
/// content like two records of one name.
///
/// Source: Austin Appleby, MurmurHash3 (public domain), https://github.com/aappleby/smhasher
public struct Murmur128: Hashable, Sendable, BitwiseCopyable {
  public var h1: UInt64
  public var h2: UInt64

  public init(h1: UInt64, h2: UInt64) { (self.h1, self.h2) = (h1, h2) }

  public static let zero = Murmur128(h1: 0, h2: 0)

  private static let c1: UInt64 = 0x87C3_7B91_1142_53D5
  private static let c2: UInt64 = 0x4CF5_AD43_2745_937F

  /// Hash of `bytes`, going on from `seed` (so that a text in several parts has one hash, if always cut alike).
  public static func hash(_ bytes: UnsafeRawBufferPointer, seed: Murmur128 = .zero) -> Murmur128 {
    var state = seed
    guard let base = bytes.baseAddress else { return state.finished(count: 0) }
    let blocks = bytes.count / 16
    state.mix(base, blocks: blocks)
    state.mixTail(base + blocks * 16, bytes.count & 15)
    return state.finished(count: bytes.count)
  }

  public static func hash(_ bytes: [UInt8]) -> Murmur128 { bytes.withUnsafeBytes { hash($0) } }

  /// Mixes whole blocks of 16 bytes.
  public mutating func mix(_ base: UnsafeRawPointer, blocks: Int) {
    var a = h1
    var b = h2
    var p = base
    for _ in 0..<blocks {
      var k1 = UInt64(littleEndian: p.loadUnaligned(as: UInt64.self))
      var k2 = UInt64(littleEndian: p.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      k1 = Self.rotate(k1 &* Self.c1, 31) &* Self.c2
      a = (Self.rotate(a ^ k1, 27) &+ b) &* 5 &+ 0x52DC_E729
      k2 = Self.rotate(k2 &* Self.c2, 33) &* Self.c1
      b = (Self.rotate(b ^ k2, 31) &+ a) &* 5 &+ 0x3849_5AB5
      p += 16
    }
    h1 = a
    h2 = b
  }

  public mutating func mixTail(_ p: UnsafeRawPointer, _ count: Int) {
    var k1: UInt64 = 0
    var k2: UInt64 = 0
    for i in 0..<min(count, 8) { k1 |= UInt64(p.load(fromByteOffset: i, as: UInt8.self)) << (8 * UInt64(i)) }
    if count > 8 {
      for i in 8..<count { k2 |= UInt64(p.load(fromByteOffset: i, as: UInt8.self)) << (8 * UInt64(i - 8)) }
      h2 ^= Self.rotate(k2 &* Self.c2, 33) &* Self.c1
    }
    if count > 0 { h1 ^= Self.rotate(k1 &* Self.c1, 31) &* Self.c2 }
  }

  public func finished(count: Int) -> Murmur128 {
    var a = h1 ^ UInt64(count)
    var b = h2 ^ UInt64(count)
    a &+= b
    b &+= a
    a = Self.avalanche(a)
    b = Self.avalanche(b)
    a &+= b
    b &+= a
    return Murmur128(h1: a, h2: b)
  }

  @inline(__always)
  private static func rotate(_ x: UInt64, _ n: UInt64) -> UInt64 { x &<< n | x &>> (64 - n) }

  private static func avalanche(_ x: UInt64) -> UInt64 {
    var k = x
    k ^= k >> 33
    k = k &* 0xFF51_AFD7_ED55_8CCD
    k ^= k >> 33
    k = k &* 0xC4CE_B9FE_1A85_EC53
    k ^= k >> 33
    return k
  }
}
