/// The byte order mark at the front of a text.
enum ByteOrderMark {
  /// - Returns: The charset that it names and its length.
  static func find(_ bytes: UnsafeRawBufferPointer) -> (Charset, Int)? {
    guard bytes.count >= 2 else { return nil }
    switch (bytes[0], bytes[1]) {
    case (0xEF, 0xBB): return bytes.count >= 3 && bytes[2] == 0xBF ? (.utf8, 3) : nil
    case (0xFE, 0xFF): return (utf16BE, 2)
    case (0xFF, 0xFE):
      // UTF-32LE begins with the same two bytes; a UTF-16 text does not begin with NUL.
      return bytes.count >= 4 && bytes[2] == 0 && bytes[3] == 0 ? (utf32LE, 4) : (utf16LE, 2)
    case (0, 0): return bytes.count >= 4 && bytes[2] == 0xFE && bytes[3] == 0xFF ? (utf32BE, 4) : nil
    default: return nil
    }
  }

  static let utf16LE = Charset(name: "UTF-16LE", converter: "UTF-16LE", family: .wide)
  static let utf16BE = Charset(name: "UTF-16BE", converter: "UTF-16BE", family: .wide)
  static let utf32LE = Charset(name: "UTF-32LE", converter: "UTF-32LE", family: .wide)
  static let utf32BE = Charset(name: "UTF-32BE", converter: "UTF-32BE", family: .wide)
}
