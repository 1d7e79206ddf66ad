import Documents

/// People as bylines, front matter and JSON name them.
enum PeopleParser {
  /// One field's people: `Jane Doe`, `Jane Doe <jane@example.org>`, `jane@example.org (Jane Doe)`, several of them
  /// separated by semicolons, by `and`/`&`, or by commas where each part looks like a whole name (so that
  /// `Doe, Jane` stays one).
  static func parse(_ field: some StringProtocol, role: PersonRole) -> [PersonMention] {
    let text = WhiteSpace.collapse(field)
    guard !text.isEmpty else { return [] }
    return split(text).compactMap { person($0, role: role) }
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
    var text = Substring(WhiteSpace.trim(text))
    if text.lowercased().hasPrefix("mailto:") { text = text.dropFirst(7) }
    guard let at = text.lastIndex(of: "@"), at != text.startIndex, text.utf8.count <= 254 else { return nil }
    let domain = text[text.index(after: at)...]
    guard domain.utf8.count >= 3, domain.contains("."), !domain.hasSuffix(".") else { return nil }
    guard text.utf8.allSatisfy({ !$0.isWhiteSpace && $0 > 0x20 && $0 != 0x3C && $0 != 0x3E && $0 != 0x2C && $0 != 0x28 })
    else { return nil }
    return text[...at] + domain.lowercased()
  }

  private static func trimmed(_ name: some StringProtocol) -> String {
    let collapsed = WhiteSpace.collapse(name)
    let junk: Set<Character> = ["\"", "'", ",", ";", "-", "–", "—", "@", "*", "_", " "]
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
