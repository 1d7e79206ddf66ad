import ArgumentParser
import Griot

/// `griot merge`.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Merge the segments of the memory into as few as there can be.",
    discussion:
      "An ingest merges by itself; this makes searches a little faster and gives back the space of what was removed.")

  @OptionGroup(title: "Memory") var memory: MemoryOptions

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    do { try Maintenance.merge(memory: context.location.path) } catch { throw context.failure(error) }
  }
}
