import Griot

/// `griot experts --batch`: many topics on one snapshot, in the order of the file.
struct ExpertsBatch {
  let command: ExpertsCommand
  let context: CommandContext

  init(_ command: ExpertsCommand, _ context: CommandContext) {
    self.command = command
    self.context = context
  }

  func run(_ queries: BatchQueries) throws {
    let out = OutputBuffer.standardOutput()
    let finder: ExpertFinder
    do { finder = try ExpertFinder(SearchService(context.open())) } catch let error as GriotError {
      throw context.failure(error)
    }
    try queries.forEach { query in
      do {
        Self.write(
          try finder.ranking(command.request(query.text)), qid: query.qid, to: out,
          addresses: command.addresses.addresses)
      } catch let error as GriotError {
        var failure = context.failure(error)
        failure.message = "query \(query.qid): " + failure.message
        throw failure
      }
      return !out.isClosed
    }
    try out.finish()
  }

  /// `qid TAB rank TAB score TAB name TAB addresses`, the addresses separated by commas.
  static func write(_ results: ExpertResults, qid: String?, to out: OutputBuffer, addresses: Bool) {
    for expert in results.experts {
      let mails = addresses ? expert.addresses.joined(separator: ",") : ""
      var fields = [String(expert.rank), expert.score.description, expert.name, mails]
      fields.insert(qid ?? "1", at: 0)
      TSV.line(fields, to: out)
    }
  }
}
