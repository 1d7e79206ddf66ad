import Griot
import Testing

/// Short forms found through their long ones and the other way round; all of it in the notes, all of it reversible.
@Suite struct ExpansionTests {
  private static let documents = """
    {"id":"define","title":"Oncall handbook","text":"The site reliability engineering (SRE) team answers the pager."}
    {"id":"define2","title":"Charter","text":"Who is in site reliability engineering (SRE) and who pays."}
    {"id":"other","title":"Serials","text":"The system reference element (SRE) is printed on the plate."}
    {"id":"long","title":"Budget","text":"What site reliability engineering costs in the second year."}
    {"id":"short","title":"Pager","text":"SRE was paged twice at night."}
    {"id":"nothing","title":"Garden","text":"Tomatoes want water."}
    """

  private func shop() throws -> Workshop {
    let shop = Workshop()
    shop.write("docs.jsonl", Self.documents)
    #expect(try shop.ingest().added == 6)
    return shop
  }

  @Test func shortAndLongFormsFindEachOther() throws {
    let shop = try shop()
    let service = SearchService(try Memory(opening: shop.memory))
    let found = try service.search(SearchRequest("sre"))
    #expect(found.hits.map(\.externalID).contains("long"))
    #expect(
      Set(found.expansions.map(\.meant)) == [
        "site reliability engineering", "system reference element",
      ])
    #expect(
      found.notes.contains { $0.contains("“site reliability engineering” too (2 documents of") })
    #expect(
      found.hits.last?.externalID == "long", "another name ranks below the name that was typed")

    let reverse = try service.search(SearchRequest("Site reliability engineering"))
    #expect(reverse.hits.map(\.externalID).contains("short"))
    #expect(!reverse.hits.map(\.externalID).contains("nothing"))

    var plain = SearchRequest("sre")
    plain.expands = false
    #expect(try !service.search(plain).hits.map(\.externalID).contains("long"))
    #expect(try service.search(plain).notes == [])
    var first = SearchRequest("sre")
    first.rank = .bm25
    #expect(try !service.search(first).hits.map(\.externalID).contains("long"))
    #expect(try !service.search(SearchRequest("+sre")).hits.map(\.externalID).contains("long"))
    #expect(try !service.search(SearchRequest("\"sre\"")).hits.map(\.externalID).contains("long"))
  }

  @Test func theGlossaryAddsAndStrikes() throws {
    let shop = try shop()
    shop.write(
      "../memory/glossary.tsv",
      "# ours\nVeg\ttomatoes\n-SRE\tsystem reference element\nPGR\tpager\n")
    let service = SearchService(try Memory(opening: shop.memory))
    #expect(try service.search(SearchRequest("veg")).hits.map(\.externalID) == ["nothing"])
    #expect(try service.search(SearchRequest("veg")).notes.contains { $0.contains("the glossary") })
    #expect(
      try service.search(SearchRequest("sre")).expansions.map(\.meant) == [
        "site reliability engineering"
      ])
    #expect(
      Glossary(text: "-SRE\nSRE\tmine\n\n\tnothing\nalone\n").definitions.map(\.long) == ["mine"])
  }
}
