import ArgumentParser
import Documents
import Glibc
import Griot

/// `griot sources`.
struct SourcesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources", abstract: "List what was ingested: one line per source.")

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    let sources: [SourceSummary]
    do { sources = try context.open().sources() } catch let error as GriotError { throw context.failure(error) }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json: Self.json(sources, to: out)
    case .text: Self.text(sources, TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color)))
    }
    try out.finish()
  }

  static func json(_ sources: [SourceSummary], to out: OutputBuffer) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.array("sources") { array in
        for source in sources {
          array.object { element in
            element.field("name", source.name)
            element.field("path", source.path)
            element.field("files", source.files)
            element.field("documents", source.documents)
            element.field("language", source.language)
            element.field("firstDate", source.firstDate?.iso8601)
            element.field("lastDate", source.lastDate?.iso8601)
            element.field("lastIngest", source.lastIngest.map { DocumentDate(seconds: $0).iso8601 })
            element.array("kinds") { kinds in
              for kind in source.kinds {
                kinds.object {
                  $0.field("value", kind.value)
                  $0.field("count", kind.count)
                }
              }
            }
          }
        }
      }
    }
  }

  static func text(_ sources: [SourceSummary], _ terminal: TerminalWriter) {
    guard !sources.isEmpty else {
      terminal.line("Nothing was ingested yet.", .detail)
      return
    }
    var table = TextTable(alignments: [.left, .right, .right, .left, .left, .left])
    table.append(["source", "files", "documents", "dates", "kinds", "path"])
    for source in sources {
      table.append([
        source.name, NumberFormat.grouped(source.files), NumberFormat.grouped(source.documents), dates(source),
        source.kinds.prefix(2).map(\.value).joined(separator: ", "), source.path,
      ])
    }
    table.write(to: terminal)
  }

  /// `2019–2024`, `2024-05`, or nothing.
  private static func dates(_ source: SourceSummary) -> String {
    guard let first = source.firstDate, let last = source.lastDate else { return "" }
    return first.year == last.year ? String(first.year) : "\(first.year)–\(last.year)"
  }
}
