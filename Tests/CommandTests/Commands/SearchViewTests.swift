import Documents
import Griot
import Testing

@testable import GriotCommand

/// Answers made by hand: what a person sees of them, to the last blank.
@Suite struct SearchViewTests {
  static func hit(_ rank: Int) -> SearchHit {
    SearchHit(
      rank: rank, score: 12.5 / Float(rank), id: "3f2a91c04b77aa01f6e1c0d2b3a49587", externalID: "handbook/deploy.md",
      kind: "wiki", title: "Rolling back a failed deploy", date: DocumentDate(year: 2024, month: 5, day: 17),
      people: [
        VisiblePerson(name: "Ana Pérez", address: "ana@example.org", role: .author),
        VisiblePerson(name: "Jo Li", address: nil, role: .editor),
        VisiblePerson(name: "Somebody", address: nil, role: .mentioned),
      ],
      source: "handbook", location: "handbook/deploy.md", url: nil, anchor: "#rollback", heading: "Rollback",
      snippet: SnippetText(
        text:
          "…then stop the queue workers, roll back the deploy, and wait for the health check before traffic returns.",
        highlights: [32..<36, 37..<41, 46..<52]), folded: rank == 1 ? 2 : 0)
  }

  static func results(_ count: Int, of total: Int) -> SearchResults {
    var results = SearchResults(query: "roll back deploy")
    results.total = SearchResults.Total(value: total, relation: .eq)
    results.tookMicroseconds = 3240
    results.hits = (1...count).map(hit)
    return results
  }

  @Test func plain() {
    let out = OutputBuffer()
    SearchView(TerminalWriter(out, .plain), request: SearchRequest("x"), page: nil).write(Self.results(1, of: 12))
    #expect(
      out.text == """
        1  Rolling back a failed deploy                                 wiki  2024-05-17
           Ana Pérez, Jo Li · handbook/deploy.md · 3f2a91c0#rollback · +2 like it
           …then stop the queue workers, roll back the deploy, and wait for the health
           check before traffic returns.

        1 of 12 documents in 3.2 ms; more with --offset 1

        """)
  }

  @Test func color() {
    let out = OutputBuffer()
    var terminal = Terminal.plain
    terminal.usesColor = true
    SearchView(TerminalWriter(out, terminal), request: SearchRequest("x"), page: nil).write(Self.results(1, of: 1))
    #expect(
      out.text.contains(
        "workers, \u{1B}[1;31mroll\u{1B}[0m \u{1B}[1;31mback\u{1B}[0m the \u{1B}[1;31mdeploy\u{1B}[0m, and"))
    #expect(out.text.hasPrefix("\u{1B}[2m1\u{1B}[0m  \u{1B}[1mRolling back a failed deploy\u{1B}[0m"))
    // Without the sequences it is the plain text.
    let plain = OutputBuffer()
    SearchView(TerminalWriter(plain, .plain), request: SearchRequest("x"), page: nil).write(Self.results(1, of: 1))
    #expect(Self.withoutEscapes(out.text) == plain.text)
  }

  @Test(arguments: [24, 30, 50])
  func onePageFitsTheWindow(_ rows: Int) {
    let out = OutputBuffer()
    var terminal = Terminal.plain
    terminal.isInteractive = true
    terminal.rows = rows
    SearchView(TerminalWriter(out, terminal), request: SearchRequest("x"), page: rows).write(Self.results(20, of: 99))
    let lines = out.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    // One line for the prompt that comes back.
    #expect(lines < rows)
    #expect(lines > rows - 7)
    #expect(out.text.contains("of 99 documents"))
  }

  @Test(arguments: [20, 31, 40, 60, 80, 133])
  func noLineIsWiderThanTheWindow(_ columns: Int) {
    let out = OutputBuffer()
    var terminal = Terminal.plain
    terminal.columns = columns
    var results = Self.results(3, of: 3)
    results.hits[1].title = "事後分析：ポンプの警報が三回鳴った夜の記録と学び、そして次にすること"
    results.hits[1].snippet = SnippetText(text: "ポンプの圧力が下がった。原因は弁。", highlights: [0..<9])
    results.hits[2].title = ""
    results.hits[2].location = "a/very/long/path/of/folders/" + String(repeating: "x", count: 100) + ".md"
    results.hits[2].people = (0..<30).map { VisiblePerson(name: "Person \($0)", address: nil, role: .speaker) }
    SearchView(TerminalWriter(out, terminal), request: SearchRequest("x"), page: nil).write(results)
    for line in out.text.split(separator: "\n").dropLast() {
      #expect(CharacterWidth.of(line) <= columns, "\(line)")
    }
  }

  @Test func aConversationAndAHeadingThatMatched() {
    let out = OutputBuffer()
    var results = Self.results(1, of: 9)
    results.hits[0].folded = 0
    results.hits[0].snippet.highlights = []
    results.hits[0].titleHighlights = [0..<7]
    results.hits[0].headingHighlights = [0..<8]
    for number in 1...5 {
      var message = Self.hit(number)
      message.title = "Re: Rolling back \(number)"
      message.anchor = "#p1"
      results.hits[0].conversation.append(message)
    }
    var request = SearchRequest("x")
    request.folding = .conversations
    var terminal = Terminal.plain
    terminal.usesColor = true
    SearchView(TerminalWriter(out, terminal), request: request, page: nil).write(results)
    #expect(out.text.contains("\u{1B}[1;31mRolling\u{1B}[0m\u{1B}[1m back a failed deploy\u{1B}[0m"))
    #expect(
      Self.withoutEscapes(out.text) == """
        1  Rolling back a failed deploy                                 wiki  2024-05-17
           Ana Pérez, Jo Li · handbook/deploy.md · 3f2a91c0#rollback
           Rollback
           …then stop the queue workers, roll back the deploy, and wait for the health
           check before traffic returns.
           ↳ Re: Rolling back 1 · Ana Pérez, Jo Li · 2024-05-17 · 3f2a91c0
           ↳ Re: Rolling back 2 · Ana Pérez, Jo Li · 2024-05-17 · 3f2a91c0
           ↳ Re: Rolling back 3 · Ana Pérez, Jo Li · 2024-05-17 · 3f2a91c0
           ↳ +2 more of this conversation

        1 of 9 documents in 3.2 ms

        """)
  }

  @Test func nothingFound() {
    let out = OutputBuffer()
    SearchView(TerminalWriter(out, .plain), request: SearchRequest("x"), page: nil).write(
      SearchResults(query: "x\u{1B}"))
    #expect(out.text == "Nothing in the memory matches “x␛”.\n")
  }

  static func withoutEscapes(_ text: String) -> String {
    var out = ""
    var isInside = false
    for scalar in text.unicodeScalars {
      if scalar == "\u{1B}" { isInside = true }
      if !isInside { out.unicodeScalars.append(scalar) }
      if isInside, scalar == "m" { isInside = false }
    }
    return out
  }

  @Test func aLowerBoundIsNotSaidAsATotal() {
    func summary(hits: Int, limit: Int, of total: Int) -> String {
      let out = OutputBuffer()
      var request = SearchRequest("x")
      request.limit = limit + 1
      var results = Self.results(hits, of: total)
      results.total.relation = .gte
      SearchView(TerminalWriter(out, .plain), request: request, page: nil, limit: limit).write(results)
      return String(out.text.split(separator: "\n").last!)
    }
    #expect(summary(hits: 4, limit: 3, of: 100) == "1–3 in 3.2 ms; more with --offset 3")
    #expect(summary(hits: 4, limit: 3, of: 4) == "1–3 in 3.2 ms; more with --offset 3")
    #expect(summary(hits: 3, limit: 3, of: 3) == "1–3 of 3 documents in 3.2 ms")
  }

  @Test func placesAreShort() {
    func place(_ path: String) -> String { SearchView.place(path, directory: "/home/ana/work", home: "/home/ana") }
    #expect(place("/home/ana/work/wiki/a.md") == "wiki/a.md")
    #expect(place("/home/ana/mail/b.mbox") == "~/mail/b.mbox")
    #expect(place("/home/anabel/c.md") == "/home/anabel/c.md")
    #expect(SearchView.place("/a", directory: nil, home: "/") == "/a")
  }
}
