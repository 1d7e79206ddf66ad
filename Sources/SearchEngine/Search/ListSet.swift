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
    // Words by number, required ones first, the rarest of those first; numbers fit: a query has few words.
    var order: [(frequency: UInt64, word: Int)] = []
    order.reserveCapacity(words.count)
    var requiredWords = 0
    var count = 0
    for (number, word) in words.enumerated() {
      guard case .word(let slots, _) = plan.leaves[word.leaf].content else { return .general }
      var frequency: UInt64 = 0
      for slot in slots {
        guard let passages = plan.slots[slot].segments[index]?.info.passageFrequency else { continue }
        frequency += UInt64(passages)
        count += 1
      }
      if word.isRequired {
        if frequency == 0 { return .nothing }
        requiredWords += 1
        order.append((frequency, number))
      } else if frequency > 0 {
        order.append((.max, number))
      }
    }
    if count == 0 { return .nothing }
    order.sort { ($0.frequency, $0.word) < ($1.frequency, $1.word) }
    var set = ListSet(capacity: count)
    for (place, entry) in order.enumerated() {
      let leaf = plan.leaves[words[entry.word].leaf]
      guard case .word(let slots, _) = leaf.content else { return .general }
      let before = set.count
      for slot in slots {
        guard let info = plan.slots[slot].segments[index]?.info else { continue }
        set.append(try BlockList(reader, info, leaf.weight, norms))
      }
      if place < requiredWords { set.requireLast(set.count - before) }
    }
    return .lists(set)
  }
}
