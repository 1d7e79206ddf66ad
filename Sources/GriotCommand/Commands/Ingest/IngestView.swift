import Griot

/// The account of an ingest for people: what came in, and what did not and why, grouped by reason.
struct IngestView {
  let terminal: TerminalWriter
  let memory: String
  let isDryRun: Bool

  /// Paths shown of one reason on a terminal; a file gets them all.
  static let examples = 5

  init(_ terminal: TerminalWriter, memory: String, isDryRun: Bool) {
    self.terminal = terminal
    self.memory = memory
    self.isDryRun = isDryRun
  }

  func write(_ account: IngestAccount) {
    for note in account.notes { terminal.line("note: " + note, .warning) }
    sources(account)
    problems("Skipped", account.skipped, .warning)
    problems("Failed", account.failed, .failure)
    vanished(account)
    total(account)
  }

  // MARK: Sources

  private func sources(_ account: IngestAccount) {
    var table = TextTable(alignments: [.left, .right, .right, .right, .right, .right, .right])
    table.append(["source", "files", "added", "updated", "unchanged", "skipped", "failed"])
    for source in account.sources {
      table.append(
        [source.name]
          + [source.files, source.added, source.updated, source.unchanged, source.skipped, source.failed].map {
            $0 == 0 ? "–" : NumberFormat.grouped($0)
          })
    }
    if !account.sources.isEmpty {
      table.write(to: terminal)
      terminal.newline()
    }
  }

  // MARK: What did not come in

  private func problems(_ title: String, _ problems: [IngestAccount.Problem], _ style: Style) {
    guard !problems.isEmpty else { return }
    terminal.line("\(title): \(NumberFormat.grouped(problems.count))", style)
    let groups = Self.grouped(problems)
    var hidden = 0
    for group in groups {
      terminal.line("  \(NumberFormat.grouped(group.paths.count)) × \(group.reason)")
      let shown = terminal.terminal.isInteractive ? group.paths.prefix(Self.examples) : group.paths[...]
      for path in shown { terminal.line("      " + path, .detail) }
      if shown.count < group.paths.count {
        hidden += group.paths.count - shown.count
        terminal.line("      … and \(NumberFormat.grouped(group.paths.count - shown.count)) more", .detail)
      }
    }
    if hidden > 0 { terminal.line("  A pipe or a file gets them all, and so does --format json.", .detail) }
    terminal.newline()
  }

  /// Reasons by how often they occur, then by first occurrence.
  static func grouped(_ problems: [IngestAccount.Problem]) -> [(reason: String, paths: [String])] {
    var groups: [(reason: String, paths: [String])] = []
    var index: [String: Int] = [:]
    for problem in problems {
      if let i = index[problem.reason] {
        groups[i].paths.append(problem.path)
      } else {
        index[problem.reason] = groups.count
        groups.append((problem.reason, [problem.path]))
      }
    }
    return groups.enumerated()
      .sorted { ($1.element.paths.count, $0.offset) < ($0.element.paths.count, $1.offset) }
      .map(\.element)
  }

  private func vanished(_ account: IngestAccount) {
    guard !account.vanished.isEmpty else { return }
    let what = NumberFormat.count(account.vanished.count, "file")
    terminal.line("\(what) of an earlier ingest gone (--prune removes their documents):", .warning)
    let shown = terminal.terminal.isInteractive ? account.vanished.prefix(Self.examples) : account.vanished[...]
    for path in shown { terminal.line("      " + path, .detail) }
    if shown.count < account.vanished.count {
      terminal.line("      … and \(NumberFormat.grouped(account.vanished.count - shown.count)) more", .detail)
    }
    terminal.newline()
  }

  // MARK: The sum

  private func total(_ account: IngestAccount) {
    var parts: [String] = []
    func part(_ n: Int, _ what: String) { if n > 0 { parts.append("\(NumberFormat.grouped(n)) \(what)") } }
    part(account.added, "added")
    part(account.updated, "updated")
    part(account.unchanged, "unchanged")
    part(account.skipped.count, "skipped")
    part(account.failed.count, "failed")
    let files = NumberFormat.count(account.files, "file")
    let records = NumberFormat.count(account.found, "record")
    let verb = isDryRun ? "Would read" : "Read"
    terminal.line(
      "\(verb) \(files), \(records)" + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")), .title)
    if account.duplicates > 0 {
      terminal.line("\(NumberFormat.grouped(account.duplicates)) of them nearly equal another and are grouped with it")
    }
    if account.removed > 0 {
      terminal.line("\(NumberFormat.count(account.removed, "document")) \(isDryRun ? "would be " : "")removed")
    }
    let rate = account.seconds > 0 && account.bytes > 0 ? Double(account.bytes) / account.seconds : nil
    terminal.line(
      "\(NumberFormat.bytes(account.bytes)) in \(NumberFormat.duration(account.seconds))"
        + (rate.map { " (\(NumberFormat.bytes(Int($0)))/s)" } ?? ""))
    if isDryRun {
      terminal.line("\(memory) would grow by about \(NumberFormat.bytes(account.expectedBytes))")
    } else {
      terminal.line(
        "\(memory) now holds \(NumberFormat.count(account.documents, "document")) "
          + "in \(NumberFormat.count(account.passages, "passage"))")
    }
  }
}
