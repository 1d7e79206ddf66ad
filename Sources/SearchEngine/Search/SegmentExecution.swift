/// Runs a plan over one segment.
struct SegmentExecution {
  let plan: QueryPlan
  let segment: SegmentContext

  init(_ plan: QueryPlan, _ segment: SegmentContext) {
    self.plan = plan
    self.segment = segment
  }

  mutating func run(
    _ options: SearchOptions, _ strategy: Searcher.Strategy, _ best: inout TopHits, _ total: inout TotalHits,
    _ facets: inout FacetCounter
  ) throws(IndexError) {
    try exhaustive(&best, &total, &facets)
  }

  /// Evaluates every matching document.
  private func exhaustive(
    _ best: inout TopHits, _ total: inout TotalHits, _ facets: inout FacetCounter
  ) throws(IndexError) {
    guard let matcher = try segment.matcher(plan.root, plan) else { return }
    let live = segment.reader.liveBits
    let isIdentity = segment.isIdentity
    var scores = PassageScores()
    let matched = facets.isEmpty ? nil : DocumentBits(count: Int(segment.reader.documentCount))
    var document = matcher.advance(to: 0)
    while document != .noMore {
      if live == nil || live![Int(document >> 6)] &>> UInt64(document & 63) & 1 == 1 {
        total.value += 1
        matched?.insert(document)
        if best.limit > 0 {
          scores.reset(isIdentity ? document..<(document + 1) : segment.table.passages(of: document))
          matcher.collect(into: &scores)
          let top = scores.best()
          best.offer(
            .init(score: top.score, segment: UInt32(segment.index), document: document, passage: top.passage))
        }
      }
      document = matcher.advance(to: document + 1)
    }
    if let matched { try facets.add(matched, segment) }
  }
}
