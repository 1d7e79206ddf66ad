import Documents
import TextAnalysis

/// Cuts the steps of an ingest into batches, by the bytes of their frames alone: never by time, workers or memory.
struct BatchAssembler {
  /// A batch ends with the document that brings its frames to so many bytes.
  private let batchBytes: Int
  private var batch = IngestBatch()
  private var languages: LanguageCounts
  /// The file whose records are passing.
  private var current: (entry: CatalogueFile, isResumable: Bool)?

  init(batchBytes: Int, languages: LanguageCounts) {
    self.batchBytes = batchBytes
    self.languages = languages
  }

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
      batch.documents.append(document)
      if batch.bytes >= batchBytes {
        checkpoint(behind: document.frame.header.recordOffset)
        try submit(cut())
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

  /// What is left at the end.
  mutating func cut() -> IngestBatch {
    defer { batch = IngestBatch() }
    batch.languages = languages
    return batch
  }
}
