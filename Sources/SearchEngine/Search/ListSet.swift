/// The lists of a query's words in one segment, in memory that the scoring loops address directly.
struct ListSet: ~Copyable {
  let lists: UnsafeMutablePointer<BlockList>
  private let capacity: Int
  private(set) var count = 0
  /// The lists of each required word, the rarest word first; the lists `0 ..< requiredCount` altogether. A document
  /// needs any list of each of them.
  private(set) var requiredWords: [Range<Int>] = []
  var requiredCount: Int { requiredWords.last?.upperBound ?? 0 }

  init(capacity: Int) {
    self.capacity = capacity
    lists = .allocate(capacity: max(1, capacity))
  }

  deinit {
    lists.deinitialize(count: count)
    lists.deallocate()
  }

  mutating func append(_ list: consuming BlockList) {
    (lists + count).initialize(to: list)
    count += 1
  }

  /// Says that the last `number` lists are those of a required word. Required words have to be appended first, the
  /// rarest first.
  mutating func requireLast(_ number: Int) { requiredWords.append((count - number)..<count) }
}

extension SegmentContext {
  /// What the words of a shape are in this segment.
  enum WordLists: ~Copyable {
    /// A required word is missing: nothing matches.
    case nothing
    /// Not a matter of lists.
    case general
    case lists(ListSet)
  }

  func lists(_ words: [PlanShape.Word], _ plan: QueryPlan) throws(IndexError) -> WordLists {
    var required: [(infos: [TermInfo], weight: TermWeight)] = []
    var optional: [(infos: [TermInfo], weight: TermWeight)] = []
    for word in words {
      let leaf = plan.leaves[word.leaf]
      guard case .word(let slots, _) = leaf.content else { return .general }
      let infos = slots.compactMap { plan.slots[$0].segments[index]?.info }
      if word.isRequired {
        if infos.isEmpty { return .nothing }
        required.append((infos, leaf.weight))
      } else {
        optional.append((infos, leaf.weight))
      }
    }
    func frequency(_ infos: [TermInfo]) -> UInt64 { infos.reduce(0) { $0 + UInt64($1.passageFrequency) } }
    required.sort { frequency($0.infos) < frequency($1.infos) }
    var set = ListSet(capacity: (required + optional).reduce(0) { $0 + $1.infos.count })
    for (infos, weight) in required {
      for info in infos { set.append(try BlockList(reader, info, weight, norms)) }
      set.requireLast(infos.count)
    }
    for (infos, weight) in optional {
      for info in infos { set.append(try BlockList(reader, info, weight, norms)) }
    }
    return set.count == 0 ? .nothing : .lists(set)
  }
}
