import TestSupport
import Testing

/// `griot search` on a memory of four documents: whole output and exit status.
@Suite struct SearchTests {
  @Test func text() throws {
    let griot = try SmallMemory.griot()
    let result = try griot("search", "valve")
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(
      SmallMemory.steady(result.output, griot) == """
        1  Valves                                                             transcript
           Inés Duarte, Bo Berg · in/talks/valves.vtt · 5c39d5eb#00:00:01
           The valve of the turbine sticks after every update. Then roll back the
           firmware, do not change the valve.

        2  Pump 3 alarm                                              message  2024-01-08
           Jo Li · in/mail/pumps.mbox · 6432cb1b
           The valve sticks.
           ↳ Re: Pump 3 alarm · Ana Pérez · 2024-01-08 · 9fd49512

        1–2 of 3 documents in TIME

        """)
  }

  @Test func everyOptionCounts() throws {
    let griot = try SmallMemory.griot()
    func ids(_ arguments: String...) throws -> [String] {
      let result = try griot.runner.run(["search", "--format", "jsonl"] + arguments)
      #expect(result.status == (result.output.isEmpty ? 1 : 0), "\(result.errors)")
      return try JSONValue.lines(result.output).map { $0["externalId"]!.string! }
    }
    #expect(try ids("valve") == ["talks/valves.vtt", "1@example.org", "2@example.org"])
    #expect(try ids("valve", "--limit", "1") == ["talks/valves.vtt"])
    #expect(try ids("valve", "--limit", "1", "--offset", "1") == ["1@example.org"])
    #expect(try ids("valve", "--offset", "9") == [])
    #expect(Set(try ids("valve", "--kind", "message")) == ["1@example.org", "2@example.org"])
    #expect(try ids("valve", "--kind", "message", "--kind", "transcript").count == 3)
    #expect(try ids("valve", "--author", "jo li") == ["1@example.org"])
    #expect(try ids("valve", "--speaker", "inés") == ["talks/valves.vtt"])
    #expect(Set(try ids("valve", "--person", "ana")) == ["1@example.org", "2@example.org"])
    #expect(try ids("valve", "--source", "in").count == 3)
    #expect(try ids("valve", "--source", "elsewhere") == [])
    #expect(try ids("valve", "--lang", "de") == [])
    #expect(try ids("deploy", "--after", "2024-05") == ["wiki/rollback.md"])
    #expect(try ids("deploy", "--before", "2024-05") == [])
    #expect(try ids("alarm", "--sort", "newest") == ["2@example.org", "1@example.org"])
    #expect(try ids("alarm", "--sort", "oldest") == ["1@example.org", "2@example.org"])
    #expect(Set(try ids("valve", "--rank", "bm25")).count == 3)
    #expect(try ids("\"roll back\"").sorted() == ["talks/valves.vtt", "wiki/rollback.md"])
    #expect(try ids("roll", "back", "-deploy") == ["talks/valves.vtt"])
    #expect(try ids("roll back -deploy", "--syntax", "free").count == 2)
    #expect(try ids("author:pérez", "deploy") == ["wiki/rollback.md"])
    #expect(try ids("--kind", "wiki") == ["wiki/rollback.md"])
  }

  @Test func json() throws {
    let griot = try SmallMemory.griot()
    let result = try griot("search", "valve", "--author", "Jo", "--format", "json")
    #expect(result.errors == "")
    #expect(
      SmallMemory.steady(result.output, griot).replacing(#/"score":[0-9.]+/#, with: "\"score\":0") == """
        {"version":1,"query":"valve","total":{"value":1,"relation":"eq"},"took_us":0,"notes":[],"hits":[{"rank":1,\
        "score":0,"id":"6432cb1b7069a566668d20051deadd50","externalId":"1@example.org","kind":"message",\
        "title":"Pump 3 alarm","date":"2024-01-08T10:00:00Z","people":[{"name":"Jo Li","role":"author"},\
        {"name":"Ana Pérez","role":"recipient"}],"source":"in","location":"FOLDER/in/mail/pumps.mbox","anchor":"#p1",\
        "snippet":{"text":"The valve sticks.","highlights":[[4,9]]},"folded":0}],"facets":{"kind":[{"value":"message",\
        "count":1}],"source":[{"value":"in","count":1}],"year":[{"value":"2024","count":1}],\
        "people":[{"value":"Jo Li","count":1}]}}

        """)
    let empty = try griot("search", "nothinglikeit", "--format", "json")
    #expect(empty.status == 1)
    let value = try JSONValue(parsing: empty.output)
    #expect(value.keys == ["version", "query", "total", "took_us", "notes", "hits", "facets"])
    #expect(value["hits"] == .array([]))
    #expect(value["total"] == .object([("value", .number("0")), ("relation", .string("eq"))]))
  }

  @Test func noMatch() throws {
    let griot = try SmallMemory.griot()
    let result = try griot("search", "nothinglikeit")
    #expect(result.status == 1)
    #expect(result.output == "Nothing in the memory matches “nothinglikeit”.\n")
  }

  /// Nothing was asked: an empty answer, and what to do.
  @Test func anEmptyQuery() throws {
    let griot = try SmallMemory.griot()
    for query in ["", "  \t "] {
      let empty = try griot("search", query)
      #expect(empty.status == 0)
      #expect(empty.output == "")
      #expect(
        empty.errors
          == "griot: note: the query is empty; give words, or a filter such as --author (see 'griot help query')\n")
    }
    let json = try griot("search", "", "--format", "json")
    #expect(json.status == 0)
    #expect(try JSONValue(parsing: json.output)["hits"] == .array([]))
    #expect(try JSONValue(parsing: json.output)["notes"]?.array.count == 1)
  }

  @Test func facets() throws {
    let griot = try SmallMemory.griot()
    let result = try griot("search", "valve", "--facets")
    #expect(
      result.output.hasSuffix(
        """
        kind    message 2 · transcript 1
        source  in 3
        year    2024 2
        people  Ana Pérez 1 · Bo Berg 1 · Inés Duarte 1 · Jo Li 1

        """), "\(result.output)")
  }

  @Test func didYouMean() throws {
    let griot = try SmallMemory.griot()
    let result = try griot("search", "presure", "alarm", "--format", "json")
    #expect(result.status == 0)
    let note = "“presure” is not in the memory; searched for “pressure” instead (in quotes a word stays as it is)"
    #expect(result.errors == "griot: note: \(note)\n")
    #expect(try JSONValue(parsing: result.output)["notes"] == .array([.string(note)]))
  }

  @Test func recency() throws {
    let griot = try SmallMemory.griot()
    #expect(try griot("search", "valve", "--recency", "1y").status == 0)
    for bad in ["1", "y", "0d", "-1d", "1x", "99999999999999999999d", ""] {
      #expect(try griot("search", "valve", "--recency=\(bad)").status == 2, "\(bad)")
    }
  }

  @Test func onlyQuotes() throws {
    let griot = try SmallMemory.griot()
    let result = try griot("search", "\"\"\"")
    #expect(result.status == 1)
    #expect(result.output == "Nothing in the memory matches “\"\"\"”.\n")
    #expect(
      result.errors == """
        griot: note: nothing stands between the quotes
        griot: note: a quote without its partner was read as text

        """)
    // The notes are in the object too, and it stays the only thing on standard output.
    let json = try JSONValue(parsing: try griot("search", "\"\"\"", "--format", "json").output)
    #expect(json["notes"]?.array.count == 2)
  }

  @Test func aDateThatIsNone() throws {
    let result = try SmallMemory.griot()("search", "pump", "--after", "2024-99")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors == "griot: --after 2024-99: not a date (write 2024, 2024-05 or 2024-05-17)\n")
  }

  @Test func theFileOfDefaults() throws {
    let griot = try SmallMemory.griot()
    try griot.folder.write(".config/griot/config.yaml", "limit: 1\nmemory: ~/elsewhere\n")
    #expect(try griot("search", "valve", "--format", "jsonl").output.split(separator: "\n").count == 1)
    #expect(try griot("search", "valve", "--limit", "2", "--format", "jsonl").output.split(separator: "\n").count == 2)
    var other = griot
    other.runner.environment["GRIOT_MEMORY"] = nil
    let result = try other("search", "valve")
    #expect(result.status == 3)
    #expect(result.errors.hasPrefix("griot: no memory at \(griot.folder["elsewhere"]). Create one with: "))
  }

  // MARK: Batches

  private static let queries = "1\tvalve\n2\t\n\n3\tnothinglikeit\n4\t\"roll back\" -deploy\n"

  @Test func batchIsFreeText() throws {
    let griot = try SmallMemory.griot()
    try griot.folder.write("q.tsv", Self.queries)
    let result = try griot("search", "--batch", "q.tsv", "--format", "trec", "--limit", "1000")
    #expect(result.status == 0)
    #expect(result.errors == "")
    let lines = result.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.map { $0[0] } == ["1", "1", "1", "4", "4"])
    #expect(lines.map { $0[3] } == ["1", "2", "3", "1", "2"])
    #expect(lines.allSatisfy { $0.count == 6 && $0[1] == "Q0" && $0[5] == "griot" })
    #expect(lines[3][2] == "wiki/rollback.md")
    let full = try griot("search", "--batch", "q.tsv", "--format", "trec", "--syntax", "full")
    #expect(full.output.split(separator: "\n").count { $0.hasPrefix("4 ") } == 1)
  }

  @Test func batchFromStandardInput() throws {
    let griot = try SmallMemory.griot()
    let result = try griot("search", "--batch", "-", "--format", "tsv", input: Array(Self.queries.utf8))
    let lines = result.output.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    #expect(result.status == 0)
    #expect(lines.map { $0[0] } == ["1", "1", "1", "4", "4"])
    #expect(lines.allSatisfy { $0.count == 12 })
    let json = try griot("search", "--batch", "-", "--format", "jsonl", input: Array(Self.queries.utf8))
    #expect(try JSONValue.lines(json.output).map { $0["qid"]!.string! } == ["1", "1", "1", "4", "4"])
  }

  @Test func anEmptyBatchIsAnEmptyAnswer() throws {
    let griot = try SmallMemory.griot()
    let result = try griot("search", "--batch", "-", "--format", "trec", input: [])
    #expect(result.status == 0)
    #expect(result.output == "")
    #expect(result.errors == "")
  }

  /// Whoever reads the output may stop: no message, no failure.
  @Test func aReaderThatGoesAway() throws {
    let griot = try SmallMemory.griot()
    let many = (0..<5000).map { "\($0)\tvalve\n" }.joined()
    try griot.folder.write("q.tsv", many)
    var shell = griot.runner
    shell.executable = "/bin/sh"
    let result = try shell.run([
      "-c", "{ \"$0\" search --batch q.tsv --format trec; echo status $? >&2; } | head -1", griot.runner.executable,
    ])
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(result.errors == "status 0\n")
  }
}
