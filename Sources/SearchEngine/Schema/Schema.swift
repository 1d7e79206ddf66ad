/// The columns that the writer of a segment fills. Readers need no schema: columns describe themselves.
public struct Schema: Equatable, Sendable {
  public var columns: [ColumnField]

  public init(columns: [ColumnField] = []) { self.columns = columns }
}

/// One column: its name and type. The index of the field in `Schema.columns` is what `ColumnValue` refers to.
public struct ColumnField: Equatable, Sendable {
  public var name: String
  public var type: ColumnType

  public init(name: String, type: ColumnType) {
    self.name = name
    self.type = type
  }
}

public enum ColumnType: UInt8, Equatable, Sendable {
  /// One 64-bit number a document (date, size, signature).
  case integer = 1
  /// One of a set of byte strings a document (kind, source): a dictionary and ordinals.
  case keyword = 2
  /// Any number of byte strings of a set (tags, labels).
  case keywords = 3
  /// One byte string of its own a document (external id, location).
  case bytes = 4
  /// Any number of byte strings of a set, to find the documents of a value: ``InvertedColumn``.
  case inverted = 5
  /// One byte string a document, of one length in all of them, never of zeros only: ``FixedColumn``.
  case fixed = 6
}

/// A value of one column for one document. `column` is the index in `Schema.columns`; the case must fit its type,
/// `.bytes` for all kinds of byte strings. Several values of a `keywords` or `inverted` column are given one by one.
public struct ColumnValue: Sendable {
  public enum Value: Sendable {
    case integer(Int64)
    case bytes([UInt8])
  }
  public var column: Int
  public var value: Value

  public init(column: Int, _ value: Value) {
    self.column = column
    self.value = value
  }
}
