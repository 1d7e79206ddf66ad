import ArgumentParser
import Documents
import Glibc
import Griot

/// `griot watch`.
struct WatchCommand: ParsableCommand {
  enum Action: String, CaseIterable, ExpressibleByArgument { case add, list, remove, run }
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, markdown, mail, atom }

  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Saved searches that report only what is new since they last ran.",
    discussion: """
      griot watch add pumps 'pump OR valve' --kind message   saves a search under a name
      griot watch list                                       what is watched
      griot watch run                                        what came since, for all; or for those named
      griot watch run --format mail | sendmail -t            the same as a mail (with --to)
      griot watch run --format atom > feed.xml               as a feed
      griot watch remove pumps

      A run notes how far it has reported; --peek does not. A watch starts with what comes after it was added, or with \
      everything there is (--from-start).

      Exit status of a run: 0 if there is something new, 1 if not.
      """)

  @Argument(help: ArgumentHelp("add, list, remove or run.", valueName: "action"))
  var action: Action

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("A name; behind add the query, behind run further names.", valueName: "name"))
  var words: [String] = []

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup(title: "Which documents (add)") var filters: SearchFilterOptions

  @Flag(name: .long, help: "add: report what is already there, too.")
  var fromStart = false

  @Flag(name: .long, help: "run: report again the next time.")
  var peek = false

  @Option(name: .long, help: ArgumentHelp("run: documents to list for each watch.", valueName: "n"))
  var limit: Int = 10

  @Option(name: .long, help: ArgumentHelp("run: recipient of the mail.", valueName: "address"))
  var to: String?

  @Option(name: .long, help: ArgumentHelp("Output of list (text, json) and run.", valueName: "format"))
  var format: Format = .text

  @OptionGroup var addresses: AddressOptions
  @OptionGroup var color: ColorOptions

  func validate() throws {
    try QueryWords.check(words)
  }

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    do {
      switch action {
      case .add: try add(context)
      case .list: try list(context)
      case .remove: try remove(context)
      case .run: try report(context)
      }
    } catch let error as GriotError {
      throw context.failure(error)
    }
  }

  private func add(_ context: CommandContext) throws {
    guard let name = words.first else { throw CommandFailure(.usage, "what shall the watch be called?") }
    let arguments = SearchArguments(
      query: Array(words.dropFirst()), kinds: filters.kind, sources: filters.source, languages: filters.lang,
      authors: filters.author, speakers: filters.speaker, persons: filters.person, after: filters.after,
      before: filters.before)
    let query = QueryWords.joined(arguments.query)
    guard query.contains(where: { !$0.isWhitespace }) || arguments.hasFilter else {
      throw CommandFailure(.usage, "what shall “\(name)” watch? Give words, or a filter such as --author")
    }
    let request = arguments.request(query, limit: limit)
    _ = try Watches.add(name, request, memory: context.location.path, fromStart: fromStart)
    let out = OutputBuffer.standardOutput()
    out.line(Neutralize.line("Watching “\(name)”: \(WatchText.describe(request))"))
    try out.finish()
  }

  private func remove(_ context: CommandContext) throws {
    guard words.count == 1 else { throw CommandFailure(.usage, "which watch shall be removed? Give its name") }
    try Watches.remove(words[0], memory: context.location.path)
  }

  private func list(_ context: CommandContext) throws {
    let watches = try Watches.list(try context.open())
    let out = OutputBuffer.standardOutput()
    switch format {
    case .json:
      JSONWriter.line(out) { json in
        json.field("version", 1)
        json.array("watches") { array in
          for watch in watches {
            array.object {
              $0.field("name", watch.name)
              $0.field("query", watch.request.query)
              $0.field("filters", WatchText.filters(watch.request))
              $0.field("lastRun", watch.lastRun.map { DocumentDate(seconds: $0).iso8601 })
            }
          }
        }
      }
    case .text:
      let terminal = TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color))
      if watches.isEmpty {
        terminal.line("Nothing is watched. Add one with: griot watch add NAME QUERY", .detail)
      } else {
        var table = TextTable(alignments: [.left, .left, .left])
        table.append(["name", "last run", "what"])
        for watch in watches {
          let last = watch.lastRun.map { String(DocumentDate(seconds: $0).iso8601.prefix(16)) } ?? "never"
          table.append([watch.name, last, WatchText.describe(watch.request)])
        }
        table.write(to: terminal)
      }
    default: throw CommandFailure(.usage, "a list of watches is text or json")
    }
    try out.finish()
  }

  private func report(_ context: CommandContext) throws {
    guard limit > 0 else { throw CommandFailure(.usage, "--limit is a whole number above 0, not \(limit)") }
    if let to, to.contains(where: { $0.isNewline }) { throw CommandFailure(.usage, "--to is one line") }
    let memory = try context.open()
    let report = try SearchService(memory).runWatches(words.isEmpty ? nil : words, limit: limit)
    for result in report.results {
      if let problem = result.problem { Notes.print(["watch “\(result.watch.name)” was not run: \(problem)"]) }
    }
    let now = Int64(time(nil))
    let out = OutputBuffer.standardOutput()
    switch format {
    case .text:
      WatchView(TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color)), limit: limit).write(report)
    case .json: WatchJSON.write(report, to: out, addresses: addresses.addresses)
    case .markdown: out.write(WatchText.markdown(report))
    case .mail: out.write(WatchMail.message(report, to: to, time: now))
    case .atom: out.write(WatchFeed.atom(report, memory: context.location.path, time: now))
    }
    try out.finish()
    // Only what has gone out is noted; what found nothing needs no lock either.
    if !peek, !out.isClosed { try advance(report, context, now) }
    if report.total == 0 { throw SilentExit(status: .noMatch) }
  }

  private func advance(_ report: WatchReport, _ context: CommandContext, _ now: Int64) throws {
    guard report.results.contains(where: { $0.watch.next < report.next || $0.watch.lastRun == nil }) else { return }
    do throws(GriotError) {
      try Watches.advance(report, memory: context.location.path, time: now)
    } catch {
      var failure = context.failure(error)
      failure.message = "reported, but not noted, so that it will be reported again: " + failure.message
      throw failure
    }
  }
}
