import Documents
import TestSupport
import Testing

@testable import Griot

@Suite struct TemplateBlocksTests {
  private static func word(_ rng: inout SplitMix64) -> String {
    String((0..<6).map { _ in "bdfgklmnprstaeiou".randomElement(using: &rng)! })
  }

  private func issue(_ number: Int, _ story: String) -> String {
    """
    # Harbour letter \(number)

    \(story)

    You get letter \(number) because you once asked for it at the pier office.

    Unsubscribe by telling the harbour master's pelican.

    """
  }

  @Test func whatRecursIsLeftOutOfPassagesAndFoundOnce() throws {
    let shop = Workshop()
    var rng = SplitMix64(seed: 3)
    for i in 10..<40 {
      let story = (0..<60).map { _ in Self.word(&rng) }.joined(separator: " ")
      shop.write("letters/\(i).md", issue(i, story + " crane\(i)"))
    }
    try shop.ingest()
    #expect(try shop.search("pelican").total.value == 1, "the first letter keeps its footer")
    #expect(try shop.search("\"pier office\"").total.value == 1, "numbers in it do not hide what recurs")
    #expect(try shop.search("crane25").total.value == 1)
    // The next letter of the same source follows what the first ones decided.
    shop.write("letters/99.md", issue(99, "the dredger came back with a bent ladder and a new captain"))
    try shop.ingest()
    #expect(try shop.search("dredger").total.value == 1)
    #expect(try shop.search("pelican").total.value == 1)
    // Nothing is lost: the stored document has the footer, marked.
    let memory = try Memory(opening: shop.memory)
    let hit = try shop.search("dredger").hits[0]
    let shown = try memory.document(hit.id)
    #expect(!shown.passages.contains { $0.text.contains("pelican") })
  }

  @Test func fewDocumentsHaveNoTemplates() throws {
    let shop = Workshop()
    for i in 0..<8 { shop.write("letters/\(i).md", issue(i, "story number \(i) of the crane")) }
    try shop.ingest()
    #expect(try shop.search("pelican").total.value == 8)
  }

  @Test func aDocumentOfNothingElseKeepsItsText() throws {
    let shop = Workshop()
    let notice = "The harbour office is closed today because of the storm warning.\n"
    for i in 0..<20 { shop.write("notices/\(i).md", notice) }
    try shop.ingest()
    #expect(try shop.search("\"storm warning\"").total.value == 20)
  }

  @Test func headingsTurnsAndCodeAreNoTemplates() {
    for kind in BlockKind.allCases {
      var document = Document(externalID: "x", kind: .wiki)
      document.append(Block(kind), Array("what went well in this sprint".utf8))
      let hash = document.text.withUnsafeBytes { TemplateBlocks.hash(document.blocks[0], $0) }
      let can: Set<BlockKind> = [.paragraph, .listItem, .tableRow, .signature, .quote, .caption]
      #expect((hash != nil) == can.contains(kind))
      var spoken = Document(externalID: "x", kind: .transcript)
      spoken.append(Block(kind, speaker: 0), Array("what went well in this sprint".utf8))
      #expect(spoken.text.withUnsafeBytes { TemplateBlocks.hash(spoken.blocks[0], $0) } == nil)
    }
  }

  @Test func theCatalogueKeepsThem() throws {
    var source = CatalogueSource(id: 3, name: "letters", language: 1)
    source.templates = TemplateBlocks([1, .max, 77])
    var w = WireWriter()
    CatalogueEntry.source(source).encode(into: &w)
    let log = w.bytes
    #expect(try Catalogue(base: nil, log: log).sources[3] == source)
  }
}
