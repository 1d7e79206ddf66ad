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

  public init() {}

  /// Log-odds that separate the model's training set, a third lessons, from a document where they are rare.
  private static let rare: Float = -2.6
  /// The same where the document is about lessons, or speech: leaving people say a lot that looks like a lesson.
  private static let likely: Float = -0.6
  private static let speech: Float = -2.2

  /// - Returns: In order of their ranges, which do not overlap.
  public func lessons(in document: Document, language: Language) -> [LessonSpan] {
    let slot = LessonLanguage(language).rawValue
    var model = models[slot] ?? LessonModel(language)
    models[slot] = nil
    defer { models[slot] = model }
    return document.text.withUnsafeBytes { text in
      let outline = LessonOutline(document, text)
      var spans: [LessonSpan] = []
      for unit in outline.units {
        let structure = unit.role.flatMap { role in role == .event ? nil : role }
        if let structure {
          spans += structured(text, unit, structure, &model)
        } else {
          var prior = outline.isLesson ? Self.likely : unit.isSpeech ? Self.speech : Self.rare
          if unit.role == .event { prior -= 1.5 }
          judge(text, unit, prior, &model, into: &spans)
        }
      }
      return spans
    }
  }

  /// Shorter stretches are headings, dates, names.
  private static let shortest = 8
  /// A point of a section is one lesson up to here; longer ones are cut into sentences.
  private static let wholeUnit = 420

  private func structured(
    _ text: UnsafeRawBufferPointer, _ unit: LessonOutline.Unit, _ role: SectionRole, _ model: inout LessonModel
  ) -> [LessonSpan] {
    guard unit.range.count >= Self.shortest else { return [] }
    func span(_ range: Range<Int>) -> LessonSpan {
      let judgement = model.judge(UnsafeRawBufferPointer(rebasing: text[range]))
      // Sections hold asides too: the model orders what the author has named.
      let certainty = unit.rule == .label || unit.rule == .heading ? 0.82 : 0.74
      return LessonSpan(
        range: range, type: role.type ?? judgement.type, rule: unit.rule,
        confidence: certainty + 0.17 * judgement.confidence(prior: 0.5))
    }
    if unit.range.count <= Self.wholeUnit { return [span(unit.range)] }
    var spans: [LessonSpan] = []
    var open: Range<Int>?
    SentenceRanges.forEach(text, unit.range) { sentence in
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

  private func judge(
    _ text: UnsafeRawBufferPointer, _ unit: LessonOutline.Unit, _ prior: Float, _ model: inout LessonModel,
    into spans: inout [LessonSpan]
  ) {
    var found: [LessonSpan] = []
    SentenceRanges.forEach(text, unit.range) { sentence in
      guard sentence.count >= 20, sentence.count <= 600 else { return }
      let judgement = model.judge(UnsafeRawBufferPointer(rebasing: text[sentence]))
      // Somebody who says that they learned, or what the cause was, is believed wherever they say it.
      let said: Float = judgement.rule == .hindsight ? 1.5 : judgement.rule == .named ? 2 : 0
      let confidence = judgement.confidence(prior: prior + said)
      guard confidence >= LessonSpan.keptConfidence else { return }
      found.append(
        LessonSpan(range: sentence, type: judgement.type, rule: judgement.rule, confidence: confidence))
    }
    spans += found
  }
}
