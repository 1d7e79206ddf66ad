import Griot

/// The account of an ingest for programs (design §8).
enum IngestJSON {
  static func write(_ account: IngestAccount, to out: OutputBuffer) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.field("files", account.files)
      json.field("found", account.found)
      json.field("added", account.added)
      json.field("updated", account.updated)
      json.field("unchanged", account.unchanged)
      json.field("duplicates", account.duplicates)
      json.field("removed", account.removed)
      problems("skipped", account.skipped, in: &json)
      problems("failed", account.failed, in: &json)
      json.field("documents", account.documents)
      json.field("passages", account.passages)
      json.field("bytes", account.bytes)
      // Milliseconds are more than a clock of a shared machine is good for.
      json.field("seconds", (account.seconds * 1000).rounded() / 1000)
    }
    Notes.print(account.notes)
  }

  private static func problems(
    _ name: StaticString, _ problems: [IngestAccount.Problem], in json: inout JSONWriter
  ) {
    json.array(name) { array in
      for problem in problems {
        array.object {
          $0.field("path", problem.path)
          $0.field("reason", problem.reason)
        }
      }
    }
  }
}
