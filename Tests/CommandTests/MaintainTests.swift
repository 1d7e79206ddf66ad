import Glibc
import TestSupport
import Testing

/// The commands that look after a memory, and those that show documents.
@Suite struct MaintainTests {
  @Test(arguments: [
    ["search", "x"], ["status"], ["sources"], ["check"], ["export"], ["show", "1234"], ["related", "1234"],
    ["remove", "x"], ["merge"], ["reindex"], ["doctor"], ["open", "1234"], ["backup", "copy"],
  ])
  func aMissingMemoryIsAnError(_ arguments: [String]) throws {
    let griot = try Griot()
    let result = try griot.runner.run(arguments + ["--memory", "no where"])
    #expect(result.status == 3)
    #expect(result.output == "")
    #expect(result.errors == "griot: no memory at no where. Create one with: griot ingest PATH --memory 'no where'\n")
    #expect(access(griot.folder["no where"], F_OK) != 0, "asking must not make a memory")
  }

  @Test func show() throws {
    let griot = try SmallMemory.griot()
    let page = try griot("show", "wiki/rollback.md")
    #expect(page.status == 0)
    #expect(
      SmallMemory.steady(page.output, griot) == """
        Rolling back a failed deploy
        wiki · 2024-05-17 · en · in
        author: Ana Pérez
        FOLDER/in/wiki/rollback.md
        173e3e3594e6ceaebc4c9e3063362313

        Deploys go out on Tuesdays. Nobody deploys on a Friday.

        Rollback
        Stop the queue workers, then roll back the deploy and wait for the health check
        before traffic returns.

        """)
    let talk = try griot("show", "5c39d5eb#00:12:40")
    #expect(
      SmallMemory.steady(talk.output, griot) == """
        Valves
        transcript · en · in
        speaker: Inés Duarte, Bo Berg
        FOLDER/in/talks/valves.vtt
        5c39d5eb1c0ec0962d7117cb6e8d9033

        00:00:01  Inés Duarte
          The valve of the turbine sticks after every update.
        00:12:31  Bo Berg
          Then roll back the firmware, do not change the valve.

        """)
    let json = try JSONValue(parsing: try griot("show", "1@example.org", "--format", "json", "--addresses").output)
    #expect(
      json.keys == [
        "version", "id", "externalId", "kind", "title", "date", "language", "people", "source", "locations", "url",
        "passages", "charset", "notes",
      ])
    #expect(json["people"]?[0]?["email"]?.string == "jo@example.org")
  }

  @Test(arguments: [
    ("ffff", "griot: no document ffff in memory: neither an id (or the start of one) nor an external id\n"),
    ("173e3e35#nope", "griot: 173e3e3594e6ceaebc4c9e3063362313 has no passage nope. It has #p1.\n"),
  ])
  func showsNothing(_ reference: String, _ message: String) throws {
    let result = try SmallMemory.griot()("show", reference)
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors == message)
  }

  @Test func exportIsWhatExtractPrints() throws {
    let griot = try SmallMemory.griot()
    let exported = try JSONValue.lines(try griot("export").output)
    let extracted = try JSONValue.lines(try griot("extract", "in").output)
    #expect(exported.count == 4)
    #expect(exported == extracted)
  }

  @Test func related() throws {
    let griot = try SmallMemory.griot()
    let result = try griot("related", "1@example.org", "--format", "json")
    #expect(result.status == 0)
    let ids = try JSONValue(parsing: result.output)["hits"]!.array.map { $0["externalId"]!.string! }
    #expect(ids.contains("2@example.org"))
    #expect(!ids.contains("1@example.org"))
    #expect(try griot("related", "1@example.org").output.contains("Re: Pump 3 alarm"))
    #expect(try griot("related", "none").status == 1)
  }

  @Test func statusAndSources() throws {
    let griot = try SmallMemory.griot()
    let status = try griot("status")
    #expect(status.status == 0)
    let lines = SmallMemory.steady(status.output, griot).split(separator: "\n")
    #expect(
      lines.prefix(5) == [
        "memory       memory", "documents    4", "passages     4", "sources      1", "languages    en 4",
      ])
    #expect(lines.last == "last ingest  NOW")
    let json = try JSONValue(parsing: try griot("status", "--format", "json").output)
    #expect(
      json.keys == [
        "version", "path", "documents", "passages", "segments", "bytes", "sources", "languages", "lastIngest",
        "warnings",
      ])
    let sources = try griot("sources")
    #expect(
      SmallMemory.steady(sources.output, griot).split(separator: "\n").map {
        $0.split(separator: " ").joined(separator: " ")
      }
        == ["source files documents dates kinds path", "in 3 4 2024 message, transcript FOLDER/in"])
  }

  @Test func remove() throws {
    let griot = try SmallMemory.griot()
    let one = try griot("remove", "1@example.org")
    #expect(one.status == 0)
    #expect(one.output == "Removed 1 document\n")
    #expect(try griot("remove", "1@example.org").status == 1)
    let all = try griot("remove", "in", "--purge", "--format", "json")
    #expect(all.output == "{\"version\":1,\"documents\":3,\"sources\":[\"in\"]}\n")
    #expect(try griot("search", "valve").status == 1)
    #expect(try griot("sources").output == "Nothing was ingested yet.\n")
    #expect(try griot("check").status == 0)
  }

  @Test func mergeAndReindexKeepEverything() throws {
    let griot = try SmallMemory.griot()
    let before = try griot("export").output
    #expect(try griot("merge").status == 0)
    let reindexed = try griot("reindex")
    #expect(reindexed.status == 0)
    #expect(reindexed.output == "Reindexed 4 documents\n")
    #expect(try griot("export").output == before)
    #expect(try griot("search", "valve").status == 0)
    let check = try griot("check")
    #expect(check.status == 0)
    #expect(check.output.hasPrefix("4 documents from ") && check.output.hasSuffix(" of text: sound\n"))
  }

  @Test func damageIsNamed() throws {
    let griot = try SmallMemory.griot()
    // One byte in the middle of every file of the segments.
    let folder = griot.folder["memory/segments"]
    var damaged = 0
    for name in try files(below: folder) {
      var bytes = try ProcessFolder.read(name)
      guard bytes.count > 64 else { continue }
      bytes[bytes.count / 2] ^= 0xFF
      try ProcessFolder.write(name, bytes)
      damaged += 1
    }
    #expect(damaged > 0)
    let check = try griot("check")
    #expect(check.status == 6)
    #expect(!check.output.isEmpty || !check.errors.isEmpty)
    let json = try griot("check", "--format", "json")
    #expect(json.status == 6)
    let search = try griot("search", "valve")
    #expect(search.status == 6)
    #expect(search.errors.hasPrefix("griot: "))
    #expect(search.errors.contains("segments"))
  }

  private func files(below folder: String) throws -> [String] {
    let find = ProcessRunner(executable: "find", directory: folder, environment: ["PATH": "/usr/bin:/bin"])
    return try find.run([folder, "-type", "f"]).output.split(separator: "\n").map(String.init)
  }
}
