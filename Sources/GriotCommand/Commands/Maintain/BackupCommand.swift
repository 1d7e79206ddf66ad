import ArgumentParser
import Glibc
import Griot

/// `griot backup`.
struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the memory as it is now, also while an ingest runs.",
    discussion: """
      The copy is one commit, whole, every page verified on the way. A name that ends in .tar gives one archive, - \
      writes the archive to standard output, anything else is a directory, which is a memory by itself \
      (griot search --memory DIR). Nothing that exists is overwritten.

        griot backup /mnt/usb/memory-2024-05.tar
        griot backup - | zstd | ssh backup 'cat > memory.tar.zst'

      Exit status: 3 if there is no memory, 6 if it is damaged (no copy is left then).
      """)

  @Argument(
    help: ArgumentHelp("A directory that is not there yet, a .tar file, or -.", valueName: "dir|file.tar|-"),
    completion: .file())
  var target: String

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions

  func run() throws {
    let place = try BackupPlace(argument: target, standard: STDOUT_FILENO)
    if case .stream(let descriptor) = place, isatty(descriptor) == 1 {
      throw CommandFailure(.usage, "an archive is nothing for a terminal: name a file, or send it into a pipe")
    }
    let context = try CommandContext(memory: memory.memory)
    let report: BackupReport
    do { report = try Maintenance.backup(memory: context.location.path, to: place) } catch {
      throw context.failure(error)
    }
    // Standard output may be the archive itself.
    var isArchive = false
    if case .stream = place { isArchive = true }
    let out = isArchive ? OutputBuffer.standardError() : OutputBuffer.standardOutput()
    BackupView.write(report, format.format, memory: context.location.path, "Backed up", to: out)
    try out.finish()
  }
}

/// `griot restore`.
struct RestoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make a memory of a backup, and verify it.",
    discussion: """
      Reads what 'griot backup' wrote: a directory, a .tar file, or an archive on standard input (-). Every byte is \
      checked as by 'griot check' before the memory counts. A memory that exists is never overwritten: move it away \
      first, or name another place with --memory.

      Exit status: 2 if there is a memory already or no backup, 6 if the backup is damaged (nothing is left then).
      """)

  @Argument(
    help: ArgumentHelp("What 'griot backup' wrote.", valueName: "dir|file.tar|-"), completion: .file())
  var backup: String

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions

  func run() throws {
    var place = try BackupPlace(argument: backup, standard: STDIN_FILENO)
    // An archive need not be called so.
    if case .directory(let path) = place, access(path, F_OK) == 0, !MemoryLocation.isDirectory(path) {
      place = .archive(path)
    }
    let context = try CommandContext(memory: memory.memory)
    if case .directory(let path) = place, !Memory.exists(at: path) {
      throw CommandFailure(.usage, "there is no backup at \(path)")
    }
    let report: BackupReport
    do { report = try Maintenance.restore(from: place, memory: context.location.path) } catch {
      throw CommandFailure(error)
    }
    let out = OutputBuffer.standardOutput()
    BackupView.write(report, format.format, memory: context.location.path, "Restored", to: out)
    try out.finish()
  }
}

extension BackupPlace {
  /// - Parameter standard: The descriptor that `-` means.
  init(argument: String, standard: Int32) throws(CommandFailure) {
    guard !argument.isEmpty else { throw CommandFailure(.usage, "the name of the backup is empty") }
    if argument == "-" {
      self = .stream(standard)
    } else if argument.hasSuffix(".tar"), !MemoryLocation.isDirectory(argument) {
      self = .archive(argument)
    } else {
      self = .directory(argument)
    }
  }
}

/// What was copied, in one line.
enum BackupView {
  static func write(
    _ report: BackupReport, _ format: AnswerFormat, memory: String, _ verb: String, to out: OutputBuffer
  ) {
    switch format {
    case .json:
      JSONWriter.line(out) {
        $0.field("version", 1)
        $0.field("memory", memory)
        $0.field("documents", report.documents)
        $0.field("files", report.files)
        $0.field("bytes", report.bytes)
        $0.field("generation", report.generation)
      }
    case .text:
      let files = NumberFormat.count(report.files, "file")
      out.line(
        "\(verb) \(NumberFormat.count(report.documents, "document")): \(NumberFormat.bytes(report.bytes)) in \(files)")
    }
  }
}
