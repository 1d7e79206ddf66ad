/// Walks the documents of one segment that match a part of the query. The general executor: any tree, every document
/// evaluated; the frequent shapes have faster ways that must give the same.
class Matcher {
  /// The current document; `.noMore` behind the last. Meaningful after the first `advance`.
  @exclusivity(unchecked) private(set) final var document: DocumentOrdinal = 0
  @exclusivity(unchecked) private final var isPlaced = false
  /// About how many documents will be visited.
  final let cost: UInt64

  init(cost: UInt64) { self.cost = cost }

  /// Goes to the first matching document that is not below `target`, and answers it. Never goes back.
  final func advance(to target: DocumentOrdinal) -> DocumentOrdinal {
    if !isPlaced || document < target {
      isPlaced = true
      document = find(from: target)
    }
    return document
  }

  /// The first matching document from `target` on. Called with increasing targets.
  func find(from target: DocumentOrdinal) -> DocumentOrdinal { fatalError("abstract") }
  /// Adds the shares of the leaves that match the current document. Called at most once a document.
  func collect(into scores: inout PassageScores) {}
}

/// The scores of the passages of one document.
struct PassageScores: ~Copyable {
  private var sums: UnsafeMutablePointer<Score>
  private var capacity = 64
  private var first: PassageID = 0
  private var count = 0
  /// The passage behind the last of the document.
  var end: PassageID { first &+ PassageID(truncatingIfNeeded: count) }

  init() {
    sums = .allocate(capacity: capacity)
    sums.initialize(repeating: 0, count: capacity)
  }

  deinit { sums.deallocate() }

  /// Starts the document that has these passages.
  mutating func reset(_ passages: Range<PassageID>) {
    first = passages.lowerBound
    count = Int(passages.upperBound - passages.lowerBound)
    if count > capacity {
      sums.deallocate()
      capacity = count * 2
      sums = .allocate(capacity: capacity)
    }
    sums.update(repeating: 0, count: count)
  }

  @inline(__always)
  mutating func add(_ passage: PassageID, _ score: Score) { sums[Int(passage &- first)] &+= score }

  /// The best passage, the first of equal ones.
  func best() -> (passage: PassageID, score: Score) {
    var best = 0
    for index in 0..<count where sums[index] > sums[best] { best = index }
    return (first + PassageID(best), sums[best])
  }
}

/// A word, phrase or pattern: streams of passages that share a weight.
final class LeafMatcher: Matcher {
  private let streams: [PassageStream]
  private let weight: TermWeight
  private let table: PassageTable
  private let isIdentity: Bool
  private let norms: FieldNorms
  private let documentCount: DocumentOrdinal

  init(_ streams: [PassageStream], weight: TermWeight, _ segment: SegmentContext) {
    self.streams = streams
    self.weight = weight
    table = segment.table
    isIdentity = segment.table.isIdentity
    norms = segment.norms
    documentCount = segment.reader.documentCount
    super.init(cost: streams.reduce(0) { $0 + $1.cost })
  }

  override func find(from target: DocumentOrdinal) -> DocumentOrdinal {
    guard target < documentCount else { return .noMore }
    let passage = table.firstPassage(of: target)
    var next = PassageID.noMore
    for stream in streams { next = min(next, stream.advance(to: passage)) }
    return next == .noMore || isIdentity ? next : table.document(of: next)
  }

  override func collect(into scores: inout PassageScores) {
    let end = scores.end
    for stream in streams {
      while stream.passage < end {
        scores.add(stream.passage, weight.score(stream.frequency(), norms[stream.passage]))
        _ = stream.advance(to: stream.passage + 1)
      }
    }
  }
}

/// The documents of a set, unscored.
final class BitsMatcher: Matcher {
  private let bits: DocumentBits

  init(_ bits: DocumentBits) {
    self.bits = bits
    super.init(cost: UInt64(bits.count))
  }

  override func find(from target: DocumentOrdinal) -> DocumentOrdinal { bits.next(from: target) }
}
