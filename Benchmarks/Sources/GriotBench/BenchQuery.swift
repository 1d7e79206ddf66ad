import SearchEngine
import TextAnalysis

/// Makes the engine's queries out of plain words: what the product's query language does beyond that (languages,
/// identifiers, notes) is not what peers do either.
struct BenchQueryMaker {
  enum Shape { case any, all, phrase }

  private let analyzer: Analyzer
  private let stemmer = Stemmer()
  private let leftOut: StopWords

  init(stop: StopPolicy, analyzer: Analyzer.Configuration) {
    leftOut = stop == .drop ? .luceneEnglish : .none
    self.analyzer = Analyzer(analyzer)
  }

  func query(_ words: String, _ shape: Shape) -> Query {
    var terms: [PhraseQuery.Word] = []
    var position = -1
    for token in analyzer.tokens(of: words) where token.positionIncrement > 0 {
      position += token.positionIncrement
      if leftOut.contains(token.term) { continue }
      terms.append(.init(offset: position, [TermMatch(stem: stemmer.stem(token.term, .english))]))
    }
    guard let first = terms.first else { return .none }
    switch shape {
    case .any: return .or(terms.map { .word(WordQuery($0.alternatives)) })
    case .all: return .and(terms.map { .word(WordQuery($0.alternatives)) })
    case .phrase:
      if terms.count == 1 { return .word(WordQuery(first.alternatives)) }
      return .phrase(PhraseQuery(terms.map { .init(offset: $0.offset - first.offset, $0.alternatives) }))
    }
  }

  /// What the second phase of ranking looks for: the words that are no stop words, as the product drops them.
  func words(_ text: String) -> [QueryWord] {
    var words: [QueryWord] = []
    var position = 0
    for token in analyzer.tokens(of: text) where token.positionIncrement > 0 {
      let form = stemmer.fold(token.term)
      if !StopWords.of(.english).contains(form) {
        words.append(QueryWord(stems: [stemmer.stem(token.term, .english)], form: form, position: position))
      }
      position += 1
    }
    for index in words.indices { words[index].total = position }
    return words
  }

  /// A line of the search benchmark game: `a b` (any), `+a +b` (all), `"a b"` (adjacent).
  func gameQuery(_ line: some StringProtocol) -> Query {
    let text = String(line)
    if text.hasPrefix("\"") { return query(text.replacing("\"", with: " "), .phrase) }
    if text.hasPrefix("+") { return query(text.replacing("+", with: " "), .all) }
    return query(text, .any)
  }
}
