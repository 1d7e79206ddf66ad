import Documents
import Griot

/// Lessons for people: the lesson first, in its own words; then what it is, where it stands, and what happened.
struct LessonsView {
  let terminal: TerminalWriter
  /// Most lessons to show; one beyond them is only a sign that there are more.
  let limit: Int
  /// Lines of the window if the lessons shall fit it.
  let page: Int?
  private let directory = WorkingDirectory.path
  private let home = Environment.process.home

  init(_ terminal: TerminalWriter, limit: Int, page: Int?) {
    self.terminal = terminal
    self.limit = limit
    self.page = page
  }

  func write(_ results: LessonResults) {
    guard !results.hits.isEmpty else {
      let isBlank = results.query.allSatisfy(\.isWhitespace)
      terminal.line(
        isBlank ? "The memory holds no such lesson." : "Nothing that was learned matches “\(results.query)”.", .detail)
      return
    }
    var left = (page ?? .max) - 2
    var shown = 0
    for lesson in results.hits.prefix(limit) {
      if shown > 0, left < 6 { break }
      if shown > 0 { terminal.newline() }
      left -= write(lesson) + 1
      shown += 1
    }
    terminal.newline()
    let first = results.hits[0].hit.rank
    let last = results.hits[shown - 1].hit.rank
    var text = first == last ? "\(first)" : "\(first)–\(last)"
    if results.total.relation == .eq { text += " of \(NumberFormat.count(results.total.value, "lesson"))" }
    text += " in " + NumberFormat.decimal(Double(results.tookMicroseconds) / 1000, 1) + " ms"
    if results.total.value > last { text += "; more with --offset \(last)" }
    terminal.line(text, .detail)
  }

  /// - Returns: Lines written.
  private func write(_ lesson: LessonHit) -> Int {
    let hit = lesson.hit
    let number = String(hit.rank)
    let indentation = max(3, number.utf8.count + 1)
    let margin = String(repeating: " ", count: indentation)
    terminal.write(number, .detail)
    terminal.write(String(repeating: " ", count: indentation - number.utf8.count))
    terminal.write(lesson.type.name, lesson.type == .failed ? .warning : lesson.type == .worked ? .success : .kind)
    var facts: [String] = []
    if lesson.occurrences.count > 1 { facts.append(Self.times(lesson.occurrences)) }
    facts.append("\(NumberFormat.decimal(Double(lesson.confidence) * 100, 0)) % · \(lesson.rule)")
    let room = terminal.terminal.columns - indentation - lesson.type.name.utf8.count - 2
    terminal.write("  " + TerminalWriter.truncate(facts.joined(separator: " · "), to: max(room, 10)), .detail)
    terminal.newline()
    var lines = 1
    lines += terminal.paragraph(
      hit.snippet.text, highlights: hit.snippet.highlights, indentation: indentation, maximumLines: page == nil ? 12 : 5
    )
    for (name, text) in [
      ("happened", lesson.context.happened), ("why", lesson.context.why), ("do", lesson.context.advice),
    ] {
      guard let text else { continue }
      let width = terminal.terminal.columns - indentation - name.utf8.count - 2
      terminal.write(margin + name + ": " + TerminalWriter.truncate(text, to: max(width, 10)), .detail)
      terminal.newline()
      lines += 1
    }
    var place: [String] = []
    let who = lesson.speaker ?? SearchView.people(hit.people, room: 30)
    if !who.isEmpty { place.append(who) }
    place.append(hit.title.isEmpty ? SearchView.place(hit.location, directory: directory, home: home) : hit.title)
    if let date = hit.date { place.append(String(date.iso8601.prefix(10))) }
    let reference = SearchView.reference(hit)
    let left = max(10, terminal.terminal.columns - indentation - CharacterWidth.of(reference) - 3)
    terminal.write(margin + TerminalWriter.truncate(place.joined(separator: " · "), to: left) + " · ", .detail)
    terminal.write(
      reference, .detail,
      link: terminal.terminal.usesHyperlinks
        ? Hyperlink.target(location: hit.location, url: hit.url, anchor: hit.anchor) : nil)
    terminal.newline()
    return lines + 1
  }

  /// `learned 4 times: 2015, 2018, 2021, 2024`
  static func times(_ occurrences: [LessonOccurrence]) -> String {
    var years: [String] = []
    for year in occurrences.compactMap({ $0.date?.year }).sorted() where years.last != String(year) {
      years.append(String(year))
    }
    let when = years.isEmpty ? "" : ": " + years.joined(separator: ", ")
    return "learned \(occurrences.count) times" + when
  }
}
