import ArgumentParser
import Glibc
import Griot

/// `griot doctor`.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "List what looks wrong in what was taken in.",
    discussion: """
      Replacement characters, documents without date, author, title or text, mailboxes whose boundaries are doubtful, \
      records in quarantine, originals that are gone, leftovers of a killed writer. 'griot check' tells whether the \
      memory itself is sound; doctor tells what became of the documents.

      Exit status: 0, whatever was found; 6 if a part of the memory is damaged.
      """)

  @Option(name: .long, help: ArgumentHelp("Things to list of each kind; 0 lists all.", valueName: "n"))
  var limit: Int = 10

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    guard limit >= 0 else { throw CommandFailure(.usage, "--limit is a whole number from 0, not \(limit)") }
    let context = try CommandContext(memory: memory.memory)
    let report: DoctorReport
    do {
      report = try context.open(pinned: true).examine(limit: limit == 0 ? .max : limit)
    } catch let error as GriotError {
      throw context.failure(error)
    }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json: Self.json(report, to: out)
    case .text: Self.text(report, TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color)))
    }
    try out.finish()
    if !report.isSound { throw SilentExit(status: .corrupt) }
  }

  static func json(_ report: DoctorReport, to out: OutputBuffer) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.field("documents", report.documents)
      json.array("findings") { findings in
        for finding in report.findings {
          findings.object { object in
            object.field("kind", finding.kind.rawValue)
            object.field("count", finding.count)
            object.field("advice", finding.kind.advice)
            object.array("items") { items in
              for item in finding.items {
                items.object {
                  $0.field("id", item.id)
                  $0.field("title", item.title)
                  $0.field("location", item.location)
                  $0.field("detail", item.detail)
                }
              }
            }
          }
        }
      }
    }
  }

  static func text(_ report: DoctorReport, _ terminal: TerminalWriter) {
    for finding in report.findings {
      terminal.write("\(finding.kind.rawValue): \(NumberFormat.grouped(finding.count))", .title)
      terminal.line(" (\(finding.kind.advice))", .detail)
      for item in finding.items {
        var parts = [item.id.map { String($0.prefix(8)) }, item.title, item.location, item.detail].compactMap { $0 }
        parts.removeAll { $0.isEmpty }
        terminal.line("  " + parts.joined(separator: "  "))
      }
      if finding.count > finding.items.count, finding.kind != .removed {
        terminal.line("  and \(NumberFormat.grouped(finding.count - finding.items.count)) more", .detail)
      }
    }
    let looked = "\(NumberFormat.count(report.documents, "document")) looked at"
    terminal.line(report.findings.isEmpty ? "\(looked): nothing looks wrong" : looked, .detail)
  }
}
