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

  private static func loose(_ id: Int, _ subject: String, day: Int, parent: Bool = false, _ text: String) -> String {
    """
    From ann@example.org Mon Jan  8 10:00:00 2024
    From: Ann Lee <ann@example.org>
    Subject: \(subject)
    Date: \(day) Jan 2024 10:00:00 +0000
    Message-ID: <\(id)@example.org>\(parent ? "\nIn-Reply-To: <elsewhere@example.org>" : "")

    \(text)


    """
  }

  /// Answers that name no parent are known by their subject; nothing else is.
  @Test func subjectsJoinWhatNamesNoParent() throws {
    let workshop = Workshop()
    workshop.write(
      "list.mbox",
      Self.loose(1, "[ops] Pump hall alarm", day: 2, "The pump in the hall gave an alarm at night and then stopped.")
        + Self.loose(2, "RE: [ops] Pump hall  alarm", day: 5, "Was the pump serviced in the autumn, as was planned?")
        // Too late, or with a parent of its own.
        + Self.loose(3, "Re: Pump hall alarm", day: 29, "My pump gives an alarm too since the firmware was changed.")
        + Self.loose(4, "Re: Pump hall alarm", day: 6, parent: true, "What I wrote about the other pump holds here.")
        // Two that both began something.
        + Self.loose(5, "Weekly pump report", day: 8, "All pumps ran through the week without any trouble at all.")
        + Self.loose(6, "Weekly pump report", day: 15, "A pump was out of order from Monday to Wednesday noon."))
    try workshop.ingest()
    let shown = try workshop.search("pump") {
      $0.folding = .conversations
      $0.limit = 20
    }
    let groups = Set(shown.hits.map { Set([$0.externalID] + $0.conversation.map(\.externalID)) })
    func id(_ number: Int) -> String { "\(number)@example.org" }
    #expect(groups.contains([id(1), id(2), id(4)]), "\(groups)")
    for alone in [3, 5, 6] { #expect(groups.contains([id(alone)]), "\(groups)") }
  }

  @Test func subjectsAreCompared() {
    func check(_ subject: String, _ text: String, _ isAnswer: Bool) {
      let found = ConversationLinks.normalized(subject)
      #expect(found.text == text && found.isAnswer == isAnswer, "\(subject)")
    }
    check("Re: [ILUG] RE:  Newby to Linux", "newby to linux", true)
    check("AW: Aw: Re[2]: Sitzung", "sitzung", true)
    check("[R-SIG-Mac] R 4.0: what is new", "r 4.0: what is new", false)
    check("Result: we won", "result: we won", false)
    check("Re:", "", true)
    check("[unclosed subject", "[unclosed subject", false)
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
