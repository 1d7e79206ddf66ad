/// Finds the best documents that hold all required words, wherever in the document each of them stands, in a segment
/// whose documents have several passages or where a word stands for several terms.
///
/// The rarest word leads, a stretch of its lists at a time. Its documents are laid out with all their passages; the
/// lists of the other words are asked about them in turn. A document is dropped as soon as a required word is missing,
/// or as its best passage cannot reach the threshold with all that the lists still to come can add.
struct DocumentConjunction: ~Copyable {
  private let segment: SegmentContext
  private let allowed: DocumentBits?
  private let set: ListSet
  private let lists: UnsafeMutablePointer<BlockList>
  private let count: Int
  private let words: [Range<Int>]
  /// What all lists behind this one can add.
  private var rests: [Score]
  /// For each list a block at or before that of the first passage of the batch.
  private var starts: [Int]

  /// Documents under consideration: `ordinals[i]` has the passages that begin with `firsts[i]`, whose sums stand at
  /// `places[i]` of `sums`.
  private struct Candidate {
    var ordinal: DocumentOrdinal
    var passages: Range<PassageID>
    var place: Int
    /// The greatest of its sums.
    var best: Score
    var isMatched: Bool
  }
  private var candidates: [Candidate] = []
  private var sums: [Score] = []

  /// Passages of a batch, about.
  private static let batch = 512

  init(_ set: consuming ListSet, _ segment: SegmentContext, _ allowed: DocumentBits?) {
    lists = set.lists
    count = set.count
    words = set.requiredWords
    rests = Array(repeating: 0, count: set.count)
    for list in (0..<(set.count - 1)).reversed() { rests[list] = rests[list + 1] + set.lists[list + 1].maximum }
    starts = Array(repeating: 0, count: set.count)
    self.set = set
    self.segment = segment
    self.allowed = allowed
  }

  /// Offers every document that can be among the best.
  mutating func run(_ best: inout TopHits) {
    if best.limit == 0 { return }
    let number = UInt32(segment.index)
    var walk = ListWalk(lists, words[0])
    var found: [PassageID] = []
    var isFirst = true
    // Passages below belong to documents that were looked at already.
    var from: PassageID = 0
    while walk.advance(isFirst: isFirst) {
      isFirst = false
      if walk.last < from { continue }
      // The last document of the stretch may go on behind it.
      let end = segment.table.siblings(of: min(walk.last, segment.reader.passageCount - 1)).upperBound
      let bound = walk.bound(below: end) &+ rests[words[0].upperBound - 1]
      let first = max(from, walk.first)
      from = end
      guard best.canEnter(bound, number, from: document(first)) else { continue }
      walk.passages(into: &found)
      candidates.removeAll(keepingCapacity: true)
      sums.removeAll(keepingCapacity: true)
      var known = first
      for passage in found where passage >= known {
        let document = document(passage)
        let passages = segment.table.siblings(of: passage)
        known = passages.upperBound
        if let allowed, !allowed.contains(document) { continue }
        candidates.append(
          Candidate(ordinal: document, passages: passages, place: sums.count, best: 0, isMatched: false))
        sums.append(contentsOf: repeatElement(0, count: passages.count))
        if sums.count >= Self.batch {
          evaluate(&best)
          candidates.removeAll(keepingCapacity: true)
          sums.removeAll(keepingCapacity: true)
        }
      }
      evaluate(&best)
    }
  }

  /// The document of a passage; of the last one where damage names a passage that is not there.
  private func document(_ passage: PassageID) -> DocumentOrdinal {
    segment.table.document(of: min(passage, segment.reader.passageCount - 1))
  }

  /// Scores the candidates and offers those that have all words.
  private mutating func evaluate(_ best: inout TopHits) {
    let least = max(1, best.threshold)
    for word in words {
      if candidates.isEmpty { return }
      for index in candidates.indices { candidates[index].isMatched = false }
      for list in word { add(list, least) }
      candidates.removeAll { !$0.isMatched || $0.best &+ rests[word.upperBound - 1] < least }
    }
    for list in set.requiredCount..<count {
      if candidates.isEmpty { return }
      add(list, least)
    }
    let number = UInt32(segment.index)
    for candidate in candidates where candidate.best >= least {
      // The first of equal passages.
      var passage = candidate.passages.lowerBound
      while sums[candidate.place + Int(passage - candidate.passages.lowerBound)] != candidate.best { passage += 1 }
      best.offer(.init(score: candidate.best, segment: number, document: candidate.ordinal, passage: passage))
    }
  }

  /// Adds the shares of a list to the candidates. Drops those that cannot reach `least` with what the block bounds of
  /// the list and the lists behind it allow, without decoding.
  private mutating func add(_ list: Int, _ least: Score) {
    let blockCount = lists[list].blockCount
    var start = starts[list]
    var kept = 0
    for index in candidates.indices {
      var candidate = candidates[index]
      start = lists[list].find(candidate.passages.lowerBound, from: start)
      var block = start
      var bound: Score = 0
      while block < blockCount {
        bound = max(bound, lists[list].bound(block))
        if lists[list].last(block) &+ 1 >= candidate.passages.upperBound { break }
        block += 1
      }
      if candidate.best &+ bound &+ rests[list] < least { continue }
      if start < blockCount { add(list, from: start, to: &candidate) }
      candidates[kept] = candidate
      kept += 1
    }
    starts[list] = start
    candidates.removeSubrange(kept...)
  }

  private mutating func add(_ list: Int, from start: Int, to candidate: inout Candidate) {
    var block = start
    var place = candidate.place
    for passage in candidate.passages {
      while lists[list].last(block) < passage {
        block += 1
        if block == lists[list].blockCount { return }
      }
      if let share = lists[list].share(passage, in: block) {
        sums[place] &+= share
        candidate.best = max(candidate.best, sums[place])
        candidate.isMatched = true
      }
      place += 1
    }
  }
}
