import Documents
import Glibc
import SearchEngine
import TextAnalysis

extension SearchService {
  /// Of a document's words so many go into the query: more cost time and blur the topic.
  private static let relatedTerms = 24
  /// So much of a long document is looked at.
  private static let relatedBytes = 64 << 10

  /// Documents about the same things: the most telling terms of a document (by tf · idf), as a query.
  ///
  /// - Parameter reference: An id, a unique beginning of one (≥ 4 digits), or an external id.
  public func related(to reference: String, limit: Int) throws(GriotError) -> SearchResults {
    let start = MonotonicClock.microseconds
    let place = try memory.resolve(reference)
    let stored = try memory.stored(memory.reader.segments[place.segment], place.document)
    var results = SearchResults(query: stored.document.title)
    let words = try telling(stored.document, stored.language)
    if !words.isEmpty {
      let others = Query.or(words).filtered(by: .not(.keys([place.key])))
      var request = SearchRequest(stored.document.title)
      request.limit = limit
      request.facets = false
      try answer(others, request, &results)
    }
    results.tookMicroseconds = MonotonicClock.microseconds - start
    return results
  }

  private func telling(_ document: Document, _ language: Language) throws(GriotError) -> [Query] {
    let stemmer = Stemmer()
    let analyzer = Analyzer()
    let stops = StopWords.of(language)
    var counts: [[UInt8]: Int] = [:]
    func count(_ text: [UInt8], times: Int) {
      for token in analyzer.tokens(of: text) where token.positionIncrement > 0 {
        if stops.contains(stemmer.fold(token.term)) { continue }
        counts[stemmer.stem(token.term, language), default: 0] += times
      }
    }
    count(Array(document.title.utf8), times: 3)
    for passage in views.splitter.passages(of: document) where passage.range.lowerBound < Self.relatedBytes {
      count(Array(document.text[passage.range]), times: 1)
    }
    let total = Double(max(1, memory.reader.passageCount))
    var weighted: [(stem: [UInt8], weight: Double)] = []
    for (stem, frequency) in counts {
      var passages = 0
      try engine(memory.path) { () throws(IndexError) in
        for segment in memory.reader.segments {
          passages += Int(try segment.terms().lookup(stem)?.passageFrequency ?? 0)
        }
      }
      // A word of this document alone leads nowhere.
      guard passages > 1 else { continue }
      let idf = log(1 + (total - Double(passages) + 0.5) / (Double(passages) + 0.5))
      weighted.append((stem, (1 + log(Double(frequency))) * idf))
    }
    weighted.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.stem.lexicographicallyPrecedes($1.stem) }
    let best = weighted.prefix(Self.relatedTerms)
    guard let top = best.first?.weight, top > 0 else { return [] }
    return best.map { .word(WordQuery([TermMatch(stem: $0.stem)], boost: Float($0.weight / top))) }
  }
}
