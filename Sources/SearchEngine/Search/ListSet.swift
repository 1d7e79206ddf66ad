/// The lists of a query's words in one segment, in memory that the scoring loops address directly.
struct ListSet: ~Copyable {
  let lists: UnsafeMutablePointer<BlockList>
  private let capacity: Int
  private(set) var count = 0
  /// The lists `0 ..< requiredCount` are required; they are sorted by length.
  private(set) var requiredCount = 0

  init(capacity: Int) {
    self.capacity = capacity
    lists = .allocate(capacity: max(1, capacity))
  }

  deinit {
    lists.deinitialize(count: count)
    lists.deallocate()
  }

  /// Required lists have to be appended first, the shortest first.
  mutating func append(_ list: consuming BlockList, isRequired: Bool) {
    (lists + count).initialize(to: list)
    count += 1
    if isRequired { requiredCount += 1 }
  }
}

extension SegmentContext {
  /// What the words of a shape are in this segment.
  enum WordLists: ~Copyable {
    /// A required word is missing: nothing matches.
    case nothing
    /// A required word stands for several terms here: not a matter of lists.
    case general
    case lists(ListSet)
  }

  func lists(_ words: [PlanShape.Word], _ plan: QueryPlan) throws(IndexError) -> WordLists {
    var required: [(info: TermInfo, weight: TermWeight)] = []
    var optional: [(info: TermInfo, weight: TermWeight)] = []
    for word in words {
      let leaf = plan.leaves[word.leaf]
      guard case .word(let slots, _) = leaf.content else { return .general }
      var found = 0
      for slot in slots {
        guard let term = plan.slots[slot].segments[index] else { continue }
        found += 1
        if word.isRequired {
          required.append((term.info, leaf.weight))
        } else {
          optional.append((term.info, leaf.weight))
        }
      }
      if word.isRequired {
        if found == 0 { return .nothing }
        if found > 1 { return .general }
      }
    }
    required.sort { $0.info.passageFrequency < $1.info.passageFrequency }
    var set = ListSet(capacity: required.count + optional.count)
    for (info, weight) in required { set.append(try BlockList(reader, info, weight, norms), isRequired: true) }
    for (info, weight) in optional { set.append(try BlockList(reader, info, weight, norms), isRequired: false) }
    return set.count == 0 ? .nothing : .lists(set)
  }
}
