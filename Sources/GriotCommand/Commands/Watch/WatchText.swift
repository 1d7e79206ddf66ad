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

  /// What stands around the text of a hit: a mail has it twice.
  struct Heading {
    let title: String
    let link: String?
    let byline: String

    init(_ hit: SearchHit) {
      title = oneLine(WatchText.title(hit))
      link = WatchText.link(hit)
      byline = oneLine(WatchText.byline(hit))
    }
  }

  static func headings(_ report: WatchReport) -> [[Heading]] { report.results.map { $0.hits.map(Heading.init) } }

  static func markdown(_ report: WatchReport) -> String { markdown(report, headings(report)) }

  static func markdown(_ report: WatchReport, _ headings: [[Heading]]) -> String {
    var out = "# What is new\n"
    for (result, headings) in zip(report.results, headings) where result.total > 0 {
      out += "\n## \(escaped(result.watch.name)): \(Self.found(result.total))\n"
      for (hit, heading) in zip(result.hits, headings) {
        let title = withBackslashes(heading.title)
        // Angle brackets: a path may hold blanks and parentheses.
        out += "\n- "
        if let link = heading.link { out += "[\(title)](<\(link)>)" } else { out += title }
        out += "  \n  "
        out += withBackslashes(heading.byline)
        out += "  \n  "
        out += escaped(hit.snippet.text)
        out += "\n"
      }
      if result.total > result.hits.count {
        out += "\nand \(NumberFormat.grouped(result.total - result.hits.count)) more\n"
      }
    }
    return report.total == 0 ? out + "\nNothing.\n" : out
  }

  /// White space of any kind, line ends among it, as single blanks; none at either end.
  static func oneLine(_ text: String) -> String {
    var text = text
    // Nearly every text is one already.
    if text.withUTF8(isPlainLine) { return text }
    text = Neutralize.line(text)
    return text.withUTF8 { utf8 in
      var out: [UInt8] = []
      out.reserveCapacity(utf8.count)
      var isBetween = false
      var at = 0
      while at < utf8.count {
        // A feed has thousands of texts: blanks are told from letters by bytes wherever they are ASCII.
        let count = utf8[at] < 0x80 ? 1 : scalarLength(utf8[at])
        let scalar = UnsafeBufferPointer(rebasing: utf8[at..<min(at + count, utf8.count)])
        at += count
        if isBlank(scalar) {
          isBetween = !out.isEmpty
        } else {
          if isBetween { out.append(0x20) }
          isBetween = false
          out.append(contentsOf: scalar)
        }
      }
      return String(decoding: out, as: UTF8.self)
    }
  }

  /// Whether it is of visible ASCII characters with single blanks between them.
  private static func isPlainLine(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var before: UInt8 = 0x20
    for byte in utf8 {
      if byte < 0x20 || byte >= 0x7F || (byte == 0x20 && before == 0x20) { return false }
      before = byte
    }
    return before != 0x20
  }

  /// Bytes of the scalar that begins so; strings are well-formed.
  private static func scalarLength(_ lead: UInt8) -> Int { lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

  private static func isBlank(_ scalar: UnsafeBufferPointer<UInt8>) -> Bool {
    if scalar.count == 1 { return scalar[0] == 0x20 || (0x09...0x0D).contains(scalar[0]) }
    // All others stand below U+3001.
    guard scalar.count < 4, scalar[0] <= 0xE3 else { return false }
    return String(decoding: scalar, as: UTF8.self).unicodeScalars.first?.properties.isWhitespace ?? false
  }

  /// Text that Markdown and HTML take as text.
  static func escaped(_ text: String) -> String { withBackslashes(oneLine(text)) }

  private static func withBackslashes(_ line: String) -> String {
    var line = line
    return line.withUTF8 { utf8 in
      guard utf8.contains(where: { meant[Int($0)] }) else { return String(decoding: utf8, as: UTF8.self) }
      var out: [UInt8] = []
      out.reserveCapacity(utf8.count + utf8.count / 8)
      for byte in utf8 {
        if meant[Int(byte)] { out.append(UInt8(ascii: "\\")) }
        out.append(byte)
      }
      return String(decoding: out, as: UTF8.self)
    }
  }

  /// What Markdown takes for more than itself.
  private static let meant: [Bool] = {
    var meant = [Bool](repeating: false, count: 256)
    for byte in "\\`*_[]<>#|&~".utf8 { meant[Int(byte)] = true }
    return meant
  }()
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
