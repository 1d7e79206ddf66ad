import ArgumentParser
import Glibc
import Griot

/// `griot remove`.
struct RemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a source or a document out of the memory.",
    discussion: """
      The originals stay untouched. A removed document is no longer found, but its bytes stay in the files of the \
      memory until the next merge; --purge rewrites them at once, so that nothing of it is left.
      """)

  @Argument(
    help: ArgumentHelp("Name of a source, or a document's id.", valueName: "source|id"),
    completion: .custom { line, _, _ in Completion.sources(line) })
  var target: String

  @Flag(name: .long, help: "Really forget: rewrite the files that held it.")
  var purge = false

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions

  func run() throws {
    guard !target.isEmpty else { throw CommandFailure(.usage, "the name of what to remove is empty") }
    let context = try CommandContext(memory: memory.memory)
    let removal: Maintenance.Removal
    do {
      removal = try Maintenance.remove(target, memory: context.location.path, purge: purge)
    } catch {
      var failure = context.failure(error)
      if purge, error.kind == .notFound { failure.message += "; what was removed before is forgotten by: griot merge" }
      throw failure
    }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json:
      JSONWriter.line(out) {
        $0.field("version", 1)
        $0.field("documents", removal.documents)
        $0.field("sources", removal.sources)
      }
    case .text:
      let sources = removal.sources.isEmpty ? "" : ", source " + removal.sources.joined(separator: ", ")
      out.line(Neutralize.line("Removed \(NumberFormat.count(removal.documents, "document"))\(sources)"))
    }
    try out.finish()
  }
}
