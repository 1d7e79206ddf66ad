import Glibc
import Griot

/// `griot lessons`, from plain arguments to output.
struct LessonsRun {
  let arguments: SearchArguments
  let types: [LessonType]
  let minimumConfidence: Float
  let folds: Bool
  let context: CommandContext

  private func request(_ query: String, limit: Int) -> LessonRequest {
    var request = LessonRequest(arguments.request(query, limit: limit))
    request.types = types
    request.minimumConfidence = minimumConfidence
    request.folds = folds
    return request
  }

  func single() throws {
    let terminal = context.terminal(STDOUT_FILENO, color: arguments.color)
    let limit = arguments.limit ?? context.configuration.limit
    let service = SearchService(try context.open())
    let query = QueryWords.joined(arguments.query)
    // A lesson with its context takes about six lines.
    let page = limit == nil && arguments.format == .text ? terminal.rows : nil
    let shown = page.map { max(3, $0 / 6) } ?? limit ?? 10
    var request = request(query, limit: shown)
    if arguments.format == .text { request.search.limit += 1 }
    let results: LessonResults
    do { results = try service.lessons(request) } catch { throw context.failure(error) }
    Notes.print(results.notes)
    let out = OutputBuffer.standardOutput()
    switch arguments.format {
    case .text: LessonsView(TerminalWriter(out, terminal), limit: shown, page: page).write(results)
    case .json: LessonsJSON.write(results, to: out, addresses: arguments.addresses)
    case .jsonl: LessonsJSON.writeLines(results, qid: nil, to: out, addresses: arguments.addresses)
    case .tsv: LessonsTSV.write(results, qid: nil, to: out)
    case .trec: Self.trec(results, qid: "1", to: out)
    }
    try out.finish()
    if results.hits.isEmpty { throw SilentExit(status: .noMatch) }
  }

  /// Many queries on one snapshot, answers in the order of the file.
  func batch(_ queries: BatchQueries) throws {
    let service = SearchService(try context.open())
    let out = OutputBuffer.standardOutput()
    let limit = arguments.limit ?? 100
    try queries.forEach { query in
      let results: LessonResults
      do throws(GriotError) {
        // An empty query of a batch is an empty answer, as in a search.
        results =
          query.text.allSatisfy(\.isWhitespace)
          ? LessonResults(query: query.text) : try service.lessons(request(query.text, limit: limit))
      } catch {
        var failure = context.failure(error)
        failure.message = "query \(query.qid): " + failure.message
        throw failure
      }
      switch arguments.format {
      case .trec: Self.trec(results, qid: query.qid, to: out)
      case .jsonl: LessonsJSON.writeLines(results, qid: query.qid, to: out, addresses: arguments.addresses)
      default: LessonsTSV.write(results, qid: query.qid, to: out)
      }
      return !out.isClosed
    }
    try out.finish()
  }

  /// A run ranks documents: each at its best lesson.
  private static func trec(_ results: LessonResults, qid: String, to out: OutputBuffer) {
    var run = TRECRun(out, qid: qid, firstRank: 1)
    var seen: Set<String> = []
    for lesson in results.hits where seen.insert(lesson.hit.id).inserted {
      run.write(lesson.hit.externalID, lesson.hit.score)
    }
  }
}
