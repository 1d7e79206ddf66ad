import Glibc

/// The queries of a batch: lines of `id TAB query`, streamed from a file or standard input.
struct BatchQueries {
  struct Query: Equatable {
    var qid: String
    var text: String
  }

  let path: String
  private let file: UnsafeMutablePointer<FILE>

  /// - Parameter path: `-` for standard input.
  init(path: String) throws(CommandFailure) {
    self.path = path
    let opened = path == "-" ? fdopen(dup(STDIN_FILENO), "r") : fopen(path, "re")
    guard let opened else {
      let code = errno
      throw CommandFailure(
        code == EACCES ? .denied : .usage, "cannot read the queries in \(path): \(systemMessage(code))")
    }
    file = opened
  }

  /// - Parameter body: Called for each query in order; `false` stops.
  /// - Throws: ``CommandFailure`` for a read error, with the number of the line.
  func forEach(_ body: (Query) throws -> Bool) throws {
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    var number = 0
    while true {
      let count = getline(&line, &capacity, file)
      if count < 0 {
        if ferror(file) != 0 {
          throw CommandFailure(.inputOutput, "cannot read \(path) behind line \(number): \(systemMessage(errno))")
        }
        return
      }
      number += 1
      let bytes = UnsafeRawBufferPointer(start: line, count: count)
      guard let query = Self.parse(bytes, isFirst: number == 1) else { continue }
      if try !body(query) { return }
    }
  }

  /// One line; `nil` for a blank one. A line without a tab is an id whose query is empty: editors and tools that
  /// trim white space make such lines, and an empty query has an answer, the empty one.
  static func parse(_ line: UnsafeRawBufferPointer, isFirst: Bool = false) -> Query? {
    var line = line[...]
    if isFirst, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    while let last = line.last, last == 0x0A || last == 0x0D { line = line.dropLast() }
    guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return nil }
    let tab = line.firstIndex(of: 0x09) ?? line.endIndex
    let text = line[min(tab + 1, line.endIndex)...]
    return Query(qid: String(decoding: line[..<tab], as: UTF8.self), text: String(decoding: text, as: UTF8.self))
  }
}
