import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// From what is typed to what is looked for.
@Suite struct QueryAnalyzerTests {
  private let analyzer = QueryAnalyzer(
    .init(languages: [.english]) { field, value in
      switch field {
      case .kind: .filter(.keyword("kind", value))
      case .after:
        PartialDate(value).map { .filter(.range(column: "date", from: $0.start, below: nil)) }
          ?? .unusable("“\(value)” is no date")
      default: .unusable("\(field.rawValue) is not here")
      }
    })

  private func read(_ text: String) throws -> Query { try analyzer.query(text).query }
  private func w(_ stem: String) -> Query { .word(WordQuery(stem)) }
  private func exact(_ stem: String, _ form: String) -> Query { .word(WordQuery([TermMatch(stem, form: form)])) }
  private func bool(_ clauses: [BooleanQuery.Clause], _ minimum: Int) -> Query {
    .boolean(BooleanQuery(clauses, minimumShould: minimum))
  }

  @Test func ofVeryManyRemarksTheFirstAreMade() throws {
    let few = try analyzer.query(String(repeating: "(", count: 12) + "pump").notes
    #expect(few.count == 12)
    let many = try analyzer.query(String(repeating: "(", count: 10_000) + "pump").notes
    #expect(many.count == 13)
    #expect(many.dropLast() == few[...])
    #expect(many.last?.message == "9988 more remarks like these were left out")
    #expect(many.last?.range == 12..<10_000)
  }

  @Test func freeWordsAreStemmedAndRanked() throws {
    #expect(try read("pumps") == w("pump"))
    #expect(try read("failing pumps") == bool([.init(.should, w("fail")), .init(.should, w("pump"))], 1))
    #expect(
      try read("+failing pumps -valves")
        == bool(
          [.init(.must, w("fail")), .init(.should, w("pump")), .init(.mustNot, w("valv"))], 0))
    #expect(try read("failing AND pumps") == bool([.init(.must, w("fail")), .init(.must, w("pump"))], 0))
    #expect(try read("") == .none)
    #expect(try read("?! --- …") == .none)
    #expect(try read("*") == .all)
  }

  @Test func stopWordsGoWhileContentRemains() throws {
    #expect(try read("the pump of the house").simplified() == read("pump house").simplified())
    #expect(try read("to be or not to be") != .none)
    #expect(try analyzer.freeQuery("the AND -pump").query.simplified() == read("pump").simplified())
    // A stop word beside nothing but a filter is content.
    guard case .boolean(let boolean) = try read("the kind:wiki") else { Issue.record("no clauses"); return }
    #expect(boolean.clauses.count == 2)
    let keeping = QueryAnalyzer(.init(languages: [.english], stopWords: []))
    #expect(try keeping.query("the pump").query != read("pump"))
  }

  @Test func quotedWordsKeepTheirForm() throws {
    #expect(try read("\"Pumps\"") == exact("pump", "pumps"))
    #expect(
      try read("\"the pumps failed\"")
        == .phrase(
          PhraseQuery([
            .init(offset: 0, [TermMatch("the", form: "the")]), .init(offset: 1, [TermMatch("pump", form: "pumps")]),
            .init(offset: 2, [TermMatch("fail", form: "failed")]),
          ])))
    guard case .phrase(let near) = try read("\"pump valve\"~3") else { Issue.record("no phrase"); return }
    #expect(near.slop == 3)
  }

  @Test func identifiersArePhraseOrWhole() throws {
    guard case .boolean(let readings) = try read("ERR_CONN_42") else { Issue.record("one reading"); return }
    #expect(readings.isDisjunction)
    #expect(readings.clauses.contains { $0.query == w("err_conn_42") })
    #expect(readings.clauses.contains { if case .phrase = $0.query { true } else { false } })
    guard case .boolean(let hyphen) = try read("e-mail") else { Issue.record("one reading"); return }
    #expect(hyphen.clauses.contains { $0.query == w("email") })
  }

  @Test func fieldsRestrict() throws {
    let wiki = Query.filter(.keyword("kind", "wiki"))
    #expect(try read("pump kind:wiki") == bool([.init(.should, w("pump")), .init(.filter, wiki)], 1))
    #expect(try read("kind:wiki") == wiki)
    #expect(try read("title:pump") == .word(WordQuery("pump", scope: .title)))
    #expect(
      try read("title:pump valve")
        == bool(
          [.init(.must, .word(WordQuery("pump", scope: .title))), .init(.should, w("valv"))], 0))
    let read = try analyzer.query("pump after:yesterday")
    #expect(read.notes.count == 1)
    #expect(read.query.simplified() == (try self.read("pump yesterday")).simplified())
  }

  @Test func patternsAreNormalised() throws {
    #expect(try read("Net*") == .pattern(PatternQuery(.prefix(Array("net".utf8)))))
    #expect(try read("W?ld*D") == .pattern(PatternQuery(.wildcard(Array("w?ld*d".utf8)))))
    #expect(try read("Résumé~1") == .pattern(PatternQuery(.fuzzy(Array("resume".utf8), distance: 1))))
    #expect(try read("/Err_\\D+/") == .pattern(PatternQuery(.regexp(Array("err_\\D+".utf8)))))
    let bad = try analyzer.query("/ab(/")
    #expect(bad.notes.count == 1)
    #expect(bad.query == w("ab"))
  }

  @Test func datesArePeriods() {
    #expect(PartialDate("1970")?.start == 0)
    #expect(PartialDate("1970-02")?.start == Int64(2_678_400))
    #expect(PartialDate("1972-02-29")?.end == PartialDate("1972-03")?.start)
    #expect(PartialDate("2024/5/7")?.start == PartialDate("2024-05-07")?.start)
    for bad in ["", "24", "2024-13", "2023-02-29", "2024-00", "2024-05-17-1", "yesterday", "2024-", "20240517", "0000"]
    {
      #expect(PartialDate(bad) == nil, "\(bad)")
    }
    for seconds: Int64 in [-1, 0, 31_535_999, 31_536_000, -62_135_596_800, 253_402_300_799] {
      let year = PartialDate.year(of: seconds)
      #expect(PartialDate.seconds(year, 1, 1) <= seconds && seconds < PartialDate.seconds(year + 1, 1, 1))
    }
  }

  /// Any text gives a query; whatever the parser made of it, analysis ends.
  @Test func anythingIsAnswered() throws {
    let pieces = [
      "pump", "the", "AND", "OR", "NOT ", "-", "+", "(", ")", "\"", "title:", "kind:", "after:", "*", "?", "~1", "/a",
      "/", " ", " ", "東京都", "foo_bar", "😀", "é", "\\",
    ]
    for seed in 0..<1500 {
      var random = SplitMix64(seed: UInt64(seed))
      let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined()
      let result = try analyzer.query(text)
      _ = result.query.simplified()
      for note in result.notes { #expect(note.range.upperBound <= text.utf8.count, "seed \(seed): \(text)") }
      _ = try analyzer.freeQuery(text)
    }
  }
}
