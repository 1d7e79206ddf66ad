import Documents
import Griot

/// The answer of `griot experts` for people.
struct ExpertsView {
  /// Who holds less of what the memory has on a topic is not named to people: a wrong name is worse than none.
  static let leastShare = 0.05

  let terminal: TerminalWriter
  let addresses: Bool
  let explain: Bool

  init(_ terminal: TerminalWriter, addresses: Bool, explain: Bool) {
    self.terminal = terminal
    self.addresses = addresses
    self.explain = explain
  }

  func write(_ results: ExpertResults) {
    let named = results.experts.filter { $0.share >= Self.leastShare }
    guard !named.isEmpty else {
      terminal.line(
        results.experts.isEmpty
          ? "Nobody in the memory is known for “\(results.query)”."
          : "Many people touch “\(results.query)”, nobody holds a twentieth of it; try narrower words.", .detail)
      return
    }
    for (index, expert) in named.enumerated() {
      if index > 0 { terminal.newline() }
      write(expert, number: index + 1)
    }
    terminal.newline()
    terminal.line("What the archive shows of their work, not what they know.", .detail)
  }

  private func write(_ expert: Expert, number: Int) {
    terminal.write("\(number)", .detail)
    terminal.write("  ")
    terminal.write(expert.name, .title)
    let about = [expert.title, expert.unit].compactMap { $0 }.joined(separator: ", ")
    if !about.isEmpty { terminal.write("  " + about, .kind) }
    terminal.newline()
    var facts = [
      "\(Int((expert.share * 100).rounded())) % of the topic", NumberFormat.count(expert.documents, "document"),
    ]
    if let first = expert.first?.iso8601.prefix(7), let last = expert.last?.iso8601.prefix(7) {
      facts.append(first == last ? String(first) : "\(first) to \(last)")
    }
    if addresses, let address = expert.addresses.first { facts.append(address) }
    detail(facts.joined(separator: " · "))
    if explain {
      let why = expert.explanation
      detail(
        "score \(expert.score) = \(Self.number(why.votes)) votes / \(Self.number(why.divisor)), for "
          + NumberFormat.count(why.volume, "document") + " in all")
    }
    for evidence in expert.evidence { write(evidence) }
    if !expert.collaborators.isEmpty { detail("also on it: " + expert.collaborators.joined(separator: ", ")) }
  }

  private func detail(_ text: String) {
    terminal.line("   " + TerminalWriter.truncate(text, to: terminal.terminal.columns - 3), .detail)
  }

  /// `author 2024-05-17  Rolling back a failed deploy  3f2a91c0#rollback`
  private func write(_ evidence: ExpertEvidence) {
    let date = evidence.hit.date.map { String($0.iso8601.prefix(10)) } ?? "undated"
    let head = "\(evidence.role) \(date)  "
    let reference = SearchView.reference(evidence.hit)
    let room = terminal.terminal.columns - 3 - CharacterWidth.of(head) - CharacterWidth.of(reference) - 2
    terminal.write("   ")
    terminal.write(head, .detail)
    terminal.write(
      TerminalWriter.truncate(evidence.hit.title.isEmpty ? "(no title)" : evidence.hit.title, to: max(10, room)),
      link: terminal.terminal.usesHyperlinks
        ? Hyperlink.target(location: evidence.hit.location, url: evidence.hit.url, anchor: evidence.hit.anchor) : nil)
    terminal.write("  " + reference, .detail)
    terminal.newline()
    terminal.paragraph(
      evidence.hit.snippet.text, highlights: evidence.hit.snippet.highlights, indentation: 5, maximumLines: 1)
  }

  private static func number(_ value: Double) -> String { NumberFormat.decimal(value, 2) }
}
