import SearchEngine

/// Documents of one segment, and everything else that becomes true together with it.
struct IngestBatch: Sendable {
  /// Those that have not gone ahead of the batch.
  var documents: [PendingDocument] = []
  /// All of them.
  var documentCount = 0
  /// Bytes of all frames.
  var bytes = 0
  var deletions: [DocumentKey] = []
  /// Entries for the catalogue's log.
  var log: [UInt8] = []
  /// Live documents by language once the batch is in.
  var languages = LanguageCounts()
  /// Otherwise these are documents that go ahead: builders can begin while the rest is still being read.
  var isWhole = true

  var isEmpty: Bool { documentCount == 0 && deletions.isEmpty && log.isEmpty }
}
