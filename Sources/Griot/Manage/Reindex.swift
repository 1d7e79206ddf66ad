import Documents
import SearchEngine
import TextAnalysis

extension Maintenance {
  /// Replays the stored documents through today's analyzer and splitting; needs no source files.
  ///
  /// Every checkpoint is a memory that answers: documents already replayed take the place of their old form.
  ///
  /// - Returns: Documents replayed.
  public static func reindex(
    memory path: String, cancellation: Cancellation = Cancellation(), onEvent: (IngestEvent) -> Void = { _ in }
  ) throws(GriotError) -> Int {
    let memory = try Memory(opening: path)
    let writer = try open(path)
    defer { writer.close() }
    let configuration = MemorySchema.configuration(32 << 20)
    let indexing = DocumentIndexing()
    var builder = SegmentBuilder(configuration)
    var progress = IngestProgress()
    progress.filesTotal = memory.reader.segments.count
    let start = MonotonicClock.seconds
    var bytes = 0
    func flush() throws(GriotError) {
      guard bytes > 0 else { return }
      bytes = 0
      try engine(path) { () throws(IndexError) in
        try writer.append(try builder.finish())
        try writer.commit()
      }
      onEvent(.committed(documents: progress.documents))
    }
    for segment in memory.reader.segments {
      for ordinal in 0..<segment.documentCount where segment.isLive(ordinal) {
        if cancellation.isCancelled { throw GriotError(.cancelled, "stopped; what was replayed stays") }
        let frame = try engine(path) { () throws(IndexError) in try segment.stored(ordinal) }
        let stored = try memory.stored(segment, ordinal)
        let digest = try engine(path) { () throws(IndexError) in
          try segment.integers(MemorySchema.digest)?[ordinal] ?? 0
        }
        let document = indexing.indexDocument(
          stored.document, key: stored.key, source: stored.source, language: stored.language, file: stored.file,
          digest: UInt64(bitPattern: digest), stored: frame)
        try engine(path) { () throws(IndexError) in try builder.add(document) }
        progress.documents += 1
        progress.bytesDone += UInt64(frame.count)
        bytes += frame.count
        if bytes >= 32 << 20 { try flush() }
      }
      progress.filesDone += 1
      progress.seconds = MonotonicClock.seconds - start
      onEvent(.progress(progress))
    }
    try flush()
    try engine(path) { () throws(IndexError) in
      // The old forms of all documents are dead now; let them take no room.
      try writer.merge(to: max(1, memory.reader.segments.count))
      try writer.commit()
    }
    try Memory.refreshPeople(path, writer)
    return progress.documents
  }
}
