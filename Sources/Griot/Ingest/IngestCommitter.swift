import SearchEngine

/// Puts finished batches into the memory, in order, and commits at checkpoints.
final class IngestCommitter {
  /// Full batches between two commits: with batches of 32 MiB a kill repeats at most 128 MiB of frames.
  private static let batchesPerCommit = 4
  private let bytesPerCommit: Int

  private let memory: String
  private let writer: IndexWriter
  private let pool: SegmentPool
  private var submitted: [(index: Int, batch: IngestBatch)] = []
  private var nextIndex = 0
  private var bytesSinceCommit = 0
  private(set) var hasChanges = false
  /// Documents committed so far, for the progress.
  private(set) var documents = 0
  /// Documents that the writer has, the next commit's included; what is only submitted may still be lost.
  private var documentsAppended = 0
  /// Of the catalogue's log, appended by this ingest.
  private(set) var logBytes = 0
  private let onCommit: (Int) -> Void

  /// - Parameter batchBytes: Bytes of the frames of a full batch.
  init(
    memory: String, _ writer: IndexWriter, _ pool: SegmentPool, batchBytes: Int, onCommit: @escaping (Int) -> Void
  ) {
    self.memory = memory
    bytesPerCommit = Self.batchesPerCommit * batchBytes
    self.writer = writer
    self.pool = pool
    self.onCommit = onCommit
  }

  func submit(_ batch: consuming IngestBatch) throws(GriotError) {
    let index = nextIndex
    // The builder has the documents; here they would only hold the readers' buffers.
    var documents: [PendingDocument] = []
    swap(&documents, &batch.documents)
    if batch.documentCount > 0 { pool.submit(index, documents, isWhole: batch.isWhole) }
    if batch.isWhole {
      nextIndex += 1
      submitted.append((index, batch))
    }
    try collect(waiting: false)
  }

  /// Appends what is built, in order.
  func collect(waiting: Bool) throws(GriotError) {
    while let first = submitted.first {
      var segment: EncodedSegment?
      if first.batch.documentCount > 0 {
        segment = try pool.take(first.index, waiting: waiting)
        guard segment != nil else { return }
      }
      submitted.removeFirst()
      documentsAppended += first.batch.documentCount
      try append(segment, first.batch)
    }
  }

  private func append(_ segment: EncodedSegment?, _ batch: IngestBatch) throws(GriotError) {
    let writer = writer
    try engine(memory) { () throws(IndexError) in
      if let segment {
        try writer.append(segment, deletions: batch.deletions)
      } else if !batch.deletions.isEmpty {
        _ = try writer.delete(batch.deletions)
      }
      if !batch.log.isEmpty { try writer.appendSideFile(Catalogue.logName, batch.log) }
      writer.setAttribute(MemorySchema.languagesAttribute, batch.languages.attribute)
    }
    hasChanges = true
    logBytes += batch.log.count
    bytesSinceCommit += batch.bytes
    if bytesSinceCommit >= bytesPerCommit, segment != nil { try commit() }
  }

  func commit() throws(GriotError) {
    let writer = writer
    try engine(memory) { () throws(IndexError) in _ = try writer.commit() }
    bytesSinceCommit = 0
    documents = documentsAppended
    onCommit(documents)
  }
}
