/// The hash of a term's bytes that tokens carry: 64 bits, fast on short terms, not for the disk and not against
/// adversaries (tables that use it compare the bytes as well).
///
/// Multiply-and-fold rounds after wyhash (Wang Yi, public domain) over blocks of sixteen bytes, the last padded with
/// zeros; the length goes into the seed. Nearly all terms are one block, and no branch depends on their length: that
/// misprediction would cost more than the hash.
public enum TermHash {
  private static let k0: UInt64 = 0xA076_1D64_78BD_642F
  private static let k1: UInt64 = 0xE703_7ED1_A0B4_28DB

  /// O(count). Reads only `bytes[0..<count]`.
  public static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return hash(padded: emptyBlock, 0) }
    return withUnsafeTemporaryAllocation(byteCount: bytes.count + 16, alignment: 16) { block in
      block.baseAddress!.copyMemory(from: base, byteCount: bytes.count)
      return hash(padded: UnsafeRawPointer(block.baseAddress!), bytes.count)
    }
  }

  nonisolated(unsafe) private static let emptyBlock: UnsafeRawPointer = {
    let block = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 16)
    block.initializeMemory(as: UInt8.self, repeating: 0, count: 16)
    return UnsafeRawPointer(block)
  }()

  /// The same where sixteen more bytes can be read behind the term; their values do not matter.
  @inline(__always)
  static func hash(padded bytes: UnsafeRawPointer, _ count: Int) -> UInt64 {
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
    // Smart shifts by 64 and more give 0: the masks of 0...8 bytes each.
    let a = pointer.loadUnaligned(as: UInt64.self) & ~(UInt64.max << UInt64(left * 8))
    let b = pointer.loadUnaligned(fromByteOffset: 8, as: UInt64.self) & ~(UInt64.max << UInt64(max(0, left - 8) * 8))
    return fold(a ^ k1, b ^ seed)
  }

  @inline(__always)
  private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }
}
