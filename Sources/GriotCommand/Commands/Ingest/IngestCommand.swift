import ArgumentParser
internal import CProcess
import Glibc
import Griot

/// `griot ingest`.
struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Take files, folders, mailboxes and dumps into the memory.",
    discussion: """
      Formats are recognised by content first, name second; 'griot help formats' lists them. A second run touches \
      only what changed. What is not readable is in the account at the end, with the reason. An ingest that was \
      interrupted goes on where it stopped when the same command is given again.

      Exit status: 0 if all went well, 5 if some records or files failed, 4 if another process writes to the memory.
      """)

  @Argument(help: ArgumentHelp("Files and folders; - reads standard input.", valueName: "path"), completion: .file())
  var paths: [String]

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup(title: "Reading") var reading: ReadingOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The source that all paths belong to. Default: each path is one, named after its last part.",
      valueName: "name"), completion: .custom { line, _, _ in Completion.sources(line) })
  var source: String?

  @Flag(name: .long, help: "Remove documents whose files are gone; without it they are only reported.")
  var prune = false

  @Flag(name: .long, help: "Tell what would be done, and change nothing.")
  var dryRun = false

  @Flag(
    name: .long,
    help: ArgumentHelp(
      "Stay, and take in what changes as it changes; stop with Ctrl-C. Accounts follow for runs that changed something, "
        + "with --format json one object a line."))
  var watch = false

  @Option(
    name: .long,
    help: ArgumentHelp("Bound for the memory that the writer uses, such as 256MB.", valueName: "size"))
  var buffer: ByteSize?

  @Option(
    name: .long,
    help: ArgumentHelp("Progress on standard error; auto: a bar on a terminal.", valueName: "how"))
  var progress: ProgressChoice = .auto

  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    cprocess_return_heap()
    let context = try CommandContext(memory: memory.memory)
    try ReadingOptions.checkPaths(self.paths)
    let (paths, input) = try StandardInput.resolve(self.paths, environment: context.environment)
    defer { input?.remove() }
    var options = try reading.options(paths: paths, context)
    if let source {
      guard !source.isEmpty else { throw CommandFailure(.usage, "--source needs a name") }
      options.sourceName = source
    }
    options.prune = prune
    options.dryRun = dryRun
    options.bufferBytes = buffer?.bytes ?? context.configuration.buffer ?? options.bufferBytes

    guard watch else {
      let account = try ingest(options, context, input)
      try write(account, context)
      if !account.failed.isEmpty { throw SilentExit(status: .ingestFailures) }
      return
    }
    guard input == nil, !dryRun else {
      throw CommandFailure(
        .usage, "--watch needs files and folders, and changes the memory: leave out \(input == nil ? "--dry-run" : "-")"
      )
    }
    try IngestWatch(paths: paths, memory: context.location.path).run { () throws in
      try ingest(options, context, nil)
    } show: { account in
      try write(account, context)
    }
  }

  private func ingest(
    _ options: IngestOptions, _ context: CommandContext, _ input: StandardInput?
  ) throws -> IngestAccount {
    let standardError = context.terminal(STDERR_FILENO, color: color.color)
    let reporter = progress.reporter(standardError)
    var account: IngestAccount
    do throws(GriotError) {
      defer { reporter.end() }
      account = try Ingester(memory: context.location.path, options: options)
        .run(cancellation: Interrupt.catch(), onEvent: { reporter.handle($0) })
    } catch {
      throw context.failure(error)
    }
    input?.restore(&account.skipped)
    input?.restore(&account.failed)
    return account
  }

  private func write(_ account: IngestAccount, _ context: CommandContext) throws {
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json: IngestJSON.write(account, to: out)
    case .text:
      let terminal = TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color))
      IngestView(terminal, memory: context.location.path, isDryRun: dryRun).write(account)
    }
    try out.finish()
  }
}

/// How files are read: shared by `ingest` and `extract`.
struct ReadingOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Kind of the documents, overriding what the reader would say.", valueName: "kind"),
    completion: .custom { line, _, _ in Completion.kinds(line) })
  var kind: String?

  @Option(name: .long, help: ArgumentHelp("Language of the documents, as a BCP 47 code such as de.", valueName: "code"))
  var lang: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Leave out paths that match, as in a .gitignore; may be given several times. A .griotignore in a folder does "
        + "the same.", valueName: "glob"))
  var exclude: [String] = []

  @Option(name: .long, help: ArgumentHelp("Reader processes. Default: one for each core.", valueName: "n"))
  var workers: Int?

  static func checkPaths(_ paths: [String]) throws(CommandFailure) {
    var seen = Set<String>()
    for path in paths {
      guard !path.isEmpty else { throw CommandFailure(.usage, "a path is empty") }
      guard seen.insert(path).inserted else { throw CommandFailure(.usage, "\(path) is given twice") }
    }
  }

  func options(paths: [String], _ context: CommandContext) throws(CommandFailure) -> IngestOptions {
    let reader: String
    do {
      reader = try ReaderExecutable.locate(override: context.environment.nonEmpty("GRIOT_READER"))
    } catch {
      throw CommandFailure(error)
    }
    var options = IngestOptions(paths: paths, reader: reader)
    if let kind {
      guard !kind.isEmpty, !kind.contains(where: \.isWhitespace) else {
        throw CommandFailure(.usage, "--kind is one word such as newsletter, not '\(kind)'")
      }
    }
    options.kind = kind
    options.language = lang
    options.excludes = exclude
    options.workers = workers ?? context.configuration.workers
    if let workers, workers < 1 {
      throw CommandFailure(.usage, "--workers is a whole number above 0, not \(workers)")
    }
    return options
  }
}

/// `--buffer 256MB`.
struct ByteSize: ExpressibleByArgument {
  var bytes: Int
  init?(argument: String) {
    guard let bytes = NumberFormat.parseBytes(argument), bytes > 0 else { return nil }
    self.bytes = bytes
  }
}
