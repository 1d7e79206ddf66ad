/// A mailbox of an address header: who, and where if that can be told.
struct MailAddress: Equatable {
  var name: String
  var address: String?
}

/// Parses `From`, `To`, `Cc` as real mail has them: RFC 5322 with groups, comments and quoted names, and beside it
/// unquoted commas (`Doe, Jane <j@x>`), names behind the address in a comment, encoded words inside quotes, and the
/// ways in which list archives hide addresses (`jane at example.org`, `j@ne @ending from ex@mple@org`).
struct AddressList {
  private var tokens: [Token] = []

  private enum Token: Equatable {
    case word([UInt8])
    case quoted([UInt8])
    case comment([UInt8])
    case angle([UInt8])
    case comma, colon, semicolon
  }

  /// - Returns: In order, each address once at most; no more than `limit` (lists of thousands are no use).
  static func parse(_ raw: [UInt8], limit: Int = 256) -> [MailAddress] {
    if let simple = simple(raw) { return [simple] }
    var list = AddressList()
    list.tokenize(raw)
    return list.mailboxes(limit: limit)
  }

  /// `Jane Doe <jane@example.org>` and `jane@example.org`, which most headers are: no token needs to be made.
  private static func simple(_ raw: [UInt8]) -> MailAddress? {
    var open: Int?, close: Int?
    for (i, byte) in raw.enumerated() {
      switch byte {
      case 0x3C:
        guard open == nil else { return nil }
        open = i
      case 0x3E:
        guard close == nil, open != nil else { return nil }
        close = i
      case 0x22, 0x27, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3D, 0x5C, 0x7C, 0x80...: return nil
      default: break
      }
    }
    guard let open, let close, raw[(close + 1)...].allSatisfy(\.isASCIISpace) else { return nil }
    let name = HeaderText.collapse([UInt8](raw[..<open]))
    guard !name.contains(0x40), let address = MailAddress.normalized([UInt8](raw[(open + 1)..<close])) else {
      return nil
    }
    return MailAddress(name: String(decoding: name, as: UTF8.self), address: address)
  }

  private mutating func tokenize(_ raw: [UInt8]) {
    var i = 0
    while i < raw.count {
      let byte = raw[i]
      switch byte {
      case 0x2C: tokens.append(.comma)
      case 0x3A: tokens.append(.colon)
      case 0x3B: tokens.append(.semicolon)
      case 0x22:
        let (text, end) = Self.quoted(raw, i + 1)
        tokens.append(.quoted(text))
        i = end
        continue
      case 0x28:
        let (text, end) = Self.comment(raw, i + 1)
        tokens.append(.comment(text))
        i = end
        continue
      case 0x3C:
        let (text, end) = Self.angle(raw, i + 1)
        tokens.append(.angle(text))
        i = end
        continue
      case _ where byte.isASCIISpace || byte == 0x3E || byte == 0x29: break
      default:
        let start = i
        while i < raw.count, !Self.endsWord(raw[i]) {
          // An encoded word may hold commas and colons; its end is its own.
          if raw[i] == 0x3D, i + 1 < raw.count, raw[i + 1] == 0x3F,
            let word = raw.withUnsafeBytes({ EncodedWord($0, at: i) })
          {
            i = word.end
          } else {
            i += 1
          }
        }
        tokens.append(.word([UInt8](raw[start..<min(i, raw.count)])))
        continue
      }
      i += 1
    }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2C, 0x3A, 0x3B, 0x22, 0x28, 0x29, 0x3C, 0x3E: true
    default: byte.isASCIISpace
    }
  }

  private static func quoted(_ raw: [UInt8], _ start: Int) -> ([UInt8], Int) {
    var out: [UInt8] = []
    var i = start
    while i < raw.count, raw[i] != 0x22 {
      if raw[i] == 0x5C, i + 1 < raw.count { i += 1 }
      out.append(raw[i])
      i += 1
    }
    return (out, i + 1)
  }

  /// An address between angle brackets, without the comments that RFC 5322 allows there.
  private static func angle(_ raw: [UInt8], _ start: Int) -> ([UInt8], Int) {
    var out: [UInt8] = []
    var i = start
    while i < raw.count, raw[i] != 0x3E {
      if raw[i] == 0x28, raw[i...].contains(0x29) {
        i = comment(raw, i + 1).1
      } else {
        out.append(raw[i])
        i += 1
      }
    }
    return (out, i + 1)
  }

  private static func comment(_ raw: [UInt8], _ start: Int) -> ([UInt8], Int) {
    var out: [UInt8] = []
    var depth = 1
    var i = start
    while i < raw.count {
      if raw[i] == 0x5C, i + 1 < raw.count {
        i += 1
      } else if raw[i] == 0x28 {
        depth += 1
      } else if raw[i] == 0x29 {
        depth -= 1
        if depth == 0 { break }
      }
      out.append(raw[i])
      i += 1
    }
    return (out, i + 1)
  }

  private func mailboxes(limit: Int) -> [MailAddress] {
    var out: [MailAddress] = []
    var seen: Set<String> = []
    var heldName = ""
    var start = 0
    for i in 0...tokens.count {
      let ends = i == tokens.count || tokens[i] == .comma || tokens[i] == .semicolon
      if !ends {
        // `Friends: a@x, b@y;` — the group's name is nobody.
        if tokens[i] == .colon { start = i + 1 }
        continue
      }
      if start < i, var mailbox = Self.mailbox(tokens[start..<i]) {
        if mailbox.address == nil, i < tokens.count, tokens[i] == .comma, !mailbox.name.isEmpty,
          Self.continues(tokens[(i + 1)...])
        {
          // An unquoted "Doe, Jane <jane@example.org>".
          heldName += mailbox.name + ", "
        } else {
          mailbox.name = heldName + mailbox.name
          heldName = ""
          let key = mailbox.address?.lowercased() ?? mailbox.name
          if !key.isEmpty, seen.insert(key).inserted { out.append(mailbox) }
        }
      }
      start = i + 1
      if out.count >= limit { break }
    }
    return out
  }

  /// Whether the next mailbox has both a name and an address, as the second half of a torn name would.
  private static func continues(_ rest: ArraySlice<Token>) -> Bool {
    var sawWord = false
    for token in rest {
      switch token {
      case .word(let text): if text.contains(0x40) { return false } else { sawWord = true }
      case .angle: return sawWord
      case .comma, .semicolon, .colon, .quoted: return false
      case .comment: break
      }
    }
    return false
  }

  private static func mailbox(_ tokens: ArraySlice<Token>) -> MailAddress? {
    var phrase: [UInt8] = []
    var comments: [UInt8] = []
    var address: [UInt8]?
    for token in tokens {
      switch token {
      case .word(let text), .quoted(let text):
        if !phrase.isEmpty { phrase.append(0x20) }
        phrase.append(contentsOf: text)
      case .comment(let text):
        if !comments.isEmpty { comments.append(0x20) }
        comments.append(contentsOf: text)
      case .angle(let text): address = text
      case .comma, .colon, .semicolon: break
      }
    }
    var name = HeaderText.decode(phrase)
    if address == nil, let bare = MailAddress.normalized(phrase) {
      return MailAddress(name: HeaderText.decode(comments), address: bare)
    }
    // `Jane Doe jane@example.org`: somebody forgot the brackets.
    if address == nil, tokens.count > 1, case .word(let last)? = tokens.last, let bare = MailAddress.normalized(last) {
      let front = phrase.dropLast(last.count)
      if !front.contains(0x40) {
        return MailAddress(name: MailAddress.unquoted(HeaderText.decode(Array(front))), address: bare)
      }
    }
    let resolved = address.flatMap(MailAddress.normalized)
    if address == nil, MailAddress.isScrambled(phrase) { name = "" }
    if name.isEmpty || name.contains("@") && resolved != nil && name.lowercased() == resolved?.lowercased() {
      name = HeaderText.decode(comments)
    }
    if name.isEmpty, resolved == nil { return nil }
    return MailAddress(name: MailAddress.unquoted(name), address: resolved)
  }
}

extension MailAddress {
  /// An address as written, without obfuscation, domain in lower case; `nil` if this is none.
  static func normalized(_ raw: [UInt8]) -> String? {
    var text = HeaderText.decodeBytes(raw)
    if text.starts(with: "mailto:".utf8) { text.removeFirst(7) }
    if let at = text.firstRange(ofASCII: " at ") {
      // Pipermail: "jane at example.org".
      guard !text[..<at.lowerBound].contains(0x20), !text[at.upperBound...].contains(0x20) else { return nil }
      text.replaceSubrange(at, with: [0x40])
    }
    guard let at = text.lastIndex(of: 0x40), at > 0, at + 1 < text.count else { return nil }
    guard !text.contains(where: { $0 <= 0x20 || $0 == 0x7C || $0 == 0x28 || $0 == 0x29 }) else { return nil }
    guard text[..<at].contains(0x40) == false || text.first == 0x22 else { return nil }
    for i in (at + 1)..<text.count { text[i] = text[i].asciiLowercased }
    if text.last == 0x2E { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }

  /// `pd@me@ @ending from cb@@dk`: letters are gone, nothing can be made of it.
  static func isScrambled(_ raw: [UInt8]) -> Bool {
    raw.firstRange(ofASCII: "@end|ng |rom") != nil || raw.firstRange(ofASCII: "@ending from") != nil
  }

  /// Names often come wrapped in one more pair of quotes.
  static func unquoted(_ name: String) -> String {
    var name = Substring(name)
    while let first = name.utf8.first, let last = name.utf8.last, name.utf8.count > 1, first == last,
      first == 0x27 || first == 0x22
    {
      name = name.dropFirst().dropLast()
    }
    return String(name)
  }
}

extension Array where Element == UInt8 {
  /// First place of an ASCII string, case as given.
  func firstRange(ofASCII text: StaticString) -> Range<Int>? {
    let n = text.utf8CodeUnitCount
    guard count >= n else { return nil }
    for i in 0...(count - n) where self[i] == text.utf8Start[0] {
      if (0..<n).allSatisfy({ self[i + $0] == text.utf8Start[$0] }) { return i..<(i + n) }
    }
    return nil
  }
}
