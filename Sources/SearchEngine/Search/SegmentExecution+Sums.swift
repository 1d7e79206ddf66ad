extension SegmentExecution {
  /// Adds up the shares of a query of which any part suffices, leaf by leaf over all passages: for lists that are long.
  /// Going document by document costs ten times as much a posting.
  ///
  /// - Returns: false if the query is of another kind, or its lists are short.
  func summed(
    _ best: inout TopHits, _ total: inout TotalHits, _ facets: inout FacetCounter
  ) throws(IndexError) -> Bool {
    guard case .boolean(let clauses, 1) = plan.root else { return false }
    var parts = Parts()
    for clause in clauses {
      switch clause.occur {
      case .should: guard parts.add(clause.node, plan) else { return false }
      case .filter, .mustNot: break
      case .must: return false
      }
    }
    let leaves = parts.leaves
    let count = Int(segment.reader.passageCount)
    guard parts.holdsAll || leaves.reduce(0, { $0 + postings(of: $1) }) > count / 16 else { return false }

    let sums = UnsafeMutableBufferPointer<Score>.allocate(capacity: count)
    sums.initialize(repeating: 0)
    defer { sums.deallocate() }
    for leaf in leaves { try add(leaf, to: sums) }
    let allowed = try allowed(clauses)
    var offers = DocumentOffers(segment, facets)
    for passage in 0..<PassageID(count) where sums[Int(passage)] > 0 || parts.holdsAll {
      let document = segment.table.document(of: passage)
      if let allowed, !allowed.contains(document) { continue }
      offers.add(passage, of: document, sums[Int(passage)], &best)
    }
    try offers.finish(segment, &best, &total, &facets)
    return true
  }

  /// What any one of suffices, alternatives within alternatives included.
  private struct Parts {
    var leaves: [PlanLeaf] = []
    /// Whether every document matches.
    var holdsAll = false

    /// Answers whether the node is of this kind.
    mutating func add(_ node: PlanNode, _ plan: QueryPlan) -> Bool {
      switch node {
      case .leaf(let leaf): leaves.append(plan.leaves[leaf])
      case .all: holdsAll = true
      case .none: break
      case .boolean(let clauses, 1):
        for clause in clauses {
          guard clause.occur == .should, add(clause.node, plan) else { return false }
        }
      case .boolean, .filter: return false
      }
      return true
    }
  }

  /// How many postings the leaf's lists have in the segment; of a phrase, its rarest word.
  private func postings(of leaf: PlanLeaf) -> Int {
    func count(_ slots: [Int]) -> Int {
      slots.reduce(0) { $0 + Int(plan.slots[$1].segments[segment.index]?.info.passageFrequency ?? 0) }
    }
    return switch leaf.content {
    case .lists(let lists): lists[segment.index].passages.count
    case .word(let slots, _): count(slots)
    case .phrase(_, let words): words.map(count).min() ?? 0
    }
  }

  private func add(_ leaf: PlanLeaf, to sums: UnsafeMutableBufferPointer<Score>) throws(IndexError) {
    let norms = segment.norms
    let end = PassageID(sums.count)
    switch leaf.content {
    case .lists(let lists):
      let list = lists[segment.index]
      for index in list.passages.indices where list.passages[index] < end {
        let passage = list.passages[index]
        sums[Int(passage)] &+= leaf.weight.score(list.frequencies[index], norms[passage])
      }
    case .word(let slots, _) where leaf.isPlainWord:
      for slot in slots {
        guard let term = plan.slots[slot].segments[segment.index] else { continue }
        var cursor = try segment.reader.postings(term.info)
        while cursor.passage != .noMore {
          let (passages, frequencies) = (cursor.blockPassages, cursor.blockFrequencies)
          for index in 0..<cursor.blockCount where passages[index] < end {
            sums[Int(passages[index])] &+= leaf.weight.score(frequencies[index], norms[passages[index]])
          }
          _ = cursor.advanceBlock()
        }
      }
    case .word, .phrase:
      for stream in try segment.streams(leaf, plan) {
        while stream.passage < end {
          sums[Int(stream.passage)] &+= leaf.weight.score(stream.frequency(), norms[stream.passage])
          _ = stream.advance(to: stream.passage + 1)
        }
      }
    }
  }

  /// The live documents that the clauses without scores allow; nil: all.
  private func allowed(_ clauses: [PlanNode.Clause]) throws(IndexError) -> DocumentBits? {
    let restricting = clauses.filter { $0.occur != .should }
    if restricting.isEmpty, segment.reader.liveBits == nil { return nil }
    let bits = DocumentBits.all(count: Int(segment.reader.documentCount), live: segment.reader.liveBits)
    for clause in restricting {
      let documents = try segment.documents(clause.node, plan)
      if clause.occur == .filter { bits.formIntersection(documents) } else { bits.subtract(documents) }
    }
    return bits
  }
}
