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
    var live: [DocumentOrdinal] = []
    live.reserveCapacity(Int(segment.liveCount))
    for document in 0..<segment.record.documentCount where segment.isLive(document) { live.append(document) }
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

  /// Postings of one list that stand together, as they were decoded.
  struct Run {
    var count: Int
    /// Numbers of this segment, and what to add for those of the merged one.
    var passages: UnsafePointer<UInt32>
    var shift: UInt32
    var frequencies: UnsafePointer<UInt32>
    /// One behind the other: of each passage its gaps (the first from zero), and the codes of its forms where the
    /// stem has several here.
    var gaps: UnsafePointer<UInt32>
    var codes: UnsafePointer<UInt32>
    var total: Int
  }

  /// Calls `body` with the live postings of a term, a block at a time or, where documents are deleted, one at a time.
  /// What a run points at is gone after the call.
  func forEachRun(_ term: TermInfo, _ body: (Run) -> Void) throws(IndexError) {
    var postings = try reader.postings(term)
    var positions = try reader.positions(term)
    while postings.passage != .noMore {
      guard let total = positions.readBlock(&postings) else { break }
      let run = Run(
        count: postings.blockCount, passages: postings.blockPassages, shift: firstPassage,
        frequencies: postings.blockFrequencies, gaps: positions.positions, codes: positions.codes, total: total)
      if passageMap == nil { body(run) } else { forEachLive(run, body) }
      _ = postings.advanceBlock()
    }
    try reader.checkDamage()
  }

  private func forEachLive(_ run: Run, _ body: (Run) -> Void) {
    guard let passageMap else { return }
    var at = 0
    for i in 0..<run.count {
      let frequency = Int(run.frequencies[i])
      guard at + frequency <= run.total else { break }
      var new = passageMap[Int(run.passages[i])]
      if new != .noMore {
        withUnsafePointer(to: &new) {
          body(
            Run(
              count: 1, passages: $0, shift: 0, frequencies: run.frequencies + i, gaps: run.gaps + at,
              codes: run.codes + at, total: frequency))
        }
      }
      at += frequency
    }
  }
}
