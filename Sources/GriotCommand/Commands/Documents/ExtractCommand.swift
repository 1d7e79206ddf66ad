import ArgumentParser
import Griot

/// `griot extract`.
struct ExtractCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Print what the readers see in files: one JSON line per document; nothing is indexed.",
    discussion: """
      What gives no document is named on standard error with the reason.

      Exit status: 0 if all went well, 5 if some records or files failed.
      """)

  @Argument(help: ArgumentHelp("Files and folders; - reads standard input.", valueName: "file"), completion: .file())
  var files: [String]

  // Takes no part in extracting; there so that --memory may stand on every command.
  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup(title: "Reading") var reading: ReadingOptions
  @OptionGroup var addresses: AddressOptions

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    try ReadingOptions.checkPaths(files)
    let (paths, input) = try StandardInput.resolve(files, environment: context.environment)
    defer { input?.remove() }
    let extractor = Extractor(options: try reading.options(paths: paths, context))
    let out = OutputBuffer.standardOutput()
    let cancellation = Interrupt.catch()
    var result: Extractor.Result
    do throws(GriotError) {
      result = try extractor.run(cancellation: cancellation) { view in
        DocumentJSON.extractLine(view, addresses: addresses.addresses, to: out)
        if out.isClosed { cancellation.cancel() }
      }
    } catch {
      try out.finish()
      // Whoever read the output had enough of it.
      if out.isClosed, error.kind == .cancelled { return }
      throw context.failure(error)
    }
    try out.finish()
    input?.restore(&result.skipped)
    input?.restore(&result.failed)
    let err = OutputBuffer.standardError()
    for problem in result.skipped { err.line(Neutralize.line("griot: skipped \(problem.path): \(problem.reason)")) }
    for problem in result.failed { err.line(Neutralize.line("griot: failed \(problem.path): \(problem.reason)")) }
    err.flush()
    if !result.failed.isEmpty { throw SilentExit(status: .ingestFailures) }
  }
}
