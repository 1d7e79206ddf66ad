/// The best k documents seen so far, across segments. A document is offered once, with the score of its best passage.
///
/// Order: the greater score, then the lower segment, then the lower document, which is the order of ingest. The heap's
/// root is the worst kept hit.
struct TopHits: ~Copyable {
  struct Entry: BitwiseCopyable {
    var score: Score
    var segment: UInt32
    var document: DocumentOrdinal
    var passage: PassageID

    /// Whether `self` ranks behind `other`. Compared as the floats that are printed: what looks like a tie is one.
    @inline(__always)
    func isWorse(than other: Entry) -> Bool {
      let (own, others) = (Float(score), Float(other.score))
      if own != others { return own < others }
      return segment != other.segment ? segment > other.segment : document > other.document
    }
  }

  let limit: Int
  private let heap: UnsafeMutablePointer<Entry>
  private(set) var count = 0
  /// A document with a lower score cannot get in; one with this score may, if it comes earlier in the order of ingest.
  /// Below every score until the heap is full.
  private(set) var threshold: Score = .min

  init(limit: Int) {
    self.limit = limit
    heap = .allocate(capacity: max(1, limit))
    if limit == 0 { threshold = .max }
  }

  deinit { heap.deallocate() }

  var isFull: Bool { count == limit }
  /// The worst kept hit. The heap must not be empty.
  var worst: Entry { heap[0] }

  /// Whether a document from `document` on (of the segment) with at most this score could get in.
  @inline(__always)
  func canEnter(_ bound: Score, _ segment: UInt32, from document: DocumentOrdinal) -> Bool {
    if bound < threshold { return false }
    if count < limit { return limit > 0 }
    return !Entry(score: bound, segment: segment, document: document, passage: 0).isWorse(than: heap[0])
  }

  /// Keeps the hit if it is among the best.
  @inline(__always)
  mutating func offer(_ entry: Entry) {
    if entry.score < threshold { return }
    insert(entry)
  }

  private mutating func insert(_ entry: Entry) {
    if count < limit {
      var index = count
      count += 1
      while index > 0 {
        let parent = (index - 1) >> 1
        guard entry.isWorse(than: heap[parent]) else { break }
        heap[index] = heap[parent]
        index = parent
      }
      heap[index] = entry
    } else {
      guard limit > 0, heap[0].isWorse(than: entry) else { return }
      var index = 0
      while true {
        var child = 2 * index + 1
        if child >= count { break }
        if child + 1 < count, heap[child + 1].isWorse(than: heap[child]) { child += 1 }
        guard heap[child].isWorse(than: entry) else { break }
        heap[index] = heap[child]
        index = child
      }
      heap[index] = entry
    }
    if count == limit { threshold = max(threshold, Self.lowestEqual(heap[0].score)) }
  }

  /// Takes over a threshold of another list that looks for as many of the same documents.
  mutating func raise(to other: Score) { threshold = max(threshold, other) }

  /// At most the lowest score that is the same float.
  private static func lowestEqual(_ score: Score) -> Score {
    let bits = Score.bitWidth - score.leadingZeroBitCount
    return bits > 24 ? score - 1 << (bits - 24) : score
  }

  /// All kept hits, in no order.
  var entries: UnsafeBufferPointer<Entry> { UnsafeBufferPointer(start: heap, count: count) }

  /// All kept hits, best first.
  func sorted() -> [Entry] {
    Array(UnsafeBufferPointer(start: heap, count: count)).sorted { $1.isWorse(than: $0) }
  }
}
