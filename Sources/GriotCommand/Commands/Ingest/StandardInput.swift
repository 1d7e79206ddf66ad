import Glibc
import Griot

/// `-` among the paths: standard input, kept in a file while it is read. Readers seek, and are started again behind a
/// record that killed them: neither can be done with a pipe.
struct StandardInput {
  /// What takes the place of `-`.
  let path: String
  private let folder: String

  /// Copies standard input to its end.
  ///
  /// - Throws: ``CommandFailure`` if there is no place for it.
  init(environment: Environment) throws(CommandFailure) {
    let base = environment.nonEmpty("TMPDIR") ?? P_tmpdir
    var template = Array("\(base)/griot-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!).map { String(cString: $0) } }
    guard let made else {
      throw CommandFailure(
        errno == EACCES ? .denied : .inputOutput, "cannot keep standard input in \(base): \(systemMessage(errno))")
    }
    folder = made
    // The source and the document are named after it.
    path = made + "/standard-input"
    do throws(CommandFailure) {
      try Self.copy(to: path)
    } catch {
      remove()
      throw error
    }
  }

  /// Paths with `-` replaced by the kept file; the file is read only if one of them is `-`.
  static func resolve(
    _ paths: [String], environment: Environment
  ) throws(CommandFailure) -> (paths: [String], input: StandardInput?) {
    guard paths.contains("-") else { return (paths, nil) }
    let input = try StandardInput(environment: environment)
    return (paths.map { $0 == "-" ? input.path : $0 }, input)
  }

  func remove() {
    unlink(path)
    rmdir(folder)
  }

  /// Messages name what was asked for.
  func restore(_ problems: inout [IngestAccount.Problem]) {
    for i in problems.indices where problems[i].path.hasPrefix(path) {
      problems[i].path = "-" + problems[i].path.dropFirst(path.count)
    }
  }

  private static func copy(to path: String) throws(CommandFailure) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw CommandFailure(.inputOutput, "cannot write \(path): \(systemMessage(errno))") }
    defer { close(file) }
    let out = OutputBuffer(descriptor: file)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let n = buffer.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress!, $0.count) }
      if n == 0 { break }
      if n < 0 {
        if errno == EINTR { continue }
        throw CommandFailure(.inputOutput, "cannot read standard input: \(systemMessage(errno))")
      }
      out.write(buffer[..<n])
      if out.isClosed { break }
    }
    out.flush()
    if let code = out.failure { throw CommandFailure(.inputOutput, "cannot write \(path): \(systemMessage(code))") }
  }
}
