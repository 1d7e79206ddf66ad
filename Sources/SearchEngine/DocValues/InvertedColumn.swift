/// A column of byte strings out of a set that is asked which documents have a value, not which values a document has: a
/// sorted dictionary and a list of documents for each value. A look-up reads a few pages, however many values there
/// are. Lives as long as the segment.
public struct InvertedColumn: Sendable {
  private let table: StringTable
  private let starts: PackedIntegers
  private let lists: PackedIntegers
  private let documentCount: UInt32

  init(_ table: StringTable, starts: PackedIntegers, _ lists: PackedIntegers, documentCount: UInt32) {
    self.table = table
    self.starts = starts
    self.lists = lists
    self.documentCount = documentCount
  }

  /// The number of distinct values.
  public var valueCount: UInt32 { UInt32(table.count) }

  /// The value of an ordinal, which is below ``valueCount``; values are in byte order.
  public func value(_ ordinal: UInt32) throws(IndexError) -> [UInt8] { try table.value(Int(ordinal)) }

  /// The first value that is not below `bound`; ``valueCount`` where all are. O(log n).
  public func lowerBound(_ bound: [UInt8]) throws(IndexError) -> UInt32 {
    var low = 0
    var high = table.count
    while low < high {
      let middle = low + (high - low) / 2
      let order = try table.withBytes(middle) { value in bound.withUnsafeBytes { value.compare($0) } }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return UInt32(low)
  }

  /// The documents that have the value, live or not, rising.
  public func documents(_ ordinal: UInt32) throws(IndexError) -> [DocumentOrdinal] {
    let start = max(0, min(try starts.value(at: Int(ordinal)), Int64(lists.count)))
    let end = max(start, min(try starts.value(at: Int(ordinal) + 1), Int64(lists.count)))
    var out: [DocumentOrdinal] = []
    for i in Int(start)..<Int(end) {
      let document = try lists.value(at: i)
      // Damage that the checksums do not know of must not lead out of the segment.
      if document >= 0, document < Int64(documentCount) { out.append(DocumentOrdinal(document)) }
    }
    return out
  }
}
