import Griot

/// `griot search --batch`: many queries on one snapshot, answers streamed in the order of the file.
struct SearchBatch {
  let arguments: SearchArguments
  let context: CommandContext

  init(_ arguments: SearchArguments, _ context: CommandContext) {
    self.arguments = arguments
    self.context = context
  }

  func run(_ queries: BatchQueries) throws {
    let service = SearchService(try context.open(pinned: true))
    let out = OutputBuffer.standardOutput()
    // Runs are judged to a depth of 1000 (TREC); the user's default is for screens.
    let limit = arguments.limit ?? 1000
    try queries.forEach { query in
      let request = arguments.request(query.text, limit: limit)
      do throws(GriotError) {
        try answer(service, request, qid: query.qid, to: out)
      } catch {
        var failure = context.failure(error)
        failure.message = "query \(query.qid): " + failure.message
        throw failure
      }
      return !out.isClosed
    }
    try out.finish()
  }

  private func answer(
    _ service: SearchService, _ request: SearchRequest, qid: String, to out: OutputBuffer
  ) throws(GriotError) {
    switch arguments.format {
    case .trec:
      var run = TRECRun(out, qid: qid, firstRank: request.offset + 1)
      for document in try service.ranking(request) { run.write(document.externalID, document.score) }
    case .jsonl:
      SearchJSON.writeLines(try service.search(request), qid: qid, to: out, addresses: arguments.addresses)
    default:
      SearchTSV.write(try service.search(request), qid: qid, to: out)
    }
  }
}
