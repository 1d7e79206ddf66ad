import Griot

/// The tree of a score: for programs as nested objects, for people as lines, the numbers in one column.
enum ExplanationView {
  static func write(_ explanation: ScoreExplanation, in json: inout JSONWriter) {
    json.object("explain") { members(explanation, in: &$0) }
  }

  private static func members(_ explanation: ScoreExplanation, in json: inout JSONWriter) {
    json.field("value", explanation.value)
    json.field("what", explanation.what)
    json.array("details") { details in
      for detail in explanation.details { details.object { members(detail, in: &$0) } }
    }
  }

  /// `  12.3456  score` and, two columns further in each time, what it is the sum of.
  ///
  /// - Returns: Lines written.
  static func write(_ explanation: ScoreExplanation, to terminal: TerminalWriter, indentation: Int, depth: Int = 0)
    -> Int
  {
    let number = NumberFormat.decimal(explanation.value, 4)
    let padding = String(repeating: " ", count: max(0, 10 - number.utf8.count))
    let line = padding + number + "  " + String(repeating: "  ", count: depth) + explanation.what
    terminal.write(String(repeating: " ", count: indentation))
    terminal.line(TerminalWriter.truncate(line, to: max(20, terminal.terminal.columns - indentation)), .detail)
    return explanation.details.reduce(1) {
      $0 + write($1, to: terminal, indentation: indentation, depth: depth + 1)
    }
  }
}
