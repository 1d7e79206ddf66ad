import SearchEngine
import TextAnalysis

extension SearchService {
  /// The other names of what a query of free words asks for. A query with operators means what it says.
  func expansions(_ query: Query, _ text: String) throws(GriotError) -> [Expansion] {
    guard query.isFree else { return [] }
    let typed = text.split(whereSeparator: \.isWhitespace).map { Self.withoutPunctuation($0) }
      .filter { !$0.isEmpty }
    guard !typed.isEmpty, typed.count <= Self.mostExpandedWords else { return [] }
    let index = ExpansionIndex(reader: memory.reader, glossary: try glossary.get())
    let found = try engine(memory.path) { () throws(IndexError) in try index.expansions(typed) }
    return found.filter { !isStopWord($0.typed) }
  }

  /// `is` in small letters is no name, whatever somebody's initials are; `IT` may be one.
  private func isStopWord(_ typed: String) -> Bool {
    if typed == typed.uppercased() { return false }
    let form = Array(typed.lowercased().utf8)
    return memory.languages.queryLanguages.contains { StopWords.of($0).contains(form) }
  }

  private static func withoutPunctuation(_ word: Substring) -> String {
    var word = word
    while let first = word.first, first.isPunctuation { word.removeFirst() }
    while let last = word.last, last.isPunctuation { word.removeLast() }
    return String(word)
  }

  /// Longer queries say what they mean.
  private static let mostExpandedWords = 12

  /// The first phase: the query, and each of its expansions on its own, so that the query keeps its fast path. A
  /// document's score is the sum, at the passage that has most.
  func firstPhase(
    _ query: Query, _ options: SearchOptions, _ expanded: [Query]
  ) throws(GriotError) -> TopDocs {
    try engine(memory.path) { () throws(IndexError) in
      var top = try searcher.search(query, options)
      guard !expanded.isEmpty else { return top }
      struct Place: Hashable {
        var segment: Int
        var document: DocumentOrdinal
      }
      var indices: [Place: Int] = [:]
      for (index, hit) in top.hits.enumerated() {
        indices[Place(segment: hit.segment, document: hit.document)] = index
      }
      for query in expanded {
        for hit in try searcher.search(query, SearchOptions(limit: options.limit)).hits {
          let place = Place(segment: hit.segment, document: hit.document)
          if let index = indices[place] {
            if hit.score > top.hits[index].score { top.hits[index].passage = hit.passage }
            top.hits[index].score += hit.score
          } else {
            indices[place] = top.hits.count
            top.hits.append(hit)
            top.total.relation = .atLeast
          }
        }
      }
      top.hits.sort { a, b in
        if a.score != b.score { return a.score > b.score }
        return a.segment != b.segment ? a.segment < b.segment : a.document < b.document
      }
      top.total.value = max(top.total.value, min(top.hits.count, options.limit))
      top.hits = Array(top.hits.prefix(options.limit))
      return top
    }
  }
}

extension Query {
  /// Whether it is a list of words and their readings, any of which suffices.
  var isFree: Bool {
    switch self {
    case .word(let word): word.scope == .anywhere && word.alternatives.allSatisfy { $0.form == nil }
    case .phrase(let phrase):
      phrase.scope == .anywhere
        && phrase.words.allSatisfy { $0.alternatives.allSatisfy { $0.form == nil } }
    case .boolean(let boolean):
      boolean.minimumShould == 1
        && boolean.clauses.allSatisfy { $0.occur == .should && $0.query.isFree }
    case .all, .none, .pattern, .filter: false
    }
  }
}
