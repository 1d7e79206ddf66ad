import Documents
import SearchEngine
import TextAnalysis

/// Answers queries on one snapshot of a memory. Values of this type may be used from several threads at once.
public final class SearchService: Sendable {
  public let memory: Memory
  let searcher: Searcher
  let fields: QueryFields
  let views = DocumentViews()

  public init(_ memory: Memory) {
    self.memory = memory
    searcher = Searcher(memory.reader)
    fields = QueryFields(memory.reader)
  }

  /// - Throws: ``GriotError`` of kind `usage` (a date that is none), `corrupt`, `io`.
  public func search(_ request: SearchRequest) throws(GriotError) -> SearchResults {
    let start = MonotonicClock.microseconds
    var results = SearchResults(query: request.query)
    let prepared = try prepare(request)
    results.notes = prepared.notes
    if let query = prepared.query {
      try answer(query, request, &results)
    }
    results.tookMicroseconds = MonotonicClock.microseconds - start
    return results
  }

  func answer(_ query: Query, _ request: SearchRequest, _ results: inout SearchResults) throws(GriotError) {
    var options = SearchOptions(limit: request.offset + request.limit, countsExactly: request.facets)
    if request.sort != .relevance { options.limit = Int(memory.reader.liveDocumentCount) }
    if request.facets { options.facets = Self.facetRequests }
    let settled = options
    let top = try engine(memory.path) { () throws(IndexError) in try searcher.search(query, settled) }
    results.notes += top.notes
    results.total = .init(value: top.total.value, relation: top.total.relation == .exactly ? .eq : .gte)
    if request.facets { results.facets = facets(top.facets) }
    let ranked = try request.sort == .relevance ? top.hits : sorted(top.hits, newestFirst: request.sort == .newest)
    let window = ranked.dropFirst(request.offset).prefix(request.limit)
    var scores = StrictScores()
    // Scores fall strictly over the whole ranking, whatever part of it is shown.
    for hit in ranked.prefix(request.offset) { _ = scores.next(hit.score) }
    let highlighter = Highlighter(query, languages: memory.languages.queryLanguages)
    for (index, hit) in window.enumerated() {
      let score = request.sort == .relevance ? scores.next(hit.score) : hit.score
      results.hits.append(
        try present(hit, rank: request.offset + index + 1, score: score, highlighter, request.snippetBytes))
    }
    try engine(memory.path) { () throws(IndexError) in try memory.reader.checkDamage() }
  }

  /// The ranking alone, without reading stored documents: for TREC runs.
  ///
  /// - Returns: External ids and scores, best first; scores fall strictly.
  public func ranking(_ request: SearchRequest) throws(GriotError) -> [RankedDocument] {
    guard let query = try prepare(request).query else { return [] }
    let limit = request.offset + request.limit
    return try engine(memory.path) { () throws(IndexError) in
      let top = try searcher.search(query, SearchOptions(limit: limit))
      var columns: [BytesColumn?] = []
      for segment in memory.reader.segments { columns.append(try segment.bytes(MemorySchema.externalID)) }
      var scores = StrictScores()
      var out: [RankedDocument] = []
      out.reserveCapacity(top.hits.count)
      for hit in top.hits {
        let id = try columns[hit.segment]?.value(hit.document) ?? []
        out.append(RankedDocument(externalID: String(decoding: id, as: UTF8.self), score: scores.next(hit.score)))
      }
      try memory.reader.checkDamage()
      return Array(out.dropFirst(request.offset))
    }
  }

  /// By date; documents without one come last, ties in order of ingest.
  private func sorted(_ hits: [Hit], newestFirst: Bool) throws(GriotError) -> [Hit] {
    var columns: [IntegerColumn?] = []
    for segment in memory.reader.segments {
      columns.append(try engine(memory.path) { () throws(IndexError) in try segment.integers(MemorySchema.date) })
    }
    let dated = hits.map { (hit: $0, date: columns[$0.segment]?[$0.document]) }
    return dated.sorted { a, b in
      if let left = a.date, let right = b.date, left != right { return newestFirst ? left > right : left < right }
      if (a.date == nil) != (b.date == nil) { return a.date != nil }
      return (a.hit.segment, a.hit.document) < (b.hit.segment, b.hit.document)
    }.map(\.hit)
  }
}

/// A line of a run.
public struct RankedDocument: Sendable, Equatable {
  public var externalID: String
  public var score: Float
  public init(externalID: String, score: Float) {
    self.externalID = externalID
    self.score = score
  }
}

/// Makes equal scores of neighbours fall by the smallest step, so that no consumer reorders what the ranking decided.
struct StrictScores {
  private var last = Float.infinity

  mutating func next(_ score: Float) -> Float {
    last = min(score, last.nextDown)
    return last
  }
}
