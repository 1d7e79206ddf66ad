import ArgumentParser

/// The engine alone, for measuring: one passage a document, no snippets, no side files.
@main
struct GriotBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "griot-bench", abstract: "Drives Griot's engine for benchmarks.",
    subcommands: [IndexCommand.self, QueryCommand.self, StagesCommand.self, MicroCommand.self])
}

struct BenchError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
