import Griot
import Testing

@testable import GriotCommand

@Suite struct ReferenceTests {
  @Test(
    arguments: [
      ("3f2a91c0", "3f2a91c0", nil), ("3f2a91c0#rollback", "3f2a91c0", "rollback"), ("3f2a#a#b", "3f2a", "a#b"),
      ("3f2a#", "3f2a", nil), ("wiki/C#-notes#intro", "wiki/C#-notes", "intro"), ("#x", "#x", nil),
      ("81d07e22#00:12:31", "81d07e22", "00:12:31"), ("<a@b>", "<a@b>", nil),
    ] as [(String, String, String?)])
  func parses(_ text: String, _ id: String, _ anchor: String?) {
    let reference = DocumentReference(text)
    #expect(reference.id == id)
    #expect(reference.anchor == anchor)
  }

  @Test func findsPassages() {
    func passage(_ anchor: String?) -> DocumentView.Passage {
      DocumentView.Passage(anchor: anchor, heading: nil, text: "", people: [], range: 0..<0, continues: false)
    }
    let talk = [passage(nil), passage("00:00:10"), passage("00:05:00"), passage("01:00:00.500")]
    #expect(DocumentReference.passage("00:05:00", in: talk) == 2)
    #expect(DocumentReference.passage("06:30", in: talk) == 2)
    #expect(DocumentReference.passage("02:00:00", in: talk) == 3)
    #expect(DocumentReference.passage("00:00:05", in: talk) == nil)
    #expect(DocumentReference.passage("intro", in: talk) == nil)
    let page = [passage("#intro"), passage("#rollback")]
    #expect(DocumentReference.passage("rollback", in: page) == 1)
    #expect(DocumentReference.passage("#rollback", in: page) == 1)
    #expect(DocumentReference.passage("roll…", in: page) == 1)
    #expect(DocumentReference.passage("…", in: page) == nil)
  }

  @Test func batchLines() {
    func parse(_ text: String, isFirst: Bool = false) -> BatchQueries.Query? {
      Array(text.utf8).withUnsafeBytes { BatchQueries.parse($0, isFirst: isFirst) }
    }
    #expect(parse("7\tpump alarm\r\n") == BatchQueries.Query(qid: "7", text: "pump alarm"))
    #expect(parse("7\ta\tb\n") == BatchQueries.Query(qid: "7", text: "a\tb"))
    #expect(parse("7\t\n") == BatchQueries.Query(qid: "7", text: ""))
    #expect(parse("7\n") == BatchQueries.Query(qid: "7", text: ""))
    #expect(parse(" \n") == nil)
    #expect(parse("\u{FEFF}1\tx", isFirst: true) == BatchQueries.Query(qid: "1", text: "x"))
  }

  @Test func shellWords() {
    #expect(ShellWord.quote("Index/memory") == "Index/memory")
    #expect(ShellWord.quote("my memory's") == "'my memory'\\''s'")
    #expect(ShellWord.quote("") == "''")
  }

  @Test func completionFindsTheMemory() {
    #expect(Completion.memory(["griot", "search", "--memory", "/m", "--source", ""]) == "/m")
    #expect(Completion.memory(["griot", "search", "--memory=/m", "--source"]) == "/m")
    #expect(Completion.memory(["griot", "search", "--memory", "=", "/m", "--source"]) == "/m")
    #expect(Completion.memory(["griot", "search", "--memory"]) == nil)
    #expect(Completion.memory(["griot", "search", "--source", ""]) == nil)
  }
}
