import Documents
import Griot

/// The answer of a search for people: per hit a title with its date, who and where, and the passage that answers.
struct SearchView {
  let terminal: TerminalWriter
  let request: SearchRequest
  /// Lines of the window if the hits shall fit it; `nil` shows all that were asked for.
  let page: Int?
  /// Most hits to show; a hit beyond them is only a sign that there are more.
  let limit: Int
  /// Whether the command has --offset.
  let canPage: Bool
  private let directory: String?
  private let home: String?

  /// - Parameter environment: Tells where home is, so that paths below it can be shortened.
  init(
    _ terminal: TerminalWriter, request: SearchRequest, page: Int?, limit: Int = .max, canPage: Bool = true,
    environment: Environment = .process, directory: String? = WorkingDirectory.path
  ) {
    self.terminal = terminal
    self.request = request
    self.page = page
    self.limit = limit
    self.canPage = canPage
    self.directory = directory
    home = environment.home
  }

  func write(_ results: SearchResults) {
    guard !results.hits.isEmpty else {
      let what = results.query.isEmpty ? "these filters" : "“\(results.query)”"
      // A note says what to do about an empty query.
      if results.query.allSatisfy(\.isWhitespace), !request.hasFilter { return }
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
    for hit in results.hits.prefix(limit) {
      let messages = hit.conversation.count
      let height = 4 + (hit.headingHighlights.isEmpty ? 0 : 1) + min(messages, Self.messagesShown + 1)
      if shown > 0, left < height { break }
      if shown > 0 { terminal.newline() }
      left -= write(hit) + 1
      shown += 1
    }
    terminal.newline()
    summary(results, shown: shown)
    if request.facets { facets(results.facets) }
  }

  // MARK: One hit

  /// - Returns: Lines written.
  private func write(_ hit: SearchHit) -> Int {
    let number = String(hit.rank)
    let indentation = max(3, number.utf8.count + 1)
    heading(hit, number: number, indentation: indentation)
    var lines = 1 + details(hit, indentation: indentation)
    if !hit.headingHighlights.isEmpty, let heading = hit.heading {
      lines += terminal.paragraph(
        heading, highlights: hit.headingHighlights, indentation: indentation, maximumLines: 1)
    }
    lines += terminal.paragraph(
      hit.snippet.text, highlights: hit.snippet.highlights, indentation: indentation, maximumLines: 2)
    lines += conversation(hit, indentation: indentation)
    if let explanation = hit.explanation {
      lines += ExplanationView.write(explanation, to: terminal, indentation: indentation)
    }
    return lines
  }

  /// `3  Title …                             wiki  2024-05-17`
  private func heading(_ hit: SearchHit, number: String, indentation: Int) {
    let columns = terminal.terminal.columns
    let date = hit.date.map { String($0.iso8601.prefix(10)) } ?? ""
    let right = date.isEmpty ? hit.kind : "\(hit.kind)  \(date)"
    let rightWidth = CharacterWidth.of(right)
    let room = columns - indentation - rightWidth - 2
    let title = TextLayout.line(
      hit.title.isEmpty ? "(no title)" : hit.title, highlights: hit.titleHighlights, width: max(room, 10))
    terminal.write(number, .detail)
    terminal.write(String(repeating: " ", count: indentation - number.utf8.count))
    for run in TextLayout.runs(title) { terminal.raw(run.text, run.isMatch ? .match : .title, link: link(hit)) }
    if room >= 10 {
      terminal.write(String(repeating: " ", count: max(2, room + 2 - TextLayout.width(title))))
      terminal.write(hit.kind, .kind)
      if !date.isEmpty { terminal.write("  " + date, .detail) }
    }
    terminal.newline()
  }

  /// `Ana Pérez, Jo Li · handbook/deploy.md · 3f2a91c0#rollback · +2 like it`: who, where, and what to give to
  /// `griot show`.
  private func details(_ hit: SearchHit, indentation: Int) -> Int {
    let room = terminal.terminal.columns - indentation
    var tail = [TerminalWriter.truncate(Self.reference(hit), to: max(12, room / 2))]
    if hit.folded > 0 { tail.append("+\(hit.folded) like it") }
    var left = room - tail.reduce(0) { $0 + CharacterWidth.of($1) + 3 } + 3
    let place = Self.place(hit.location, directory: directory, home: home)
    // The file's own name is worth more than the second author.
    let name = place.split(separator: "/").last.map { CharacterWidth.of($0) + 2 } ?? 0
    let people = Self.people(hit.people, room: max(left / 3, left - 3 - min(name, left / 2)) - 3)
    var parts: [String] = []
    if !people.isEmpty, CharacterWidth.of(people) + 3 <= left {
      parts.append(people)
      left -= CharacterWidth.of(people) + 3
    }
    if left >= 11 { parts.append(TerminalWriter.truncatePath(place, to: left - 3)) }
    parts += tail
    terminal.write(String(repeating: " ", count: indentation))
    terminal.write(TerminalWriter.truncate(parts.joined(separator: " · "), to: room), .detail)
    terminal.newline()
    return 1
  }

  /// The other messages of a conversation, a line each: `↳ Re: Pump 3 alarm · Ana Pérez · 2024-01-08 · 9fd49512`.
  private func conversation(_ hit: SearchHit, indentation: Int) -> Int {
    let room = terminal.terminal.columns - indentation
    var lines = 0
    for message in hit.conversation.prefix(Self.messagesShown) {
      var tail: [String] = []
      let people = Self.people(message.people, room: room / 3)
      if !people.isEmpty { tail.append(people) }
      if let date = message.date { tail.append(String(date.iso8601.prefix(10))) }
      tail.append(Self.reference(message))
      let behind = " · " + tail.joined(separator: " · ")
      let title = TerminalWriter.truncate(message.title, to: max(8, room - 2 - CharacterWidth.of(behind)))
      terminal.write(String(repeating: " ", count: indentation))
      terminal.write(TerminalWriter.truncate("↳ " + title + behind, to: room), .detail)
      terminal.newline()
      lines += 1
    }
    if hit.conversation.count > Self.messagesShown {
      terminal.write(String(repeating: " ", count: indentation))
      terminal.line("↳ +\(hit.conversation.count - Self.messagesShown) more of this conversation", .detail)
      lines += 1
    }
    return lines
  }

  private static let messagesShown = 3

  /// The beginning of the id that names it, with the anchor of the passage unless that is the top of the document.
  static func reference(_ hit: SearchHit) -> String {
    let id = String(hit.id.prefix(8))
    guard let anchor = hit.anchor, !anchor.isEmpty, anchor != "#p1" else { return id }
    return id + (anchor.hasPrefix("#") ? "" : "#") + anchor
  }

  private func link(_ hit: SearchHit) -> String? {
    guard terminal.terminal.usesHyperlinks else { return nil }
    return Hyperlink.target(location: hit.location, url: hit.url, anchor: hit.anchor)
  }

  /// A path as somebody here would type it: below the working directory or the home directory without these.
  static func place(_ location: String, directory: String?, home: String?) -> String {
    if let directory, location.hasPrefix(directory + "/") { return String(location.dropFirst(directory.count + 1)) }
    if let home, home != "/", location.hasPrefix(home + "/") { return "~" + location.dropFirst(home.count) }
    return location
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
    var total = results.total
    // Fewer than were asked for are all there are.
    let isFolded = request.folding != .none
    if results.hits.count < request.limit, total.relation == .gte, !isFolded {
      total = SearchResults.Total(value: results.hits[results.hits.count - 1].rank, relation: .eq)
    }
    var text = first == last ? "\(first)" : "\(first)–\(last)"
    // A pruned search stops counting soon: its lower bound tells people nothing.
    if total.relation == .eq { text += " of \(count(total))" }
    text += " in \(time(results.tookMicroseconds))"
    // Folded hits stand for several documents; one hit more than is shown was asked for.
    let hasMore = results.hits.count > shown || !isFolded && total.value > last
    if hasMore { text += canPage ? "; more with --offset \(last)" : "; more with --limit" }
    terminal.line(text, .detail)
  }

  /// How the matches spread: a line for each facet, what does not fit left out.
  private func facets(_ facets: SearchResults.Facets) {
    for (name, values) in [
      ("kind", facets.kind), ("source", facets.source), ("year", facets.year), ("people", facets.people),
    ] where !values.isEmpty {
      var text = ""
      for value in values {
        let item = "\(value.value) \(NumberFormat.grouped(value.count))"
        if !text.isEmpty, CharacterWidth.of(text) + CharacterWidth.of(item) + 3 > terminal.terminal.columns - 9 {
          text += " …"
          break
        }
        text += (text.isEmpty ? "" : " · ") + item
      }
      terminal.write(name + String(repeating: " ", count: 8 - name.utf8.count), .kind)
      terminal.line(TerminalWriter.truncate(text, to: terminal.terminal.columns - 8), .detail)
    }
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

extension SearchRequest {
  var hasFilter: Bool {
    !(kinds.isEmpty && sources.isEmpty && languages.isEmpty && people.isEmpty) || after != nil || before != nil
  }
}
