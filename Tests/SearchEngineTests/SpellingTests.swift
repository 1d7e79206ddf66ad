import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// "Did you mean", per word.
@Suite struct SpellingTests {
  private static let text = """
    The pressure in the pressure vessel. A measure of caution, a pleasure. Receive, received, receiving receipts.
    Maintenance of the maintenance window. Internationalisation. Kreuzungen. 2001 v2.3.1 valve
    """

  private func corrected(_ query: String, _ text: String = text) throws -> (query: Query, notes: [String]) {
    let index = try TestIndex([
      [
        IndexDocument(
          key: DocumentKey(high: 0, low: 1), language: .english, passages: [IndexPassage(body: Array(text.utf8))])
      ],
      [
        IndexDocument(
          key: DocumentKey(high: 0, low: 2), language: .english,
          passages: [IndexPassage(body: Array("Pressure and pressures".utf8))])
      ],
    ])
    var configuration = QueryAnalyzer.Configuration(languages: [.english], reader: index.searcher.reader)
    configuration.correctsSpelling = true
    let result = try QueryAnalyzer(configuration).query(query)
    return (result.query.simplified(), result.notes.map(\.message))
  }

  @Test(arguments: [
    ("presure", "pressure"), ("pressrue", "pressure"), ("presssure", "pressure"), ("recieve", "receive"),
    ("maintainance", "maintenance"), ("internationalization", "internationalisation"), ("Presure", "pressure"),
    ("kreuzugen", "kreuzungen"), ("plesaure", "pleasure"),
  ])
  func unknownWordsAreReplaced(_ typed: String, _ meant: String) throws {
    let (query, notes) = try corrected(typed)
    let wanted = try corrected(meant)
    #expect(wanted.notes == [])
    #expect(notes.count == 1)
    #expect(notes.first?.contains("“\(typed)”") == true && notes.first?.contains("“\(meant)”") == true, "\(notes)")
    #expect(Self.stems(query).contains { Self.stems(wanted.query).contains($0) })
  }

  @Test(arguments: [
    "pressure", "pressures", "\"presure\"", "valv", "vlve", "2002", "pressure2", "v2.3.2", "presur*", "pressur~1",
    "pump -presure", "pump AND NOT presure", "locomotive", "presure-vessel", "/presure/", "東京都庁舎前",
  ])
  func othersStayAsTheyAre(_ typed: String) throws {
    #expect(try corrected(typed).notes == [])
  }

  @Test func freeTextIsCorrectedToo() throws {
    let (query, notes) = try corrected("the presure of recieved receipts")
    #expect(notes.count == 2)
    #expect(Self.stems(query).contains(Array("pressur".utf8)))
  }

  @Test func slipsThatPeopleMakeAreCheap() {
    func cost(_ a: String, _ b: String) -> Double {
      EditCost.of(Array(a.unicodeScalars), Array(b.unicodeScalars))
    }
    #expect(cost("word", "word") == 0)
    #expect(cost("presure", "pressure") < cost("presure", "presume"))
    #expect(cost("recieve", "receive") < cost("recieve", "relieve"))
    #expect(cost("valbe", "valve") < cost("valbe", "valse"))
    #expect(cost("bank", "tank") > cost("tonk", "tank"))
    #expect(EditCost.worthOfFrequency(1) < EditCost.worthOfFrequency(1000))
  }

  private static func stems(_ query: Query) -> [[UInt8]] {
    switch query {
    case .word(let word): word.alternatives.map(\.stem)
    case .phrase(let phrase): phrase.words.flatMap { $0.alternatives.map(\.stem) }
    case .boolean(let boolean): boolean.clauses.flatMap { stems($0.query) }
    default: []
    }
  }
}
