import Documents
import SearchEngine
import TextAnalysis

/// Answers queries on one snapshot of a memory. Values of this type may be used from several threads at once.
public final class SearchService: Sendable {
  public let memory: Memory
  let searcher: Searcher
  let rescorer: Rescorer
  let glossary: LazyGlossary
  let fields: QueryFields
  let views = DocumentViews()

  public init(_ memory: Memory) {
    self.memory = memory
    searcher = Searcher(memory.reader)
    rescorer = Rescorer(memory.reader)
    glossary = LazyGlossary(memory: memory.path)
    fields = QueryFields(memory)
  }

  /// - Throws: ``GriotError`` of kind `usage` (a date that is none), `corrupt`, `io`.
  public func search(_ request: SearchRequest) throws(GriotError) -> SearchResults {
    let start = MonotonicClock.microseconds
    var results = SearchResults(query: request.query)
    let prepared = try prepare(request)
    results.notes = prepared.notes
    if let query = prepared.query {
      results.expansions = prepared.expansions
      try answer(query, request, &results, words: prepared.words, expanded: prepared.expanded)
    }
    results.tookMicroseconds = MonotonicClock.microseconds - start
    return results
  }

  /// - Parameters:
  ///   - words: Given to the second phase of ranking; without any there is none.
  ///   - expanded: Other names of what was asked for.
  func answer(
    _ query: Query, _ request: SearchRequest, _ results: inout SearchResults, words: [QueryWord] = [],
    expanded: [Query] = []
  ) throws(GriotError) {
    let notes = results.notes
    let isFolded = request.folding != .none && request.offset + request.limit <= Self.foldingDepth
    try answer(query, request, words, expanded, lookahead: isFolded ? Self.foldingLookahead : nil, &results)
    // A page that duplicates have emptied is filled from further down.
    let read = request.offset + request.limit + Self.foldingLookahead
    if isFolded, results.hits.count < request.limit, results.total.relation == .gte || results.total.value > read {
      results.hits = []
      results.notes = notes
      try answer(query, request, words, expanded, lookahead: Self.foldingDepth, &results)
    }
  }

  /// - Parameter lookahead: How many hits behind the page are looked at for folding; nil: nothing is folded.
  private func answer(
    _ query: Query, _ request: SearchRequest, _ words: [QueryWord], _ expanded: [Query], lookahead: Int?,
    _ results: inout SearchResults
  ) throws(GriotError) {
    let wanted = request.offset + request.limit + (lookahead ?? 0)
    let isByDate = request.sort != .relevance
    var options = SearchOptions(limit: depth(wanted, request, words), countsExactly: request.facets)
    if request.facets { options.facets = Self.facetRequests }
    let first = try firstPhase(query, options, expanded)
    var top = first
    top.hits = try engine(memory.path) { () throws(IndexError) in try rescorer.rescore(first, words) }
    results.notes += top.notes
    results.total = .init(value: top.total.value, relation: top.total.relation == .exactly ? .eq : .gte)
    if request.facets { results.facets = try facets(top.facets) }
    let ranked = Array(try ordered(top.hits, request).prefix(wanted))
    // Scores fall strictly over the whole ranking, whatever part of it is shown.
    var strict = StrictScores()
    let scores = ranked.map { isByDate ? $0.score : strict.next($0.score) }
    let highlighter = Highlighter(
      expanded.isEmpty ? query : .or([query] + expanded), languages: memory.languages.queryLanguages)
    if lookahead != nil {
      results.hits = try presentFolded(ranked, scores, request, highlighter)
    } else {
      for index in ranked.indices.dropFirst(request.offset).prefix(request.limit) {
        let hit = ranked[index]
        let stored = try memory.stored(memory.reader.segments[hit.segment], hit.document)
        results.hits.append(
          try present(hit, stored, rank: index + 1, score: scores[index], highlighter, request.snippetBytes))
      }
    }
    if request.explains, !isByDate { try explain(&results, query, words, first: first.hits, ranked: ranked) }
    try engine(memory.path) { () throws(IndexError) in try memory.reader.checkDamage() }
  }

  /// The ranking alone, without reading stored documents: for TREC runs.
  ///
  /// - Returns: External ids and scores, best first; scores fall strictly.
  public func ranking(_ request: SearchRequest) throws(GriotError) -> [RankedDocument] {
    try ranked(request).documents
  }

  /// The same with what is said beside it.
  public func ranked(_ request: SearchRequest) throws(GriotError) -> Ranking {
    let prepared = try prepare(request)
    var ranking = Ranking(documents: [], notes: prepared.notes, total: .init(value: 0, relation: .eq))
    guard let query = prepared.query else { return ranking }
    let words = prepared.words
    let limit = request.offset + request.limit
    var top = try firstPhase(query, SearchOptions(limit: depth(limit, request, words)), prepared.expanded)
    ranking.notes += top.notes
    ranking.total = .init(value: top.total.value, relation: top.total.relation == .exactly ? .eq : .gte)
    top.hits = try engine(memory.path) { [top] () throws(IndexError) in try rescorer.rescore(top, words) }
    let hits = try ordered(top.hits, request).prefix(limit)
    ranking.documents = try engine(memory.path) { () throws(IndexError) in
      var columns: [BytesColumn?] = []
      for segment in memory.reader.segments { columns.append(try segment.bytes(MemorySchema.externalID)) }
      var scores = StrictScores()
      var out: [RankedDocument] = []
      out.reserveCapacity(hits.count)
      for hit in hits {
        let id = try columns[hit.segment]?.value(hit.document) ?? []
        out.append(RankedDocument(externalID: String(decoding: id, as: UTF8.self), score: scores.next(hit.score)))
      }
      try memory.reader.checkDamage()
      return Array(out.dropFirst(request.offset))
    }
    return ranking
  }
}

/// An answer that names documents and nothing else.
public struct Ranking: Sendable {
  public var documents: [RankedDocument]
  public var notes: [String]
  public var total: SearchResults.Total
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
