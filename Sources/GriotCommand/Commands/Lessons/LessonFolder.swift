import Glibc
import Griot

/// The folder that an organization keeps its recorded lessons in.
enum LessonFolder {
  /// - Throws: ``CommandFailure`` of status `usage` if nobody has said where it is.
  static func find(option: String?, _ context: CommandContext) throws(CommandFailure) -> String {
    if let option {
      guard !option.isEmpty else { throw CommandFailure(.usage, "--folder needs the path of a directory") }
      return option
    }
    if let folder = context.configuration.lessons { return folder }
    if let folder = remembered(context) { return folder }
    throw CommandFailure(
      .usage,
      "where shall the lesson be kept? Say it once with --folder DIR, or for good with `lessons: DIR` in the file of "
        + "defaults ('griot help config')")
  }

  /// The folder of lessons recorded before: a root of the memory in which a file of ours lies.
  private static func remembered(_ context: CommandContext) -> String? {
    guard let memory = try? Memory(opening: context.location.path), let sources = try? memory.sources() else {
      return nil
    }
    let folders = sources.filter { source in
      source.kinds.count == 1 && source.kinds[0].value == "lesson" && MemoryLocation.isDirectory(source.path)
        && access(source.path + "/" + marker, F_OK) == 0
    }
    // Two of them: nobody can tell which is meant.
    return folders.count == 1 ? folders[0].path : nil
  }

  /// Says that a folder is one of recorded lessons; hidden, so that no ingest reads it.
  static let marker = ".griot-lessons"

  /// Writes the file under a name that is not taken.
  ///
  /// - Returns: Its path.
  static func write(_ note: LessonNote, to folder: String) throws(CommandFailure) -> String {
    try makeFolders(folder)
    let mark = open(folder + "/" + marker, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    if mark >= 0 { close(mark) }
    for number in 1...1000 {
      let path = folder + "/" + note.fileName + (number == 1 ? "" : "-\(number)") + ".md"
      let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if file < 0 {
        let code = errno
        if code == EEXIST { continue }
        throw CommandFailure(
          code == EACCES || code == EROFS ? .denied : .inputOutput, "cannot write \(path): \(systemMessage(code))")
      }
      defer { close(file) }
      let out = OutputBuffer(descriptor: file)
      out.write(note.markdown)
      out.flush()
      if let code = out.failure {
        unlink(path)
        throw CommandFailure(.inputOutput, "cannot write \(path): \(systemMessage(code))")
      }
      return path
    }
    throw CommandFailure(.usage, "\(folder) holds a thousand lessons of this day and title; give another --title")
  }

  private static func makeFolders(_ path: String) throws(CommandFailure) {
    if MemoryLocation.isDirectory(path) { return }
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      if mkdir(made, 0o777) != 0, errno != EEXIST {
        let code = errno
        throw CommandFailure(
          code == EACCES || code == EROFS ? .denied : .inputOutput, "cannot make \(made): \(systemMessage(code))")
      }
    }
    guard MemoryLocation.isDirectory(path) else { throw CommandFailure(.usage, "\(path) is a file, not a folder") }
  }

  /// The day of the local clock.
  static func today() -> String {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    func two(_ n: Int32) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
  }

  static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2] else { return false }
    return parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
      && (1...12).contains(Int(parts[1])!) && (1...31).contains(Int(parts[2])!)
  }
}

/// An editor on a text, in a file of its own.
enum Editor {
  /// - Returns: The text as the editor left it.
  static func edit(_ text: String, _ environment: Environment) throws(CommandFailure) -> String {
    let editor = environment.nonEmpty("VISUAL") ?? environment.nonEmpty("EDITOR") ?? "vi"
    let base = environment.nonEmpty("TMPDIR") ?? P_tmpdir
    // Editors choose colours and helpers by the name's ending.
    var template = Array("\(base)/griot-XXXXXX.md".utf8CString)
    let file = template.withUnsafeMutableBufferPointer { mkstemps($0.baseAddress!, 3) }
    guard file >= 0 else {
      throw CommandFailure(.inputOutput, "cannot make a file to edit in \(base): \(systemMessage(errno))")
    }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    let out = OutputBuffer(descriptor: file)
    out.write(text)
    out.flush()
    close(file)
    if let code = out.failure { throw CommandFailure(.inputOutput, "cannot write \(path): \(systemMessage(code))") }
    // Through the shell, because people write `EDITOR="code --wait"`; as git does.
    let status = system(editor + " " + ShellWord.quote(path))
    guard status == 0 else {
      throw CommandFailure(
        .usage, "the editor (\(editor)) did not end well: nothing is recorded. Set $EDITOR to another")
    }
    var edited = ""
    do {
      try TextLines(path: path).forEach { line in
        edited += line + "\n"
        return true
      }
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(.inputOutput, "cannot read \(path)")
    }
    return edited
  }
}
