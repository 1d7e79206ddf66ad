import Documents

/// By what messages hang together: their Message-IDs (a message's own, its parent's, its ancestors'), and failing
/// these their subjects.
///
/// A subject joins two messages of one source that lie close in time where one of them is an answer by its subject
/// (`Re:`) and says nothing else of what it answers. Two messages that both began something ("Status report", each
/// week) are never joined by their subject, nor are answers that name their parents.
///
/// Source: Jamie Zawinski, "message threading", 1997; its guess by subject made more careful.
struct ConversationLinks {
  private struct Subject: Equatable {
    var text: String
    var source: String
    /// Seconds since 1970.
    var date: Int64
    /// An answer that names no parent.
    var isOrphan: Bool
  }

  private var ids: Set<String> = []
  /// Of so many messages as one conversation has on a page of results.
  private var subjects: [Subject] = []

  /// An answer comes within so many seconds of a message of its conversation: two weeks.
  private static let window: Int64 = 14 * 86_400
  /// Subjects of fewer letters ("hi", "test") say nothing.
  private static let shortestSubject = 6

  init() {}

  init(_ document: Document, source: String) {
    var hasParent = false
    for attribute in document.attributes {
      switch attribute.name {
      case "message-id", "in-reply-to", "references":
        if attribute.name != "message-id" { hasParent = true }
        // Several ids may stand in one value.
        for id in attribute.value.split(separator: " ") { ids.insert(String(id)) }
      default: break
      }
    }
    guard let date = document.date else { return }
    let (text, isAnswer) = Self.normalized(document.title)
    guard text.unicodeScalars.count(where: \.properties.isAlphabetic) >= Self.shortestSubject else { return }
    subjects.append(Subject(text: text, source: source, date: date.seconds, isOrphan: isAnswer && !hasParent))
  }

  func meets(_ other: ConversationLinks) -> Bool {
    if !ids.isDisjoint(with: other.ids) { return true }
    return subjects.contains { own in
      other.subjects.contains { $0.text == own.text && $0.source == own.source && Self.areNear($0, own) }
    }
  }

  private static func areNear(_ a: Subject, _ b: Subject) -> Bool {
    guard a.isOrphan || b.isOrphan else { return false }
    let (distance, overflow) = a.date.subtractingReportingOverflow(b.date)
    return !overflow && distance.magnitude <= UInt64(window)
  }

  mutating func formUnion(_ other: ConversationLinks) {
    ids.formUnion(other.ids)
    for subject in other.subjects where !subjects.contains(subject) { subjects.append(subject) }
  }

  // MARK: Subjects

  /// What answers are marked with, in the languages of common mail programs.
  private static let answers: Set<String> = ["re", "aw", "sv", "antw", "vs", "odp", "rif", "res", "r", "ynt", "回复"]

  /// A subject without marks of answers and names of lists, in small letters; whether it had a mark.
  static func normalized(_ subject: String) -> (text: String, isAnswer: Bool) {
    var rest = Substring(subject.lowercased())
    var isAnswer = false
    while true {
      rest = rest.drop(while: \.isWhitespace)
      if rest.first == "[", let end = rest.firstIndex(of: "]") {
        rest = rest[rest.index(after: end)...]
      } else if let colon = rest.firstIndex(where: { $0 == ":" || $0 == "：" }), isMark(rest[..<colon]) {
        isAnswer = true
        rest = rest[rest.index(after: colon)...]
      } else {
        break
      }
    }
    return (rest.split(whereSeparator: \.isWhitespace).joined(separator: " "), isAnswer)
  }

  /// `re`, also counted: `re[2]`, `re^3`, `re(4)`.
  private static func isMark(_ text: Substring) -> Bool {
    guard text.count <= 8 else { return false }
    let word = text.prefix { $0.isLetter }
    return answers.contains(String(word)) && text.dropFirst(word.count).allSatisfy { "[]()^0123456789 ".contains($0) }
  }
}
