/// A column of byte strings out of a set: a sorted dictionary and one ordinal a document (`keyword`) or any number
/// (`keywords`). Compare ordinals in loops, ask for strings at the end. Lives as long as the segment.
public struct KeywordColumn: Sendable {
  private let table: StringTable
  private let starts: PackedIntegers?
  private let ordinals: PackedIntegers

  /// Verifies all strings: they are few, and loops over them need no errors then.
  init(
    _ table: StringTable, starts: PackedIntegers?, _ ordinals: PackedIntegers
  ) throws(IndexError) {
    try table.verifyAll(mostStrings: table.byteCount + 1)
    self.table = table
    self.starts = starts
    self.ordinals = ordinals
  }

  /// The number of distinct values.
  public var valueCount: UInt32 { UInt32(table.count) }

  /// Whether a document can have several values.
  public var isMultiValued: Bool { starts != nil }

  /// The value of an ordinal; values are in byte order.
  public func value(_ ordinal: UInt32) -> [UInt8] { table.verifiedValue(Int(ordinal)) }

  /// The ordinal of a value, nil where no document has it. O(log n).
  public func ordinal(of value: [UInt8]) -> UInt32? { table.verifiedFind(value).map { UInt32($0) } }

  /// The document's ordinal (its first one), nil where it has none.
  @inline(__always)
  public subscript(document: DocumentOrdinal) -> UInt32? {
    guard let starts else {
      let ordinal = ordinals[Int(document)]
      return ordinal > 0 && ordinal <= Int64(table.count) ? UInt32(truncatingIfNeeded: ordinal - 1) : nil
    }
    let range = list(starts, document)
    return range.isEmpty ? nil : ordinal(at: range.lowerBound)
  }

  /// Calls `body` with each ordinal of the document, in rising order.
  @inline(__always)
  public func forEach(_ document: DocumentOrdinal, _ body: (UInt32) -> Void) {
    guard let starts else {
      if let ordinal = self[document] { body(ordinal) }
      return
    }
    for i in list(starts, document) {
      if let ordinal = ordinal(at: i) { body(ordinal) }
    }
  }

  /// Calls `body` with each of the first `count` documents that has one of the ordinals, in rising order.
  ///
  /// The same as asking each document, without asking for the arrays' owners once a document: a filter looks at
  /// hundreds of thousands.
  func forEachDocument(holding wanted: Set<UInt32>, count: Int, _ body: (DocumentOrdinal) -> Void) {
    var isWanted = [Bool](repeating: false, count: table.count)
    for ordinal in wanted where Int(ordinal) < isWanted.count { isWanted[Int(ordinal)] = true }
    let ordinals = ordinals
    func holds(_ ordinal: Int64) -> Bool { ordinal >= 0 && ordinal < Int64(isWanted.count) && isWanted[Int(ordinal)] }
    guard let starts else {
      for document in 0..<count where holds(ordinals[document] - 1) { body(DocumentOrdinal(document)) }
      return
    }
    for document in 0..<count {
      let range = PackedIntegers.list(starts, document, within: ordinals.count)
      for i in range where holds(ordinals[i]) {
        body(DocumentOrdinal(document))
        break
      }
    }
  }

  private func list(_ starts: PackedIntegers, _ document: DocumentOrdinal) -> Range<Int> {
    PackedIntegers.list(starts, Int(document), within: ordinals.count)
  }

  private func ordinal(at i: Int) -> UInt32? {
    let ordinal = ordinals[i]
    return ordinal >= 0 && ordinal < Int64(table.count) ? UInt32(truncatingIfNeeded: ordinal) : nil
  }
}

extension PackedIntegers {
  /// The most values of one list (mentions or keywords of a document): what writers keep to, so that damaged bytes
  /// cannot make a reader walk through billions.
  static let longestList = 1 << 16

  /// The range of list `i` where `starts` holds the starts of all lists and the end, kept within `count` and
  /// `longestList` whatever the bytes say.
  @inline(__always)
  static func list(_ starts: PackedIntegers, _ i: Int, within count: Int) -> Range<Int> {
    let first = max(0, min(starts[i], Int64(count)))
    let end = max(first, min(starts[i + 1], Int64(count), first + Int64(longestList)))
    return Int(first)..<Int(end)
  }
}
