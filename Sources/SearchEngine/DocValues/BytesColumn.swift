/// A column of one byte string of its own a document. Lives as long as the segment.
public struct BytesColumn: Sendable {
  private let table: StringTable
  private let present: PackedIntegers?

  init(_ table: StringTable, present: PackedIntegers?) {
    self.table = table
    self.present = present
  }

  /// The document's value, nil where it has none.
  public func value(_ document: DocumentOrdinal) throws(IndexError) -> [UInt8]? {
    if let present, present[Int(document)] == 0 { return nil }
    return try table.value(Int(document))
  }
}
