import Documents
import Griot
import TestSupport
import Testing

@testable import Griot

/// What people see of hits: folding, order, the passage that is shown.
@Suite struct PresentationTests {
  private static func long(_ seed: UInt64, words: Int = 120) -> String {
    var random = SplitMix64(seed: seed)
    return (0..<words).map { _ in "w\(Int.random(in: 0..<400, using: &random))x" }.joined(separator: " ")
  }

  @Test func nearDuplicatesAreFolded() throws {
    let workshop = Workshop()
    let text = "pump " + Self.long(1)
    var changed = text.split(separator: " ")
    changed[60] = "different"
    workshop.write(
      "a.jsonl",
      Lines.record("1", text) + Lines.record("2", changed.joined(separator: " "))
        + Lines.record("3", "pump " + Self.long(2))
        + Lines.record("4", "The pump sticks.") + Lines.record("5", "the PUMP sticks")
        + Lines.record("6", "Sticks the pump."))
    try workshop.ingest()
    let plain = try workshop.search("pump") { $0.folding = .none }
    #expect(plain.hits.count == 6)
    #expect(plain.hits.allSatisfy { $0.folded == 0 })
    let folded = try workshop.search("pump") { $0.folding = .duplicates }
    #expect(folded.hits.count == 4)
    #expect(folded.hits.map(\.folded).sorted() == [0, 0, 1, 1])
    #expect(folded.hits.map(\.rank) == [1, 2, 3, 4])
    #expect(folded.total.value == 6, "totals count documents")
    #expect(folded.facets.kind.map(\.count).reduce(0, +) == 6)
    // Pages fit together.
    var paged: [String] = []
    for offset in 0..<4 {
      let page = try workshop.search("pump") {
        $0.folding = .duplicates
        $0.offset = offset
        $0.limit = 1
      }
      paged += page.hits.map(\.externalID)
    }
    #expect(paged == folded.hits.map(\.externalID))
    // Runs know nothing of it.
    #expect(try SearchService(Memory(opening: workshop.memory)).ranking(SearchRequest("pump")).count == 6)
  }

  private static func mail(_ id: String, _ subject: String, parent: String? = nil, _ text: String) -> String {
    """
    From ann@example.org Mon Jan  8 10:00:00 2024
    From: Ann Lee <ann@example.org>
    Subject: \(subject)
    Date: Mon, 8 Jan 2024 10:00:00 +0000
    Message-ID: <\(id)@example.org>\(parent.map { "\nIn-Reply-To: <\($0)@example.org>\nReferences: <1@example.org> <\($0)@example.org>" } ?? "")

    \(text)


    """
  }

  @Test func aConversationIsOneHit() throws {
    let workshop = Workshop()
    workshop.write(
      "list.mbox",
      Self.mail("1", "Pump 3", "The pump stopped at noon and nobody knows the reason for it.")
        + Self.mail("2", "Re: Pump 3", parent: "1", "Is the pump still under warranty, or did that end last year?")
        + Self.mail("3", "Re: Pump 3", parent: "2", "No pump of ours is; I shall ask the maker for a price.")
        + Self.mail("9", "Pump hall", "The hall of the pump needs a coat of paint before the winter comes."))
    try workshop.ingest()
    let shown = try workshop.search("pump") { $0.folding = .conversations }
    #expect(shown.hits.count == 2)
    let conversation = try #require(shown.hits.first { !$0.conversation.isEmpty })
    #expect(conversation.conversation.count == 2)
    #expect(conversation.folded == 0)
    #expect(
      Set([conversation.externalID] + conversation.conversation.map(\.externalID))
        == ["1@example.org", "2@example.org", "3@example.org"])
    #expect(try workshop.search("pump") { $0.folding = .duplicates }.hits.count == 4)
  }

  @Test func recentDocumentsAreFavouredOnlyOnRequest() throws {
    let workshop = Workshop()
    func record(_ id: String, _ date: String?, _ text: String) -> String {
      "{\"id\":\"\(id)\",\"text\":\"\(text)\"\(date.map { ",\"date\":\"\($0)\"" } ?? "")}\n"
    }
    workshop.write(
      "a.jsonl",
      record("old", "2010-01-01", "pump alarm") + record("new", "2024-01-01", "the pump alarm of today")
        + record("none", nil, "pump alarm"))
    try workshop.ingest()
    let plain = try workshop.search("pump alarm")
    let favoured = try workshop.search("pump alarm") { $0.halfLife = 365 * 86_400 }
    #expect(favoured.hits.first?.externalID == "new")
    #expect(plain.hits.last?.externalID == "new")
    let again = try workshop.search("pump alarm")
    #expect(again.hits.map(\.score) == plain.hits.map(\.score))
    #expect(Recency.share(age: 0, halfLife: 10) == 1)
    #expect(abs(Recency.share(age: 10, halfLife: 10) - 0.5) < 1e-6)
    #expect(abs(Recency.share(age: 5, halfLife: 10) - 0.707_106_8) < 1e-6)
    #expect(Recency.share(age: .max, halfLife: 1) == 0)
    #expect(Recency.share(age: -5, halfLife: 1) == 1)
  }

  @Test func aTitleThatMatchesIsShown() throws {
    let workshop = Workshop()
    workshop.write(
      "a.md",
      "# Turbine handbook\n\n" + Self.long(3, words: 400) + "\n\n## Rollback plan\n\n" + Self.long(4, words: 400) + "\n"
    )
    try workshop.ingest()
    let byTitle = try #require(try workshop.search("turbine").hits.first)
    #expect(byTitle.snippet.highlights == [])
    #expect(!byTitle.snippet.text.isEmpty)
    #expect(byTitle.titleHighlights.count + byTitle.headingHighlights.count > 0)
    let byHeading = try #require(try workshop.search("rollback").hits.first)
    #expect(
      byHeading.headingHighlights.map { range in
        String(decoding: Array(byHeading.heading!.utf8)[range], as: UTF8.self)
      } == ["Rollback"])
    #expect(byHeading.anchor?.hasPrefix("#") == true)
  }

  @Test func namesAreCompleted() throws {
    let workshop = Workshop()
    workshop.write(
      "a.jsonl",
      Lines.record("1", "x", author: "Ann Lee") + Lines.record("2", "y", author: "Bo Ek")
        + Lines.record("3", "z", author: "Inés Annan"))
    try workshop.ingest()
    let memory = try Memory(opening: workshop.memory)
    #expect(try memory.people(beginning: "ann", limit: 10) == ["Ann Lee", "Inés Annan"])
    #expect(try memory.people(beginning: "", limit: 2) == ["Ann Lee", "Bo Ek"])
    #expect(try memory.people(beginning: "zz", limit: 2) == [])
  }
}
