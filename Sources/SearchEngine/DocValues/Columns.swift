/// A column of one 64-bit number a document.
public struct IntegerColumn: Sendable {
  /// The document's value, nil where it has none.
  public subscript(document: DocumentOrdinal) -> Int64? { fatalError("declared, not yet written") }
  /// The range of all values, nil where no document has one.
  public var bounds: ClosedRange<Int64>? { fatalError("declared, not yet written") }
}

/// A column of byte strings out of a set: a sorted dictionary and one ordinal a document (`keyword`) or any number
/// (`keywords`). Compare ordinals in loops, ask for strings at the end.
public struct KeywordColumn: Sendable {
  /// The number of distinct values.
  public var valueCount: UInt32 { fatalError("declared, not yet written") }
  /// The value of an ordinal; values are in byte order.
  public func value(_ ordinal: UInt32) -> [UInt8] { fatalError("declared, not yet written") }
  /// The ordinal of a value, nil where no document has it.
  public func ordinal(of value: [UInt8]) -> UInt32? { fatalError("declared, not yet written") }
  /// The document's ordinal (its first one), nil where it has none.
  public subscript(document: DocumentOrdinal) -> UInt32? { fatalError("declared, not yet written") }
  /// Calls `body` with each ordinal of the document.
  public func forEach(_ document: DocumentOrdinal, _ body: (UInt32) -> Void) { fatalError("declared, not yet written") }
}

/// A column of one byte string of its own a document.
public struct BytesColumn: Sendable {
  /// The document's value, nil where it has none.
  public func value(_ document: DocumentOrdinal) throws(IndexError) -> [UInt8]? {
    fatalError("declared, not yet written")
  }
}

/// Who is named by which document: a table of distinct (name, address) pairs, and a list of (pair, role) a document.
public struct MentionsColumn: Sendable {
  /// The number of distinct (name, address) pairs.
  public var count: UInt32 { fatalError("declared, not yet written") }
  /// The name and address of a pair. Pairs are sorted by (name, address) as bytes.
  public func mention(_ ordinal: UInt32) throws(IndexError) -> (name: [UInt8], address: [UInt8]) {
    fatalError("declared, not yet written")
  }
  /// Calls `body` with each (pair, role) of the document, in the order in which the document gave them.
  public func forEach(_ document: DocumentOrdinal, _ body: (_ ordinal: UInt32, _ role: UInt8) -> Void) {
    fatalError("declared, not yet written")
  }
}
