import ArgumentParser
import Documents
import Glibc
import Griot

/// `griot status`.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Tell what the memory holds and whether it needs attention.")

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    let status: Status
    do { status = try context.open().status() } catch let error as GriotError { throw context.failure(error) }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json: Self.json(status, to: out)
    case .text: Self.text(status, TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color)))
    }
    try out.finish()
  }

  static func json(_ status: Status, to out: OutputBuffer) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.field("path", status.path)
      json.field("documents", status.documents)
      json.field("passages", status.passages)
      json.field("segments", status.segments)
      json.field("bytes", status.bytes)
      json.field("sources", status.sources)
      json.array("languages") { array in
        for language in status.languages {
          array.object {
            $0.field("code", language.code)
            $0.field("documents", language.documents)
          }
        }
      }
      json.field("lastIngest", status.lastIngest.map { DocumentDate(seconds: $0).iso8601 })
      json.field("warnings", status.warnings)
    }
  }

  static func text(_ status: Status, _ terminal: TerminalWriter) {
    func fact(_ name: String, _ value: String) {
      terminal.write(name + String(repeating: " ", count: 13 - name.utf8.count), .detail)
      terminal.line(value)
    }
    fact("memory", status.path)
    fact("documents", NumberFormat.grouped(status.documents))
    fact("passages", NumberFormat.grouped(status.passages))
    fact("sources", NumberFormat.grouped(status.sources))
    let languages = status.languages.map { "\($0.code) \(NumberFormat.grouped($0.documents))" }
    if !languages.isEmpty { fact("languages", languages.joined(separator: ", ")) }
    fact("size", "\(NumberFormat.bytes(status.bytes)) in \(NumberFormat.count(status.segments, "segment"))")
    fact("last ingest", status.lastIngest.map { DocumentDate(seconds: $0).iso8601 } ?? "never")
    for warning in status.warnings { terminal.line("warning: " + warning, .warning) }
  }
}
