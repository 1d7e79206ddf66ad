/// A condition on a document's columns. It restricts what is ranked, counted and faceted; it never scores.
public indirect enum Filter: Sendable, Hashable {
  /// The column holds one of the values, compared as bytes. A document without the column does not match.
  case keyword(column: String, values: [[UInt8]])
  /// The number lies in the range (seconds for dates). nil: open at that end. A document without one does not match.
  case range(column: String, from: Int64?, below: Int64?)
  /// The document names one of the people, given as the (name, address) pairs that stand for them, in one of the
  /// roles: bit r of `roles` stands for role r.
  case mentions([MentionName], roles: UInt64)
  /// The document has one of the keys.
  case keys([DocumentKey])
  /// The document was taken in with this sequence number or a later one (`SegmentReader.sequence`).
  case sequence(from: UInt64)
  case and([Filter])
  case or([Filter])
  case not(Filter)

  public static func keyword(_ column: String, _ values: String...) -> Filter {
    .keyword(column: column, values: values.map { Array($0.utf8) })
  }
}

/// A person or address as documents name it.
public struct MentionName: Sendable, Hashable {
  public var name: [UInt8]
  public var address: [UInt8]

  public init(name: [UInt8], address: [UInt8]) {
    self.name = name
    self.address = address
  }
}
