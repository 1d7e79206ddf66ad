import Documents
import TextAnalysis

/// Cuts the steps of an ingest into batches, by the bytes of their frames alone: never by time, workers or memory.
struct BatchAssembler {
  /// A batch ends with the document that brings its frames to so many bytes, in a memory that is not small.
  private let batchBytes: Int
  /// Batches are this small at first.
  private let firstBytes: Int
  /// Documents ever put into the memory when this batch began.
  private var documentsBefore: UInt64
  /// Documents go ahead of their batch when their frames come to so many bytes.
  private let pieceBytes: Int
  private var ahead = 0
  private var batch = IngestBatch()
  private var languages: LanguageCounts
  /// The file whose records are passing.
  private var current: (entry: CatalogueFile, isResumable: Bool)?

  /// - Parameter documentsBefore: How many documents the memory has taken in so far, deleted ones included.
  init(batchBytes: Int, documentsBefore: UInt64, languages: LanguageCounts) {
    self.batchBytes = batchBytes
    self.documentsBefore = documentsBefore
    firstBytes = batchBytes / 8
    pieceBytes = batchBytes / 64
    self.languages = languages
  }

  /// Batches grow with the memory, by the number of its documents (which a killed ingest finds again): the last batch is
  /// encoded while nothing is left to be read, so it should be a small part of all.
  private var limit: Int { min(batchBytes, max(firstBytes, Int(clamping: documentsBefore) * Self.bytesByDocuments)) }
  private static let bytesByDocuments = 2 << 10

  /// Takes a step.
  ///
  /// - Returns: The finished entry of a file at its end.
  mutating func take(
    _ step: IngestStep, submit: (consuming IngestBatch) throws(GriotError) -> Void
  ) throws(GriotError) -> CatalogueFile? {
    switch step {
    case .begin(let entry, let isResumable): current = (entry, isResumable)
    case .document(let document):
      current?.entry.documents += 1
      languages.add(document.language, 1)
      if let old = document.replaces { languages.add(old, -1) }
      batch.bytes += document.frame.count
      batch.documentCount += 1
      batch.documents.append(document)
      if batch.bytes >= limit {
        checkpoint(behind: document.frame.header.recordOffset)
        try submit(cut())
      } else if batch.bytes - ahead >= pieceBytes {
        try submit(piece())
      }
    case .present(let isRepeated):
      current?.entry.documents += 1
      if isRepeated { current?.entry.duplicates += 1 }
    case .skipped: current?.entry.skipped += 1
    case .failed(let failure): current?.entry.failures.append(failure)
    case .delete(let deletions):
      for deletion in deletions {
        batch.deletions.append(deletion.key)
        languages.add(deletion.language, -1)
      }
    case .log(let bytes): batch.log += bytes
    case .end(let end):
      guard var entry = current?.entry else { return nil }
      current = nil
      entry.nextOffset = nil
      entry.take(end.stamp)
      entry.format = end.format
      entry.skipReason = end.skipped
      entry.failReason = end.failed
      entry.digest = end.changedMeanwhile ? nil : end.digest
      return entry
    }
    return nil
  }

  /// Notes how far the current file is, so that a killed ingest goes on there.
  private mutating func checkpoint(behind record: UInt64) {
    guard var entry = current?.entry, current!.isResumable else { return }
    entry.nextOffset = record + 1
    var w = WireWriter()
    CatalogueEntry.file(entry).encode(into: &w)
    batch.log += w.bytes
  }

  /// Documents that have not gone ahead.
  private mutating func piece() -> IngestBatch {
    var piece = IngestBatch()
    piece.isWhole = false
    swap(&piece.documents, &batch.documents)
    piece.documentCount = piece.documents.count
    ahead = batch.bytes
    return piece
  }

  /// What is left at the end.
  mutating func cut() -> IngestBatch {
    defer {
      documentsBefore += UInt64(batch.documentCount)
      batch = IngestBatch()
      ahead = 0
    }
    batch.languages = languages
    return batch
  }
}
