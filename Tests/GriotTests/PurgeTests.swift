import SearchEngine
import TestSupport
import Testing

@testable import Griot

/// After `remove --purge` nothing of a text is left in any file: not as bytes, not in a compressed frame, not as a term.
@Suite struct PurgeTests {
  /// Where a word is met, in everything that the files of a memory hold.
  private func traces(_ word: String, _ memory: String) throws -> [String] {
    var found: [String] = []
    let wanted = Array(word.utf8)
    for (name, bytes) in try MemoryFiles.contents(memory).sorted(by: { $0.key < $1.key }) {
      if String(decoding: bytes, as: UTF8.self).lowercased().contains(word) { found.append(name) }
    }
    for segment in try IndexReader.open(memory).segments {
      // Frames of dead documents too: this reads every compressed block.
      for document in 0..<segment.documentCount {
        if String(decoding: try segment.stored(document), as: UTF8.self).lowercased().contains(word) {
          found.append("frame \(document) of segment \(segment.id)")
        }
      }
      if try segment.terms().lookup(wanted) != nil { found.append("stem in segment \(segment.id)") }
      var terms = try segment.terms().iterator()
      while try terms.next() {
        if String(decoding: terms.term, as: UTF8.self).contains(word) { found.append("term of segment \(segment.id)") }
      }
      var forms = try segment.forms().iterator()
      while try forms.next() {
        if String(decoding: forms.form, as: UTF8.self).contains(word) { found.append("form of segment \(segment.id)") }
      }
    }
    return found
  }

  private func shop() throws -> Workshop {
    let shop = Workshop()
    var lines = Lines.random(60, words: 30, seed: 4)
    lines += Lines.record(
      "secret", "The password is Xylocarp77qz, say Xylocarp77qz twice.", title: "about xylocarp77qz")
    shop.write("in/notes.jsonl", lines)
    try shop.ingest([shop.input + "/in"])
    // Another segment with an older form of it, and another source.
    shop.write("in/notes.jsonl", lines + Lines.record("late", "A later line.") + Lines.record("later", "Another one."))
    shop.write("xylocarp77qz/other.jsonl", Lines.record("more", "Again: Xylocarp77qz.", author: "Ann Xylocarp77qz"))
    shop.write("xylocarp77qz/broken-xylocarp77qz.jsonl", "{\"id\":\"xylocarp77qz\n")
    try shop.ingest([shop.input + "/in", shop.input + "/xylocarp77qz"])
    return shop
  }

  @Test func aDocument() throws {
    let shop = try shop()
    _ = try Maintenance.remove("xylocarp77qz", memory: shop.memory, purge: true)
    #expect(!(try traces("xylocarp77qz", shop.memory)).isEmpty)
    // Changed once before: its first form is dead already, and goes as well.
    shop.write(
      "in/notes.jsonl", Lines.random(60, words: 30, seed: 4) + Lines.record("secret", "Now Xylocarp77qz once."))
    try shop.ingest([shop.input + "/in"])
    _ = try Maintenance.remove("secret", memory: shop.memory, purge: false)
    #expect((try traces("xylocarp77qz", shop.memory)).contains { $0.hasPrefix("frame") })
    shop.write("in/extra.jsonl", Lines.record("extra", "xylocarp77qz in yet another document"))
    try shop.ingest([shop.input + "/in"])
    _ = try Maintenance.remove("extra", memory: shop.memory, purge: true)
    #expect(try traces("xylocarp77qz", shop.memory) == [])
    #expect(try Memory(opening: shop.memory).check().problems == [])
    #expect(try shop.search("xylocarp77qz").hits.isEmpty)
    #expect(try Memory(opening: shop.memory).reader.liveDocumentCount == 60)
  }

  /// With a source go its files' names, its people, and what is in its quarantine.
  @Test func aSource() throws {
    let shop = try shop()
    #expect((try traces("xylocarp77qz", shop.memory)).contains { $0.hasPrefix("side/") })
    let removal = try Maintenance.remove("xylocarp77qz", memory: shop.memory, purge: true)
    #expect(removal.documents == 1 && removal.sources == ["xylocarp77qz"])
    let rest = try traces("xylocarp77qz", shop.memory)
    #expect(
      rest.allSatisfy {
        $0.hasPrefix("frame 60 ") || $0.contains("stem") || $0.contains("term") || $0.contains("form")
          || $0.hasSuffix(".terms")
      }, "\(rest)")
    _ = try Maintenance.remove("in", memory: shop.memory, purge: true)
    #expect(try traces("xylocarp77qz", shop.memory) == [])
    #expect(try Memory(opening: shop.memory).check().problems == [])
  }

  /// Plain removal keeps the bytes; a merge forgets them.
  @Test func aMergeForgets() throws {
    let shop = try shop()
    _ = try Maintenance.remove("in", memory: shop.memory, purge: false)
    _ = try Maintenance.remove("xylocarp77qz", memory: shop.memory, purge: false)
    #expect(!(try traces("xylocarp77qz", shop.memory)).isEmpty)
    try Maintenance.merge(memory: shop.memory)
    #expect(try traces("xylocarp77qz", shop.memory) == [])
  }
}
