import TestSupport
import Testing

/// `griot extract` through the real readers.
@Suite struct ExtractTests {
  @Test func badInputCostsOnlyItself() throws {
    var griot = try Griot()
    try BadInput.write(into: griot.folder)
    // Unoptimised readers take their time over 50 MB, more so on a loaded machine.
    griot.runner.timeLimit = 600
    let result = try griot("extract", "in")
    #expect(result.status == 5)
    #expect(
      result.errors == """
        griot: skipped in/empty.md: empty file
        griot: skipped in/page.html: binary file (ELF executable)
        griot: skipped in/talk.vtt:0: no cues in this WebVTT file
        griot: failed in/long.txt:0: line 1 is 50000000 bytes long, the limit is 16777216

        """)
    let documents = try JSONValue.lines(result.output)
    #expect(documents.map { $0["title"]?.string } == ["pumps", "valves", "Rollback", "Café ÿþ notes"])
    for document in documents {
      #expect(
        document.keys == [
          "id", "kind", "title", "date", "language", "people", "passages", "charset", "notes",
        ])
      for passage in document["passages"]!.array { #expect(passage.keys == ["anchor", "heading", "text", "people"]) }
      for person in document["people"]!.array { #expect(person.keys == ["name", "email", "role"]) }
    }
    #expect(!result.output.contains("ana@example.org"))
    #expect(documents[3]["passages"]?[0]?["text"]?.string == "The € stuck.")
  }

  @Test func addressesOnlyWhenAskedFor() throws {
    let griot = try Griot()
    try griot.folder.write(
      "a.eml", "From: Ana <ana@example.org>\nSubject: s\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n\nThe pump failed.\n")
    #expect(!(try griot("extract", "a.eml").output.contains("ana@example.org")))
    let result = try griot("extract", "a.eml", "--addresses")
    #expect(try JSONValue(parsing: result.output)["people"]?[0]?["email"]?.string == "ana@example.org")
  }

  @Test func aPathThatIsNotThere() throws {
    let result = try Griot()("extract", "nowhere")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors == "griot: cannot take in nowhere: No such file or directory\n")
  }

  @Test func standardInput() throws {
    let result = try Griot()("extract", "-", input: Array("# Rollback\n\nStop the workers.\n".utf8))
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(try JSONValue(parsing: result.output)["title"]?.string == "Rollback")
  }

  @Test func options() throws {
    let griot = try Griot()
    try griot.folder.write("in/a.md", "# A\n\nOne page.\n")
    try griot.folder.write("in/b.md", "# B\n\nOne more.\n")
    let result = try griot("extract", "in", "--exclude", "b.*", "--kind", "lesson", "--lang", "de", "--workers", "1")
    let document = try JSONValue(parsing: result.output)
    #expect(document["title"]?.string == "A")
    #expect(document["kind"]?.string == "lesson")
    #expect(document["language"]?.string == "de")
    #expect(result.status == 0)
  }

  @Test func aReaderThatIsNotThere() throws {
    var griot = try Griot()
    griot.runner.environment["GRIOT_READER"] = "/nowhere/griot-reader"
    try griot.folder.write("a.md", "# A\n")
    let result = try griot("extract", "a.md")
    #expect(result.status == 74)
    #expect(result.errors == "griot: the reader /nowhere/griot-reader is not an executable file\n")
  }
}
