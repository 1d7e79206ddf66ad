import Documents

/// People as bylines, front matter and JSON name them.
enum PeopleParser {
  /// One field's people: `Jane Doe`, `Jane Doe <jane@example.org>`, `jane@example.org (Jane Doe)`, several of them
  /// separated by semicolons, by `and`/`&`, or by commas where each part looks like a whole name (so that
  /// `Doe, Jane` stays one).
  static func parse(_ field: some StringProtocol, role: PersonRole) -> [PersonMention] {
    var field = String(field)
    return field.withUTF8 { parse($0, role: role) }
  }

  static func parse(_ field: UnsafeBufferPointer<UInt8>, role: PersonRole) -> [PersonMention] {
    let field = WhiteSpace.trim(field)
    if isPlainName(field) { return [PersonMention(name: String(decoding: field, as: UTF8.self), role: role)] }
    let text = WhiteSpace.collapse(field)
    guard !text.isEmpty else { return [] }
    return split(text).compactMap { person($0, role: role) }
  }

  /// Nothing but words, single spaces between them: most fields of most dumps.
  private static func isPlainName(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = field.first, let last = field.last, first.isASCIILetter, last.isASCIILetter else { return false }
    var isAfterSpace = false
    for index in field.indices {
      let byte = field[index]
      // Beyond ASCII there are dashes and quotes that the long way takes off.
      guard
        byte.isASCIILetter || byte == 0x20 || byte == 0x2E || byte == 0x2D || byte == 0x27
          || byte >= 0xC3 && byte < 0xE2
          || byte &- 0x80 < 0x40
      else { return false }
      if byte == 0x20 {
        if isAfterSpace { return false }
        // A conjunction may stand here.
        if index + 4 < field.count, field[index + 1] == 0x61, field[index + 2] == 0x6E, field[index + 3] == 0x64,
          field[index + 4] == 0x20
        {
          return false
        }
      }
      isAfterSpace = byte == 0x20
    }
    return true
  }

  /// One person, with or without an address; `nil` if nothing is left of it.
  static func person(_ text: some StringProtocol, role: PersonRole) -> PersonMention? {
    var name = Substring(text)
    var address: String?
    if let open = name.lastIndex(of: "<"), let close = name[open...].firstIndex(of: ">") {
      let inside = name[name.index(after: open)..<close]
      if let found = self.address(inside) {
        address = found
        name = name[..<open]
      }
    } else if let open = name.firstIndex(of: "("), let close = name[open...].firstIndex(of: ")") {
      let inside = name[name.index(after: open)..<close]
      if let found = self.address(name[..<open]) {
        address = found
        name = inside
      } else if let found = self.address(inside) {
        address = found
        name = name[..<open]
      }
    } else if let found = self.address(name) {
      address = found
      name = ""
    }
    let clean = trimmed(name)
    if clean.isEmpty && address == nil { return nil }
    return PersonMention(name: clean, address: address, role: role)
  }

  /// An e-mail address as a person's `address` wants it; `nil` if this is none.
  static func address(_ text: some StringProtocol) -> String? {
    var text = String(text)
    return text.withUTF8 { address($0) }
  }

  static func address(_ field: UnsafeBufferPointer<UInt8>) -> String? {
    var text = WhiteSpace.trim(field)[...]
    if text.count > 7, text.prefix(7).elementsEqual("mailto:".utf8, by: { $0.asciiLowercased == $1 }) {
      text = text.dropFirst(7)
    }
    guard text.count <= 254, let at = text.lastIndex(of: 0x40), at != text.startIndex else { return nil }
    let domain = text[(at + 1)...]
    guard domain.count >= 3, domain.contains(0x2E), domain.last != 0x2E else { return nil }
    guard text.allSatisfy({ $0 > 0x20 && $0 != 0x3C && $0 != 0x3E && $0 != 0x2C && $0 != 0x28 && $0 != 0x7F }) else {
      return nil
    }
    if !domain.contains(where: { $0.isASCIIUppercase || $0 >= 0x80 }) { return String(decoding: text, as: UTF8.self) }
    return String(decoding: text[...at], as: UTF8.self) + String(decoding: domain, as: UTF8.self).lowercased()
  }

  private static let junk: Set<Character> = ["\"", "'", ",", ";", "-", "–", "—", "@", "*", "_", " "]

  private static func trimmed(_ name: some StringProtocol) -> String {
    let collapsed = WhiteSpace.collapse(name)
    var slice = collapsed[...]
    while let first = slice.first, junk.contains(first) { slice = slice.dropFirst() }
    while let last = slice.last, junk.contains(last) { slice = slice.dropLast() }
    return String(slice)
  }

  private static func split(_ text: String) -> [Substring] {
    if text.contains(";") { return text.split(separator: ";").flatMap { conjunctions($0) } }
    let parts = text.split(separator: ",")
    // `Doe, Jane` is one person, `Doe, Jane and Smith, Ann` is told apart by nobody: commas split whole names only.
    let whole = parts.allSatisfy { part in
      let isAddressed = part.contains("@")
      return isAddressed || part.split(separator: " ").filter { $0 != "and" && $0 != "&" }.count >= 2
    }
    if parts.count >= 2, whole || parts.count >= 3 { return parts.flatMap { conjunctions($0) } }
    return conjunctions(text[...])
  }

  private static func conjunctions(_ text: Substring) -> [Substring] {
    let words = text.split(separator: " ")
    guard words.contains(where: { $0 == "and" || $0 == "&" }) else { return [text] }
    return words.split(whereSeparator: { $0 == "and" || $0 == "&" }).map { group in
      text[group.first!.startIndex..<group.last!.endIndex]
    }
  }
}
