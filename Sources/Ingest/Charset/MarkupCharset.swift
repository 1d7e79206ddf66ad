/// The charset that an HTML or XML text names in itself: `<?xml encoding="…"?>`, `<meta charset=…>`,
/// `<meta http-equiv=Content-Type content="…; charset=…">`.
///
/// Source: WHATWG HTML, "Prescan a byte stream to determine its encoding", with a longer look (pages of content
/// management systems put scripts first).
enum MarkupCharset {
  static let lookahead = 8192

  static func find(_ bytes: UnsafeRawBufferPointer) -> Charset? {
    let head = UnsafeRawBufferPointer(rebasing: bytes.prefix(lookahead))
    var i = 0
    while i < head.count {
      guard head[i] == 0x3C else {
        i += 1
        continue
      }
      if head.matches("<!--", at: i) {
        i = (head.find("-->", from: i + 4) ?? head.count) + 3
        continue
      }
      let isMeta = head.matches("<meta", at: i)
      if isMeta || head.matches("<?xml", at: i) {
        let end = head[i...].firstIndex(of: 0x3E) ?? head.count
        let tag = UnsafeRawBufferPointer(rebasing: head[i..<end])
        if let label = value(of: isMeta ? "charset" : "encoding", in: tag), let charset = Charset.named(label) {
          // The tag was read as ASCII, so it cannot be UTF-16.
          return charset.family == .wide ? .utf8 : charset
        }
        i = end
      }
      i += 1
    }
    return nil
  }

  private static func value(of name: StaticString, in tag: UnsafeRawBufferPointer) -> String? {
    var from = 0
    while let at = tag.find(name, from: from) {
      var i = at + name.utf8CodeUnitCount
      from = i
      while i < tag.count, tag[i] <= 0x20 { i += 1 }
      guard i < tag.count, tag[i] == 0x3D else { continue }
      i += 1
      while i < tag.count, tag[i] <= 0x20 || tag[i] == 0x22 || tag[i] == 0x27 { i += 1 }
      let start = i
      while i < tag.count, tag[i] > 0x20, ![0x22, 0x27, 0x3B, 0x3E, 0x3F, 0x2F].contains(tag[i]) { i += 1 }
      return String(decoding: tag[start..<i], as: UTF8.self)
    }
    return nil
  }
}
