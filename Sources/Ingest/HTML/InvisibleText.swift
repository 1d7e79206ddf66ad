/// Cleans a line of HTML text of what has no shape on a page.
enum InvisibleText {
  /// Padding of zero-width characters goes (see ``ZeroWidth``), so do private use characters (icon fonts); C1 controls
  /// are what numeric references make of windows-1252 (`&#146;`), and become the characters that were meant.
  static func clean(_ text: [UInt8]) -> [UInt8] {
    let stripped = ZeroWidth.strip(text)
    guard needsRepair(stripped) else { return trimmed(stripped) }
    var out: [UInt8] = []
    out.reserveCapacity(stripped.count)
    var i = 0
    while i < stripped.count {
      let byte = stripped[i]
      if byte == 0xC2, i + 1 < stripped.count, stripped[i + 1] < 0xA0 {
        withUnsafeBytes(of: stripped[i + 1]) { out.append(contentsOf: Windows1252.decode($0)) }
        i += 2
      } else if byte == 0xEE || byte == 0xEF && i + 1 < stripped.count && stripped[i + 1] < 0xA4 {
        i += 3
      } else {
        out.append(byte)
        i += 1
      }
    }
    return trimmed(out)
  }

  private static func needsRepair(_ text: [UInt8]) -> Bool {
    for i in text.indices.dropLast() {
      let byte = text[i]
      if byte == 0xC2 && text[i + 1] < 0xA0 || byte == 0xEE || byte == 0xEF && text[i + 1] < 0xA4 { return true }
    }
    return false
  }

  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    guard let first = text.first, first.isASCIISpace || text.last!.isASCIISpace else { return text }
    var slice = text[...]
    while let first = slice.first, first.isASCIISpace { slice.removeFirst() }
    while let last = slice.last, last.isASCIISpace { slice.removeLast() }
    return [UInt8](slice)
  }
}
