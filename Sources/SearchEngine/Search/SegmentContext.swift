/// What every way of executing a query needs of a segment. Holds pointers into the segment's mappings: the segment
/// outlives it.
struct SegmentContext {
  /// Index in `IndexReader.segments`.
  let index: Int
  let reader: SegmentReader
  let table: PassageTable
  let norms: FieldNorms
  let isIdentity: Bool

  init(_ index: Int, _ reader: SegmentReader) throws(IndexError) {
    self.index = index
    self.reader = reader
    table = try reader.passages()
    norms = try reader.norms()
    isIdentity = table.isIdentity
  }
}

extension SegmentContext {
  /// The streams of a leaf in this segment; empty where it cannot match.
  func streams(_ leaf: PlanLeaf, _ plan: QueryPlan) throws(IndexError) -> [PassageStream] {
    switch leaf.content {
    case .word(let slots, _):
      var streams: [PassageStream] = []
      for slot in slots {
        guard let term = plan.slots[slot].segments[index] else { continue }
        if term.code == nil, leaf.scope == .anywhere {
          streams.append(TermStream(try reader.postings(term.info)))
        } else {
          streams.append(PositionedStream(try positioned(term), table: table, scope: leaf.scope))
        }
      }
      return streams
    case .phrase(let phrase, let words):
      let terms = words.map { $0.compactMap { plan.slots[$0].segments[index] } }
      if terms.contains(where: \.isEmpty) { return [] }
      return [PhraseStream(phrase, words: try phraseWords(phrase, terms), table: table)]
    case .lists(let lists):
      return lists[index].passages.isEmpty ? [] : [ListStream(lists[index])]
    }
  }

  /// - Parameter terms: For each word of the phrase its terms in this segment.
  func phraseWords(_ phrase: PhraseQuery, _ terms: [[SegmentTerm]]) throws(IndexError) -> PhraseWords {
    var words = PhraseWords(capacity: terms.count)
    for (position, alternatives) in terms.enumerated() {
      var word = PhraseWord(offset: phrase.words[position].offset, capacity: alternatives.count)
      word.repeats = terms.count { $0.isSame(as: alternatives) }
      word.original = terms[..<position].firstIndex { $0.isSame(as: alternatives) }
      for term in alternatives { word.append(try positioned(term)) }
      words.append(word)
    }
    return words
  }

  func positioned(_ term: SegmentTerm) throws(IndexError) -> PositionedTerm {
    PositionedTerm(
      try reader.postings(term.info), try reader.positions(term.info), codes: term.code.map { CodeSet([$0]) })
  }

  /// The matcher of a node, nil where it cannot match in this segment.
  func matcher(_ node: PlanNode, _ plan: QueryPlan) throws(IndexError) -> Matcher? {
    switch node {
    case .none: return nil
    case .all: return BitsMatcher(.all(count: Int(reader.documentCount)))
    case .filter(let filter): return BitsMatcher(try bits(filter))
    case .leaf(let leaf):
      let streams = try streams(plan.leaves[leaf], plan)
      return streams.isEmpty ? nil : LeafMatcher(streams, weight: plan.leaves[leaf].weight, self)
    case .boolean(let clauses, let minimumShould):
      var made: [BooleanMatcher.Clause] = []
      var should = 0
      for clause in clauses {
        guard let matcher = try matcher(clause.node, plan) else {
          if clause.occur == .must || clause.occur == .filter { return nil }
          continue
        }
        if clause.occur == .should { should += 1 }
        made.append(.init(occur: clause.occur, matcher: matcher))
      }
      if should < minimumShould { return nil }
      return BooleanMatcher(made, minimumShould: minimumShould, documentCount: reader.documentCount)
    }
  }
}
