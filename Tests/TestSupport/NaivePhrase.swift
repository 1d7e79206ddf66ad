public import SearchEngine

/// Phrases and NEAR by trying everything.
public enum NaivePhrase {
  /// How often the phrase starts in the passage; it may end in a soft split that follows.
  public static func frequency(_ phrase: PhraseQuery, _ document: NaiveDocument, passage: Int) -> Int {
    // Title and heading stand alone; the text goes on through the passages that continue it.
    let own = document.passages[passage]
    var count = occurrences(phrase, positions(phrase, own, 0..<own.titleEnd, base: 0)) { _ in true }
    if phrase.scope == .title { return count }
    count += occurrences(phrase, positions(phrase, own, own.titleEnd..<own.bodyStart, base: 0)) { _ in true }

    var first = passage
    while first > 0, document.passages[first].continues { first -= 1 }
    var run = first..<(first + 1)
    while run.upperBound < document.passages.count, document.passages[run.upperBound].continues {
      run = first..<(run.upperBound + 1)
    }
    var text = Array(repeating: [Int](), count: phrase.words.count)
    for index in run {
      let piece = document.passages[index]
      let part = positions(phrase, piece, piece.bodyStart..<Int.max, base: piece.positionBase)
      for word in text.indices { text[word] += part[word] }
    }
    let ownStart = own.positionBase + own.bodyStart
    let next = passage + 1
    let ownEnd =
      run.contains(next) ? document.passages[next].positionBase + document.passages[next].bodyStart : Int.max
    count += occurrences(phrase, text) { $0 >= ownStart && $0 < ownEnd }
    return count
  }

  /// For each word of the phrase the positions of its alternatives, ascending, as often as they were emitted.
  private static func positions(
    _ phrase: PhraseQuery, _ passage: NaiveDocument.Passage, _ zone: Range<Int>, base: Int
  ) -> [[Int]] {
    phrase.words.map { word in
      passage.tokens.filter { token in
        zone.contains(token.position)
          && word.alternatives.contains { NaiveScorer.accepts($0, token) }
      }.map { $0.position + base }.sorted()
    }
  }

  private static func occurrences(_ phrase: PhraseQuery, _ positions: [[Int]], starts: (Int) -> Bool) -> Int {
    guard let slop = phrase.slop else {
      return Set(positions[0]).filter(starts).reduce(0) { count, start in
        count
          + phrase.words.indices.map { word in
            positions[word].count { $0 == start - phrase.words[0].offset + phrase.words[word].offset }
          }.min()!
      }
    }
    // Windows [left, right] in which every word finds a position of its own, and none inside one another.
    let all = Set(positions.joined()).sorted()
    let width = phrase.words.count + slop
    var count = 0
    for left in all where starts(left) {
      for right in all where right >= left && right - left < width {
        guard holds(phrase, positions, left, right) else { continue }
        let isMinimal =
          !holds(phrase, positions, left + 1, right) && !holds(phrase, positions, left, right - 1)
        if isMinimal { count += 1 }
      }
    }
    return count
  }

  /// Whether each word of the phrase can be given its own position in the window: a bipartite matching by trying.
  private static func holds(_ phrase: PhraseQuery, _ positions: [[Int]], _ left: Int, _ right: Int) -> Bool {
    func assign(_ word: Int, _ taken: Set<Int>) -> Bool {
      if word == positions.count { return true }
      for position in Set(positions[word]) where position >= left && position <= right && !taken.contains(position) {
        if assign(word + 1, taken.union([position])) { return true }
      }
      return false
    }
    return assign(0, [])
  }
}
