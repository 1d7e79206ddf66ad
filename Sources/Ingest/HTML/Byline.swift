/// Names as bylines give them: `By Jane Doe and John Roe, Staff Writer`.
enum Byline {
  static func people(_ text: String) -> [String] {
    var text = clean(text)
    for lead in ["by ", "von ", "par ", "por ", "di ", "written by ", "posted by ", "author: ", "autor: ", "text: "]
    where text.lowercased().hasPrefix(lead) {
      text = String(text.utf8.dropFirst(lead.utf8.count)) ?? text
      break
    }
    var out: [String] = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "|" || $0 == "•" || $0 == "·" }) {
      for name in split(part) where isName(name) { out.append(name) }
      if out.count >= 8 { break }
    }
    return out
  }

  private static func split(_ part: Substring) -> [String] {
    var names: [[Substring]] = [[]]
    for word in part.split(separator: " ") {
      if ["and", "&", "und", "et", "y", "e"].contains(word.lowercased()) {
        names.append([])
      } else {
        names[names.count - 1].append(word)
      }
    }
    return names.map { $0.joined(separator: " ") }
  }

  /// Two to five words that begin with a capital (or letters without case), and are no job, site or date.
  private static func isName(_ name: String) -> Bool {
    let words = name.split(separator: " ")
    guard (2...5).contains(words.count), name.utf8.count <= 60 else { return false }
    if name.contains(where: { $0.isNumber || $0 == "@" || $0 == "/" || $0 == ":" }) { return false }
    guard let first = words.first?.first, let last = words.last?.first else { return false }
    guard !first.isLowercase, !last.isLowercase, first.isLetter, last.isLetter else { return false }
    return !notNames.contains { name.lowercased().contains($0) }
  }

  private static let notNames = [
    "staff", "writer", "editor", "reporter", "correspondent", "press", "news", "team", "updated", "published",
    "reuters",
    "contributor", "magazine", "admin", "guest post", "redaktion", "minutes", "associated",
  ]

  /// Trimmed, without surrounding punctuation.
  static func clean(_ name: String) -> String {
    var text = Substring(name.trimmingSpaces)
    while let last = text.last, ",;:|·•-–".contains(last) || last == " " { text.removeLast() }
    while let first = text.first, ",;:|·•-–".contains(first) || first == " " { text.removeFirst() }
    return text.utf8.count <= 200 ? String(text) : ""
  }
}
