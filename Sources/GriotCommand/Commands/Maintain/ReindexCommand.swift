import ArgumentParser
import Glibc
import Griot

/// `griot reindex`.
struct ReindexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reindex",
    abstract: "Index the stored documents anew, after an upgrade changed how text is analysed.",
    discussion: "The originals are not needed. 'griot status' tells when it is due.")

  @OptionGroup(title: "Memory") var memory: MemoryOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Progress on standard error; auto: a bar on a terminal.", valueName: "how"))
  var progress: ProgressChoice = .auto

  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    let reporter = progress.reporter(context.terminal(STDERR_FILENO, color: color.color))
    let documents: Int
    do throws(GriotError) {
      defer { reporter.end() }
      documents = try Maintenance.reindex(
        memory: context.location.path, cancellation: Interrupt.catch(), onEvent: { reporter.handle($0) })
    } catch {
      throw context.failure(error)
    }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json:
      JSONWriter.line(out) {
        $0.field("version", 1)
        $0.field("documents", documents)
      }
    case .text: out.line("Reindexed \(NumberFormat.count(documents, "document"))")
    }
    try out.finish()
  }
}
