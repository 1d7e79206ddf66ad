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
