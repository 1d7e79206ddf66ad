/// The postings of one term together with its positions, of all forms or of some.
struct PositionedTerm: ~Copyable {
  var postings: PostingsCursor
  private var cursor: PositionsCursor
  /// The codes of the wanted forms; nil: all.
  private let codes: CodeSet?

  init(_ postings: consuming PostingsCursor, _ positions: consuming PositionsCursor, codes: CodeSet?) {
    self.postings = postings
    self.cursor = positions
    self.codes = codes
  }

  /// The number of wanted positions below `end` in the current passage.
  mutating func count(below end: UInt32) -> UInt32 {
    let count = cursor.read(&postings)
    let positions = cursor.positions
    guard let codes else {
      if end == .max { return UInt32(count) }
      var found: UInt32 = 0
      while Int(found) < count, positions[Int(found)] < end { found += 1 }
      return found
    }
    let read = cursor.readCodes(&postings)
    var found: UInt32 = 0
    for index in 0..<min(count, read) where positions[index] < end && codes.contains(cursor.codes[index]) { found += 1 }
    return found
  }

  /// Replaces `starts` by the places at which a phrase starts if this word, `offset` positions behind its start, stands
  /// in the current passage.
  mutating func readStarts(_ offset: UInt32, into starts: inout PositionBuffer) {
    let count = cursor.read(&postings)
    let known = codes == nil ? count : min(count, cursor.readCodes(&postings))
    starts.removeAll()
    starts.reserve(known)
    for index in 0..<known {
      let position = cursor.positions[index]
      if position >= offset, codes == nil || codes!.contains(cursor.codes[index]) { starts.append(position &- offset) }
    }
  }

  /// Keeps the starts at which this word stands as well; a start that stands several times is kept as often as the
  /// word stands there.
  mutating func keepStarts(_ offset: UInt32, in starts: inout PositionBuffer) {
    let count = cursor.read(&postings)
    let known = codes == nil ? count : min(count, cursor.readCodes(&postings))
    let positions = cursor.positions
    var kept = 0
    var at = 0
    for index in 0..<starts.count {
      let wanted = starts.start[index] &+ offset
      while at < known, positions[at] < wanted || positions[at] == wanted && !isWanted(at) { at &+= 1 }
      if at == known { break }
      if positions[at] == wanted {
        starts.start[kept] = starts.start[index]
        kept &+= 1
        at &+= 1
      }
    }
    starts.truncate(to: kept)
  }

  @inline(__always)
  private func isWanted(_ index: Int) -> Bool { codes == nil || codes!.contains(cursor.codes[index]) }

  /// Calls `body` with each wanted position of the current passage, increasing.
  @inline(__always)
  mutating func forEach(_ body: (UInt32) -> Void) {
    let count = cursor.read(&postings)
    let positions = cursor.positions
    if let codes {
      let read = cursor.readCodes(&postings)
      for index in 0..<min(count, read) where codes.contains(cursor.codes[index]) { body(positions[index]) }
    } else {
      for index in 0..<count { body(positions[index]) }
    }
  }
}

/// A set of form codes of one stem. Most stems have few forms and most sets one code.
struct CodeSet: Sendable {
  private var low: UInt64 = 0
  private var high: Set<UInt32> = []

  init(_ codes: some Sequence<UInt32>) {
    for code in codes {
      if code < 64 { low |= 1 << UInt64(code) } else { high.insert(code) }
    }
  }

  @inline(__always)
  func contains(_ code: UInt32) -> Bool {
    code < 64 ? low &>> UInt64(code) & 1 == 1 : high.contains(code)
  }
}

/// Positions in memory that grows.
struct PositionBuffer: ~Copyable {
  private(set) var start: UnsafeMutablePointer<UInt32>
  private(set) var count = 0
  private var capacity = 64

  init() { start = .allocate(capacity: capacity) }

  deinit { start.deallocate() }

  mutating func removeAll() { count = 0 }

  mutating func truncate(to count: Int) { self.count = count }

  /// Makes room for `capacity` positions; what was there is lost.
  mutating func reserve(_ capacity: Int) {
    if capacity <= self.capacity { return }
    start.deallocate()
    self.capacity = capacity * 2
    start = .allocate(capacity: self.capacity)
  }

  @inline(__always)
  mutating func append(_ position: UInt32) {
    start[count] = position
    count &+= 1
  }

  /// How many of these starts of a row of words keep it within one part of the passage: title, heading or body.
  /// - Parameters:
  ///   - words: Of the row.
  ///   - reach: From its first word to its last.
  ///   - titleOnly: Whether only the title counts.
  borrowing func rows(
    _ words: Int, reach: UInt32, in passage: PassageID, _ table: PassageTable, titleOnly: Bool = false
  ) -> UInt32 {
    // One empty position keeps the parts apart, unless the phrase has a gap itself.
    if !titleOnly, Int(reach) == words - 1 { return UInt32(count) }
    let titleEnd = table.titleEnd(passage)
    let bodyStart = table.bodyStart(passage)
    var rows: UInt32 = 0
    for index in 0..<count {
      let first = start[index]
      let last = first &+ reach
      let crosses = first < titleEnd && last >= titleEnd || first < bodyStart && last >= bodyStart
      rows += crosses || titleOnly && last >= titleEnd ? 0 : 1
    }
    return rows
  }
}
