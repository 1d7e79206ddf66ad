internal import CKernels

/// Finds the best documents for plain words in one segment, leaving out what cannot be among them.
///
/// MaxScore over windows of passages (Turtle, Flood, "Query evaluation: strategies and optimizations", 1995; with block
/// bounds as in Ding, Suel, "Faster top-k document retrieval using block-max indexes", SIGIR 2011): within a window the
/// lists with the lowest bounds, which cannot bring a document in on their own, are not walked through but asked about
/// the candidates that the others give. Windows with high bounds come first, so that the threshold rises early
/// (Mallia, Suel, Tonellotto, "Faster learned sparse retrieval with block-max pruning", SIGIR 2024).
///
/// Scores are integers: bounds are exact, no slack is needed, and all orders of adding give the same.
struct WordScorer: ~Copyable {
  private let segment: SegmentContext
  private let allowed: DocumentBits?
  private let set: ListSet
  private let lists: UnsafeMutablePointer<BlockList>
  private let count: Int
  private var candidates: CandidateSet
  /// In a segment whose documents have several passages: the document that is being looked at, until its last passage.
  private var pending: TopHits.Entry?
  private let number: UInt32
  /// One bit for each sum of the window that was touched, and about how many they are: where they are few, the others
  /// need no look.
  private let marks: UnsafeMutablePointer<UInt64>
  private var touched = 0
  private static let mostTouched = 1280

  /// The windows that are looked at, where none of several words is required.
  private let windows: Range<Int>
  /// The documents at the ends of these windows that reach beyond them, and what was found of them: not offered, as it
  /// may not be their best passage.
  private var ends: (first: DocumentOrdinal?, last: DocumentOrdinal?)
  private(set) var crossing: [TopHits.Entry] = []
  private let threshold: SharedThreshold?

  /// Passages of a window: 2^13. Its sums take 32 KiB, which is what a first cache has; smaller windows cost more turns,
  /// greater ones prune less (measured from 2^12 to 2^16 at 300,000, one million and ten million documents).
  private static let windowShift: UInt32 = 13
  private static let windowSize = 1 << 13

  /// How many windows a segment has, and the first passage of one.
  static func windows(_ segment: SegmentReader) -> Int {
    Int((segment.passageCount &+ UInt32(windowSize) &- 1) >> windowShift)
  }
  static func first(of window: Int) -> PassageID { PassageID(window) << windowShift }

  /// - Parameters:
  ///   - windows: A part of the segment, for words none of which is required; nil: all of it.
  ///   - threshold: Of those who look at other parts.
  init(
    _ set: consuming ListSet, _ segment: SegmentContext, _ allowed: DocumentBits?, windows: Range<Int>? = nil,
    threshold: SharedThreshold? = nil
  ) {
    self.windows = windows ?? 0..<Self.windows(segment.reader)
    ends = (nil, nil)
    if let windows, !segment.isIdentity {
      ends = (segment.crossing(windows.lowerBound), segment.crossing(windows.upperBound))
    }
    self.threshold = threshold
    lists = set.lists
    count = set.count
    self.set = set
    self.segment = segment
    self.allowed = allowed
    number = UInt32(segment.index)
    candidates = CandidateSet(capacity: Self.windowSize)
    marks = .allocate(capacity: Self.windowSize / 64)
    marks.initialize(repeating: 0, count: Self.windowSize / 64)
  }

  deinit { marks.deallocate() }

  /// Offers every document that can be among the best.
  mutating func run(_ best: inout TopHits) {
    if best.limit == 0 { return }
    if set.requiredCount > 0 {
      conjunction(&best)
    } else if count == 1, windows.count == Self.windows(segment.reader) {
      single(&best)
    } else {
      disjunction(&best)
    }
    flush(&best)
  }

  // MARK: Offering

  /// Offers the candidates from `first` on, which are complete.
  private mutating func offer(_ best: inout TopHits, from first: Int = 0) {
    for index in first..<candidates.count {
      let passage = candidates.passages[index]
      let score = candidates.scores[index]
      if segment.isIdentity {
        best.offer(.init(score: score, segment: number, document: passage, passage: passage))
        continue
      }
      let document = segment.table.document(of: passage)
      if let current = pending, current.document == document {
        if score > current.score {
          pending = .init(score: score, segment: number, document: document, passage: passage)
        }
      } else {
        flush(&best)
        pending = .init(score: score, segment: number, document: document, passage: passage)
      }
    }
  }

  private mutating func flush(_ best: inout TopHits) {
    if let entry = pending {
      if entry.document == ends.first || entry.document == ends.last {
        crossing.append(entry)
      } else {
        best.offer(entry)
      }
    }
    pending = nil
  }

  /// The first document that a window or block from `passage` on can hold.
  private func document(_ passage: PassageID) -> DocumentOrdinal {
    segment.isIdentity ? passage : segment.table.document(of: min(passage, segment.reader.passageCount - 1))
  }

  /// The lowest score that still counts, at least 1: scores of matches are.
  private func least(_ best: borrowing TopHits) -> Score { max(1, best.threshold) }

  // MARK: One list

  private mutating func single(_ best: inout TopHits) {
    lists[0].openAll()
    let blocks = lists[0].blockCount
    var first: [Int] = []
    if segment.isIdentity, blocks > 8 {
      first = Self.greatest(lists[0].allBounds, blocks, 16)
      for block in first { single(block, &best) }
      first.sort()
    }
    var next = 0
    for block in 0..<blocks {
      if next < first.count, first[next] == block {
        next += 1
        continue
      }
      single(block, &best)
    }
  }

  private mutating func single(_ block: Int, _ best: inout TopHits) {
    let from = block == 0 ? 0 : lists[0].allLasts[block - 1] &+ 1
    guard best.canEnter(lists[0].allBounds[block], number, from: document(from)) else { return }
    candidates.removeAll()
    take(block, of: 0, atLeast: least(best))
    offer(&best)
  }

  /// Appends the passages of a block whose share alone is at least `least`.
  @inline(__always)
  private mutating func take(_ block: Int, of list: Int, atLeast least: Score) {
    lists[list].load(block)
    let size = lists[list].blockSize
    let start = candidates.count
    (candidates.passages + start).update(from: lists[list].passages, count: size)
    lists[list].scores(into: candidates.scores + start)
    candidates.extend(by: size)
    candidates.keep(atLeast: least, from: start)
    if let allowed { candidates.keep(allowed, segment, from: start) }
  }

  /// The indices of the greatest bounds, the greatest first, ties in order.
  private static func greatest(_ bounds: UnsafePointer<Score>, _ count: Int, _ wanted: Int) -> [Int] {
    var top: [Int] = []
    var lowest: Score = .min
    for index in 0..<count where bounds[index] > lowest || top.count < wanted {
      var place = top.count
      while place > 0, bounds[top[place - 1]] < bounds[index] { place -= 1 }
      top.insert(index, at: place)
      if top.count > wanted { top.removeLast() }
      if top.count == wanted { lowest = bounds[top[wanted - 1]] }
    }
    return top
  }

  // MARK: Required words

  /// The shortest required list leads, block by block; the others are asked about its passages.
  private mutating func conjunction(_ best: inout TopHits) {
    // For each list a block at or before that of the passage that is looked at, and what it can add.
    let starts = UnsafeMutablePointer<Int>.allocate(capacity: count)
    let rests = UnsafeMutablePointer<Score>.allocate(capacity: count + 1)
    defer {
      starts.deallocate()
      rests.deallocate()
    }
    lists[0].openAll()
    let blocks = lists[0].blockCount
    var first: [Int] = []
    if segment.isIdentity, blocks > 16 {
      first = Self.greatest(lists[0].allBounds, blocks, 4)
      for block in first {
        starts.initialize(repeating: 0, count: count)
        _ = conjunction(block, starts, rests, &best)
      }
      first.sort()
    }
    starts.initialize(repeating: 0, count: count)
    var next = 0
    for block in 0..<blocks {
      if next < first.count, first[next] == block {
        next += 1
        continue
      }
      if !conjunction(block, starts, rests, &best) { return }
    }
  }

  /// Offers what a block of the leading list holds. False where no later block can hold anything.
  /// - Parameters:
  ///   - starts: For each list a block at or before that of the first passage; moved on.
  ///   - rests: Room for what all lists from an index on can add to the block's passages.
  private mutating func conjunction(
    _ block: Int, _ starts: UnsafeMutablePointer<Int>, _ rests: UnsafeMutablePointer<Score>, _ best: inout TopHits
  ) -> Bool {
    let from = block == 0 ? 0 : lists[0].allLasts[block - 1] &+ 1
    let last = lists[0].allLasts[block]
    let required = set.requiredCount
    rests[count] = 0
    // From the last to the first: shares of the lists' blocks within reach, not of whole lists.
    var index = count - 1
    while index > 0 {
      starts[index] = lists[index].find(from, from: starts[index])
      if starts[index] == lists[index].blockCount, index < required { return false }
      rests[index] = rests[index + 1] &+ lists[index].bound(from: starts[index], upTo: last)
      index -= 1
    }
    let others = count > 1 ? rests[1] : 0
    guard best.canEnter(lists[0].allBounds[block] &+ others, number, from: document(from)) else { return true }
    candidates.removeAll()
    let least = least(best)
    take(block, of: 0, atLeast: least &- others)
    for index in 1..<max(1, count) {
      if candidates.isEmpty { break }
      let list = lists + index
      candidates.probe(
        &list.pointee, from: starts[index], index < required ? .required : .optional, least: least,
        rest: rests[index + 1])
    }
    offer(&best)
    return true
  }

  // MARK: Any of several words

  private mutating func disjunction(_ best: inout TopHits) {
    var bounds = WindowBounds(lists, count, windows, shift: Self.windowShift)
    let sums = UnsafeMutablePointer<Score>.allocate(capacity: Self.windowSize)
    sums.initialize(repeating: 0, count: Self.windowSize)
    defer { sums.deallocate() }
    var first: [Int] = []
    if segment.isIdentity, windows.count > 4 {
      first = Self.greatest(bounds.totals, windows.count, 4).map { windows.lowerBound + $0 }
      for window in first { disjunction(window, &bounds, sums, &best) }
      first.sort()
    }
    var next = 0
    for window in windows {
      if next < first.count, first[next] == window {
        next += 1
        continue
      }
      disjunction(window, &bounds, sums, &best)
    }
  }

  private mutating func disjunction(
    _ window: Int, _ bounds: inout WindowBounds, _ sums: UnsafeMutablePointer<Score>, _ best: inout TopHits
  ) {
    let start = Self.first(of: window)
    let total = bounds.total(window)
    threshold?.exchange(&best)
    guard total > 0, best.canEnter(total, number, from: document(start)) else { return }
    let least = least(best)
    // The lists from `essential` on can bring a document in; those before cannot, all together.
    let order = bounds.order(window)
    var essential = 0
    var rest: Score = 0
    while essential < count {
      let bound = bounds.bound(order[essential], window)
      if rest &+ bound >= least { break }
      rest &+= bound
      essential += 1
    }
    candidates.removeAll()
    if essential == count - 1 {
      take(window: window, of: order[essential], bounds, least: least &- rest, start)
    } else {
      touched = 0
      for index in essential..<count {
        let list = order[index]
        add(window: window, of: list, bounds, least: least &- (total &- bounds.bound(list, window)), start, sums)
      }
      let floor = max(1, least &- rest)
      let size = UInt32(min(Self.windowSize, Int(segment.reader.passageCount &- start)))
      let taken: UInt32
      if touched <= Self.mostTouched {
        taken = ck_take_marked(sums, marks, size, floor, start, candidates.passages, candidates.scores)
      } else {
        taken = ck_take_at_least(sums, size, floor, start, candidates.passages, candidates.scores)
        marks.update(repeating: 0, count: Self.windowSize / 64)
      }
      candidates.extend(by: Int(taken))
      if let allowed { candidates.keep(allowed, segment) }
    }
    var index = essential
    while index > 0, !candidates.isEmpty {
      index -= 1
      let list = lists + order[index]
      rest &-= bounds.bound(order[index], window)
      candidates.probe(
        &list.pointee, from: bounds.firstBlock(order[index], window), .optional, least: least, rest: rest)
    }
    offer(&best)
  }

  /// Appends the passages of a list in the window whose share is at least `least`.
  private mutating func take(
    window: Int, of list: Int, _ bounds: borrowing WindowBounds, least: Score, _ start: PassageID
  ) {
    var block = bounds.firstBlock(list, window)
    let end = start &+ PassageID(Self.windowSize)
    while block < lists[list].blockCount {
      if lists[list].allBounds[block] >= least {
        lists[list].load(block)
        let range = range(of: list, start, end)
        let at = candidates.count
        (candidates.passages + at).update(from: lists[list].passages + range.lowerBound, count: range.count)
        lists[list].scores(range, into: candidates.scores + at)
        candidates.extend(by: range.count)
        candidates.keep(atLeast: least, from: at)
        if let allowed { candidates.keep(allowed, segment, from: at) }
      }
      if lists[list].allLasts[block] >= end &- 1 { break }
      block += 1
    }
  }

  /// Adds the shares of a list in the window, without the blocks whose bound is below `least`.
  private mutating func add(
    window: Int, of list: Int, _ bounds: borrowing WindowBounds, least: Score, _ start: PassageID,
    _ sums: UnsafeMutablePointer<Score>
  ) {
    var block = bounds.firstBlock(list, window)
    let end = start &+ PassageID(Self.windowSize)
    while block < lists[list].blockCount {
      if lists[list].allBounds[block] >= least {
        lists[list].load(block)
        let range = range(of: list, start, end)
        lists[list].scores(range, into: candidates.scores)
        ck_add_at(lists[list].passages + range.lowerBound, candidates.scores, UInt32(range.count), start, sums, marks)
        touched += range.count
      }
      if lists[list].allLasts[block] >= end &- 1 { break }
      block += 1
    }
  }

  /// The part of the current block of a list that lies in `start ..< end`.
  @inline(__always)
  private func range(of list: Int, _ start: PassageID, _ end: PassageID) -> Range<Int> {
    let size = lists[list].blockSize
    guard size > 0 else { return 0..<0 }
    let passages = lists[list].passages
    let from = passages[0] >= start ? 0 : Int(ck_lower_bound(passages, 0, UInt32(size), start))
    let to = passages[size - 1] < end ? size : Int(ck_lower_bound(passages, UInt32(from), UInt32(size), end))
    return from..<to
  }
}

extension SegmentContext {
  /// The document that stands on both sides of a window's beginning.
  fileprivate func crossing(_ window: Int) -> DocumentOrdinal? {
    let first = WordScorer.first(of: window)
    guard window > 0, first < reader.passageCount else { return nil }
    let document = table.document(of: first)
    return table.document(of: first - 1) == document ? document : nil
  }
}
