import Documents
import Glibc
import Griot

/// Notes queries for `griot gaps`, where the user's file of defaults asks for it, and nowhere else.
enum QueryLogFile {
  /// Appends a line. A log that cannot be written is no reason to fail a search: it is told once, on standard error.
  static func append(_ query: String, total: Int, _ context: CommandContext) {
    guard let path = context.configuration.queryLog, query.contains(where: { !$0.isWhitespace }) else { return }
    let entry = QueryLogEntry(time: DocumentDate(seconds: Int64(time(nil))).iso8601, total: total, query: query)
    let line = Array(entry.line.utf8)
    // Queries may say more about people than people want known: readable by their owner alone.
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      Notes.print(["the query log \(path) cannot be written: \(systemMessage(errno))"])
      return
    }
    defer { close(file) }
    // One write: lines of searches at the same time do not mix.
    let written = line.withUnsafeBytes { write(file, $0.baseAddress!, $0.count) }
    if written != line.count { Notes.print(["the query log \(path) could not be written whole"]) }
  }
}
