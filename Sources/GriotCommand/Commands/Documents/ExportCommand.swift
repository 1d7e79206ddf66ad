import ArgumentParser
import Griot

/// `griot export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print every document of the memory as JSON Lines, in the order in which they came in.",
    discussion: "The lines are those of 'griot extract'.")

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var addresses: AddressOptions

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    let memory = try context.open(pinned: true)
    let out = OutputBuffer.standardOutput()
    do throws(GriotError) {
      try memory.forEachDocument { view throws(GriotError) in
        DocumentJSON.extractLine(view, addresses: addresses.addresses, to: out)
        if out.isClosed { throw GriotError(.cancelled, "nobody reads the output") }
      }
    } catch {
      try out.finish()
      if out.isClosed, error.kind == .cancelled { return }
      throw context.failure(error)
    }
    try out.finish()
  }
}
