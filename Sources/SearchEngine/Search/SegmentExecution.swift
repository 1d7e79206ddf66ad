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
    if strategy != .exhaustive, let shape = plan.shape, !(isCounted(shape) && counts(options, facets)),
      try pruned(shape, &best)
    {
      if options.countsExactly || !facets.isEmpty { try count(&total, &facets) } else { total.relation = .atLeast }
      return
    }
    if best.limit == 0 { return try count(&total, &facets) }
    if strategy != .exhaustive, try summed(&best, &total, &facets) { return }
    try exhaustive(&best, &total, &facets)
  }

  /// Whether counting needs all that scoring would leave out: the places of a phrase are the dearest part of it.
  private func isCounted(_ shape: PlanShape) -> Bool {
    if case .phrase = shape.core { true } else { false }
  }

  private func counts(_ options: SearchOptions, _ facets: FacetCounter) -> Bool {
    options.limit > 0 && (options.countsExactly || !facets.isEmpty)
  }

  /// Answers false if the shape is none of lists in this segment.
  private func pruned(_ shape: PlanShape, _ best: inout TopHits) throws(IndexError) -> Bool {
    switch shape.core {
    case .words(let words): return try pruned(words, shape, &best)
    case .phrase(let leaf): return try prunedPhrase(leaf, shape, &best)
    }
  }

  private func prunedPhrase(_ leaf: Int, _ shape: PlanShape, _ best: inout TopHits) throws(IndexError) -> Bool {
    guard case .phrase(let phrase, let words) = plan.leaves[leaf].content else { return false }
    if best.limit == 0 { return true }
    var terms: [[SegmentTerm]] = []
    for slots in words {
      let found = slots.compactMap { plan.slots[$0].segments[segment.index] }
      if found.isEmpty { return true }
      terms.append(found)
    }
    let weight = plan.leaves[leaf].weight
    let allowed = try segment.allowed(shape, plan)
    // A phrase may cross into a passage that continues the text: only where there are none, passages are alone.
    if segment.isIdentity, terms.allSatisfy({ $0.count == 1 }) {
      var scorer = try PhraseScorer(phrase, terms.map { $0[0] }, weight, segment, allowed)
      scorer.run(&best)
    } else {
      var scorer = try ChainPhraseScorer(phrase, terms, weight, segment, allowed)
      try scorer.run(&best)
    }
    return true
  }

  private func pruned(
    _ words: [PlanShape.Word], _ shape: PlanShape, _ best: inout TopHits
  ) throws(IndexError) -> Bool {
    switch try segment.lists(words, plan) {
    case .nothing: return true
    case .general: return false
    case .lists(let set):
      let allowed = try segment.allowed(shape, plan)
      // AND holds over the document, lists over passages: the same only where both are one.
      if set.requiredCount > 0, !segment.isIdentity || set.requiredWords.count < set.requiredCount {
        var scorer = DocumentConjunction(set, segment, allowed)
        scorer.run(&best)
      } else {
        var scorer = WordScorer(set, segment, allowed)
        scorer.run(&best)
      }
      return true
    }
  }

  /// Counts the matching documents as a set, without scores.
  private func count(_ total: inout TotalHits, _ facets: inout FacetCounter) throws(IndexError) {
    let matched = try segment.documents(plan.root, plan)
    if let live = segment.reader.liveBits { matched.formIntersection(live) }
    total.value += matched.population()
    if !facets.isEmpty { try facets.add(matched, segment) }
  }

  /// Evaluates the documents of a pattern that stands alone: a list in memory, from its beginning to its end.
  private func pattern(
    _ list: PassageList, _ weight: TermWeight, _ best: inout TopHits, _ total: inout TotalHits,
    _ facets: inout FacetCounter
  ) throws(IndexError) {
    let live = segment.reader.liveBits
    var offers = DocumentOffers(segment, facets)
    for index in list.passages.indices {
      let passage = list.passages[index]
      let document = segment.table.document(of: passage)
      if let live, live[Int(document >> 6)] &>> UInt64(document & 63) & 1 == 0 { continue }
      offers.add(passage, of: document, weight.score(list.frequencies[index], segment.norms[passage]), &best)
    }
    try offers.finish(segment, &best, &total, &facets)
  }

  /// Evaluates every matching document.
  private func exhaustive(
    _ best: inout TopHits, _ total: inout TotalHits, _ facets: inout FacetCounter
  ) throws(IndexError) {
    if case .leaf(let leaf) = plan.root, case .lists(let lists) = plan.leaves[leaf].content {
      return try pattern(lists[segment.index], plan.leaves[leaf].weight, &best, &total, &facets)
    }
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
