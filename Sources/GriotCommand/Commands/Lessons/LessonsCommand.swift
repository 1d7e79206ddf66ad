import ArgumentParser
import Glibc
import Griot

/// `griot lessons`.
struct LessonsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lessons",
    abstract: "Find what was learned: lessons, causes, recommendations, from post-mortems to talks.",
    discussion: """
      Lessons are verbatim. Their type (worked, failed, cause, recommendation), how sure it is that they are lessons, \
      and the rule that found them come with each. Near-identical ones are one hit that says how often it was \
      learned. Without words, everything that was learned is listed.

      --judge FILE needs no memory: it tells for each line of a file how much it looks like a lesson, and why.

      Exit status: 0 if something was found, 1 if nothing matches, 3 if there is no memory.
      """)

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("What the lessons are about; the language of 'griot search'.", valueName: "query"))
  var query: [String] = []

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup(title: "Which documents") var filters: SearchFilterOptions

  @Option(
    name: .long,
    help: ArgumentHelp("worked, failed, cause or recommendation; may be given several times.", valueName: "type"))
  var type: [LessonTypeChoice] = []

  @Option(
    name: .long,
    help: ArgumentHelp("Leave out what is less surely a lesson, 0 to 1.", valueName: "confidence"))
  var minConfidence: Double = 0.5

  @Option(name: .long, help: ArgumentHelp("Lessons to show. Default: 10, or what fits the terminal.", valueName: "n"))
  var limit: Int?

  @Option(name: .long, help: ArgumentHelp("Lessons to leave out at the top.", valueName: "n"))
  var offset: Int = 0

  @Option(name: .long, help: ArgumentHelp("Order of the lessons.", valueName: "order"))
  var sort: SearchArguments.Sort = .relevance

  @Flag(name: .long, help: "Show near-identical lessons one by one.")
  var noFold = false

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

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Judge every line of a file (- for standard input) as a sentence; with --format tsv or jsonl.",
      valueName: "file"), completion: .file())
  var judge: String?

  @OptionGroup var addresses: AddressOptions
  @OptionGroup var color: ColorOptions

  var arguments: SearchArguments {
    SearchArguments(
      query: query, memory: memory.memory, format: format, color: color.color, limit: limit, offset: offset,
      sort: sort, syntax: syntax, kinds: filters.kind, sources: filters.source, languages: filters.lang,
      authors: filters.author, speakers: filters.speaker, persons: filters.person, after: filters.after,
      before: filters.before, batch: batch, addresses: addresses.addresses)
  }

  func validate() throws {
    try QueryWords.check(query)
  }

  func run() throws {
    if let judge {
      try LessonJudging(language: filters.lang.first, format: format).run(judge)
      return
    }
    guard minConfidence >= 0, minConfidence <= 1 else {
      throw CommandFailure(.usage, "--min-confidence is a number from 0 to 1, not \(minConfidence)")
    }
    var arguments = arguments
    // No words are a question too: everything that was learned.
    if arguments.query.isEmpty, batch == nil { arguments.query = [""] }
    try arguments.validate()
    let context = try CommandContext(memory: arguments.memory)
    let run = LessonsRun(
      arguments: arguments, types: type.map(\.type), minimumConfidence: Float(minConfidence), folds: !noFold,
      context: context)
    if let batch { try run.batch(try BatchQueries(path: batch)) } else { try run.single() }
  }
}

/// `--type`.
struct LessonTypeChoice: ExpressibleByArgument {
  var type: LessonType

  init?(argument: String) {
    guard let type = LessonType(name: argument) else { return nil }
    self.type = type
  }

  static var allValueStrings: [String] { LessonType.allCases.map(\.name) }
}
