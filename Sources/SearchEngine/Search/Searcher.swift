/// Answers queries on one snapshot of an index. Immutable: any number of threads may search at once.
public final class Searcher: Sendable {
  public let reader: IndexReader

  public init(_ reader: IndexReader) { self.reader = reader }

  /// The best documents, their number, facets.
  /// - Throws: `.corrupt` where the query met damage; never a wrong answer.
  public func search(_ query: Query, _ options: SearchOptions = SearchOptions()) throws(IndexError) -> TopDocs {
    try search(query, options, strategy: .automatic)
  }

  /// The same for one of many queries.
  /// - Parameter lookups: Of this index; what the query looks up is remembered there.
  public func search(
    _ query: Query, _ options: SearchOptions, _ lookups: TermLookups
  ) throws(IndexError) -> TopDocs {
    try search(query, options, strategy: .automatic, lookups)
  }

  /// How many live documents match.
  public func count(_ query: Query) throws(IndexError) -> Int {
    try search(query, SearchOptions(limit: 0, countsExactly: true)).total.value
  }

  /// The ways of executing a query; all give the same hits. Tests name one, everybody else lets the plan choose.
  enum Strategy: Sendable, CaseIterable {
    case automatic
    /// Every matching document is evaluated.
    case exhaustive
    /// By several threads, in as many parts as there can be, where the query is of that kind.
    case parallel
  }

  func search(
    _ query: Query, _ options: SearchOptions, strategy: Strategy, _ lookups: TermLookups? = nil
  ) throws(IndexError) -> TopDocs {
    let plan = try QueryPlan(query, reader, options.similarity, firstSegment: options.firstSegment, lookups)
    let documents = reader.segments.reduce(0) { $0 + Int($1.documentCount) }
    var best = TopHits(limit: max(0, min(options.limit, documents)))
    var total = TotalHits(value: 0, relation: .exactly)
    var facets = FacetCounter(options.facets)
    let parallel: ParallelWords? =
      switch strategy {
      case .exhaustive: nil
      case .automatic, .parallel:
        ParallelWords(plan, options, options.firstSegment, isForced: strategy == .parallel)
      }
    if let parallel {
      try parallel.run(&best)
      total.relation = .atLeast
    }
    for (index, segment) in reader.segments.enumerated() where index >= options.firstSegment && parallel == nil {
      let context = try SegmentContext(index, segment)
      var execution = SegmentExecution(plan, context)
      try execution.run(options, strategy, &best, &total, &facets)
      try segment.checkDamage()
    }
    if total.relation == .atLeast {
      // A list that is not full has everything, and so has one of all documents.
      if !best.isFull || best.limit == documents { total.relation = .exactly }
      total.value = max(total.value, best.count)
    }
    if plan.isCut { total.relation = .atLeast }
    let hits = best.sorted().map {
      Hit(segment: Int($0.segment), document: $0.document, passage: $0.passage, score: plan.scale.value($0.score))
    }
    return TopDocs(
      hits: hits, total: total, facets: facets.finish(), notes: plan.notes, terms: plan.terms)
  }
}
