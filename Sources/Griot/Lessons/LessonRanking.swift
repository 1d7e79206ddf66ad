import Documents
import SearchEngine
import TextAnalysis

/// A lesson on its way into an answer.
struct RankedLesson {
  var hit: Hit
  var span: LessonSpan
  var score: Float
  var date: Int64?
  /// The content words, where the text was read.
  var stems: Set<Int32>?
  /// Near-identical ones of other documents.
  var others: [RankedLesson] = []
}

/// Ranks the lessons of the documents that match a query.
///
/// A lesson scores d · (0.3 + 0.35 l + 0.35 p) · (0.25 + 0.75 c) · s: d the document's score relative to the best one's,
/// l and p the shares of the query's words (weighed by idf) in the lesson and in what stands around it
/// (``LessonSurroundings``), c the confidence, s what it says by itself (``LessonSubstance``). Without words to rank by, the confidence alone decides, and among equals the date.
struct LessonRanking {
  private let service: SearchService
  private let request: LessonRequest
  private let query: Query
  /// For the second phase of ranking.
  private let words: [QueryWord]
  private(set) var facets = SearchResults.Facets()
  private(set) var notes: [String] = []
  private(set) var isComplete = true

  init(_ service: SearchService, _ request: LessonRequest, _ query: Query, words: [QueryWord]) throws(GriotError) {
    self.words = words
    self.service = service
    self.request = request
    self.query = query
    if try service.lacksLessons() {
      notes.append("some documents were taken in by a Griot that did not look for lessons; run: griot reindex")
    }
  }

  /// All lessons of the candidates, best first, folded.
  mutating func ranked() throws(GriotError) -> [RankedLesson] {
    let service = service
    let memory = service.memory
    var values = request.types.isEmpty ? LessonType.allCases.map(\.name) : request.types.map(\.name)
    // A weak document may hold any type.
    if request.minimumConfidence < LessonSpan.shownConfidence {
      values = LessonType.allCases.map(\.name) + [LessonColumn.weak]
    }
    let filter = Filter.keyword(column: MemorySchema.lessonTypes, values: values.map { Array($0.utf8) })
    let filtered = query.filtered(by: filter)
    let topic = try engine(memory.path) { () throws(IndexError) in try LessonTopic(query, memory.reader) }
    let documents = Int(memory.reader.liveDocumentCount)
    let limit = min(documents, SearchService.candidateLimit(request, isRanked: topic.hasWords))
    var options = SearchOptions(limit: limit, countsExactly: request.search.facets)
    if request.search.facets { options.facets = SearchService.facetRequests }
    let settled = options
    let words = words
    let top = try engine(memory.path) { () throws(IndexError) in
      var top = try service.searcher.search(filtered, settled)
      top.hits = try service.rescorer.rescore(top, words)
      return top
    }
    notes += top.notes
    if request.search.facets { facets = try service.facets(top.facets) }
    isComplete = top.hits.count < limit || limit == documents
    var lessons: [RankedLesson] = []
    let best = top.hits.first?.score ?? 0
    for hit in top.hits {
      lessons += try self.lessons(of: hit, best: best, topic)
    }
    let byDate = request.search.sort
    lessons.sort { Self.precedes($0, $1, byDate) }
    return try fold(lessons, topic)
  }

  private static func precedes(_ a: RankedLesson, _ b: RankedLesson, _ sort: SearchRequest.Sort) -> Bool {
    let newest = sort != .oldest
    func byDate() -> Bool? {
      guard a.date != b.date else { return nil }
      guard let left = a.date, let right = b.date else { return a.date != nil }
      return newest ? left > right : left < right
    }
    if sort != .relevance, let answer = byDate() { return answer }
    if a.score != b.score { return a.score > b.score }
    if let answer = byDate() { return answer }
    let left = (a.hit.segment, a.hit.document, a.span.range.lowerBound)
    return left < (b.hit.segment, b.hit.document, b.span.range.lowerBound)
  }

  /// The lessons of one document that were asked for, best first.
  private func lessons(of hit: Hit, best: Float, _ topic: LessonTopic) throws(GriotError) -> [RankedLesson] {
    let memory = service.memory
    let segment = memory.reader.segments[hit.segment]
    let (bytes, date) = try engine(memory.path) { () throws(IndexError) in
      (
        try segment.bytes(MemorySchema.lessons)?.value(hit.document),
        try segment.integers(MemorySchema.date)?[hit.document]
      )
    }
    guard let bytes else { return [] }
    func isWanted(_ span: LessonSpan) -> Bool {
      span.confidence >= request.minimumConfidence && (request.types.isEmpty || request.types.contains(span.type))
    }
    guard topic.hasWords else {
      let spans: [LessonSpan]
      do { spans = try LessonColumn.decode(bytes, textBytes: Int(UInt32.max)) } catch {
        throw GriotError(error, memory: memory.path, what: "column of lessons")
      }
      return self.best(
        spans.filter(isWanted).map { RankedLesson(hit: hit, span: $0, score: $0.confidence, date: date) })
    }
    let stored = try memory.stored(segment, hit.document)
    let spans = try service.spans(stored, segment, hit.document).filter(isWanted)
    guard !spans.isEmpty else { return [] }
    let document = stored.document
    let title = topic.words(in: document.title.utf8, stored.language)
    let relevance = best > 0 ? Double(hit.score / best) : 1
    let ranked = self.best(
      spans.map { span in
        let own = topic.words(in: document.text[span.range], stored.language)
        var near = own | title
        for stretch in LessonSurroundings.of(span.range, in: document) {
          near |= topic.words(in: document.text[stretch], stored.language)
        }
        let score =
          relevance * (0.3 + 0.35 * topic.share(own) + 0.35 * topic.share(near))
          * (0.25 + 0.75 * Double(span.confidence)) * LessonSubstance.factor(document.text[span.range])
        return RankedLesson(hit: hit, span: span, score: Float(score), date: date)
      })
    guard request.folds else { return ranked }
    return ranked.map { lesson in
      var lesson = lesson
      lesson.stems = topic.contentStems(document.text[lesson.span.range], stored.language)
      return lesson
    }
  }

  private func best(_ lessons: [RankedLesson]) -> [RankedLesson] {
    guard lessons.count > SearchService.lessonsPerDocument else { return lessons }
    return Array(
      lessons.sorted {
        $0.score != $1.score ? $0.score > $1.score : $0.span.range.lowerBound < $1.span.range.lowerBound
      }
      .prefix(SearchService.lessonsPerDocument))
  }

  /// Folding compares texts: of a long list only what can be shown, and as much again.
  private func fold(_ lessons: [RankedLesson], _ topic: LessonTopic) throws(GriotError) -> [RankedLesson] {
    guard request.folds else { return lessons }
    let depth = 4 * (request.search.offset + request.search.limit) + 400
    var folding = LessonFolding<Int32>()
    var out: [RankedLesson] = []
    for lesson in lessons.prefix(depth) {
      let stems: Set<Int32>
      if let known = lesson.stems { stems = known } else { stems = try self.stems(of: lesson, topic) }
      if let group = folding.group(stems, orOpen: out.count) {
        let isNew =
          !Self.isSameDocument(out[group], lesson) && !out[group].others.contains { Self.isSameDocument($0, lesson) }
        if isNew { out[group].others.append(lesson) }
      } else {
        out.append(lesson)
      }
    }
    return out + lessons.dropFirst(depth)
  }

  private func stems(of lesson: RankedLesson, _ topic: LessonTopic) throws(GriotError) -> Set<Int32> {
    let memory = service.memory
    let stored = try memory.stored(memory.reader.segments[lesson.hit.segment], lesson.hit.document)
    guard lesson.span.range.upperBound <= stored.document.text.count else {
      throw GriotError(
        .corrupt, "a lesson of document \(stored.key.hex) of \(memory.path) lies behind its end; run: griot reindex")
    }
    return topic.contentStems(stored.document.text[lesson.span.range], stored.language)
  }

  private static func isSameDocument(_ a: RankedLesson, _ b: RankedLesson) -> Bool {
    a.hit.segment == b.hit.segment && a.hit.document == b.hit.document
  }
}

extension SearchService {
  /// Whether a segment was written before lessons were looked for.
  func lacksLessons() throws(GriotError) -> Bool {
    try engine(memory.path) { () throws(IndexError) in
      for segment in memory.reader.segments where segment.liveDocumentCount > 0 {
        if try segment.bytes(MemorySchema.lessons) == nil { return true }
      }
      return false
    }
  }
}
