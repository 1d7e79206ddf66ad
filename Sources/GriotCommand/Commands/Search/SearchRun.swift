import Glibc
import Griot

/// `griot search`, from plain arguments to output.
struct SearchRun {
  let arguments: SearchArguments

  init(_ arguments: SearchArguments) { self.arguments = arguments }

  func run() throws {
    try arguments.validate()
    let context = try CommandContext(memory: arguments.memory)
    if let file = arguments.batch {
      let queries = try BatchQueries(path: file)
      try SearchBatch(arguments, context).run(queries)
    } else {
      try single(context)
    }
  }

  private func single(_ context: CommandContext) throws {
    let terminal = context.terminal(STDOUT_FILENO, color: arguments.color)
    let limit = arguments.limit ?? context.configuration.limit
    let service = SearchService(try context.open())
    // The process ends with the answer: the kernel takes all maps down at once, sooner than one after another here.
    _ = Unmanaged.passRetained(service)
    let query = QueryWords.joined(arguments.query)
    if arguments.format == .trec { return try ranking(query, service, limit: limit ?? 10, context) }
    var request = arguments.request(query, limit: limit ?? 10)
    // A screen never shows more than so many hits of four lines; the view stops where the window ends.
    let page = limit == nil && arguments.format == .text ? terminal.rows : nil
    if let page { request.limit = max(3, page / 4) }
    // One hit more than is shown tells whether there are more: the total may be a lower bound.
    let shown = request.limit
    if arguments.format == .text { request.limit += 1 }
    var results = try answer(service, request, context)
    remark(query, &results.notes, total: results.total.value, context)
    let out = OutputBuffer.standardOutput()
    switch arguments.format {
    case .text:
      SearchView(TerminalWriter(out, terminal), request: request, page: page, limit: shown).write(results)
    case .json: SearchJSON.write(results, to: out, addresses: arguments.addresses)
    case .jsonl: SearchJSON.writeLines(results, qid: nil, to: out, addresses: arguments.addresses)
    case .tsv: SearchTSV.write(results, qid: nil, to: out)
    case .trec: break
    }
    try out.finish()
    try settle(query, isEmpty: results.hits.isEmpty)
  }

  /// A run names documents: none is read.
  private func ranking(_ query: String, _ service: SearchService, limit: Int, _ context: CommandContext) throws {
    let request = arguments.request(query, limit: limit)
    var ranking: Ranking
    do { ranking = try service.ranked(request) } catch { throw context.failure(error) }
    remark(query, &ranking.notes, total: ranking.total.value, context)
    let out = OutputBuffer.standardOutput()
    var run = TRECRun(out, qid: "1", firstRank: request.offset + 1)
    for document in ranking.documents { run.write(document.externalID, document.score) }
    try out.finish()
    try settle(query, isEmpty: ranking.documents.isEmpty)
  }

  private func isEmptyQuery(_ query: String) -> Bool {
    !arguments.hasFilter && query.utf8.allSatisfy { $0 <= 0x20 }
  }

  /// Prints the notes, and remembers the query where queries are remembered.
  private func remark(_ query: String, _ notes: inout [String], total: Int, _ context: CommandContext) {
    if isEmptyQuery(query) {
      notes.append("the query is empty; give words, or a filter such as --author (see 'griot help query')")
    }
    // What a filter leaves out is no gap in the memory.
    if !arguments.hasFilter { QueryLogFile.append(query, total: total, context) }
    Notes.print(notes)
  }

  /// The exit status. Nothing was asked: an empty answer is the right one.
  private func settle(_ query: String, isEmpty: Bool) throws {
    if isEmpty, !isEmptyQuery(query) { throw SilentExit(status: .noMatch) }
  }

  private func answer(
    _ service: SearchService, _ request: SearchRequest, _ context: CommandContext
  ) throws(CommandFailure) -> SearchResults {
    do { return try service.search(request) } catch { throw context.failure(error) }
  }
}

/// Remarks on how something was read or done: for people, on standard error, whatever the format of the answer.
enum Notes {
  static func print(_ notes: [String]) {
    guard !notes.isEmpty else { return }
    let err = OutputBuffer.standardError()
    for note in notes { err.line("griot: note: " + Neutralize.line(note)) }
    err.flush()
  }
}
