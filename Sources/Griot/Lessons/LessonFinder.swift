public import Documents
public import TextAnalysis

/// Finds what a document says was learned. A pure function of document and language, so that stored documents can be
/// searched through again (`griot reindex`) when it changes. One per thread.
///
/// Structure first: what stands under a heading, behind a label or in a column that is named after lessons, causes,
/// actions is one because its author says so. Then ``LessonModel`` judges the sentences of everything else; they are
/// believed the less the less the document looks like a record of what happened.
public final class LessonFinder {
  private var models: [LessonModel?] = LessonLanguage.allCases.map { _ in nil }

  private var sentences: [Judged.Sentence] = []

  public init() {}

  /// Log-odds that separate the model's training set, a third lessons, from a document where they are rare.
  private static let rare: Float = -2.6
  /// The same where the document is about lessons, or speech: leaving people say a lot that looks like a lesson.
  private static let likely: Float = -0.6
  private static let speech: Float = -2.2

  /// - Returns: In order of their ranges, which do not overlap.
  public func lessons(in document: Document, language: Language) -> [LessonSpan] {
    let runs = TextRuns()
    return runs.of(document.text) { lessons(in: document, runs, language: language) }
  }

  /// - Parameter runs: Those of the document's text.
  func lessons(in document: Document, _ runs: TextRuns, language: Language) -> [LessonSpan] {
    let text = runs.text
    let slot = LessonLanguage(language).rawValue
    var model = models[slot] ?? LessonModel(language)
    models[slot] = nil
    defer { models[slot] = model }
    let outline = LessonOutline.of(document, text)
    var spans: [LessonSpan] = []
    // Its room is kept from document to document.
    var judged = Judged()
    swap(&judged.sentences, &sentences)
    judged.sentences.removeAll(keepingCapacity: true)
    defer { swap(&judged.sentences, &sentences) }
    for unit in outline.units {
      let structure = unit.role.flatMap { role in role == .event ? nil : role }
      if let structure {
        spans += structured(runs, unit, structure, &model)
      } else {
        judge(runs, unit, isLesson: outline.isLesson, &model, into: &judged)
      }
    }
    if judged.sentences.isEmpty { return spans }
    let tellsOfIncident = judged.tellsOfIncident
    let structured = spans.count
    for sentence in judged.sentences {
      let prior = tellsOfIncident ? sentence.likelyPrior : sentence.prior
      let confidence = LessonModel.Judgement.logistic(Double(sentence.score + prior))
      guard confidence >= LessonSpan.keptConfidence else { continue }
      spans.append(
        LessonSpan(range: sentence.range, type: sentence.type, rule: sentence.rule, confidence: confidence))
    }
    if structured > 0 { spans.sort { $0.range.lowerBound < $1.range.lowerBound } }
    return spans
  }

  /// Shorter stretches are headings, dates, names.
  private static let shortest = 8
  /// A point of a section is one lesson up to here; longer ones are cut into sentences.
  private static let wholeUnit = 420

  private func structured(
    _ runs: TextRuns, _ unit: LessonOutline.Unit, _ role: SectionRole, _ model: inout LessonModel
  ) -> [LessonSpan] {
    guard unit.range.count >= Self.shortest else { return [] }
    func span(_ range: Range<Int>) -> LessonSpan {
      let judgement = model.judge(runs, range)
      // Sections hold asides too: the model orders what the author has named.
      let certainty = unit.rule == .label || unit.rule == .heading ? 0.82 : 0.74
      return LessonSpan(
        range: range, type: role.type ?? judgement.type, rule: unit.rule,
        confidence: certainty + 0.17 * judgement.confidence(prior: 0.5))
    }
    if unit.range.count <= Self.wholeUnit { return [span(unit.range)] }
    var spans: [LessonSpan] = []
    var open: Range<Int>?
    SentenceRanges.forEach(runs.text, unit.range) { sentence in
      if let range = open, sentence.upperBound - range.lowerBound <= Self.wholeUnit {
        open = range.lowerBound..<sentence.upperBound
      } else {
        if let open { spans.append(span(open)) }
        open = sentence
      }
    }
    if let open, open.count >= Self.shortest { spans.append(span(open)) }
    return spans
  }

  /// The sentences of a document that no heading or label names.
  private struct Judged {
    struct Sentence {
      var range: Range<Int>
      var type: LessonType
      var rule: LessonRule
      var score: Float
      var prior: Float
      /// The prior in a document about lessons.
      var likelyPrior: Float
    }

    /// Those that may be lessons.
    var sentences: [Sentence] = []
    /// Written sentences of all sorts, and those of them that name a cause or what is done about it.
    var written = 0
    var causes = 0
    var remedies = 0

    /// Whoever names the cause of something and what is done about it tells what was learned, whatever the document
    /// is called and wherever it lies. A long text has such sentences by chance.
    var tellsOfIncident: Bool {
      causes > 0 && remedies > 0 && causes + remedies >= 2 && (causes + remedies) * Self.oneIn >= written
    }

    private static let oneIn = 16
  }

  /// Somebody who says that they learned, or what the cause was, is believed wherever they say it: who says so of
  /// themselves outweighs how rare lessons are.
  private static func said(_ judgement: LessonModel.Judgement) -> Float {
    switch judgement.rule {
    case .hindsight: judgement.isOwn ? -rare : 1.5
    case .named: 2
    default: 0
    }
  }

  private func judge(
    _ runs: TextRuns, _ unit: LessonOutline.Unit, isLesson: Bool, _ model: inout LessonModel,
    into judged: inout Judged
  ) {
    let told: Float = unit.role == .event ? -1.5 : 0
    let likely = (unit.isSpeech ? Self.speech : Self.likely) + told
    let prior = isLesson ? Self.likely + told : (unit.isSpeech ? Self.speech : Self.rare) + told
    SentenceRanges.forEach(runs.text, unit.range) { sentence in
      guard sentence.count >= 20, sentence.count <= 600 else { return }
      let judgement = model.judge(runs, sentence)
      if !unit.isSpeech {
        judged.written += 1
        if judgement.rule == .named {
          if judgement.type == .cause { judged.causes += 1 } else { judged.remedies += 1 }
        }
      }
      let score = judgement.score + Self.said(judgement)
      guard LessonModel.Judgement.logistic(Double(score + max(prior, likely))) >= LessonSpan.keptConfidence else {
        return
      }
      judged.sentences.append(
        .init(
          range: sentence, type: judgement.type, rule: judgement.rule, score: score, prior: prior,
          likelyPrior: max(prior, likely)))
    }
  }
}
