/// Walks the lists of one word together, in stretches of passages within which each list stays in one block.
struct ListWalk {
  private let lists: UnsafeMutablePointer<BlockList>
  private let range: Range<Int>
  /// The block of each list that reaches into the stretch; behind the last one where the list has ended.
  private var blocks: [Int]
  /// The stretch: the first and the last passage that it can hold.
  private(set) var first: PassageID = 0
  private(set) var last: PassageID = 0

  init(_ lists: UnsafeMutablePointer<BlockList>, _ range: Range<Int>) {
    self.lists = lists
    self.range = range
    blocks = Array(repeating: 0, count: range.count)
  }

  /// Goes to the first stretch, or behind the current one. False where the lists have ended.
  mutating func advance(isFirst: Bool) -> Bool {
    if !isFirst {
      first = last &+ 1
      for (index, list) in range.enumerated() where blocks[index] < lists[list].blockCount {
        if lists[list].last(blocks[index]) == last { blocks[index] += 1 }
      }
    }
    last = .noMore
    for (index, list) in range.enumerated() where blocks[index] < lists[list].blockCount {
      last = min(last, lists[list].last(blocks[index]))
    }
    return last != .noMore
  }

  /// Above the sum of the lists' shares in any passage from the stretch's start up to `end`, which may lie behind it.
  mutating func bound(below end: PassageID) -> Score {
    var sum: Score = 0
    for (index, list) in range.enumerated() {
      var block = blocks[index]
      guard block < lists[list].blockCount else { continue }
      var most = lists[list].bound(block)
      while block + 1 < lists[list].blockCount, lists[list].last(block) &+ 1 < end {
        block += 1
        most = max(most, lists[list].bound(block))
      }
      sum &+= most
    }
    return sum
  }

  /// Replaces `out` by the passages of the stretch, increasing.
  mutating func passages(into out: inout [PassageID]) {
    out.removeAll(keepingCapacity: true)
    for (index, list) in range.enumerated() where blocks[index] < lists[list].blockCount {
      lists[list].load(blocks[index])
      let passages = lists[list].passages
      for place in 0..<lists[list].blockSize where passages[place] >= first && passages[place] <= last {
        out.append(passages[place])
      }
    }
    if range.count == 1 { return }
    out.sort()
    var kept = 0
    for index in out.indices where index == 0 || out[index] != out[kept - 1] {
      out[kept] = out[index]
      kept += 1
    }
    out.removeSubrange(kept...)
  }
}
