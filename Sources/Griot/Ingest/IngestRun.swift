import Documents
import Glibc
import SearchEngine
import TextAnalysis

/// One ingest, from the walk to the account. Runs on the caller's thread, which sees all records in order; readers and
/// segment builders have threads of their own.
final class IngestRun {
  let memory: String
  let options: IngestOptions
  let cancellation: Cancellation
  let onEvent: (IngestEvent) -> Void
  let workers: Int

  var account = IngestAccount()
  var catalogue = Catalogue()
  var identity: DocumentIdentity
  var gate: SourceGate
  var assembler: BatchAssembler
  /// What sources have decided since the last step: entries for the log of the batch that begins to rely on it.
  var decisions: [UInt8] = []
  var jobs: [FileJob] = []
  var targets: [FileTarget] = []
  /// Writes, unless this is a rehearsal.
  var committer: IngestCommitter?

  private let warden: MemoryWarden
  private let batchBytes: Int
  private let writer: IndexWriter?
  private let pool: SegmentPool?
  private let start = MonotonicClock.seconds
  private let sideBytes: (base: Int, log: Int)
  /// Documents of this ingest have this sequence number or a later one.
  private let firstSequence: UInt64
  private var progress = IngestProgress()
  private var lastProgress = 0.0
  /// Bytes of the files before the one at the head.
  private var bytesBefore: UInt64 = 0

  /// Of the source that came last: nearly always that of the next document.
  var lastDecision: (source: UInt32, decision: SourceGate.Decision)?

  // State of the file at the head.
  var head = 0
  var seed = Murmur128.zero
  var share = 0
  var begun = -1
  var sourceName = ""
  var recordsOfHead = 0
  /// The job up to which earlier documents have been loaded.
  var prepared = 0

  /// - Parameters:
  ///   - batchBytes: For tests; `nil` for what the buffer allows.
  ///   - directory: For tests: where the writer writes. `nil` for the memory's own.
  init(
    memory: String, options: IngestOptions, batchBytes: Int? = nil, directory: (any Directory)? = nil,
    cancellation: Cancellation,
    onEvent: @escaping (IngestEvent) -> Void
  ) throws(GriotError) {
    self.memory = memory
    self.options = options
    self.cancellation = cancellation
    self.onEvent = onEvent
    workers = max(1, options.workers ?? WorkerThread.cores)
    warden = MemoryWarden(limit: max(32 << 20, options.bufferBytes / 5))
    let batchBytes = batchBytes ?? max(1 << 20, min(32 << 20, options.bufferBytes / 8))
    if options.dryRun {
      writer = nil
      pool = nil
    } else {
      let configuration = MemorySchema.configuration(batchBytes, purpose: "griot ingest")
      writer = try engine(memory) { () throws(IndexError) in
        try IndexWriter(directory ?? FileSystemDirectory(memory), configuration)
      }
      pool = SegmentPool(memory: memory, configuration)
    }
    let reader = try Self.snapshot(memory)
    (catalogue, sideBytes) = try Self.catalogue(reader, memory)
    firstSequence = try engine(memory) { () throws(IndexError) in try reader?.sequenceEnd() ?? 0 }
    let languages = LanguageCounts(attribute: reader?.attribute(MemorySchema.languagesAttribute))
    identity = DocumentIdentity(try engine(memory) { () throws(IndexError) in try KnownDocuments(reader) })
    gate = SourceGate(fixed: options.language.map { Language(code: $0) })
    assembler = BatchAssembler(
      batchBytes: batchBytes, documentsBefore: writer?.nextSequence ?? 0, languages: languages)
    self.batchBytes = batchBytes
    if let reader, reader.analyzerFingerprint != Analyzer().fingerprint().tokens {
      account.notes.append(
        "the memory was made with another analyzer: new and old words may not match; run: griot reindex")
    }
  }

  /// The newest commit; `nil` if there is none yet.
  static func snapshot(_ memory: String) throws(GriotError) -> IndexReader? {
    do { return try IndexReader.open(memory) } catch {
      if case .missing = error { return nil }
      throw GriotError(error, memory: memory)
    }
  }

  /// The catalogue of a commit, and the sizes of its files.
  static func catalogue(
    _ reader: IndexReader?, _ memory: String
  ) throws(GriotError) -> (Catalogue, (base: Int, log: Int)) {
    guard let reader else { return (Catalogue(), (0, 0)) }
    let (base, log) = try engine(memory) { () throws(IndexError) in
      (try reader.sideFile(Catalogue.baseName), try reader.sideFile(Catalogue.logName))
    }
    do { return (try Catalogue(base: base, log: log), (base?.count ?? 0, log?.count ?? 0)) } catch {
      throw GriotError(error, memory: memory, what: "catalogue")
    }
  }

  func run() throws(GriotError) -> IngestAccount {
    defer { writer?.close() }
    let reading = Reading(options)
    defer { reading.stop() }
    // A memory that has met no file finds work; others may find nothing to do.
    if catalogue.files.isEmpty { reading.prepare() }
    var plan = IngestPlan(options, memory: memory)
    for path in options.paths { try plan.add(path: path, &catalogue, &account, cancellation) }
    jobs = plan.jobs
    targets = plan.targets
    progress.bytesTotal = plan.bytes
    progress.filesTotal = jobs.count
    onEvent(.walked(files: account.files, bytes: plan.bytes))
    for problem in account.skipped { onEvent(.skipped(problem)) }
    for problem in account.failed { onEvent(.failed(problem)) }
    if let writer, let pool {
      committer = IngestCommitter(memory: memory, writer, pool, batchBytes: batchBytes) { [onEvent] in
        onEvent(.committed(documents: $0))
      }
    }
    try note(source: 0)
    try work(reading)
    try settle(plan.vanished)
    try finish()
    account.seconds = MonotonicClock.seconds - start
    return account
  }

  /// Reads, builds and appends until the last job is through; leaves no thread behind.
  private func work(_ reading: Reading) throws(GriotError) {
    reading.begin(jobs)
    let builders = jobs.isEmpty ? [] : pool?.start(threads: workers) ?? []
    defer {
      reading.stop()
      pool?.close(dropping: true)
      for thread in builders { thread.join() }
    }
    while head < jobs.count {
      try stopIfCancelled()
      if let answers = try reading.board.take(seconds: 0.1, jobs: 256) {
        for answer in answers { try take(answer) }
      }
      try committer?.collect(waiting: false)
      report()
    }
    try flushGate()
    let last = assembler.cut()
    pool?.complete()
    try submit(last)
    try committer?.collect(waiting: true)
  }

  func submit(_ batch: consuming IngestBatch) throws(GriotError) {
    guard !batch.isEmpty else { return }
    try committer?.submit(batch)
    try stopIfCancelled()
  }

  private func stopIfCancelled() throws(GriotError) {
    guard cancellation.isCancelled else { return }
    throw GriotError(.cancelled, "stopped; what was committed before stays, ingest again to go on")
  }

  /// Documents of files that are gone.
  private func settle(_ vanished: [(entry: CatalogueFile, shown: String)]) throws(GriotError) {
    account.vanished = vanished.map(\.shown)
    guard options.prune, !vanished.isEmpty else { return }
    let files = Set(vanished.map(\.entry.id))
    let catalogue = catalogue
    try engine(memory) { () throws(IndexError) in try identity.prepare(files, catalogue) }
    for (entry, _) in vanished {
      let source = self.catalogue.roots[entry.root]?.source ?? 0
      try remove(from: entry.id, source: source)
      self.catalogue.record(.fileRemoved(entry.id))
      try note(source: source)
    }
    try flushGate()
    try submit(assembler.cut())
    try committer?.collect(waiting: true)
  }

  /// The last commit, and what the account says of the memory afterwards.
  private func finish() throws(GriotError) {
    if let writer, let committer, committer.hasChanges {
      // Compacting costs as much as the catalogue is long, so it waits until the log has some length too.
      if sideBytes.log + committer.logBytes > max(64 << 10, sideBytes.base / 16) {
        let base = catalogue.base()
        try engine(memory) { () throws(IndexError) in
          try writer.replaceSideFile(Catalogue.baseName, base)
          try writer.replaceSideFile(Catalogue.logName, [])
        }
      }
      try committer.commit()
    }
    guard let reader = try Self.snapshot(memory) else { return }
    // Both look at what was committed and write nothing of each other's.
    let copies = Later(account.added + account.updated > 0) { [memory, firstSequence] () throws(GriotError) in
      try NearDuplicates(reader, memory: memory).countCopies(since: firstSequence)
    }
    let people = Result { () throws(GriotError) in if let writer { try Memory.refreshPeople(memory, writer) } }
    account.duplicates += try copies.value() ?? 0
    try people.get()
    account.documents = Int(reader.liveDocumentCount)
    account.passages = try engine(memory) { () throws(IndexError) in try reader.livePassageCount() }
  }

  private func report() {
    let now = MonotonicClock.seconds
    guard now - lastProgress >= 0.1 else { return }
    lastProgress = now
    progress.seconds = now - start
    progress.filesDone = head
    progress.bytesDone = bytesBefore + min(headBytes, head < jobs.count ? jobs[head].size : 0)
    progress.documents = account.added + account.updated + account.unchanged
    progress.currentFile = head < targets.count ? targets[head].shown : ""
    onEvent(.progress(progress))
  }

  /// How far reading has come in the file at the head.
  var headBytes: UInt64 = 0

  func didFinishHead() {
    bytesBefore += jobs[head].size
    headBytes = 0
    head += 1
  }
}

extension IndexReader {
  /// One more than the greatest sequence number of a document.
  func sequenceEnd() throws(IndexError) -> UInt64 {
    guard let last = segments.last(where: { $0.documentCount > 0 }) else { return 0 }
    return try last.sequence(last.documentCount - 1) + 1
  }

  /// Passages of live documents.
  func livePassageCount() throws(IndexError) -> Int {
    var count = 0
    for segment in segments {
      if segment.liveDocumentCount == segment.documentCount {
        count += Int(segment.passageCount)
        continue
      }
      let passages = try segment.passages()
      for document in 0..<segment.documentCount where segment.isLive(document) {
        count += passages.passages(of: document).count
      }
    }
    return count
  }
}
