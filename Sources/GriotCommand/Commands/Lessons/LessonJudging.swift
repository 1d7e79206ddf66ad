import Glibc
import Griot

/// `griot lessons --judge FILE`: the model alone, line by line, with every number that went into its judgement.
struct LessonJudging {
  let language: String?
  let format: SearchArguments.Format

  func run(_ path: String) throws {
    guard format == .tsv || format == .jsonl || format == .text else {
      throw CommandFailure(.usage, "--judge answers line by line: choose --format tsv or jsonl")
    }
    var model = LessonModel(languageCode: language ?? "en")
    let out = OutputBuffer.standardOutput()
    try TextLines(path: path).forEach { line in
      let judgement = model.judge(line)
      if format == .jsonl {
        JSONWriter.line(out) { json in
          json.field("version", 1)
          json.field("text", line)
          json.field("score", judgement.score)
          json.field("confidence", LessonsJSON.confidence(Float(judgement.confidence())))
          json.field("type", judgement.type.name)
          json.field("rule", judgement.rule.name)
          json.array("features") { features in
            for (name, value, contribution) in model.explanation {
              features.object {
                $0.field("name", name)
                $0.field("value", value)
                $0.field("contribution", contribution)
              }
            }
          }
        }
      } else {
        TSV.line(
          [
            judgement.score.description, NumberFormat.decimal(judgement.confidence(), 2), judgement.type.name,
            judgement.rule.name, line,
          ], to: out)
      }
      return !out.isClosed
    }
    try out.finish()
  }
}

/// The lines of a file or of standard input, without their ends, streamed.
struct TextLines {
  let path: String
  private let file: UnsafeMutablePointer<FILE>

  /// - Parameter path: `-` for standard input.
  init(path: String) throws(CommandFailure) {
    self.path = path
    let opened = path == "-" ? fdopen(dup(STDIN_FILENO), "r") : fopen(path, "re")
    guard let opened else {
      let code = errno
      throw CommandFailure(code == EACCES ? .denied : .usage, "cannot read \(path): \(systemMessage(code))")
    }
    file = opened
  }

  /// - Parameter body: Called for each line in order; `false` stops.
  func forEach(_ body: (String) throws -> Bool) throws {
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while true {
      let count = getline(&line, &capacity, file)
      if count < 0 {
        if ferror(file) != 0 {
          throw CommandFailure(.inputOutput, "cannot read \(path): \(systemMessage(errno))")
        }
        return
      }
      var bytes = UnsafeRawBufferPointer(start: line, count: count)[...]
      while let last = bytes.last, last == 0x0A || last == 0x0D { bytes = bytes.dropLast() }
      if try !body(String(decoding: bytes, as: UTF8.self)) { return }
    }
  }
}
