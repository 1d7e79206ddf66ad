import Griot
import TestSupport
import Testing

@testable import GriotCommand

@Suite struct SearchJSONTests {
  @Test func keysAreThoseOfTheDesign() throws {
    let out = OutputBuffer()
    var results = SearchViewTests.results(2, of: 99)
    results.facets.kind = [SearchResults.FacetValue(value: "wiki", count: 2)]
    SearchJSON.write(results, to: out, addresses: false)
    let json = try JSONValue(parsing: out.text)
    #expect(json.keys == ["version", "query", "total", "took_us", "notes", "hits", "facets"])
    #expect(json["total"]?.keys == ["value", "relation"])
    #expect(json["facets"]?.keys == ["kind", "source", "year", "people"])
    let hit = json["hits"]![0]!
    #expect(
      hit.keys == [
        "rank", "score", "id", "externalId", "kind", "title", "date", "people", "source", "location", "anchor",
        "snippet", "folded",
      ])
    #expect(hit["snippet"]?.keys == ["text", "highlights"])
    #expect(hit["people"]?[0]?.keys == ["name", "role"])
    let text = Array(hit["snippet"]!["text"]!.string!.utf8)
    let words = hit["snippet"]!["highlights"]!.array.map {
      String(decoding: text[$0[0]!.int!..<$0[1]!.int!], as: UTF8.self)
    }
    #expect(words == ["roll", "back", "deploy"])
    #expect(out.text.filter { $0 == "\n" }.count == 1)
    #expect(!out.text.contains("ana@example.org"))
  }

  @Test func explanationsOnlyWhenAskedFor() throws {
    let out = OutputBuffer()
    var results = SearchViewTests.results(1, of: 1)
    results.hits[0].explanation = ScoreExplanation(
      "score", 2.75,
      [ScoreExplanation("first phase", 2.5, [ScoreExplanation("“valv”", 2.5)]), ScoreExplanation("title", 0.25)])
    SearchJSON.write(results, to: out, addresses: false)
    let tree = try #require(try JSONValue(parsing: out.text)["hits"]?[0]?["explain"])
    #expect(tree.keys == ["value", "what", "details"])
    #expect(tree["details"]?.array.map { $0["what"]?.string } == ["first phase", "title"])
    #expect(tree["details"]?[0]?["details"]?[0]?["details"]?.array.isEmpty == true)
    #expect(out.text.contains("{\"value\":2.75,\"what\":\"score\""))
  }

  @Test func addressesOnlyWhenAskedFor() throws {
    let out = OutputBuffer()
    SearchJSON.write(SearchViewTests.results(1, of: 1), to: out, addresses: true)
    let people = try JSONValue(parsing: out.text)["hits"]![0]!["people"]!
    #expect(people[0]?.keys == ["name", "email", "role"])
    #expect(people[0]?["email"]?.string == "ana@example.org")
    #expect(people[1]?["email"] == .null)
  }

  @Test func linesAndTabs() throws {
    let lines = OutputBuffer()
    SearchJSON.writeLines(SearchViewTests.results(3, of: 3), qid: "7", to: lines, addresses: false)
    let values = try JSONValue.lines(lines.text)
    #expect(values.count == 3)
    #expect(values.map { $0["rank"]?.int } == [1, 2, 3])
    #expect(values[0].keys.prefix(3) == ["version", "qid", "rank"])

    let tabs = OutputBuffer()
    var results = SearchViewTests.results(1, of: 1)
    results.hits[0].title = "a\tb\nc"
    SearchTSV.write(results, qid: nil, to: tabs)
    let fields = tabs.text.dropLast().split(separator: "\t", omittingEmptySubsequences: false)
    #expect(fields.count == SearchTSV.columns.count)
    #expect(fields[5] == "a b c")
    #expect(fields[6] == "Ana Pérez, Jo Li, Somebody")
  }
}
