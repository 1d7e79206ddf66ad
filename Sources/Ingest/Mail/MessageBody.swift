import Documents

/// Chooses what to read of a message's parts and writes it as blocks.
///
/// Of alternatives the plain text, unless it is only a stub that points at the HTML; of related parts the root; of
/// mixed parts all, in order; embedded messages as forwarded text below their header. What is no text is named.
struct MessageBody {
  /// Text attachments up to this size are read like the body.
  static let attachmentBytes = 256 << 10

  private let message: MIMEMessage
  private let children: [[Int]]
  private(set) var out = BlockWriter()
  private(set) var attachments: [String] = []
  private(set) var notes: [String] = []
  /// Charset of the largest text read.
  private(set) var charset: (text: DecodedText, size: Int)?
  private(set) var replacementCount = 0
  /// What the HTML reader saw, if the text came from HTML.
  private(set) var html: HTMLMailFacts?

  init(_ message: MIMEMessage) {
    self.message = message
    var children = [[Int]](repeating: [], count: message.parts.count)
    for (i, part) in message.parts.enumerated() where part.parent >= 0 { children[part.parent].append(i) }
    self.children = children
    if message.isTruncated { notes.append("more or deeper MIME parts than are read") }
  }

  mutating func read() {
    guard let body = children.first?.first else { return }
    render(body)
    out.end()
  }

  // MARK: Structure

  private mutating func render(_ index: Int) {
    let part = message.parts[index]
    switch part.kind {
    case .multipart: multipart(index, part.subtype)
    case .embedded: embedded(index)
    case .leaf: leaf(index, part)
    }
  }

  private mutating func multipart(_ index: Int, _ subtype: String) {
    let parts = children[index]
    switch subtype {
    case "alternative": if let best = alternative(parts) { render(best) }
    case "related":
      if let root = parts.first(where: { textSubtype($0) != nil }) ?? parts.first { render(root) }
      for part in parts where textSubtype(part) == nil && message.parts[part].kind == .leaf {
        name(message.parts[part])
      }
    case "signed":
      // One part and its signature (RFC 1847); a second text is one that somebody added on the way.
      for (i, part) in parts.enumerated() where i == 0 || textSubtype(part) != nil { render(part) }
    case "encrypted": notes.append("encrypted message: not read")
    default: for part in parts { render(part) }
    }
  }

  /// `plain` or `html` for a part that shows such text, looking through related and alternative parts.
  private func textSubtype(_ index: Int, depth: Int = 0) -> String? {
    let part = message.parts[index]
    guard depth < 8 else { return nil }
    if part.kind == .leaf { return part.isText && !part.isAttachment ? part.subtype : nil }
    if part.kind == .embedded { return nil }
    for child in children[index] {
      if let found = textSubtype(child, depth: depth + 1) { return found }
    }
    return nil
  }

  private func alternative(_ parts: [Int]) -> Int? {
    let plain = parts.first { textSubtype($0) == "plain" }
    let html = parts.first { textSubtype($0) == "html" }
    guard let plain else { return html ?? parts.first { textSubtype($0) != nil } ?? parts.last }
    guard let html else { return plain }
    return isStub(plain, beside: html) ? html : plain
  }

  /// A text part that says no more than "this mail is HTML".
  private func isStub(_ index: Int, beside html: Int) -> Bool {
    guard message.parts[index].kind == .leaf, message.parts[index].encodedByteCount < 2000 else { return false }
    let text = message.content(of: index)
    let words = HeaderText.collapse(text)
    if words.count < 24 { return htmlBytes(html) > 400 }
    guard words.count < 600 else { return false }
    return words.withUnsafeBytes { text in
      let names = text.find("html") != nil || text.find("browser") != nil
      return names
        && ["view", "support", "client", "reader", "enable", "display", "anzeigen", "affich", "visualiz"]
          .contains { (phrase: StaticString) in text.find(phrase) != nil }
    }
  }

  private func htmlBytes(_ index: Int) -> Int {
    let part = message.parts[index]
    return part.kind == .leaf ? part.encodedByteCount : children[index].reduce(0) { $0 + htmlBytes($1) }
  }

  // MARK: Parts

  private mutating func leaf(_ index: Int, _ part: MIMEMessage.Part) {
    let isBody = !part.isAttachment && part.isText
    guard isBody || part.isText && part.encodedByteCount <= Self.attachmentBytes else { return name(part) }
    if part.isAttachment || part.rawName != nil { name(part) }
    switch part.subtype {
    case "calendar", "x-vcard", "vcard", "directory", "rtf", "x-amp-html", "css", "javascript":
      if part.rawName == nil { attachments.append(part.type + "/" + part.subtype) }
    case "html":
      let text = decode(index, part, isMarkup: true)
      html = HTMLMailFacts.merge(html, HTMLMail.write(text, to: &out))
    case "enriched", "richtext":
      PlainBody.write(EnrichedText.strip(decode(index, part)), to: &out)
    case "x-patch", "x-diff", "csv", "x-log", "x-python", "x-csrc", "x-c", "xml", "tab-separated-values":
      out.append(Block(.code), decode(index, part).filter { $0 != 0x0D && ($0 >= 0x20 || $0 == 0x0A || $0 == 0x09) })
    default:
      PlainBody.write(decode(index, part), isFlowed: part.isFlowed, deletesSpaces: part.deletesSpaces, to: &out)
    }
  }

  private mutating func decode(_ index: Int, _ part: MIMEMessage.Part, isMarkup: Bool = false) -> [UInt8] {
    let content = message.content(of: index)
    var text = content.withUnsafeBytes {
      CharsetDecoder.decode($0, CharsetDecoder.Hints(declared: part.charset, isMarkup: isMarkup))
    }
    let utf8 = ZeroWidth.strip(text.utf8)
    text.utf8 = []
    replacementCount += text.replacementCount
    if charset == nil || utf8.count > charset!.size { charset = (text, utf8.count) }
    return utf8
  }

  private mutating func name(_ part: MIMEMessage.Part) {
    let name = part.rawName.map { HeaderText.decode($0) } ?? ""
    if name.isEmpty, part.isText { return }
    if attachments.count < 256 { attachments.append(name.isEmpty ? part.type + "/" + part.subtype : name) }
  }

  /// A message in the message: its header as a block, then its text, all marked as forwarded.
  private mutating func embedded(_ index: Int) {
    let headers = MailHeaders(message, part: index)
    let first = out.blocks.count
    var lines: [String] = []
    for (label, raw) in [("From", headers[.from]), ("Date", headers[.date]), ("Subject", headers[.subject])] {
      if let raw { lines.append("\(label): \(HeaderText.decode(raw))") }
    }
    out.append(Block(.forwarded, level: 1), lines.joined(separator: "\n").utf8)
    for child in children[index] { render(child) }
    out.end()
    for i in first..<out.blocks.count where out.blocks[i].kind == .paragraph {
      out.replaceKind(at: i, .forwarded, level: 1)
    }
  }
}

/// `text/enriched` (RFC 1896): tags out, `<<` to `<`.
enum EnrichedText {
  static func strip(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var i = 0
    while i < text.count {
      if text[i] == 0x3C {
        if i + 1 < text.count, text[i + 1] == 0x3C {
          out.append(0x3C)
          i += 2
          continue
        }
        guard let end = text[i...].prefix(64).firstIndex(of: 0x3E) else {
          out.append(text[i])
          i += 1
          continue
        }
        i = end + 1
      } else {
        out.append(text[i])
        i += 1
      }
    }
    return out
  }
}
