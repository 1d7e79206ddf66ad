/// A segment as the writer sees it: its record, and the documents that die with the next commit.
final class WriterSegment {
  private(set) var record: SegmentRecord
  private let path: String
  private(set) var reader: SegmentReader
  /// The live bits, once a document was deleted here; nil where they are those of the file.
  private var words: [UInt64]?
  private var isChanged = false
  private(set) var liveCount: UInt32

  init(_ path: String, _ record: SegmentRecord) throws(IndexError) {
    self.record = record
    self.path = path
    reader = try SegmentReader(directory: path, record)
    liveCount = record.documentCount - record.deletedCount
  }

  func isLive(_ document: DocumentOrdinal) -> Bool {
    guard let words else { return reader.isLive(document) }
    return words[Int(document >> 6)] & (1 << UInt64(document & 63)) != 0
  }

  var hasDeletions: Bool { liveCount < record.documentCount }

  /// Answers whether the document lived.
  @discardableResult
  func delete(_ document: DocumentOrdinal) -> Bool {
    guard isLive(document) else { return false }
    if words == nil {
      let count = (Int(record.documentCount) + 63) / 64
      if let bits = reader.liveBits {
        words = Array(UnsafeBufferPointer(start: bits, count: count))
      } else {
        var all = [UInt64](repeating: .max, count: count)
        let rest = Int(record.documentCount) & 63
        if rest > 0 { all[count - 1] = (1 << UInt64(rest)) - 1 }
        words = all
      }
    }
    words![Int(document >> 6)] &= ~(1 << UInt64(document & 63))
    liveCount -= 1
    record.deletedCount += 1
    isChanged = true
    return true
  }

  /// Deletes the documents with these keys; answers how many lived.
  func delete(_ keys: [DocumentKey]) throws(IndexError) -> Int {
    guard let table = try reader.keys else { return 0 }
    var count = 0
    for key in keys {
      try table.forEach(key) { document in if delete(document) { count += 1 } }
    }
    return count
  }

  /// Writes the live bits, where they changed since they were written.
  func writeLive(_ writer: IndexWriter) throws(IndexError) {
    guard isChanged, let words else { return }
    record.liveGeneration += 1
    let content = try LiveDocuments.content(words)
    try writer.write(content, record.name(.live), record.id)
    record.fileSizes = Array(record.fileSizes.prefix(FileKind.ofSegment.count)) + [content.fileSize]
    isChanged = false
    reader = try SegmentReader(directory: path, record)
    self.words = nil
  }
}
