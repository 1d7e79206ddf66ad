internal import CKernels

/// Passages that may be among the best, increasing, with what is known of their scores.
struct CandidateSet: ~Copyable {
  let passages: UnsafeMutablePointer<PassageID>
  let scores: UnsafeMutablePointer<Score>
  private(set) var count = 0

  init(capacity: Int) {
    // Kernels write whole vectors.
    passages = .allocate(capacity: capacity + 16)
    scores = .allocate(capacity: capacity + 16)
  }

  deinit {
    passages.deallocate()
    scores.deallocate()
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

  /// Looks all entries up in a list and adds its shares. Drops what cannot reach `least` together with `rest` (what
  /// the lists still to come can add), and what the list does not hold if it is required. Blocks whose bound does not
  /// suffice are not decoded.
  /// - Parameter block: a block of the list at or before that of the first entry.
  @inline(__always)
  mutating func probe(
    _ list: inout BlockList, from block: Int, isRequired: Bool, least: Score, rest: Score
  ) {
    var block = block
    var end: PassageID = 0
    var isEnd = false
    var bound: Score = 0
    var kept = 0
    for index in 0..<count {
      let passage = passages[index]
      var score = scores[index]
      if passage > end || index == 0 {
        block = list.find(passage, from: block)
        isEnd = block == list.blockCount
        end = isEnd ? .noMore : list.last(block)
        bound = isEnd ? 0 : list.bound(block)
      }
      if score &+ bound &+ rest < least { continue }
      if isEnd {
        if isRequired { break }
      } else if let share = list.share(passage, in: block) {
        score &+= share
      } else if isRequired {
        continue
      }
      if score &+ rest < least { continue }
      passages[kept] = passage
      scores[kept] = score
      kept &+= 1
    }
    count = kept
  }

  /// Looks all entries up in a required list and lowers each score to the list's share. For phrases: the frequency of
  /// a phrase is at most that of any of its words.
  mutating func lower(_ list: inout BlockList, from block: Int, least: Score) {
    var block = block
    var end: PassageID = 0
    var bound: Score = 0
    var kept = 0
    for index in 0..<count {
      let passage = passages[index]
      if passage > end || index == 0 {
        block = list.find(passage, from: block)
        if block == list.blockCount { break }
        end = list.last(block)
        bound = list.bound(block)
      }
      if bound < least { continue }
      guard let share = list.share(passage, in: block), share >= least else { continue }
      passages[kept] = passage
      scores[kept] = min(scores[index], share)
      kept &+= 1
    }
    count = kept
  }
}
