/// A segment that is being merged: where its live documents and passages go, and the walk through its terms.
final class MergeSource {
  let segment: WriterSegment
  let reader: SegmentReader
  let table: PassageTable
  /// The live documents, in their order.
  let documents: [DocumentOrdinal]
  /// The passage in the merged segment of this segment's first one; all of them follow where nothing is deleted.
  private let firstPassage: UInt32
  /// The new number of each passage (`.noMore` for a deleted document's); nil where nothing is deleted.
  private let passageMap: [UInt32]?
  let hasDeletions: Bool

  // One thread merges, and the walk calls nobody back: exclusivity needs no check at run time.
  @exclusivity(unchecked) private var terms: TermIterator
  @exclusivity(unchecked) private(set) var hasTerm = true
  /// Sorts as the current term's first eight bytes.
  @exclusivity(unchecked) private(set) var sortKey: UInt64 = 0

  init(_ segment: WriterSegment, firstPassage: UInt32) throws(IndexError) {
    self.segment = segment
    self.firstPassage = firstPassage
    reader = segment.reader
    try reader.expectSequentialReads()
    let table = try segment.reader.passages()
    self.table = table
    hasDeletions = segment.hasDeletions
    let live = (0..<segment.record.documentCount).filter { segment.isLive($0) }
    documents = live
    if segment.hasDeletions {
      var map = [UInt32](repeating: .noMore, count: Int(segment.record.passageCount))
      var next = firstPassage
      for document in live {
        for passage in table.passages(of: document) {
          map[Int(passage)] = next
          next += 1
        }
      }
      passageMap = map
    } else {
      passageMap = nil
    }
    terms = try segment.reader.terms().iterator()
    try advance()
  }

  /// The number of a passage in the merged segment, `.noMore` for none.
  @inline(__always)
  func passage(_ old: UInt32) -> UInt32 { passageMap.map { $0[Int(old)] } ?? old &+ firstPassage }

  /// Goes to the segment's next term.
  func advance() throws(IndexError) {
    hasTerm = try terms.next()
    if hasTerm { sortKey = terms.termBytes.sortKey }
  }

  var term: UnsafeRawBufferPointer { terms.termBytes }

  func info() throws(IndexError) -> TermInfo { try terms.info() }

  func isBefore(_ other: MergeSource) -> Bool {
    sortKey != other.sortKey ? sortKey < other.sortKey : term.compare(other.term) < 0
  }

  func hasSameTerm(_ other: MergeSource) -> Bool { sortKey == other.sortKey && term.compare(other.term) == 0 }

  /// Calls `body` with each live posting of a term: its passage in the merged segment, gaps, codes and frequency.
  func forEachPosting(
    _ term: TermInfo, _ body: (UInt32, UnsafePointer<UInt32>, UnsafePointer<UInt32>, Int) -> Void
  ) throws(IndexError) {
    var postings = try reader.postings(term)
    var positions = try reader.positions(term)
    while postings.passage != .noMore {
      guard let count = positions.readBlock(&postings) else { break }
      let passages = postings.blockPassages
      let frequencies = postings.blockFrequencies
      var at = 0
      for i in 0..<postings.blockCount {
        let frequency = Int(frequencies[i])
        guard at + frequency <= count else { break }
        let passage = passage(passages[i])
        if passage != .noMore { body(passage, positions.positions + at, positions.codes + at, frequency) }
        at += frequency
      }
      _ = postings.advanceBlock()
    }
    try reader.checkDamage()
  }
}
