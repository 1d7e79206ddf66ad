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

  /// How many words a topic has; filters are none.
  static func words(_ query: Query) -> Int {
    guard case .boolean(let boolean) = query else { return 1 }
    let words = boolean.clauses.filter { $0.occur == .should }.count
    if words > 0 { return words }
    // Below a filter: the words are one required clause.
    return boolean.clauses.lazy.filter { $0.occur == .must }.map { Self.words($0.query) }.max() ?? 1
  }
}
