import Griot

/// Values that a shell completes from the memory itself: names of sources, kinds, names of people.
///
/// A shell waits for the answer and has no place for an error: whatever goes wrong completes nothing.
enum Completion {
  /// - Parameter line: The words of the command line so far; `--memory` may be among them.
  static func sources(_ line: [String]) -> [String] { (try? summaries(line))?.map(\.name) ?? [] }

  /// The kinds that the memory holds, the most frequent first.
  static func kinds(_ line: [String]) -> [String] {
    var counts: [String: Int] = [:]
    for summary in (try? summaries(line)) ?? [] {
      for kind in summary.kinds { counts[kind.value, default: 0] += kind.count }
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  /// Names of people that begin with what was typed, or have a word that does.
  static func people(_ line: [String], _ typed: String) -> [String] {
    (try? CommandContext(memory: memory(line)).open().people(beginning: typed, limit: 200)) ?? []
  }

  private static func summaries(_ line: [String]) throws -> [SourceSummary] {
    try CommandContext(memory: memory(line)).open().sources()
  }

  /// What `--memory` says on a line that may not be finished.
  static func memory(_ line: [String]) -> String? {
    for (i, word) in line.enumerated().reversed() {
      if word.hasPrefix("--memory="), word.utf8.count > 9 { return String(word.dropFirst(9)) }
      // Bash cuts words at the equals sign.
      if word == "--memory", i + 1 < line.count {
        let next = line[i + 1] == "=" && i + 2 < line.count ? line[i + 2] : line[i + 1]
        if !next.isEmpty, next != "=" { return next }
      }
    }
    return nil
  }
}
