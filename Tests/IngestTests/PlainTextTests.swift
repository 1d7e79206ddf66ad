import Documents
import Testing

@testable import Ingest

struct PlainTextTests {
  private func read(_ text: String, _ path: String = "notes.txt") throws -> Document {
    try #require(FileRead(text, path: path).documents.first)
  }

  @Test func paragraphsAndTitle() throws {
    let document = try read(
      "A short first line\n\nPara one\nwith two lines.\n\n   \nPara two.\r\n\r\n> quoted\n> more\n")
    #expect(document.title == "A short first line")
    #expect(document.texts(.paragraph) == ["A short first line", "Para one\nwith two lines.", "Para two."])
    #expect(document.texts(.quote) == ["quoted\nmore"])
    #expect(try read("This is a sentence.\n\nAnother.", "2020-01-02 my_notes.txt").title == "My notes")
  }

  @Test func headings() throws {
    let document = try read(
      "Main\n====\n\nSub\n---\nText below.\n\nWAS PASSIERT IST\n\nText.\n\n1. Introduction\n\nText.\n\n2.1 Deeper things\n\nText.\n\n"
        + "1. an item of a list.\n\nOK\n\nI AM SHOUTING = 1;\n\nlast\n")
    #expect(document.texts(.heading) == ["Main", "Sub", "WAS PASSIERT IST", "1. Introduction", "2.1 Deeper things"])
    #expect(document.blocks.filter { $0.kind == .heading }.map(\.level) == [1, 2, 2, 1, 2])
    #expect(document.blocks.first?.anchor == "main")
  }

  @Test func structuredText() throws {
    let document = try read(
      "PEP: 600\nTitle: Future tags\nAuthor: Jane Doe <j@x.org>,\n        Joe Blow <k@x.org>\nStatus: Final\nCreated: 03-May-2019\n\n"
        + "Abstract\n~~~~~~~~\n\nText::\n\n    code here\n\n* item one\n  goes on\n* item two\n", "pep-0600.rst")
    #expect(document.title == "Future tags")
    #expect(document.names(.author) == ["Jane Doe", "Joe Blow"])
    #expect(document.date?.iso8601 == "2019-05-03")
    #expect(document.texts(.heading) == ["Abstract"])
    #expect(document.texts(.code) == ["    code here"])
    #expect(document.texts(.listItem) == ["item one\ngoes on", "item two"])
  }

  /// Quotation marks and dashes share bytes with `•`; found on real documents as U+FFFD.
  @Test func onlyTheMarkOfAnItemIsTakenAway() throws {
    let document = try read("Text.\n\n- “quoted” one\n* – dashed\n• … dotted\n* **bold**\n- -5 degrees\n")
    #expect(document.texts(.listItem) == ["“quoted” one", "– dashed", "… dotted", "**bold**", "-5 degrees"])
    #expect(document.replacementCount == 0)
  }

  @Test func orgMode() throws {
    let document = try read("#+TITLE: My Org\n#+DATE: <2020-02-03 Mon>\n\n* One\n** Two\nText\n", "a.org")
    #expect(document.title == "My Org")
    #expect(document.date?.iso8601 == "2020-02-03")
    #expect(
      document.blocks.filter { $0.kind == .heading }.map { "\($0.level) \(document.text($0))" } == ["1 One", "2 Two"])
  }

  @Test func charsets() throws {
    let latin = Array("Grüße aus Köln, schöne Straße\n\nüber den Fluß".unicodeScalars.map { UInt8($0.value) })
    let document = try #require(FileRead(latin, path: "a.txt").documents.first)
    #expect(document.title == "Grüße aus Köln, schöne Straße")
    #expect(document.replacementCount == 0)
    let broken = try #require(FileRead(Array("ok \u{FFFD} ü".utf8) + [0xFF], path: "a.txt").documents.first)
    #expect(broken.isSound)
  }

  @Test func longLinesAndFilesHaveReasons() {
    var limits = ReadLimits()
    limits.lineBytes = 1000
    limits.recordBytes = 5000
    let line = FileRead(String(repeating: "x", count: 2000), path: "a.txt", limits: limits)
    #expect(line.error == "line 1 is 2000 bytes long, the limit is 1000")
    let file = FileRead(String(repeating: "x y\n", count: 2000), path: "a.txt", limits: limits)
    #expect(file.error?.contains("the limit is 5000") == true)
  }

  @Test func languages() {
    func code(_ text: String) -> String? { LanguageDetector.detect(Array(text.utf8))?.code }
    #expect(
      code("The boats that were in the harbour have not been seen since, and there is nothing for us to do with them.")
        == "en")
    #expect(code("Die Boote im Hafen wurden seitdem nicht mehr gesehen, und wir können nichts dagegen tun.") == "de")
    #expect(code("Les bateaux dans le port n'ont pas été revus depuis, et nous ne pouvons rien y faire.") == "fr")
    #expect(code("De boten in de haven zijn sindsdien niet meer gezien en we kunnen er niets aan doen.") == "nl")
    #expect(code("港の船はそれ以来見られておらず、私たちには何もできません。") == "ja")
    #expect(code("short") == nil)
    #expect(code("1234567890 1234567890 1234567890") == nil)
    let long = String(repeating: "Die Boote im Hafen wurden seitdem nicht mehr gesehen. ", count: 500)
    #expect(code(long) == "de")
  }
}
