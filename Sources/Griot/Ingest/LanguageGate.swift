import TextAnalysis

/// Holds the first documents of a source back until they have decided its language.
struct LanguageGate {
  private struct Waiting {
    var source: UInt32
    var steps: [IngestStep] = []
    var decision = LanguageDecision()
  }

  private var waiting: Waiting?
  /// `--lang`: nothing to decide.
  private let fixed: Language?

  init(fixed: Language?) { self.fixed = fixed }

  /// Passes a step on, or keeps it. `decided` is the language of the step's source if that is known.
  mutating func pass(
    _ step: IngestStep, source: UInt32, decided: Language?, decide: (UInt32, LanguageDecision) -> Language,
    _ next: (IngestStep) throws(GriotError) -> Void
  ) throws(GriotError) {
    if let waiting, waiting.source != source { try flush(decide, next) }
    if let language = fixed ?? decided {
      try next(Self.settled(step, language))
      return
    }
    if waiting == nil { waiting = Waiting(source: source) }
    if case .document(let document) = step { waiting!.decision.add(document.frame.header) }
    waiting!.steps.append(step)
    if waiting!.decision.isComplete { try flush(decide, next) }
  }

  /// Decides with what there is, and lets everything go.
  mutating func flush(
    _ decide: (UInt32, LanguageDecision) -> Language, _ next: (IngestStep) throws(GriotError) -> Void
  ) throws(GriotError) {
    guard let held = waiting else { return }
    waiting = nil
    let language = decide(held.source, held.decision)
    for step in held.steps { try next(Self.settled(step, language)) }
  }

  private static func settled(_ step: IngestStep, _ language: Language) -> IngestStep {
    guard case .document(var document) = step else { return step }
    document.language = LanguageDecision.language(of: document.frame.header, source: language)
    return .document(document)
  }
}
