/// Bytes that every reader asks about.
extension UInt8 {
  /// Space, tab, line feed, carriage return, form feed, vertical tab.
  @inline(__always) var isWhiteSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  @inline(__always) var isBlank: Bool { self == 0x20 || self == 0x09 }
  @inline(__always) var isASCIIUppercase: Bool { self &- 0x41 < 26 }
}

enum WhiteSpace {
  /// One line: runs of white space become one space, none at the ends.
  static func collapse(_ text: some Sequence<UInt8>) -> String {
    var out: [UInt8] = []
    var pending = false
    for byte in text {
      if byte.isWhiteSpace {
        pending = !out.isEmpty
      } else {
        if pending { out.append(0x20) }
        pending = false
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  static func collapse(_ text: some StringProtocol) -> String { collapse(text.utf8) }

  static func trim(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    var end = bytes.count
    while start < end, bytes[start].isWhiteSpace { start += 1 }
    while end > start, bytes[end - 1].isWhiteSpace { end -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<end])
  }

  static func trim(_ text: some StringProtocol) -> String {
    var copy = String(text)
    return copy.withUTF8 { String(decoding: trim($0), as: UTF8.self) }
  }
}
