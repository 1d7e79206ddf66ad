import Documents
import SearchEngine
import TextAnalysis

/// A document of a memory with what its columns say of it.
struct StoredDocument {
  var document: Document
  var key: DocumentKey
  var source: String
  var language: Language
  var file: UInt32
}

extension Memory {
  func stored(_ segment: SegmentReader, _ ordinal: DocumentOrdinal) throws(GriotError) -> StoredDocument {
    let (frame, key, source, language, file) = try engine(path) { () throws(IndexError) in
      (
        try segment.stored(ordinal), try segment.key(ordinal),
        try segment.text(MemorySchema.source, ordinal), try segment.text(MemorySchema.language, ordinal),
        try segment.integers(MemorySchema.file)?[ordinal]
      )
    }
    guard let key else { throw GriotError(.memoryIncompatible, "\(path) is an index, but not a memory of Griot") }
    do {
      return StoredDocument(
        document: try DocumentFrame.decode(frame), key: key, source: source ?? "",
        language: Language(code: language ?? ""), file: UInt32(truncatingIfNeeded: file ?? 0))
    } catch {
      throw GriotError(
        .corrupt,
        "document \(key.hex) in segment \(segment.id) of \(path) is damaged at byte \(error.offset): \(error.what)")
    }
  }
}

extension SegmentReader {
  /// The value of a keyword column.
  func text(_ column: String, _ ordinal: DocumentOrdinal) throws(IndexError) -> String? {
    guard let values = try keywords(column), let value = values[ordinal] else { return nil }
    return String(decoding: values.value(value), as: UTF8.self)
  }
}
