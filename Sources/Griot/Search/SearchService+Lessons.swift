import Documents
import SearchEngine
import TextAnalysis

extension SearchService {
  /// Documents whose lessons are looked at for one page of hits.
  private static let candidates = 240
  /// Of one document so many lessons are shown; the others are there with `griot show`.
  private static let perDocument = 3

  /// What was learned about something: the lessons of the documents that match, ranked by how much of the query they
  /// and the passage around them speak of, and by how sure it is that they are lessons.
  public func lessons(_ request: LessonRequest) throws(GriotError) -> LessonResults {
    let start = MonotonicClock.microseconds
    var results = LessonResults(query: request.search.query)
    var search = request.search
    search.expands = false
    var prepared = try prepare(search)
    if prepared.query == nil, request.search.query.utf8.allSatisfy({ $0 <= 0x20 }) { prepared.query = .all }
    results.notes = prepared.notes
    if let query = prepared.query {
      var ranking = try LessonRanking(self, request, query, words: prepared.words)
      results.notes += ranking.notes
      let ranked = try ranking.ranked()
      results.facets = ranking.facets
      results.total = .init(value: ranked.count, relation: ranking.isComplete ? .eq : .gte)
      var scores = StrictScores()
      for lesson in ranked.prefix(request.search.offset) { _ = scores.next(lesson.score) }
      let window = ranked.dropFirst(request.search.offset).prefix(request.search.limit)
      let highlighter = Highlighter(query, languages: memory.languages.queryLanguages)
      for (index, lesson) in window.enumerated() {
        let rank = request.search.offset + index + 1
        results.hits.append(try present(lesson, rank: rank, score: scores.next(lesson.score), highlighter))
      }
      try engine(memory.path) { () throws(IndexError) in try memory.reader.checkDamage() }
    }
    results.tookMicroseconds = MonotonicClock.microseconds - start
    return results
  }

  /// Candidates are all documents where nothing ranks them: their spans alone are read.
  static func candidateLimit(_ request: LessonRequest, isRanked: Bool) -> Int {
    isRanked ? max(candidates, 4 * (request.search.offset + request.search.limit)) : .max
  }

  static var lessonsPerDocument: Int { perDocument }

  // MARK: Presentation

  private func present(
    _ lesson: RankedLesson, rank: Int, score: Float, _ highlighter: Highlighter
  ) throws(GriotError) -> LessonHit {
    let segment = memory.reader.segments[lesson.hit.segment]
    let stored = try memory.stored(segment, lesson.hit.document)
    let document = stored.document
    let range = lesson.span.range
    let bytes = Array(document.text[range])
    let location = try memory.files.location(stored.key, stored.file)
    let place = LessonPlace(document, range, views.splitter)
    let hit = SearchHit(
      rank: rank, score: score, id: stored.key.hex, externalID: document.externalID, kind: document.kind.rawValue,
      title: document.title, date: document.date, people: try memory.visiblePeople().visible(document.people),
      source: stored.source, location: location.map { DocumentViews.location($0, document) } ?? "",
      url: document.url, anchor: place.anchor, heading: place.heading,
      snippet: SnippetText(text: String(decoding: bytes, as: UTF8.self), highlights: highlighter.highlights(in: bytes)),
      folded: lesson.others.count)
    var occurrences = [
      LessonOccurrence(id: hit.id, title: hit.title, date: hit.date, anchor: hit.anchor)
    ]
    var others: [LessonOccurrence] = []
    for other in lesson.others {
      let stored = try memory.stored(memory.reader.segments[other.hit.segment], other.hit.document)
      others.append(
        LessonOccurrence(
          id: stored.key.hex, title: stored.document.title, date: stored.document.date,
          anchor: LessonPlace(stored.document, other.span.range, views.splitter).anchor))
    }
    // Undated ones last; equal dates by id, so that the order is the same for every run.
    others.sort { ($0.date?.seconds ?? .max, $0.id) < ($1.date?.seconds ?? .max, $1.id) }
    occurrences += others
    let visible = try memory.visiblePeople()
    let speaker = place.speaker.flatMap { visible.person(document.people[$0])?.name }
    return LessonHit(
      hit: hit, text: hit.snippet.text, type: lesson.span.type, confidence: lesson.span.confidence,
      rule: place.rule(lesson.span), speaker: speaker?.isEmpty == false ? speaker : nil,
      context: place.context(lesson.span, try spans(stored, segment, lesson.hit.document)), occurrences: occurrences)
  }

  /// The spans of a document as they were found when it was taken in.
  func spans(
    _ stored: StoredDocument, _ segment: SegmentReader, _ ordinal: DocumentOrdinal
  ) throws(GriotError) -> [LessonSpan] {
    let bytes = try engine(memory.path) { () throws(IndexError) in
      try segment.bytes(MemorySchema.lessons)?.value(ordinal)
    }
    do {
      return try LessonColumn.decode(bytes ?? [], textBytes: stored.document.text.count)
    } catch {
      throw GriotError(error, memory: memory.path, what: "lessons of document \(stored.key.hex)")
    }
  }
}
