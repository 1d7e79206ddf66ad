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

  /// The length of the document's value, nil where it has none.
  func count(_ document: DocumentOrdinal) throws(IndexError) -> Int? {
    try withValue(document) { $0.count }
  }

  /// Calls `body` with the document's value, which lies in the file; answers nil where it has none.
  func withValue<R>(_ document: DocumentOrdinal, _ body: (UnsafeRawBufferPointer) -> R) throws(IndexError) -> R? {
    if let present, present[Int(document)] == 0 { return nil }
    return try table.withBytes(Int(document), body)
  }
}
