import Documents

/// A message of a mailing list as archives show it: Pipermail (Mailman 2), Hypermail, MHonArc. Who wrote it, when, and
/// what it answers stand in comments and in the head of the page, the text between two comments.
struct ArchivedMail {
  private var facts: [String: String] = [:]
  /// The message itself, as HTML.
  private let body: ArraySlice<UInt8>

  /// - Parameter page: Valid UTF-8.
  /// - Returns: `nil` if this is no such page.
  init?(_ page: [UInt8]) {
    let found: (start: Int, end: Int)? = page.withUnsafeBytes { bytes in
      let head = UnsafeRawBufferPointer(rebasing: bytes.prefix(16 << 10))
      for (open, close, needs) in Self.marks {
        guard let start = head.firstOffset(of: Array(open.utf8)) else { continue }
        if head.find(needs) == nil { continue }
        let from = start + open.utf8.count
        let rest = bytes.firstOffset(of: Array(close.utf8), from: from) ?? bytes.count
        return (from, rest)
      }
      return nil
    }
    guard let found else { return nil }
    body = page[found.start..<max(found.start, found.end)]
    let head = Array(page[..<found.start])
    comments(head)
    if facts["name"] == nil, facts["from"] == nil { pipermail(head) }
    guard !facts.isEmpty else { return nil }
  }

  private static let marks: [(open: String, close: String, needs: StaticString)] = [
    ("<!--beginarticle-->", "<!--endarticle-->", "<i>"),
    ("<!-- body=\"start\" -->", "<!-- body=\"end\" -->", "<!-- subject="),
    ("<!--X-Body-of-Message-->", "<!--X-Body-of-Message-End-->", "<!--x-"),
  ]

  /// Hypermail's `<!-- name="value" -->`, MHonArc's `<!--X-Name: value -->`.
  private mutating func comments(_ head: [UInt8]) {
    var i = 0
    head.withUnsafeBytes { bytes in
      while let open = bytes.firstOffset(of: Array("<!--".utf8), from: i),
        let close = bytes.firstOffset(of: Array("-->".utf8), from: open)
      {
        i = close + 3
        let comment = bytes[min(open + 4, close)..<close]
        guard comment.count < 2000 else { continue }
        let text = WhiteSpace.collapse(comment)
        let isMHonArc = text.hasPrefix("X-")
        guard let sign = text.firstIndex(of: isMHonArc ? ":" : "=") else { continue }
        var key = WhiteSpace.trim(text[..<sign]).lowercased()
        if isMHonArc { key = String(key.dropFirst(2)) }
        var value = WhiteSpace.trim(text[text.index(after: sign)...])
        if value.hasPrefix("\""), value.hasSuffix("\""), value.count >= 2 {
          value = String(value.dropFirst().dropLast())
        }
        value = HTMLFragment.line(Array(value.utf8))
        // MHonArc hides addresses.
        if key == "from-r13" {
          key = "from"
          value = Self.rot13(value)
        }
        if !value.isEmpty, facts[key] == nil { facts[key] = value }
      }
    }
  }

  private static func rot13(_ text: String) -> String {
    String(
      decoding: text.utf8.map { byte in
        switch byte {
        case 0x41...0x5A: (byte - 0x41 + 13) % 26 + 0x41
        case 0x61...0x7A: (byte - 0x61 + 13) % 26 + 0x61
        default: byte
        }
      }, as: UTF8.self)
  }

  /// `<H1>Subject</H1> <B>Name</B> <A HREF="mailto:…">name at host</A><BR> <I>Tue Jul  1 10:52:37 2003</I>`
  private mutating func pipermail(_ head: [UInt8]) {
    guard let tree = head.withUnsafeBytes({ HTMLTree($0) }) else { return }
    for i in tree.nodes.indices {
      switch tree.nodes[i].tag {
      case .h1: if facts["subject"] == nil { facts["subject"] = tree.plainText(i, limit: 1000) }
      case .b: if facts["name"] == nil { facts["name"] = tree.plainText(i, limit: 200) }
      case .i: if facts["sent"] == nil { facts["sent"] = tree.plainText(i, limit: 100) }
      case .a:
        if facts["name"] != nil, facts["email"] == nil {
          facts["email"] = tree.plainText(i, limit: 200).replacing(" at ", with: "@")
          if let href = tree.string(.href, of: i), href.hasPrefix("mailto:"),
            let reply = Self.parameter(href, "In-Reply-To=")
          {
            facts["inreplyto"] = reply
          }
        }
      default: break
      }
    }
  }

  private static func parameter(_ href: String, _ name: String) -> String? {
    guard let at = href.split(separator: "&").first(where: { $0.contains(name) }) else { return nil }
    let value = at.split(separator: "=", maxSplits: 1).last ?? ""
    let plain = value.replacing("%3C", with: "").replacing("%3E", with: "").replacing("%40", with: "@")
    return plain.isEmpty ? nil : String(plain)
  }

  func document() -> Document {
    var document = Document(externalID: facts["id"] ?? facts["message-id"] ?? "", kind: .message)
    document.title = facts["subject"] ?? ""
    if let text = facts["isosent"], text.utf8.count == 14, text.utf8.allSatisfy(\.isASCIIDigit) {
      // `20030701105237`, in UTC.
      document.date = DateParser.parse(text.prefix(8)).map { day in
        let clock = text.utf8.suffix(6).map { Int64($0 - 0x30) }
        let seconds = (clock[0] * 10 + clock[1]) * 3600 + (clock[2] * 10 + clock[3]) * 60 + clock[4] * 10 + clock[5]
        return DocumentDate(seconds: day.seconds + seconds)
      }
    }
    for key in ["sent", "date", "received"] where document.date == nil {
      if let text = facts[key] { document.date = DateText.parse(text) }
    }
    let address = facts["email"].flatMap { PeopleParser.address($0) }
    if let name = facts["name"] {
      document.people = [
        PersonMention(name: name.contains("@") && name == facts["email"] ? "" : name, address: address, role: .author)
      ]
    } else if let from = facts["from"] {
      document.people = PeopleParser.parse(from, role: .author)
    } else if let address {
      document.people = [PersonMention(name: "", address: address, role: .author)]
    }
    for (key, name) in [("inreplyto", "in-reply-to"), ("reference", "references"), ("in-reply-to", "in-reply-to")] {
      if let value = facts[key] { document.attributes.append(Attribute(name, value)) }
    }
    if !document.externalID.isEmpty { document.attributes.append(Attribute("message-id", document.externalID)) }
    var out = BlockWriter()
    write(to: &out)
    out.finish(into: &document)
    return document
  }

  /// Plain text stands in `<pre>`, quotes and all; everything else is HTML of a mail.
  private func write(to out: inout BlockWriter) {
    let bytes = Array(body)
    let isPlain = bytes.withUnsafeBytes { text in
      let start = text.firstIndex { !$0.isASCIISpace } ?? text.count
      return text.matches("<pre", at: start) || (text.find("<pre") ?? .max) < 400
    }
    guard isPlain, let tree = bytes.withUnsafeBytes({ HTMLTree($0) }) else {
      _ = HTMLMail.write(bytes, to: &out)
      return
    }
    var text: [UInt8] = []
    for i in tree.nodes.indices {
      if tree.nodes[i].tag == .text { text.append(contentsOf: tree.text(i)) }
      if tree.nodes[i].tag == .br || tree.nodes[i].tag == .p { text.append(0x0A) }
    }
    PlainBody.write(text, to: &out)
  }
}
