/// A column of byte strings of one length, a row a document: a look-up reads one page. A row of zeros is no value.
/// Lives as long as the segment.
public struct FixedColumn: Sendable {
  private let file: MappedFile
  private let rows: Section
  /// Bytes of a value.
  public let width: Int

  init(_ file: MappedFile, _ rows: Section, width: Int) {
    self.file = file
    self.rows = rows
    self.width = width
  }

  /// Calls `body` with the document's row, which lies in the file, of zeros where it has no value. Damage is reported
  /// to the segment (``SegmentReader/checkDamage()``) and looks like no value.
  @inline(__always)
  public func withRow<R>(_ document: DocumentOrdinal, _ body: (UnsafeRawBufferPointer) -> R) -> R {
    let start = rows.offset + UInt64(document) * UInt64(width)
    file.touch(start, UInt64(width))
    return body(UnsafeRawBufferPointer(start: file.base + Int(start), count: width))
  }

  /// The document's value, nil where it has none.
  public func value(_ document: DocumentOrdinal) throws(IndexError) -> [UInt8]? {
    let bytes = try file.bytes(rows.offset + UInt64(document) * UInt64(width), UInt64(width))
    return bytes.allSatisfy { $0 == 0 } ? nil : Array(bytes)
  }
}
