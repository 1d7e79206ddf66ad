import TextAnalysis

/// Holds the first documents of a source back until they have decided its language and its template blocks.
struct SourceGate {
  /// What a source's first documents decided.
  struct Decision: Sendable {
    var language: Language
    var templates: TemplateBlocks
  }

  private struct Waiting {
    var source: UInt32
    var steps: [IngestStep] = []
    var language = LanguageDecision()
  }

  private var waiting: Waiting?
  /// `--lang`: overrules what the documents say.
  private let fixed: Language?

  init(fixed: Language?) { self.fixed = fixed }

  /// Passes a step on, or keeps it. `decided` is what is known of the step's source.
  mutating func pass(
    _ step: IngestStep, source: UInt32, decided: Decision?,
    decide: (UInt32, LanguageDecision, TemplateSample) -> Decision, _ next: (IngestStep) throws(GriotError) -> Void
  ) throws(GriotError) {
    if let waiting, waiting.source != source { try flush(decide, next) }
    if let decided {
      try next(settled(step, decided))
      return
    }
    if waiting == nil { waiting = Waiting(source: source) }
    if case .document(let document) = step { waiting!.language.add(document.frame.header) }
    waiting!.steps.append(step)
    if waiting!.language.isComplete { try flush(decide, next) }
  }

  /// Decides with what there is, and lets everything go.
  mutating func flush(
    _ decide: (UInt32, LanguageDecision, TemplateSample) -> Decision, _ next: (IngestStep) throws(GriotError) -> Void
  ) throws(GriotError) {
    guard let held = waiting else { return }
    waiting = nil
    var sample = TemplateSample()
    for step in held.steps {
      if case .document(let document) = step { sample.add(document.frame.bytes) }
    }
    let decision = decide(held.source, held.language, sample)
    let holders = decision.templates.isEmpty ? [:] : sample.firstHolders()
    var index = 0
    for step in held.steps {
      guard case .document = step, case .document(var document) = settled(step, decision) else {
        try next(step)
        continue
      }
      // The first document that holds a template keeps it: what it says can be found, once.
      document.templates = document.templates.without(holders[index] ?? [])
      index += 1
      try next(.document(document))
    }
  }

  private func settled(_ step: IngestStep, _ decision: Decision) -> IngestStep {
    guard case .document(var document) = step else { return step }
    document.language = LanguageDecision.language(of: document.frame.header, source: fixed ?? decision.language)
    document.templates = decision.templates
    return .document(document)
  }
}
