/// A decoded text as lines.
enum TextLines {
  /// Lines without their ends (LF, CRLF or CR).
  ///
  /// - Throws: ``ReadError`` for a line over the limit: no text for people has one.
  static func split(_ text: UnsafeBufferPointer<UInt8>, limit: Int) throws -> [UnsafeBufferPointer<UInt8>] {
    var out: [UnsafeBufferPointer<UInt8>] = []
    out.reserveCapacity(text.count / 40 + 1)
    var start = 0
    var i = 0
    while i < text.count {
      let byte = text[i]
      if byte == 0x0A || byte == 0x0D {
        try append(text, start..<i, limit, &out)
        if byte == 0x0D, i + 1 < text.count, text[i + 1] == 0x0A { i += 1 }
        start = i + 1
      }
      i += 1
    }
    if start < text.count { try append(text, start..<text.count, limit, &out) }
    return out
  }

  private static func append(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ limit: Int, _ out: inout [UnsafeBufferPointer<UInt8>]
  ) throws {
    guard range.count <= limit else {
      throw ReadError("line \(out.count + 1) is \(range.count) bytes long, the limit is \(limit)")
    }
    out.append(UnsafeBufferPointer(rebasing: text[range]))
  }
}
