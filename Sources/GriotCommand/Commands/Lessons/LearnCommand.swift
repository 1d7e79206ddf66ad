import ArgumentParser
import Glibc
import Griot

/// `griot learn`.
struct LearnCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Record a lesson: a Markdown file in a folder of yours, searchable at once.",
    discussion: """
      The text comes from the arguments, from standard input (griot learn -, or a pipe), or from an editor ($VISUAL, \
      $EDITOR) that opens on a short template.

      The folder is --folder, else 'lessons' in the file of defaults, else the folder that lessons were recorded in \
      before. It is yours: back it up, keep it under version control, edit the files; 'griot ingest' of it takes in \
      what changed.

      Exit status: 1 if the editor was left without a text, 4 if another process writes to the memory (the file is \
      kept).
      """)

  @Argument(help: ArgumentHelp("The lesson. Several arguments are one text.", valueName: "text"))
  var text: [String] = []

  @Option(name: .long, help: ArgumentHelp("Title. Default: the first sentence.", valueName: "title"))
  var title: String?

  @Option(name: .long, help: ArgumentHelp("worked, failed, cause or recommendation.", valueName: "type"))
  var type: LessonTypeChoice?

  @Option(
    name: .long,
    help: ArgumentHelp("Who learned it. Default: 'author' in the file of defaults, else $USER.", valueName: "name"))
  var author: String?

  @Option(name: .long, help: ArgumentHelp("Day, as 2024-05-17. Default: today.", valueName: "date"))
  var date: String?

  @Option(name: .long, help: ArgumentHelp("A tag; may be given several times.", valueName: "tag"))
  var tag: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Folder for the file; made if missing.", valueName: "dir"), completion: .directory)
  var folder: String?

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    let folder = try LessonFolder.find(option: self.folder, context)
    if let date, !LessonFolder.isDay(date) {
      throw CommandFailure(.usage, "--date is a day such as 2024-05-17, not '\(date)'")
    }
    // Before anybody has typed a word: a reader that is missing would be told afterwards.
    let reader: String
    do { reader = try ReaderExecutable.locate(override: context.environment.nonEmpty("GRIOT_READER")) } catch {
      throw CommandFailure(error)
    }
    guard let note = try note(context) else {
      Main.complain("nothing was written, nothing is recorded")
      throw SilentExit(status: .noMatch)
    }
    let path = try LessonFolder.write(note, to: folder)
    var options = IngestOptions(paths: [folder], reader: reader)
    options.workers = 1
    let account: IngestAccount
    do throws(GriotError) {
      account = try Ingester(memory: context.location.path, options: options).run()
    } catch {
      var failure = context.failure(error)
      failure.message = "the lesson is kept in \(path), but not searchable yet: " + failure.message
      throw failure
    }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json:
      JSONWriter.line(out) { json in
        json.field("version", 1)
        json.field("path", path)
        json.field("title", note.title)
        json.field("author", note.author)
        json.field("date", note.date)
        json.field("type", note.type?.name)
        json.field("added", account.added)
        json.field("documents", account.documents)
      }
    case .text:
      let terminal = TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color))
      terminal.line("Recorded “\(note.title)” in \(path)")
    }
    try out.finish()
    if !account.failed.isEmpty { throw SilentExit(status: .ingestFailures) }
  }

  private func note(_ context: CommandContext) throws -> LessonNote? {
    let author = author ?? context.configuration.author ?? context.environment.nonEmpty("USER")
    let date = date ?? LessonFolder.today()
    var text = text.joined(separator: " ")
    if self.text == ["-"] || (self.text.isEmpty && isatty(STDIN_FILENO) == 0) {
      text = ""
      try TextLines(path: "-").forEach { line in
        text += line + "\n"
        return true
      }
      guard text.contains(where: { !$0.isWhitespace }) else {
        throw CommandFailure(.usage, "standard input is empty: what was learned?")
      }
    } else if self.text.isEmpty {
      let edited = try Editor.edit(LessonNote.template, context.environment)
      guard var note = LessonNote(edited: edited, author: author, date: date, type: type?.type, tags: tag) else {
        return nil
      }
      if let title { note.title = title }
      return note
    }
    guard text.contains(where: { !$0.isWhitespace }) else { throw CommandFailure(.usage, "the lesson is empty") }
    return LessonNote(text: text, title: title, author: author, date: date, type: type?.type, tags: tag)
  }
}
