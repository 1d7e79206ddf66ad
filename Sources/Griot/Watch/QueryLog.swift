import Glibc

/// A line of the query log: what was asked, when, and how many documents answered. Nothing tells who asked.
///
/// `2024-05-17T09:30:00Z TAB 12 TAB words of the query`. Only queries that were answered are there: a memory that was
/// missing is no gap in it.
public struct QueryLogEntry: Sendable, Equatable {
  /// RFC 3339, UTC.
  public var time: String
  public var total: Int
  public var query: String

  public init(time: String, total: Int, query: String) {
    self.time = time
    self.total = total
    self.query = query
  }

  public var line: String {
    let words = query.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    return "\(time)\t\(total)\t\(words)\n"
  }

  /// `nil` for a line that is none: a log may have been cut by a full disk, or edited.
  public init?(_ line: some StringProtocol) {
    let fields = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3, let total = Int(fields[1]), total >= 0, !fields[2].isEmpty else { return nil }
    self.init(time: String(fields[0]), total: total, query: String(fields[2]))
  }
}
