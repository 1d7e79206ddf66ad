import Documents

/// Confluence's storage format: XHTML with elements of its own.
enum ConfluenceStorage {
  /// As HTML: the bodies of macros stay, their settings go, links to pages show their titles, code is code.
  static func html(_ storage: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(storage.count)
    var i = 0
    var titles = 0
    storage.withUnsafeBytes { bytes in
      while i < bytes.count {
        guard let open = bytes.firstOffset(of: [0x3C], from: i) else {
          out.append(contentsOf: bytes[i...])
          break
        }
        out.append(contentsOf: bytes[i..<open])
        i = open
        if bytes.matches("<![cdata[", at: i) {
          let end = bytes.firstOffset(of: Array("]]>".utf8), from: i) ?? bytes.count
          code(UnsafeRawBufferPointer(rebasing: bytes[min(i + 9, end)..<end]), &out)
          i = min(end + 3, bytes.count)
        } else if bytes.matches("<ac:parameter", at: i) {
          let tagEnd = bytes.firstOffset(of: [0x3E], from: i) ?? bytes.count - 1
          let isTitle = UnsafeRawBufferPointer(rebasing: bytes[i..<tagEnd]).find("\"title\"") != nil
          let end = bytes.find("</ac:parameter>", from: i) ?? bytes.count
          if isTitle, bytes[tagEnd - 1] != 0x2F {
            out += "<p>".utf8
            out.append(contentsOf: bytes[min(tagEnd + 1, end)..<end])
            out += "</p>".utf8
          }
          i = bytes[tagEnd - 1] == 0x2F ? tagEnd + 1 : min(end + 15, bytes.count)
          titles += 1
        } else if bytes.matches("<ri:page", at: i) || bytes.matches("<ri:blog-post", at: i) {
          let end = bytes.firstOffset(of: [0x3E], from: i).map { $0 + 1 } ?? bytes.count
          let tag = UnsafeRawBufferPointer(rebasing: bytes[i..<end])
          // A link with a body shows the body.
          let rest = UnsafeRawBufferPointer(rebasing: bytes[end...].prefix(200))
          let hasBody = (rest.find("link-body") ?? .max) < (rest.find("</ac:link>") ?? .max)
          if !hasBody, let at = tag.find("ri:content-title=\""), let quote = tag.firstOffset(of: [0x22], from: at + 18)
          {
            out.append(contentsOf: tag[(at + 18)..<quote])
          }
          i = end
        } else {
          out.append(0x3C)
          i += 1
        }
      }
    }
    return out
  }

  /// Bodies in plain text are code, or the label of a link.
  private static func code(_ text: UnsafeRawBufferPointer, _ out: inout [UInt8]) {
    let isCode = text.contains(0x0A) || out.suffix(60).elementsEqual([]) || endsWithPlainBody(out)
    if isCode { out += "<pre>".utf8 }
    for byte in text {
      switch byte {
      case 0x26: out += "&amp;".utf8
      case 0x3C: out += "&lt;".utf8
      default: out.append(byte)
      }
    }
    if isCode { out += "</pre>".utf8 }
  }

  private static func endsWithPlainBody(_ out: [UInt8]) -> Bool {
    out.suffix(24).withUnsafeBytes { $0.find("plain-text-body>") != nil }
  }

  /// The mark-up of before Confluence 4: headings and lists are seen, emphasis and links lose their signs.
  static func wikiMarkup(_ text: [UInt8], to out: inout BlockWriter) {
    var paragraph: [UInt8] = []
    func flush(_ out: inout BlockWriter) {
      if !paragraph.isEmpty { out.append(Block(.paragraph), plain(paragraph)) }
      paragraph = []
    }
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let trimmed = line.drop { $0.isWhiteSpace }
      if trimmed.isEmpty {
        flush(&out)
      } else if trimmed.count > 3, trimmed.first == 0x68, let level = trimmed.dropFirst().first,
        (0x31...0x36).contains(level),
        trimmed.dropFirst(2).first == 0x2E
      {
        flush(&out)
        out.append(Block(.heading, level: level - 0x30), plain(Array(trimmed.dropFirst(3))))
      } else if let mark = trimmed.first, mark == 0x2A || mark == 0x23 || mark == 0x2D {
        let marks = trimmed.prefix { $0 == mark }.count
        if trimmed.dropFirst(marks).first == 0x20 {
          flush(&out)
          out.append(Block(.listItem, level: UInt8(clamping: marks)), plain(Array(trimmed.dropFirst(marks))))
        } else {
          paragraph += trimmed + [0x20]
        }
      } else if trimmed.first == 0x7C {
        flush(&out)
        let cells = trimmed.split(separator: 0x7C).map { plain(Array($0)) }
        out.append(Block(.tableRow), Array(cells.joined(separator: [0x09])))
      } else {
        paragraph += trimmed + [0x20]
      }
    }
    flush(&out)
  }

  /// `[label|target]`, `{macro}`, `*bold*`.
  private static func plain(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var i = 0
    while i < text.count {
      if text[i] == 0x5B, let close = text[i...].prefix(500).firstIndex(of: 0x5D) {
        let inside = text[(i + 1)..<close]
        out += inside.firstIndex(of: 0x7C).map { inside[..<$0] } ?? inside
        i = close + 1
      } else if text[i] == 0x7B, let close = text[i...].prefix(200).firstIndex(of: 0x7D) {
        i = close + 1
      } else if text[i] == 0x2A || text[i] == 0x5F,
        i == 0 || text[i - 1].isWhiteSpace || i + 1 == text.count || text[i + 1].isWhiteSpace
      {
        i += 1
      } else {
        out.append(text[i])
        i += 1
      }
    }
    return Array(WhiteSpace.collapse(out).utf8)
  }
}
