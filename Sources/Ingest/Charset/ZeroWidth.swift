/// Newsletters pad their hidden preview text with rows of invisible characters, so that the inbox shows nothing else
/// (user-needs R8). A single one can be meant (Persian joins words with U+200C, emoji with U+200D); a row is padding.
enum ZeroWidth {
  /// - Returns: The text with runs of three or more zero-width characters, and the spaces among them, as one space,
  ///   and without U+FEFF.
  static func strip(_ text: [UInt8]) -> [UInt8] {
    guard text.withUnsafeBytes({ mayContain($0) }) else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    text.withUnsafeBytes { bytes in
      var i = 0
      while i < bytes.count {
        let (end, invisible) = run(bytes, i)
        if end > i, invisible >= 3 {
          if let last = out.last, last != 0x20, last != 0x0A { out.append(0x20) }
          i = end
        } else if bytes[i] == 0xEF, i + 2 < bytes.count, bytes[i + 1] == 0xBB, bytes[i + 2] == 0xBF {
          i += 3
        } else if end > i {
          out.append(contentsOf: bytes[i..<end].lazy.map { $0 })
          i = end
        } else {
          out.append(bytes[i])
          i += 1
        }
      }
    }
    return out
  }

  private static func mayContain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var i = UTF8Check.asciiPrefix(bytes)
    while i < bytes.count {
      if bytes[i] >= 0x80 {
        if invisible(bytes, i) > 0 { return true }
        i += 1
      } else {
        i = UTF8Check.asciiPrefix(bytes, from: i)
      }
    }
    return false
  }

  /// Length of a zero-width character at `i`: U+00AD, U+034F, U+061C, U+180E, U+200B…U+200F, U+2060…U+2064, U+FEFF.
  @inline(__always)
  private static func invisible(_ bytes: UnsafeRawBufferPointer, _ i: Int) -> Int {
    switch bytes[i] {
    case 0xC2: return i + 1 < bytes.count && bytes[i + 1] == 0xAD ? 2 : 0
    case 0xCD: return i + 1 < bytes.count && bytes[i + 1] == 0x8F ? 2 : 0
    case 0xD8: return i + 1 < bytes.count && bytes[i + 1] == 0x9C ? 2 : 0
    case 0xE1: return i + 2 < bytes.count && bytes[i + 1] == 0xA0 && bytes[i + 2] == 0x8E ? 3 : 0
    case 0xE2:
      guard i + 2 < bytes.count else { return 0 }
      if bytes[i + 1] == 0x80, bytes[i + 2] >= 0x8B, bytes[i + 2] <= 0x8F { return 3 }
      return bytes[i + 1] == 0x81 && bytes[i + 2] >= 0xA0 && bytes[i + 2] <= 0xA4 ? 3 : 0
    case 0xEF: return i + 2 < bytes.count && bytes[i + 1] == 0xBB && bytes[i + 2] == 0xBF ? 3 : 0
    default: return 0
    }
  }

  /// A run of zero-width characters and spaces that begins with a zero-width one.
  private static func run(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> (end: Int, invisible: Int) {
    var i = start
    var count = 0
    guard invisible(bytes, i) > 0 else { return (start, 0) }
    while i < bytes.count {
      let length = invisible(bytes, i)
      if length > 0 {
        count += 1
        i += length
      } else if bytes[i] == 0x20 || bytes[i] == 0x0A || bytes[i] == 0x0D || bytes[i] == 0x09 {
        i += 1
      } else if bytes[i] == 0xC2, i + 1 < bytes.count, bytes[i + 1] == 0xA0 {
        i += 2
      } else {
        break
      }
    }
    return (i, count)
  }
}
