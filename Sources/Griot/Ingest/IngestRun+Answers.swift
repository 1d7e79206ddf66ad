import Documents
import SearchEngine
import TextAnalysis

extension IngestRun {
  /// Takes the next answer of the file at the head.
  func take(_ answer: Answer) throws(GriotError) {
    if isAtStart { try begin() }
    let source = targets[head].source
    switch answer {
    case .document(let frame): try take(frame, source)
    case .skipped(let problem):
      report(skipped: problem)
      try pass(.skipped, source: source)
    case .failed(let problem):
      let failure = CatalogueFile.Failure(
        member: problem.member, offset: problem.record.offset, reason: problem.reason)
      fail(targets[head].shown + failure.place, problem.reason)
      try pass(.failed(failure), source: source)
    case .end(let end): try finish(end, source)
    }
  }

  /// Whether the file at the head has not answered yet.
  private var isAtStart: Bool { begun != head }

  private func begin() throws(GriotError) {
    begun = head
    recordsOfHead = 0
    let target = targets[head]
    let name = catalogue.sources[target.source]?.name ?? ""
    sourceName = name
    seed = DocumentIdentity.seed(source: name)
    share = account.sources.firstIndex { $0.name == name } ?? 0
    var isResumable = true
    switch target.mode {
    case .new: break
    case .resumed:
      // What was read before the interruption is there.
      let before = Int(target.entry.documents + target.entry.skipped)
      account.unchanged += before
      account.sources[share].unchanged += before
      account.duplicates += Int(target.entry.duplicates)
      recordsOfHead += before
    case .again:
      isResumable = false
      try prepare()
    }
    var entry = target.entry
    if case .again = target.mode { entry = CatalogueFile(id: entry.id, root: entry.root, path: entry.path) }
    try pass(.begin(entry, resumable: isResumable), source: target.source)
  }

  /// Loads what the next files held that may be read again, so many at a time.
  private func prepare() throws(GriotError) {
    guard head >= prepared else { return }
    prepared = min(jobs.count, head + 1024)
    var files: Set<UInt32> = []
    for target in targets[head..<prepared] {
      if case .again = target.mode { files.insert(target.entry.id) }
    }
    try engine(memory) { () throws(IndexError) in try identity.prepare(files, catalogue) }
  }

  private func take(_ frame: FrameReference, _ source: UInt32) throws(GriotError) {
    recordsOfHead += 1
    headBytes = frame.header.recordOffset + frame.header.recordLength
    let file = targets[head].entry.id
    let verdict: DocumentIdentity.Verdict
    do {
      verdict = try identity.place(
        frame.externalID, digest: frame.header.digest, seed: seed, file: file, &catalogue)
    } catch {
      throw GriotError(error, memory: memory)
    }
    switch verdict {
    case .added(let key):
      account.added += 1
      account.sources[share].added += 1
      account.frameBytes += frame.count
      let document = PendingDocument(frame: frame, key: key, file: file, source: sourceName)
      try pass(.document(document), source: source)
    case .updated(let key, let language):
      account.updated += 1
      account.sources[share].updated += 1
      account.frameBytes += frame.count
      var document = PendingDocument(frame: frame, key: key, file: file, source: sourceName)
      document.replaces = language
      try pass(.document(document), source: source)
    case .unchanged, .repeated:
      var isRepeated = false
      if case .repeated = verdict { isRepeated = true }
      account.unchanged += 1
      account.sources[share].unchanged += 1
      if isRepeated { account.duplicates += 1 }
      try note(source: source)
      try pass(.present(isRepeated: isRepeated), source: source)
    }
  }

  private func finish(_ end: FileEnd, _ source: UInt32) throws(GriotError) {
    let target = targets[head]
    if end.isUnchanged {
      // Touched, not changed: only the stamp is new.
      identity.forget(target.entry.id)
      account.keep(target.entry, shown: target.shown, share)
      var entry = target.entry
      entry.take(end.stamp)
      catalogue.record(.file(entry))
      try note(source: source)
      didFinishHead()
      return
    }
    account.bytes += end.bytes
    if let reason = end.skipped {
      account.skipped.append(IngestAccount.Problem(path: target.shown, reason: reason))
      account.sources[share].skipped += 1
      onEvent(.skipped(account.skipped.last!))
      recordsOfHead += 1
    }
    if let reason = end.failed {
      fail(target.shown, reason)
    } else {
      if case .again = target.mode { try remove(from: target.entry.id, source: source) }
    }
    if recordsOfHead == 0 {
      let problem = IngestAccount.Problem(path: target.shown, reason: "no record in it")
      account.skipped.append(problem)
      account.sources[share].skipped += 1
      onEvent(.skipped(problem))
    }
    if end.changedMeanwhile {
      account.notes.append("\(target.shown) was written to while it was read; the next ingest reads it again")
    }
    try pass(.end(end), source: source)
    didFinishHead()
  }

  /// Deletes what a file held and holds no more.
  func remove(from file: UInt32, source: UInt32) throws(GriotError) {
    let gone = identity.vanished(from: file, &catalogue)
    account.removed += gone.count
    try note(source: source)
    if !gone.isEmpty {
      try pass(.delete(gone.map { Deletion(key: $0.key, language: $0.language) }), source: source)
    }
  }

  private func report(skipped problem: RecordProblem) {
    recordsOfHead += 1
    let failure = CatalogueFile.Failure(member: problem.member, offset: problem.record.offset, reason: "")
    let line = IngestAccount.Problem(path: targets[head].shown + failure.place, reason: problem.reason)
    account.skipped.append(line)
    account.sources[share].skipped += 1
    onEvent(.skipped(line))
  }

  private func fail(_ path: String, _ reason: String) {
    recordsOfHead += 1
    let problem = IngestAccount.Problem(path: path, reason: reason)
    account.failed.append(problem)
    account.sources[share].failed += 1
    onEvent(.failed(problem))
  }

  /// Sends what the catalogue has noted on its way, behind the steps so far.
  func note(source: UInt32) throws(GriotError) {
    let log = catalogue.takeLog()
    if !log.isEmpty { try pass(.log(log), source: source) }
  }

  func pass(_ step: IngestStep, source: UInt32) throws(GriotError) {
    try gate.pass(step, source: source, decided: decided(source), decide: decide) { (step) throws(GriotError) in
      try assemble(step)
    }
  }

  /// What an earlier document or ingest decided for a source.
  private func decided(_ source: UInt32) -> SourceGate.Decision? {
    if source == 0 { return .init(language: .other, templates: .none) }
    if let last = lastDecision, last.source == source { return last.decision }
    guard let entry = catalogue.sources[source], let language = entry.language else { return nil }
    let decision = SourceGate.Decision(language: Language(rawValue: language), templates: entry.templates)
    lastDecision = (source, decision)
    return decision
  }

  func flushGate() throws(GriotError) {
    try gate.flush(decide) { (step) throws(GriotError) in try assemble(step) }
  }

  private func decide(
    _ source: UInt32, _ decision: LanguageDecision, _ sample: TemplateSample
  ) -> SourceGate.Decision {
    let others = catalogue.sources.values.sorted { $0.id < $1.id }.compactMap(\.language)
    let language = decision.majority(fallback: others.first.map { Language(rawValue: $0) } ?? .other)
    let templates = sample.templates()
    // A handful of documents decides for itself, not for all that the source may bring later.
    if var entry = catalogue.sources[source],
      decision.isComplete || decision.documents >= TemplateSample.leastDocuments
    {
      entry.language = language.rawValue
      entry.templates = templates
      decisions += catalogue.recordApart(.source(entry))
    }
    return .init(language: language, templates: templates)
  }

  private func assemble(_ step: IngestStep) throws(GriotError) {
    // With the first document that follows it: after a kill the decision must not be taken anew, from other documents.
    if !decisions.isEmpty {
      let log = decisions
      decisions = []
      _ = try assembler.take(.log(log)) { (batch) throws(GriotError) in try submit(batch) }
    }
    let entry = try assembler.take(step) { (batch) throws(GriotError) in try submit(batch) }
    guard let entry else { return }
    catalogue.record(.file(entry))
    let log = catalogue.takeLog()
    _ = try assembler.take(.log(log)) { (batch) throws(GriotError) in try submit(batch) }
  }
}
