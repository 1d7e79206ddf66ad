internal import CKernels

/// Passages that may be among the best, increasing, with what is known of their scores.
struct CandidateSet: ~Copyable {
  let passages: UnsafeMutablePointer<PassageID>
  let scores: UnsafeMutablePointer<Score>
  private let places: UnsafeMutablePointer<UInt8>
  private(set) var count = 0

  init(capacity: Int) {
    // Kernels write whole vectors.
    passages = .allocate(capacity: capacity + 16)
    scores = .allocate(capacity: capacity + 16)
    places = .allocate(capacity: capacity + 16)
  }

  deinit {
    passages.deallocate()
    scores.deallocate()
    places.deallocate()
  }

  var isEmpty: Bool { count == 0 }

  mutating func removeAll() { count = 0 }

  /// Counts in entries that were written behind the last one.
  mutating func extend(by number: Int) { count += number }

  /// Drops the entries from `first` on whose score is below `least`.
  @inline(__always)
  mutating func keep(atLeast least: Score, from first: Int = 0) {
    count = first + Int(ck_keep_at_least(passages + first, scores + first, UInt32(count - first), least))
  }

  /// Drops the entries from `first` on whose document is not allowed.
  mutating func keep(_ allowed: DocumentBits, _ segment: SegmentContext, from first: Int = 0) {
    var kept = first
    for index in first..<count {
      let document = segment.isIdentity ? passages[index] : segment.table.document(of: passages[index])
      passages[kept] = passages[index]
      scores[kept] = scores[index]
      kept += allowed.contains(document) ? 1 : 0
    }
    count = kept
  }

  /// Looks all entries up in a list. Drops what cannot reach `least` together with `rest` (what the lists still to come
  /// can add). Blocks whose bound does not suffice are not decoded.
  /// - Parameters:
  ///   - block: A block of the list at or before that of the first entry.
  ///   - mode: `lower` is for phrases: the frequency of a phrase is at most that of any of its words.
  @inline(__always)
  mutating func probe(_ list: inout BlockList, from block: Int, _ mode: BlockList.Probe, least: Score, rest: Score) {
    var block = block
    var index = 0
    var kept = 0
    while index < count {
      block = list.find(passages[index], from: block)
      if block == list.blockCount { break }
      let end = list.last(block)
      var next = index + 1
      while next < count, passages[next] <= end { next += 1 }
      // What the block can give decides before it is decoded.
      let needed = mode == .lower ? (list.bound(block) < least ? .max : least) : least &- rest &- list.bound(block)
      var number = Int(ck_keep_at_least(passages + index, scores + index, UInt32(next - index), needed))
      if number > 0 {
        number = list.probe(block, passages + index, scores + index, number, mode, atLeast: least &- rest, places)
        move(from: index, number, to: kept)
        kept += number
      }
      index = next
    }
    if mode == .optional, index < count {
      // Behind the end of the list.
      let number = Int(ck_keep_at_least(passages + index, scores + index, UInt32(count - index), least &- rest))
      move(from: index, number, to: kept)
      kept += number
    }
    count = kept
  }

  @inline(__always)
  private func move(from index: Int, _ number: Int, to place: Int) {
    if index == place { return }
    (passages + place).update(from: passages + index, count: number)
    (scores + place).update(from: scores + index, count: number)
  }
}
