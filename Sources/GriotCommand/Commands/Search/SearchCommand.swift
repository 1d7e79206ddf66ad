import ArgumentParser

extension SearchArguments.Format: ExpressibleByArgument {}
extension SearchArguments.Syntax: ExpressibleByArgument {}
extension SearchArguments.Rank: ExpressibleByArgument {}
extension SearchArguments.Sort: ExpressibleByArgument {}

/// `griot search`: the declarations. What they mean is in ``SearchArguments``, what happens in ``SearchRun``.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Search the memory; the best passage of each document is shown.",
    discussion: """
      Words, "phrases", +must, -not, AND, OR, NOT and fields such as author: and after: can stand in the query; \
      'griot help query' has the whole language.

      Exit status: 0 if something was found, 1 if nothing matches, 3 if there is no memory.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("What to search for. Several arguments are one query.", valueName: "query"))
  var query: [String] = []

  @OptionGroup(title: "Memory") var memory: MemoryOptions

  @OptionGroup(title: "Which documents") var filters: SearchFilterOptions

  @Option(name: .long, help: ArgumentHelp("Hits to show. Default: 10, or what fits the terminal.", valueName: "n"))
  var limit: Int?

  @Option(name: .long, help: ArgumentHelp("Hits to leave out at the top.", valueName: "n"))
  var offset: Int = 0

  @Option(name: .long, help: ArgumentHelp("Order of the hits.", valueName: "order"))
  var sort: SearchArguments.Sort = .relevance

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Favour recent documents a little; the favour halves with this age: 90d, 6w, 3m, 2y.", valueName: "half-life"))
  var recency: String?

  @Flag(name: .long, help: "Show how the matches spread over kinds, sources, years and people.")
  var facets = false

  @Flag(name: .long, help: "Show near-duplicates and the messages of a conversation one by one.")
  var noFold = false

  @Option(
    name: .long,
    help: ArgumentHelp("Ranking; bm25 is the plain first phase.", valueName: "ranking"))
  var rank: SearchArguments.Rank = .default

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Output: text for people, the others for programs ('griot help formats').", valueName: "format"))
  var format: SearchArguments.Format = .text

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Answer every line 'id TAB query' of a file (- for standard input); with --format trec, tsv or jsonl.",
      valueName: "file"), completion: .file())
  var batch: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How queries are read: with operators, or as words only. Default: full, in a batch free.",
      valueName: "syntax"))
  var syntax: SearchArguments.Syntax?

  @Flag(name: .long, help: "Show where each score comes from: a tree of numbers that sum up to it.")
  var explain = false

  @Flag(
    name: .long,
    help: "Search for nothing but what was typed: no acronyms' long forms, no other names of the glossary.")
  var noExpand = false

  @OptionGroup var addresses: AddressOptions
  @OptionGroup var color: ColorOptions

  /// The declarations' values as plain data.
  var arguments: SearchArguments {
    SearchArguments(
      query: query, memory: memory.memory, format: format, color: color.color, limit: limit, offset: offset,
      rank: rank, sort: sort, syntax: syntax, kinds: filters.kind, sources: filters.source, languages: filters.lang,
      authors: filters.author, speakers: filters.speaker, persons: filters.person, after: filters.after,
      before: filters.before, batch: batch, addresses: addresses.addresses, recency: recency, facets: facets,
      noFold: noFold, explain: explain, noExpand: noExpand)
  }

  func validate() throws { try QueryWords.check(query, options: SearchArguments.optionNames) }

  func run() throws { try SearchRun(arguments).run() }
}

/// Filters act on documents. An option given several times means any of its values; different options all must hold.
struct SearchFilterOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Kind: newsletter, wiki, transcript, message, lesson, document, ….", valueName: "kind"),
    completion: .custom { line, _, _ in Completion.kinds(line) })
  var kind: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Name of a source, as 'griot sources' lists it.", valueName: "source"),
    completion: .custom { line, _, _ in Completion.sources(line) })
  var source: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Written by: words of a name.", valueName: "name"),
    completion: .custom { line, _, word in Completion.people(line, word) })
  var author: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Spoken by: words of a name.", valueName: "name"),
    completion: .custom { line, _, word in Completion.people(line, word) })
  var speaker: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("With this person in any role.", valueName: "name"),
    completion: .custom { line, _, word in Completion.people(line, word) })
  var person: [String] = []

  @Option(name: .long, help: ArgumentHelp("Language, as a BCP 47 code such as de.", valueName: "code"))
  var lang: [String] = []

  @Option(name: .long, help: ArgumentHelp("From this date on: 2024, 2024-05 or 2024-05-17.", valueName: "date"))
  var after: String?

  @Option(name: .long, help: ArgumentHelp("Before this date.", valueName: "date"))
  var before: String?
}
