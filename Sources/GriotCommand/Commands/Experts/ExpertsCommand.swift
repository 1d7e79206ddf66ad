import ArgumentParser
import Glibc
import Griot

/// `griot experts`.
struct ExpertsCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, tsv }

  static let configuration = CommandConfiguration(
    commandName: "experts",
    abstract: "Find the people who can help with a topic, with the evidence.",
    discussion: """
      People are ranked by the documents that they wrote, spoke in or edited: how well these answer the query, how \
      many there are, and how much else the same person wrote. It is activity in the archive, not competence. On the \
      screen nobody is named who holds less than a twentieth of what the memory has on the topic.

      Exit status: 0 if somebody was found, 1 if nobody, 3 if there is no memory.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("The topic, in words or in the query language.", valueName: "query"))
  var query: [String] = []

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup(title: "Which documents") var filters: SearchFilterOptions

  @Option(name: .long, help: ArgumentHelp("People to show. Default: 10; in a batch 1000.", valueName: "n"))
  var limit: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Let a document's weight halve in this time: 90d, 6w, 3m, 2y. Default: age does not count.",
      valueName: "half-life"))
  var recency: String?

  @Flag(name: .long, help: "Show the numbers behind each score, and who works with whom.")
  var explain = false

  @Option(name: .long, help: ArgumentHelp("Output: text for people, json and tsv for programs.", valueName: "format"))
  var format: Format = .text

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Answer every line 'id TAB topic' of a file (- for standard input); with --format tsv.", valueName: "file"),
    completion: .file())
  var batch: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How queries are read: with operators, or as words only. Default: full, in a batch free.",
      valueName: "syntax"))
  var syntax: SearchArguments.Syntax?

  @Option(
    name: .long,
    help: ArgumentHelp("Leave an ingredient of the model out, to measure what it is worth.", visibility: .hidden))
  var without: [ExpertAblation] = []

  @OptionGroup var addresses: AddressOptions
  @OptionGroup var color: ColorOptions

  func validate() throws {
    try QueryWords.check(query)
    if let limit, limit < 1 { throw ValidationError("--limit is a whole number above 0, not \(limit)") }
    if let recency, HalfLife.seconds(recency) == nil {
      throw ValidationError("--recency is a half-life such as 90d, 6w, 3m or 2y, not \(recency)")
    }
    if let batch {
      guard !batch.isEmpty else { throw ValidationError("--batch needs the path of a file, or - for standard input") }
      guard query.isEmpty else { throw ValidationError("a query and --batch exclude each other") }
      guard format == .tsv else { throw ValidationError("--batch answers many queries: choose --format tsv") }
    } else if query.allSatisfy({ $0.allSatisfy(\.isWhitespace) }), !request("").search.hasFilter {
      throw ValidationError("on what topic? Give words, or --batch FILE")
    }
  }

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    if let batch { return try ExpertsBatch(self, context).run(BatchQueries(path: batch)) }
    let terminal = context.terminal(STDOUT_FILENO, color: color.color)
    let results: ExpertResults
    do {
      results = try ExpertFinder(SearchService(context.open())).experts(request(QueryWords.joined(query)))
    } catch let error as GriotError {
      throw context.failure(error)
    }
    Notes.print(results.notes)
    let out = OutputBuffer.standardOutput()
    switch format {
    case .json: ExpertsJSON.write(results, to: out, addresses: addresses.addresses, explain: explain)
    case .tsv: ExpertsBatch.write(results, qid: nil, to: out, addresses: addresses.addresses)
    case .text:
      ExpertsView(TerminalWriter(out, terminal), addresses: addresses.addresses, explain: explain).write(results)
    }
    try out.finish()
    if results.experts.isEmpty { throw SilentExit(status: .noMatch) }
  }

  func request(_ query: String) -> ExpertRequest {
    var arguments = SearchArguments()
    arguments.kinds = filters.kind
    arguments.sources = filters.source
    arguments.languages = filters.lang
    arguments.authors = filters.author
    arguments.speakers = filters.speaker
    arguments.persons = filters.person
    arguments.after = filters.after
    arguments.before = filters.before
    arguments.syntax = syntax
    arguments.batch = batch
    var request = ExpertRequest(query)
    request.search = arguments.request(query, limit: 1)
    request.search.facets = false
    request.limit = limit ?? (batch == nil ? 10 : 1000)
    request.halfLife = recency.flatMap(HalfLife.seconds).map { Double($0) / 86_400 }
    for ablation in without { ablation.apply(&request.model) }
    return request
  }
}

/// `--without`: the ingredients that Benchmarks/experts leaves out one by one.
enum ExpertAblation: String, CaseIterable, ExpressibleByArgument {
  case all, decay, titles, years, volume, roles, speakers, mentions, proximity

  func apply(_ model: inout ExpertModel) {
    switch self {
    case .all: model = .plainVotes
    case .decay: model.levelVotes()
    case .titles: model.titles = 0
    case .years: model.sustained = 1
    case .volume: model.exponent = 0
    case .roles: model.usesRoles = false
    case .speakers: model.elsewhere = 1
    case .mentions: model.mentions = 0
    case .proximity: model.mentionReach = 0
    }
  }
}
