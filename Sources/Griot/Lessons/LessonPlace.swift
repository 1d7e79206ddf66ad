import Documents

/// Where in its document a lesson stands, and what stands around it.
struct LessonPlace {
  let document: Document
  let range: Range<Int>
  /// The second of the recording, else the passage's.
  let anchor: String?
  let heading: String?
  /// Index into the document's people.
  let speaker: Int?

  init(_ document: Document, _ range: Range<Int>, _ splitter: PassageSplitter) {
    self.document = document
    self.range = range
    let passages = splitter.passages(of: document)
    let passage = passages.last { $0.range.lowerBound <= range.lowerBound } ?? passages.first
    let block = document.blocks.last { Int($0.start) <= range.lowerBound }
    anchor = block?.time.map { PassageSplitter.clock($0.start) } ?? passage?.anchor
    heading = passage?.heading(in: document.text)
    speaker = block?.speaker
  }

  /// `heading: What went well`: the rule, and the words that made it apply.
  func rule(_ span: LessonSpan) -> String {
    guard span.rule.isStructure, span.rule != .document else { return span.rule.name }
    let name = document.text.withUnsafeBytes { text -> String? in
      let unit = LessonOutline.of(document, text).units.first {
        $0.range.lowerBound <= span.range.lowerBound && span.range.upperBound <= $0.range.upperBound
      }
      return unit?.name.map { String(decoding: UnsafeRawBufferPointer(rebasing: text[$0]), as: UTF8.self) }
    }
    guard var name else { return span.rule.name }
    while let last = name.last, last == ":" || last.isWhitespace { name.removeLast() }
    return span.rule.name + ": " + name
  }

  /// A context is a reminder, not the document.
  private static let contextBytes = 280

  /// What happened, why, and what to do: the nearest stretches that say so, other than the lesson itself.
  func context(_ lesson: LessonSpan, _ spans: [LessonSpan]) -> LessonContext {
    func nearest(_ type: LessonType) -> String? {
      let others = spans.filter {
        $0.type == type && $0.range != lesson.range && $0.confidence >= LessonSpan.shownConfidence
      }
      let near = others.min { Self.distance($0.range, lesson.range) < Self.distance($1.range, lesson.range) }
      return near.map { text($0.range) }
    }
    var context = LessonContext()
    context.happened = event(lesson)
    if lesson.type != .cause { context.why = nearest(.cause) }
    if lesson.type != .recommendation { context.advice = nearest(.recommendation) }
    return context
  }

  private static func distance(_ a: Range<Int>, _ b: Range<Int>) -> Int {
    a.lowerBound >= b.upperBound ? a.lowerBound - b.upperBound : max(0, b.lowerBound - a.upperBound)
  }

  /// The beginning of what is told under “What happened”; in a document without such a section, its first sentence.
  private func event(_ lesson: LessonSpan) -> String? {
    document.text.withUnsafeBytes { bytes in
      let outline = LessonOutline.of(document, bytes)
      let unit =
        outline.units.last { $0.role == .event && $0.range.upperBound <= lesson.range.lowerBound && $0.name != nil }
        .flatMap { last in outline.units.first { $0.role == .event && $0.name == last.name } }
        ?? outline.units.first { $0.role == .event }
        ?? outline.units.first { !$0.isSpeech && $0.role == nil && $0.range.count >= 40 }
      guard let unit,
        unit.range.upperBound <= lesson.range.lowerBound || unit.range.lowerBound >= lesson.range.upperBound
      else { return nil }
      return text(unit.range)
    }
  }

  /// A stretch, cut behind a sentence where it is long.
  private func text(_ range: Range<Int>) -> String {
    guard range.count > Self.contextBytes else { return String(decoding: document.text[range], as: UTF8.self) }
    return document.text.withUnsafeBytes { bytes in
      var end = range.lowerBound
      SentenceRanges.forEach(bytes, range) { sentence in
        if end == range.lowerBound || sentence.upperBound - range.lowerBound <= Self.contextBytes {
          end = max(end, sentence.upperBound)
        }
      }
      return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range.lowerBound..<end]), as: UTF8.self)
    }
  }
}
