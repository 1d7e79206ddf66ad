/// `Title: …`, `Date: …` lines at the head of a text without fences, up to a blank line (Pelican, MultiMarkdown; also
/// the head of reStructuredText design documents).
enum HeaderBlock {
  /// At least one of these must be there, or prose that begins with `Note: …` would lose its first paragraph.
  private static let known: Set<String> = [
    "title", "date", "author", "authors", "tags", "category", "categories", "slug", "summary", "status", "number",
    "subject", "lang", "language", "modified", "created", "keywords", "pep", "type", "layout", "speaker", "speakers",
    "url", "version",
  ]

  static func read(_ text: UnsafeBufferPointer<UInt8>) -> FrontMatter? {
    var entries: [FrontMatterEntry] = []
    var position = text.firstIndex { !$0.isWhiteSpace } ?? text.count
    var hits = 0
    while position < text.count, entries.count < 64 {
      let end = text[position...].firstIndex(of: 0x0A) ?? text.count
      let line = UnsafeBufferPointer(rebasing: text[position..<end])
      let next = min(end + 1, text.count)
      if WhiteSpace.trim(line).isEmpty {
        position = next
        break
      }
      if let first = line.first, first.isBlank {
        // A continued value.
        guard let last = entries.indices.last, case .scalar(let value) = entries[last].value else { return nil }
        entries[last].value = .scalar(WhiteSpace.collapse(value + " " + String(decoding: line, as: UTF8.self)))
        position = next
        continue
      }
      guard let colon = line.prefix(40).firstIndex(of: 0x3A), isKey(line[..<colon]) else { return nil }
      let key = String(decoding: line[..<colon].map(\.asciiLowercased), as: UTF8.self)
      let value = WhiteSpace.collapse(line[(colon + 1)...])
      if known.contains(key) { hits += 1 }
      entries.append(FrontMatterEntry(key, .scalar(YAMLFrontMatter.unquoted(value))))
      position = next
    }
    // One line may be prose; `Title:` alone says what it is.
    guard hits >= 2 || (hits == 1 && entries.count == 1 && entries[0].key == "title") else { return nil }
    guard hits * 3 >= entries.count else { return nil }
    return FrontMatter(style: .header, entries: entries, bodyStart: position)
  }

  private static func isKey(_ key: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = key.first, first.isASCIILetter else { return false }
    return key.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2D || $0 == 0x5F }
  }
}
