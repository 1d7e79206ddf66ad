internal import CKernels

/// The numbers of the format of dictionaries (FORMAT.md, "Terms").
enum TermLayout {
  /// Terms of a block.
  static let block = 64
  /// Set in a block's number of keys where they are coded.
  static let codedKeys: UInt8 = 0x80
  /// The longest stem or form. Analysis cuts earlier; this is what readers make room for.
  static let longest = Int(CK_KEY_LONGEST)
  /// Orders of the Golomb codes of a term's numbers.
  static let positionOrder = Int(CK_POSITION_ORDER)
  static let gapOrder = Int(CK_GAP_ORDER)
  static let listBytesOrder = Int(CK_LIST_BYTES_ORDER)
  static let positionBytesOrder = Int(CK_POSITION_BYTES_ORDER)
}

extension UnsafeRawBufferPointer {
  /// The first eight bytes as a number that sorts as the bytes do; missing ones are zeros.
  var sortKey: UInt64 {
    if count >= 8 { return loadUnaligned(as: UInt64.self).bigEndian }
    var key: UInt64 = 0
    for (i, byte) in enumerated() { key |= UInt64(byte) << UInt64(56 - 8 * i) }
    return key
  }

  /// Negative, zero or positive as the bytes of `self` sort before, equal or behind those of `other`.
  @inline(__always)
  func compare(_ other: UnsafeRawBufferPointer) -> Int {
    let shorter = Swift.min(count, other.count)
    for i in 0..<shorter where self[i] != other[i] { return Int(self[i]) - Int(other[i]) }
    return count - other.count
  }
}
