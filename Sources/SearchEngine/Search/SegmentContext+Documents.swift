extension SegmentContext {
  /// All documents of the segment that match the node, deleted ones included: for counts, facets, and what restricts
  /// other queries. A set at a time: O(postings of the words).
  func documents(_ node: PlanNode, _ plan: QueryPlan) throws(IndexError) -> DocumentBits {
    let count = Int(reader.documentCount)
    switch node {
    case .all: return .all(count: count)
    case .none: return DocumentBits(count: count)
    case .filter(let filter): return try bits(filter)
    case .leaf(let leaf): return try documents(plan.leaves[leaf], plan)
    case .boolean(let clauses, let minimumShould):
      let result = try candidates(clauses, minimumShould, plan)
      for clause in clauses {
        switch clause.occur {
        case .must, .filter: result.formIntersection(try documents(clause.node, plan))
        case .mustNot: result.subtract(try documents(clause.node, plan))
        case .should: break
        }
      }
      return result
    }
  }

  /// The documents with enough of the optional clauses.
  private func candidates(
    _ clauses: [PlanNode.Clause], _ minimumShould: Int, _ plan: QueryPlan
  ) throws(IndexError) -> DocumentBits {
    let count = Int(reader.documentCount)
    if minimumShould == 0 { return .all(count: count) }
    let result = DocumentBits(count: count)
    if minimumShould == 1 {
      for clause in clauses where clause.occur == .should { result.formUnion(try documents(clause.node, plan)) }
      return result
    }
    var matched = [UInt32](repeating: 0, count: count)
    for clause in clauses where clause.occur == .should {
      try documents(clause.node, plan).forEach { matched[Int($0)] += 1 }
    }
    for document in 0..<count where matched[document] >= minimumShould { result.insert(DocumentOrdinal(document)) }
    return result
  }

  private func documents(_ leaf: PlanLeaf, _ plan: QueryPlan) throws(IndexError) -> DocumentBits {
    let result = DocumentBits(count: Int(reader.documentCount))
    if leaf.isPlainWord, case .word(let slots, _) = leaf.content {
      for slot in slots {
        guard let term = plan.slots[slot].segments[index] else { continue }
        var cursor = try reader.postings(term.info)
        while cursor.passage != .noMore {
          insert(cursor.blockPassages, cursor.blockCount, into: result)
          _ = cursor.advanceBlock()
        }
      }
      return result
    }
    for stream in try streams(leaf, plan) {
      while stream.passage != .noMore {
        result.insert(table.document(of: stream.passage))
        _ = stream.advance(to: stream.passage + 1)
      }
    }
    return result
  }

  private func insert(_ passages: UnsafePointer<PassageID>, _ count: Int, into bits: DocumentBits) {
    if isIdentity {
      for index in 0..<count { bits.insert(passages[index]) }
    } else {
      for index in 0..<count { bits.insert(table.document(of: passages[index])) }
    }
  }

  /// The documents that a shape allows: live, within the filters, none of the excluded. nil: all.
  func allowed(_ shape: PlanShape, _ plan: QueryPlan) throws(IndexError) -> DocumentBits? {
    if shape.filters.isEmpty, shape.excluded.isEmpty, reader.liveBits == nil { return nil }
    let bits = DocumentBits.all(count: Int(reader.documentCount), live: reader.liveBits)
    for filter in shape.filters { bits.formIntersection(try documents(filter, plan)) }
    for excluded in shape.excluded { bits.subtract(try documents(excluded, plan)) }
    return bits
  }
}
