import Documents
import Griot

/// The answer of a search for people: per hit a title with its date, who and where, and the passage that answers.
struct SearchView {
  let terminal: TerminalWriter
  let request: SearchRequest
  /// Lines of the window if the hits shall fit it; `nil` shows all that were asked for.
  let page: Int?

  init(_ terminal: TerminalWriter, request: SearchRequest, page: Int?) {
    self.terminal = terminal
    self.request = request
    self.page = page
  }

  func write(_ results: SearchResults) {
    guard !results.hits.isEmpty else {
      let what = results.query.isEmpty ? "these filters" : "“\(results.query)”"
      if request.offset > 0, results.total.value > 0 {
        terminal.line("Only \(count(results.total)) match \(what).", .detail)
      } else {
        terminal.line("Nothing in the memory matches \(what).", .detail)
      }
      return
    }
    // The prompt that comes back and the summary need a line each.
    var left = (page ?? .max) - 2
    var shown = 0
    for hit in results.hits {
      let height = 4
      if shown > 0, left < height { break }
      if shown > 0 { terminal.newline() }
      left -= write(hit) + 1
      shown += 1
    }
    terminal.newline()
    summary(results, shown: shown)
  }

  // MARK: One hit

  /// - Returns: Lines written.
  private func write(_ hit: SearchHit) -> Int {
    let number = String(hit.rank)
    let indentation = max(3, number.utf8.count + 1)
    heading(hit, number: number, indentation: indentation)
    var lines = 1 + details(hit, indentation: indentation)
    lines += terminal.paragraph(
      hit.snippet.text, highlights: hit.snippet.highlights, indentation: indentation, maximumLines: 2)
    return lines
  }

  /// `3  Title …                             wiki  2024-05-17`
  private func heading(_ hit: SearchHit, number: String, indentation: Int) {
    let columns = terminal.terminal.columns
    let date = hit.date.map { String($0.iso8601.prefix(10)) } ?? ""
    let right = date.isEmpty ? hit.kind : "\(hit.kind)  \(date)"
    let rightWidth = CharacterWidth.of(right)
    let room = columns - indentation - rightWidth - 2
    let title = TerminalWriter.truncate(hit.title.isEmpty ? "(no title)" : hit.title, to: max(room, 10))
    terminal.write(number, .detail)
    terminal.write(String(repeating: " ", count: indentation - number.utf8.count))
    terminal.write(title, .title, link: link(hit))
    if room >= 10 {
      terminal.write(String(repeating: " ", count: max(2, room + 2 - CharacterWidth.of(title))))
      terminal.write(hit.kind, .kind)
      if !date.isEmpty { terminal.write("  " + date, .detail) }
    }
    terminal.newline()
  }

  /// `Ana Pérez, Jo Li · handbook/deploy.md#rollback · 3f2a91c0 · 2 more like it`
  private func details(_ hit: SearchHit, indentation: Int) -> Int {
    let room = terminal.terminal.columns - indentation
    var parts: [String] = []
    let people = Self.people(hit.people, room: room / 2)
    if !people.isEmpty { parts.append(people) }
    var tail: [String] = [String(hit.id.prefix(8))]
    if hit.folded > 0 { tail.append("+\(hit.folded) like it") }
    let used = (parts + tail).reduce(0) { $0 + CharacterWidth.of($1) + 3 }
    let place = Self.place(hit)
    if room - used >= 8 { parts.append(TerminalWriter.truncatePath(place, to: room - used)) }
    parts += tail
    terminal.write(String(repeating: " ", count: indentation))
    terminal.write(TerminalWriter.truncate(parts.joined(separator: " · "), to: room), .detail)
    terminal.newline()
    return 1
  }

  private func link(_ hit: SearchHit) -> String? {
    guard terminal.terminal.usesHyperlinks else { return nil }
    return Hyperlink.target(location: hit.location, url: hit.url, anchor: hit.anchor)
  }

  /// Location and anchor as one thing to read: `talks/pump.vtt 00:12:31`, `handbook.md#rollback`.
  static func place(_ hit: SearchHit) -> String {
    guard let anchor = hit.anchor, !anchor.isEmpty else { return hit.location }
    return hit.location + (anchor.hasPrefix("#") ? "" : " ") + anchor
  }

  /// Those who made the document; who is only mentioned or addressed stands in where nobody else is known.
  static func people(_ people: [VisiblePerson], room: Int) -> String {
    let makers = people.filter { $0.role == .author || $0.role == .speaker || $0.role == .editor }
    var names: [String] = []
    for person in makers.isEmpty ? people : makers where !person.name.isEmpty && !names.contains(person.name) {
      names.append(person.name)
    }
    guard !names.isEmpty else { return "" }
    var shown: [String] = []
    var used = 0
    for name in names {
      let width = CharacterWidth.of(name) + 2
      // `, +12`
      if !shown.isEmpty, used + width > room - 5 { break }
      shown.append(name)
      used += width
    }
    let text = shown.joined(separator: ", ")
    return shown.count < names.count ? text + ", +\(names.count - shown.count)" : text
  }

  // MARK: Around the hits

  private func summary(_ results: SearchResults, shown: Int) {
    let first = results.hits[0].rank
    let last = results.hits[shown - 1].rank
    var text = first == last ? "\(first)" : "\(first)–\(last)"
    text += " of \(count(results.total)) in \(time(results.tookMicroseconds))"
    let hasMore = results.total.relation == .gte || results.total.value > last
    if hasMore { text += "; more with --offset \(last)" }
    terminal.line(text, .detail)
  }

  private func count(_ total: SearchResults.Total) -> String {
    (total.relation == .gte ? "at least " : "") + NumberFormat.count(total.value, "document")
  }

  private func time(_ microseconds: Int) -> String {
    microseconds < 100_000
      ? NumberFormat.decimal(Double(microseconds) / 1000, 1) + " ms"
      : NumberFormat.duration(Double(microseconds) / 1e6)
  }
}
