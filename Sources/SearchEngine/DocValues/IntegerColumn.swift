/// A column of one 64-bit number a document. Lives as long as the segment.
public struct IntegerColumn: Sendable {
  private let values: PackedIntegers
  private let present: PackedIntegers?

  init(_ values: PackedIntegers, present: PackedIntegers?) {
    self.values = values
    self.present = present
  }

  /// The document's value, nil where it has none.
  @inline(__always)
  public subscript(document: DocumentOrdinal) -> Int64? {
    if let present, present[Int(document)] == 0 { return nil }
    return values[Int(document)]
  }

  /// Whether every document has a value.
  public var isComplete: Bool { present == nil }

  /// A range that holds all values, nil in a segment without documents. The upper bound may be greater than the
  /// greatest value.
  public var bounds: ClosedRange<Int64>? {
    guard values.count > 0 else { return nil }
    let spread = values.width == 64 ? UInt64.max : (1 << UInt64(values.width)) - 1
    let room = UInt64(bitPattern: Int64.max &- values.minimum)
    return values.minimum...(spread > room ? Int64.max : values.minimum &+ Int64(bitPattern: spread))
  }
}
