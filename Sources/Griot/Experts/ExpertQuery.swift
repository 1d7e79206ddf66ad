import SearchEngine

/// How a topic is searched for experts: more loosely than for documents, because every trace counts.
enum ExpertQuery {
  /// The topic with the parts of its compounds as words of their own: whoever works on `os.path` or `JVM/Java` rarely
  /// writes it so. Free text only: operators and quotes are left as they were typed.
  ///
  /// - Returns: Also how many parts were added.
  static func relaxed(_ query: String) -> (query: String, parts: Int) {
    guard !query.contains(where: { "\"()+*?~:\\".contains($0) }), !query.contains(" -") else { return (query, 0) }
    var words: [Substring] = []
    var added = 0
    for word in query.split(separator: " ") {
      words.append(word)
      let parts = word.split { "._/-".contains($0) }.filter { $0.unicodeScalars.count > 1 }
      if parts.count > 1 {
        words += parts
        added += parts.count
      }
    }
    return (words.joined(separator: " "), added)
  }

  /// The same words, all of them in one document, and their number; `nil` for a query that asks for one thing only.
  static func all(_ query: Query) -> (query: Query, words: Int)? {
    guard case .boolean(var boolean) = query else { return nil }
    let words = boolean.clauses.indices.filter { boolean.clauses[$0].occur == .should }
    if words.count > 1 {
      for index in words { boolean.clauses[index].occur = .must }
      boolean.minimumShould = 0
      return (.boolean(boolean), words.count)
    }
    // Below a filter: the words are one required clause.
    for index in boolean.clauses.indices where boolean.clauses[index].occur == .must {
      guard let inner = all(boolean.clauses[index].query) else { continue }
      boolean.clauses[index].query = inner.query
      return (.boolean(boolean), inner.words)
    }
    return nil
  }
}
