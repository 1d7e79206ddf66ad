import ArgumentParser
import Glibc
import Griot

/// `griot related`.
struct RelatedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "related",
    abstract: "Find documents about the same things as a document.",
    discussion: "Exit status: 1 if there is no such document, or none like it.")

  @Argument(help: ArgumentHelp("Document: its id, a unique beginning of it, or its id in the source.", valueName: "id"))
  var reference: String

  @Option(name: .long, help: ArgumentHelp("Hits to show. Default: 10, or what fits the terminal.", valueName: "n"))
  var limit: Int?

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var addresses: AddressOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    guard !reference.isEmpty else { throw CommandFailure(.usage, "the reference to a document is empty") }
    if let limit, limit < 1 { throw CommandFailure(.usage, "--limit is a whole number above 0, not \(limit)") }
    let context = try CommandContext(memory: memory.memory)
    let terminal = context.terminal(STDOUT_FILENO, color: color.color)
    let page = limit == nil && format.format == .text ? terminal.rows : nil
    let limit = self.limit ?? page.map { max(3, $0 / 4) } ?? context.configuration.limit ?? 10
    let service = SearchService(try context.open())
    let results: SearchResults
    do {
      results = try service.related(to: DocumentReference(reference).id, limit: limit)
    } catch {
      throw context.failure(error)
    }
    Notes.print(results.notes)
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json: SearchJSON.write(results, to: out, addresses: addresses.addresses)
    case .text:
      let terminal = TerminalWriter(out, terminal)
      var request = SearchRequest(results.query)
      request.limit = limit
      SearchView(terminal, request: request, page: page, canPage: false).write(results)
    }
    try out.finish()
    if results.hits.isEmpty { throw SilentExit(status: .noMatch) }
  }
}
