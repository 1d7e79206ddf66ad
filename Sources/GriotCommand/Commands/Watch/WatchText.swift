import Documents
import Griot

/// A report of watches as words: descriptions, Markdown.
enum WatchText {
  /// `pump OR valve  (kind: message; author: Jo Li)`
  static func describe(_ request: SearchRequest) -> String {
    let filters = filters(request)
    if filters.isEmpty { return request.query }
    return (request.query.isEmpty ? "" : request.query + "  ") + "(" + filters.joined(separator: "; ") + ")"
  }

  static func filters(_ request: SearchRequest) -> [String] {
    var out: [String] = []
    func add(_ name: String, _ values: [String]) {
      if !values.isEmpty { out.append("\(name): " + values.joined(separator: ", ")) }
    }
    add("kind", request.kinds)
    add("source", request.sources)
    add("lang", request.languages)
    for person in request.people { add(person.role?.description ?? "person", [person.text]) }
    if let after = request.after { add("after", [after]) }
    if let before = request.before { add("before", [before]) }
    return out
  }

  static func found(_ count: Int) -> String { NumberFormat.count(count, "new document") }

  /// Title, date and who of a hit: what stands above its text in every format.
  static func byline(_ hit: SearchHit) -> String {
    var parts: [String] = []
    let people = SearchView.people(hit.people, room: 60)
    if !people.isEmpty { parts.append(people) }
    if let date = hit.date { parts.append(String(date.iso8601.prefix(10))) }
    parts.append(hit.kind)
    parts.append(SearchView.reference(hit))
    return parts.joined(separator: " · ")
  }

  static func title(_ hit: SearchHit) -> String { hit.title.isEmpty ? "(no title)" : hit.title }

  static func link(_ hit: SearchHit) -> String? {
    Hyperlink.target(location: hit.location, url: hit.url, anchor: hit.anchor)
  }

  static func summary(_ report: WatchReport) -> String {
    let found = report.results.filter { $0.total > 0 }
    guard !found.isEmpty else { return "Nothing new" }
    return found.map { "\($0.watch.name) (\(NumberFormat.grouped($0.total)))" }.joined(separator: ", ")
  }

  static func markdown(_ report: WatchReport) -> String {
    var out = "# What is new\n"
    for result in report.results where result.total > 0 {
      out += "\n## \(escaped(result.watch.name)): \(Self.found(result.total))\n"
      for hit in result.hits {
        let title = escaped(Self.title(hit))
        // Angle brackets: a path may hold blanks and parentheses.
        out += "\n- " + (link(hit).map { "[\(title)](<\($0)>)" } ?? title) + "  \n  "
        out += escaped(byline(hit)) + "  \n  " + escaped(oneLine(hit.snippet.text)) + "\n"
      }
      if result.total > result.hits.count {
        out += "\nand \(NumberFormat.grouped(result.total - result.hits.count)) more\n"
      }
    }
    return report.total == 0 ? out + "\nNothing.\n" : out
  }

  static func oneLine(_ text: String) -> String {
    Neutralize.line(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Text that Markdown and HTML take as text.
  static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in oneLine(text).unicodeScalars {
      if "\\`*_[]<>#|&~".unicodeScalars.contains(scalar) { out += "\\" }
      out.unicodeScalars.append(scalar)
    }
    return out
  }
}

/// A report as JSON.
enum WatchJSON {
  static func write(_ report: WatchReport, to out: OutputBuffer, addresses: Bool) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.field("total", report.total)
      json.array("watches") { array in
        for result in report.results {
          array.object { element in
            element.field("name", result.watch.name)
            element.field("query", result.watch.request.query)
            element.field("filters", WatchText.filters(result.watch.request))
            element.field("lastRun", result.watch.lastRun.map { DocumentDate(seconds: $0).iso8601 })
            element.field("total", result.total)
            element.field("problem", result.problem)
            element.array("hits") { hits in
              for hit in result.hits {
                hits.object { SearchJSON.members(of: hit, addresses: addresses, in: &$0) }
              }
            }
          }
        }
      }
    }
  }
}

/// A report for the terminal.
struct WatchView {
  let terminal: TerminalWriter
  let limit: Int

  init(_ terminal: TerminalWriter, limit: Int) {
    self.terminal = terminal
    self.limit = limit
  }

  func write(_ report: WatchReport) {
    var isFirst = true
    for result in report.results where result.total > 0 {
      if !isFirst { terminal.newline() }
      isFirst = false
      terminal.write(Neutralize.line(result.watch.name), .heading)
      terminal.write("  " + WatchText.found(result.total), .detail)
      terminal.newline()
      for hit in result.hits {
        let title = TerminalWriter.truncate(WatchText.title(hit), to: terminal.terminal.columns - 3)
        terminal.write("   ")
        terminal.write(title, .title, link: terminal.terminal.usesHyperlinks ? WatchText.link(hit) : nil)
        terminal.newline()
        terminal.line(
          "   " + TerminalWriter.truncate(WatchText.byline(hit), to: terminal.terminal.columns - 3), .detail)
        terminal.paragraph(
          hit.snippet.text, highlights: hit.snippet.highlights, indentation: 3, maximumLines: 2)
      }
      if result.total > result.hits.count {
        terminal.line("   and \(NumberFormat.grouped(result.total - result.hits.count)) more", .detail)
      }
    }
    if report.results.isEmpty {
      terminal.line("Nothing is watched. Add one with: griot watch add NAME QUERY", .detail)
    } else if isFirst {
      terminal.line("Nothing new.", .detail)
    }
  }
}
