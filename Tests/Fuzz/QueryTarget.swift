import TextAnalysis

@testable import SearchEngine

/// Anything that can be typed: it parses, and what it means runs.
enum QueryTarget {
  private static let seeds = [
    "pump valve", "\"root cause\"~3 -draft", "+title:pump (water OR oil) AND NOT author:\"Ann Lee\"",
    "after:2024-05 before:2025 kind:wiki state*", "fail~1 w?ter /pum(p|ps)+/ C++ ERR_42 stop-gap", "((((\"a b", "*", "",
    "speaker:x lang:de source:y [a TO b] {} ^2 ~ \\ \u{3000}\u{FEFF}\u{202E} e\u{301}",
  ].map { Array($0.utf8) }

  static let syntax = FuzzTarget(name: "syntax", seeds: { seeds }) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    for parsed in [QueryParser.parse(text), QueryParser.parseFree(text)] {
      for note in parsed.notes {
        precondition(note.range.upperBound <= text.utf8.count, "a note on what was not typed")
      }
      _ = "\(parsed.syntax)"
    }
  }

  static let search = FuzzTarget(name: "search", seeds: { seeds }) { bytes in
    guard bytes.count <= 512 else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    let reader = FuzzIndex.shared.reader
    let analyzer = QueryAnalyzer(
      .init(languages: [Language(code: "en")], reader: reader) { field, value in
        field == .kind ? .filter(.keyword("kind", value)) : .unusable("not here")
      })
    do throws(IndexError) {
      let query = try analyzer.query(text).query
      let searcher = Searcher(reader)
      let top = try searcher.search(query, SearchOptions(limit: 10))
      for (a, b) in zip(top.hits, top.hits.dropFirst()) { precondition(a.score >= b.score, "hits out of order") }
      let count = try searcher.count(query)
      precondition(count >= top.hits.count, "more hits than documents")
      if count <= 10 { precondition(count == top.hits.count, "\(count) documents, \(top.hits.count) hits") }
    } catch {
      // A sound index under any query: only a query can be refused.
      guard case .invalid = error else { fatalError("\(error)") }
    }
  }
}
