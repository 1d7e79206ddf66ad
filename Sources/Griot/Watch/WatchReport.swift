import Documents
import SearchEngine
import TextAnalysis

/// What watches found among the documents that came since their last run.
public struct WatchReport: Sendable {
  public struct Result: Sendable {
    public var watch: Watch
    /// New documents that match; more than are listed, maybe.
    public var total: Int
    /// Best first.
    public var hits: [SearchHit]
    /// Why the watch could not be run, if so.
    public var problem: String?
  }

  /// In order of name; watches that found nothing are among them.
  public var results: [Result]
  /// Documents from here on are not covered.
  public var next: UInt64

  public var total: Int { results.reduce(0) { $0 + $1.total } }
}

extension SearchService {
  /// Runs watches over the documents that came since they last ran.
  ///
  /// Only segments with new documents are searched, with weights of the whole memory: the cost does not depend on how
  /// much is there, except for what a merge has put into one segment with the new.
  ///
  /// - Parameters:
  ///   - names: Those to run; `nil` for all.
  ///   - limit: Hits to list of each.
  public func runWatches(_ names: [String]?, limit: Int) throws(GriotError) -> WatchReport {
    var watches = try Watches.load(memory).watches
    if let names {
      for name in names where !watches.contains(where: { $0.name == name }) {
        throw GriotError(.notFound, "there is no watch “\(name)”; griot watch list names them")
      }
      watches.removeAll { !names.contains($0.name) }
    }
    var report = WatchReport(results: [], next: try memory.nextSequence())
    let ends = try engine(memory.path) { () throws(IndexError) in
      var ends: [UInt64] = []
      for segment in memory.reader.segments { ends.append(try segment.sequenceEnd) }
      return ends
    }
    // A watch for a word that nobody has written yet must not be answered with another word.
    let analyzer = analyzer(corrects: false)
    let lookups = try engine(memory.path) { () throws(IndexError) in try TermLookups(memory.reader) }
    var shown = ShownDocuments(self)
    for watch in watches {
      var result = WatchReport.Result(watch: watch, total: 0, hits: [], problem: nil)
      // Segments are in order of ingest.
      if let first = ends.firstIndex(where: { $0 > watch.next }) {
        do throws(GriotError) {
          try run(watch, first, limit, analyzer, lookups, &shown, &result)
        } catch  where error.kind == .usage {
          result.problem = error.message
        }
      }
      report.results.append(result)
    }
    try engine(memory.path) { () throws(IndexError) in try memory.reader.checkDamage() }
    return report
  }

  private func run(
    _ watch: Watch, _ first: Int, _ limit: Int, _ analyzer: QueryAnalyzer, _ lookups: TermLookups,
    _ shown: inout ShownDocuments, _ result: inout WatchReport.Result
  ) throws(GriotError) {
    var request = watch.request
    // What is new is listed as it is found: no second phase, no other names.
    request.rank = .bm25
    request.expands = false
    guard var query = try prepare(request, analyzer).query else { return }
    // Only a segment that holds old documents too needs to be told apart.
    if memory.reader.segments[first].firstSequence < watch.next {
      query = query.filtered(by: .sequence(from: watch.next))
    }
    var options = SearchOptions(limit: limit, countsExactly: true)
    options.firstSegment = first
    let (settled, searched) = (options, query)
    let top = try engine(memory.path) { () throws(IndexError) in try searcher.search(searched, settled, lookups) }
    result.total = top.total.value
    guard !top.hits.isEmpty else { return }
    let highlighter = Highlighter(query, languages: memory.languages.queryLanguages, passages: shown.passages)
    var scores = StrictScores()
    for (index, hit) in top.hits.enumerated() {
      result.hits.append(
        present(
          hit, try shown.found(hit), rank: index + 1, score: scores.next(hit.score), highlighter,
          watch.request.snippetBytes))
    }
  }
}

/// Documents that several watches found: read, split and analysed once.
private struct ShownDocuments {
  private let service: SearchService
  private var known: [UInt64: SearchService.FoundDocument] = [:]
  private static let most = 4096
  let passages = PassageAnalyzer(remembering: 8 << 20)

  init(_ service: SearchService) { self.service = service }

  mutating func found(_ hit: Hit) throws(GriotError) -> SearchService.FoundDocument {
    let place = UInt64(hit.segment) << 32 | UInt64(hit.document)
    if let found = known[place] { return found }
    let memory = service.memory
    let found = try service.found(hit, try memory.stored(memory.reader.segments[hit.segment], hit.document))
    if known.count >= Self.most { known.removeAll() }
    known[place] = found
    return found
  }
}
