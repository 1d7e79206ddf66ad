extension Searcher {
  /// Takes the score of a hit of the first phase apart: one number for each word, phrase and pattern of the query that
  /// stands in the hit's passage.
  public func explain(_ query: Query, _ hit: Hit, similarity: BM25 = BM25()) throws(IndexError) -> Explanation {
    let plan = try QueryPlan(query, reader, similarity)
    let context = try SegmentContext(hit.segment, reader.segments[hit.segment])
    let shares = try LeafShares(plan: plan, context: context, hit: hit).of(plan.query, plan.root)
    let tree = Explanation("first phase: BM25 of the best passage", sum: shares)
    let rest = Double(hit.score) - tree.value
    guard abs(rest) > 1e-5 * max(1, abs(tree.value)) else { return tree }
    return Explanation(tree.what, sum: shares + [Explanation("other names of what was asked for", rest)])
  }
}

/// Walks a query and its plan side by side: the plan knows the numbers, the query the words.
private struct LeafShares {
  let plan: QueryPlan
  let context: SegmentContext
  let hit: Hit

  func of(_ query: Query, _ node: PlanNode) throws(IndexError) -> [Explanation] {
    switch (query, node) {
    case (.boolean(let boolean), .boolean(let clauses, _)):
      // What does not hold of the document counts nothing.
      guard let matcher = try context.matcher(node, plan), matcher.advance(to: hit.document) == hit.document else {
        return []
      }
      var out: [Explanation] = []
      for (clause, planned) in zip(boolean.clauses, clauses) where clause.occur == .must || clause.occur == .should {
        out += try of(clause.query, planned.node)
      }
      return out
    case (_, .leaf(let leaf)):
      var score: Score = 0
      var frequency: UInt32 = 0
      for stream in try context.streams(plan.leaves[leaf], plan)
      where stream.advance(to: hit.passage) == hit.passage {
        let count = stream.frequency()
        frequency += count
        score += plan.leaves[leaf].weight.score(count, context.norms[hit.passage])
      }
      guard score > 0 else { return [] }
      let weight = Double(sign: .plus, exponent: -plan.scale.exponent, significand: 1)
      return [
        Explanation(
          "\(Self.name(query)), \(frequency) × in \(FieldNorms.decode(context.norms[hit.passage])) words, at most "
            + "\(Self.rounded(Double(plan.leaves[leaf].weight.weight) * weight))",
          Double(plan.scale.value(score)))
      ]
    default: return []
    }
  }

  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  private static func name(_ query: Query) -> String {
    func text(_ alternatives: [TermMatch]) -> String {
      String(decoding: alternatives.first.map { $0.form ?? $0.stem } ?? [], as: UTF8.self)
    }
    switch query {
    case .word(let word): return "“\(text(word.alternatives))”" + (word.scope == .title ? " in the title" : "")
    case .phrase(let phrase):
      let words = phrase.words.map { text($0.alternatives) }.joined(separator: " ")
      return "“\(words)”" + (phrase.slop.map { " within \($0)" } ?? " in a row")
    case .pattern: return "the pattern"
    default: return ""
    }
  }
}
