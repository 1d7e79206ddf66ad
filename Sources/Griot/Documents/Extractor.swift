import Documents
import SearchEngine
import TextAnalysis

/// `griot extract`: what the readers see and how it is split, nothing indexed.
public struct Extractor: Sendable {
  public struct Result: Sendable {
    /// Files that gave no document, and records that failed.
    public var skipped: [IngestAccount.Problem] = []
    public var failed: [IngestAccount.Problem] = []
    public init() {}
  }

  /// Only `paths`, `sourceName`, `excludes`, `kind`, `language`, `workers`, limits and `reader` are looked at.
  public let options: IngestOptions
  public init(options: IngestOptions) { self.options = options }

  /// - Parameter onDocument: Called in order of path and record, from the calling thread.
  public func run(
    cancellation: Cancellation = Cancellation(), onDocument: (DocumentView) -> Void
  ) throws(GriotError) -> Result {
    let result = withoutActuallyEscaping(onDocument) { onDocument in
      Swift.Result { () throws(GriotError) in
        try ExtractRun(options, cancellation, onDocument).run()
      }
    }
    return try result.get()
  }
}

/// One extraction: the walk, the readers and the identities of an ingest, without a memory.
private final class ExtractRun {
  private let options: IngestOptions
  private let cancellation: Cancellation
  private let onDocument: (DocumentView) -> Void
  private var catalogue = Catalogue()
  private var account = IngestAccount()
  private var identity = DocumentIdentity.empty
  private var gate: SourceGate
  private let views = DocumentViews()

  init(_ options: IngestOptions, _ cancellation: Cancellation, _ onDocument: @escaping (DocumentView) -> Void) {
    self.options = options
    self.cancellation = cancellation
    self.onDocument = onDocument
    gate = SourceGate(fixed: options.language.map { Language(code: $0) })
  }

  func run() throws(GriotError) -> Extractor.Result {
    var plan = IngestPlan(options, memory: nil)
    for path in options.paths { try plan.add(path: path, &catalogue, &account, cancellation) }
    let reading = Reading(options)
    defer { reading.stop() }
    reading.begin(plan.jobs)
    for target in plan.targets {
      let name = catalogue.sources[target.source]?.name ?? ""
      let seed = DocumentIdentity.seed(source: name)
      var records = 0
      reading: while true {
        if cancellation.isCancelled { throw GriotError(.cancelled, "stopped") }
        for answer in try reading.board.take(seconds: 0.1) ?? [] {
          records += 1
          switch answer {
          case .document(let frame): try take(frame, target, name, seed)
          case .skipped(let problem): note(&account.skipped, target, problem)
          case .failed(let problem): note(&account.failed, target, problem)
          case .end(let end):
            if let reason = end.failed { account.failed.append(.init(path: target.shown, reason: reason)) }
            if let reason = end.skipped ?? (records == 1 && end.failed == nil ? "no record in it" : nil) {
              account.skipped.append(.init(path: target.shown, reason: reason))
            }
            break reading
          }
        }
      }
    }
    try gate.flush(decide) { (step) throws(GriotError) in try show(step) }
    var result = Extractor.Result()
    result.skipped = account.skipped
    result.failed = account.failed
    return result
  }

  private func note(
    _ problems: inout [IngestAccount.Problem], _ target: FileTarget, _ problem: RecordProblem
  ) {
    let place = CatalogueFile.Failure(member: problem.member, offset: problem.record.offset, reason: "").place
    problems.append(.init(path: target.shown + place, reason: problem.reason))
  }

  private func take(
    _ frame: FrameReference, _ target: FileTarget, _ name: String, _ seed: Murmur128
  ) throws(GriotError) {
    let verdict: DocumentIdentity.Verdict
    do {
      verdict = try identity.place(
        frame.externalID, digest: frame.header.digest, seed: seed, file: target.entry.id, &catalogue)
    } catch {
      throw GriotError(error, memory: "")
    }
    let key: DocumentKey
    switch verdict {
    case .added(let new), .updated(let new, from: _): key = new
    case .unchanged, .repeated: key = DocumentIdentity.key(seed, frame.externalID, repetition: 0)
    }
    var pending = PendingDocument(frame: frame, key: key, file: target.entry.id, source: name)
    pending.shown = target.shown
    try gate.pass(.document(pending), source: target.source, decided: nil, decide: decide) {
      (step) throws(GriotError) in try show(step)
    }
  }

  private func decide(
    _ source: UInt32, _ language: LanguageDecision, _ sample: TemplateSample
  ) -> SourceGate.Decision {
    .init(language: language.majority(fallback: .other), templates: sample.templates())
  }

  private func show(_ step: IngestStep) throws(GriotError) {
    guard case .document(let pending) = step else { return }
    do {
      var document = try DocumentFrame.decode(pending.frame.bytes)
      _ = pending.templates.mark(&document)
      onDocument(
        views.view(
          document, id: pending.key.hex, source: pending.source, language: pending.language,
          locations: [DocumentViews.location(pending.shown, document)]))
    } catch {
      throw GriotError(.io, "the reader sent a damaged document: \(error)")
    }
  }
}
