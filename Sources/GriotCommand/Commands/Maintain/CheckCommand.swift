import ArgumentParser
import Glibc
import Griot

/// `griot check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read every byte of the memory and tell whether it is sound.",
    discussion: "Exit status: 0 if all is well, 6 if something is damaged; each line names file, offset and damage.")

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    let report: CheckReport
    do { report = try context.open(pinned: true).check() } catch let error as GriotError {
      throw context.failure(error)
    }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json:
      JSONWriter.line(out) {
        $0.field("version", 1)
        $0.field("documents", report.documents)
        $0.field("files", report.files)
        $0.field("bytes", report.bytes)
        $0.field("problems", report.problems)
      }
    case .text:
      for problem in report.problems { out.line(Neutralize.line(problem)) }
      // Of the sources: the memory's own files are others.
      let files = NumberFormat.count(report.files, "file")
      let read =
        "\(NumberFormat.count(report.documents, "document")) from \(files), \(NumberFormat.bytes(report.bytes)) of text"
      out.line(
        "\(read): \(report.problems.isEmpty ? "sound" : NumberFormat.count(report.problems.count, "problem"))")
    }
    try out.finish()
    if !report.problems.isEmpty { throw SilentExit(status: .corrupt) }
  }
}
