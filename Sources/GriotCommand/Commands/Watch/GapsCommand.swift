import ArgumentParser
import Documents
import Glibc
import Griot

/// `griot gaps`.
struct GapsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gaps",
    abstract: "What the memory does not know: queries without an answer, topics of one person, stale topics.",
    discussion: """
      Queries come from a log that is only kept if the file of defaults says where ('query-log: FILE'). It holds when \
      something was asked, how many documents answered, and the words: not who asked. Each query without an answer is \
      tried again in other words: what is found then was a matter of vocabulary, the rest are gaps.

      A topic is what titles and headings speak of, in three documents or more.

      Exit status: 1 if there is nothing to report.
      """)

  @Option(
    name: .long, help: ArgumentHelp("The query log. Default: 'query-log' in the file of defaults.", valueName: "file"),
    completion: .file())
  var log: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Years after which a topic is stale, measured from the newest document.", valueName: "n"))
  var years: Double = 2

  @Option(name: .long, help: ArgumentHelp("Lines of each list.", valueName: "n"))
  var limit: Int = 20

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    guard limit > 0 else { throw CommandFailure(.usage, "--limit is a whole number above 0, not \(limit)") }
    guard years >= 0, years <= 1000 else { throw CommandFailure(.usage, "--years is a number from 0, not \(years)") }
    let context = try CommandContext(memory: memory.memory)
    let service = SearchService(try context.open())
    var entries: [QueryLogEntry] = []
    if let path = log ?? context.configuration.queryLog, log != nil || access(path, F_OK) == 0 {
      try TextLines(path: path).forEach { line in
        if let entry = QueryLogEntry(line) { entries.append(entry) }
        return true
      }
    } else if context.configuration.queryLog == nil {
      Notes.print(["no query log is kept; `query-log: FILE` in the file of defaults keeps one"])
    }
    let report: GapReport
    do {
      report = try service.gaps(log: entries, staleSeconds: Int64(years * 31_557_600), limit: limit)
    } catch {
      throw context.failure(error)
    }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json: Self.json(report, to: out)
    case .text:
      GapsView(terminal: TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color))).write(report)
    }
    try out.finish()
    if report.misses.isEmpty, report.single.isEmpty, report.stale.isEmpty { throw SilentExit(status: .noMatch) }
  }

  static func json(_ report: GapReport, to out: OutputBuffer) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.field("queries", report.queries)
      json.array("misses") { array in
        for miss in report.misses {
          array.object {
            $0.field("query", miss.query)
            $0.field("times", miss.times)
            $0.field("last", miss.last)
            $0.field("kind", miss.kind.rawValue)
            $0.field("unknown", miss.unknown)
            $0.field("suggestion", miss.suggestion)
            $0.field("documents", miss.documents)
          }
        }
      }
      topics("onePerson", report.single, in: &json)
      topics("stale", report.stale, in: &json)
    }
  }

  private static func topics(_ name: StaticString, _ topics: [GapReport.Topic], in json: inout JSONWriter) {
    json.array(name) { array in
      for topic in topics {
        array.object {
          $0.field("topic", topic.name)
          $0.field("documents", topic.documents)
          $0.field("people", topic.people)
          $0.field("last", topic.last?.iso8601)
        }
      }
    }
  }
}

/// A report of gaps for the terminal.
struct GapsView {
  let terminal: TerminalWriter

  func write(_ report: GapReport) {
    var isFirst = true
    func section(_ name: String, _ rows: [[String]]) {
      guard !rows.isEmpty else { return }
      if !isFirst { terminal.newline() }
      isFirst = false
      terminal.line(name, .heading)
      var table = TextTable(alignments: rows[0].indices.map { $0 == 1 ? .right : .left })
      for row in rows { table.append(row) }
      table.write(to: terminal)
    }
    section("Nothing speaks of", report.misses.filter { $0.kind == .gap }.map(row))
    section("Known under other words", report.misses.filter { $0.kind == .vocabulary }.map(row))
    section("Answered since", report.misses.filter { $0.kind == .answered }.map(row))
    section("Known to one person only", report.single.map(row))
    section("Stale", report.stale.map(row))
    if isFirst { terminal.line("No gaps are known.", .detail) }
  }

  private func row(_ miss: GapReport.Miss) -> [String] {
    let asked = miss.times == 1 ? "once" : "\(NumberFormat.grouped(miss.times)) times"
    let found = miss.documents > 0 ? NumberFormat.count(miss.documents, "document") : ""
    let other =
      miss.suggestion.map { "→ \($0)" }
      ?? (miss.unknown.isEmpty ? "" : "unknown: " + miss.unknown.joined(separator: ", "))
    return [miss.query, asked, [other, found].filter { !$0.isEmpty }.joined(separator: " · ")]
  }

  private func row(_ topic: GapReport.Topic) -> [String] {
    let last = topic.last.map { "last " + String($0.iso8601.prefix(10)) } ?? ""
    let who = topic.people.joined(separator: ", ")
    return [
      topic.name, NumberFormat.count(topic.documents, "document"),
      [who, last].filter { !$0.isEmpty }.joined(separator: " · "),
    ]
  }
}
