import Glibc
import TestSupport
import Testing

@Suite struct DoctorTests {
  private func kinds(_ griot: Griot) throws -> [String: Int] {
    let result = try griot("doctor", "--format", "json", "--limit", "0")
    #expect(result.status == 0, "\(result.errors)")
    let json = try JSONValue(parsing: result.output)
    #expect(json.keys == ["version", "documents", "findings"])
    var kinds: [String: Int] = [:]
    for finding in json["findings"]!.array {
      #expect(finding.keys == ["kind", "count", "advice", "items"])
      for item in finding["items"]!.array { #expect(item.keys == ["id", "title", "location", "detail"]) }
      kinds[finding["kind"]!.string!] = finding["count"]!.int
    }
    return kinds
  }

  @Test func whatIsWrongIsListed() throws {
    let griot = try SmallMemory.griot()
    // The recording has no date; nothing else is wrong with these four.
    #expect(try kinds(griot) == ["undated": 1])
    let text = try griot("doctor")
    #expect(text.output.contains("undated: 1 (found by words, left out by after: and before:)\n  5c39d5eb  Valves  "))
    #expect(text.output.hasSuffix("4 documents looked at\n"))

    try griot.folder.write(
      "more/latin.txt", Array("Caf\u{E9} notes\n\nThe valve of the pump ".unicodeScalars).map { UInt8($0.value) })
    try griot.folder.write(
      "more/marks.md", "---\ntitle: Marks\ndate: 2024-01-01\nauthor: Bo\n---\n\nA \u{FFFD} in the \u{FFFD} text.\n")
    try griot.folder.write(
      "more/box.mbox",
      """
      From a@example.org Mon Jan  8 10:00:00 2024
      From: A <a@example.org>
      Subject: one
      Date: Mon, 8 Jan 2024 10:00:00 +0000
      Message-ID: <x1@example.org>

      A body with a line that looks like a separator and is none:

      From the next Tue Jan  9 on, things are different.

      From b@example.org Tue Jan  9 11:00:00 2024
      Just text where a header should be.

      """)
    try griot.folder.write("more/broken.jsonl", "{\"id\":\"1\",\"title\":\"T\",\"text\":\"fine\"}\n{\"id\":\n")
    _ = try griot("ingest", "more")
    let found = try kinds(griot)
    #expect(found["replacement-characters"] == 1)
    #expect((found["undated"] ?? 0) >= 2)
    #expect((found["unauthored"] ?? 0) >= 2)
    let json = try JSONValue(parsing: try griot("doctor", "--format", "json", "--limit", "0").output)
    let marks = json["findings"]!.array.first { $0["kind"]!.string == "replacement-characters" }!
    #expect(marks["items"]?[0]?["title"]?.string == "Marks")
    #expect(marks["items"]?[0]?["detail"]?.string == "2 in the source itself")
    #expect(found["mailbox-boundaries"] ?? 0 >= 1, "\(found)")

    // An original that goes, a document that is removed, a file that nobody names.
    unlink(griot.folder["in/wiki/rollback.md"])
    #expect(try griot("remove", "x1@example.org").status == 0)
    try griot.folder.write("memory/segments/0000009999.post", "left behind")
    let later = try kinds(griot)
    #expect(later["missing-originals"] == 1)
    #expect(later["removed"] == 1)
    #expect(later["leftovers"] == 1)
    #expect(try griot("merge").status == 0)
    let merged = try kinds(griot)
    #expect(merged["removed"] == nil && merged["leftovers"] == nil && merged["missing-originals"] == 1)
  }

  @Test func quarantineAndLimit() throws {
    var griot = try SmallMemory.griot()
    var lines = ""
    for i in 0..<30 { lines += "{\"id\":\"r\(i)\",\"title\":\"T\(i)\",\"text\":\"record number \(i)\"}\n" }
    lines += "{\"id\":\"broken\n"
    try griot.folder.write("dump.jsonl", lines)
    griot.runner.environment["GRIOT_MEMORY"] = "other"
    let ingest = try griot("ingest", "dump.jsonl")
    #expect(ingest.status == 5, "\(ingest.output)")
    #expect(try kinds(griot)["quarantine"] == 1)
    let text = try griot("doctor", "--limit", "3")
    #expect(text.output.contains("undated: 30"))
    #expect(text.output.contains("  and 27 more\n"))
    #expect(text.output.contains("quarantine: 1 (not tried again until the file changes"))
    #expect(try griot("doctor", "--limit", "-1").status == 2)
  }

  @Test func damageIsExitSix() throws {
    let griot = try SmallMemory.griot()
    for name in try MemoryFiles.contents(griot.folder["memory"]).keys where name.hasSuffix(".store") {
      var bytes = try ProcessFolder.read(griot.folder["memory/" + name])
      bytes[60] ^= 4
      try ProcessFolder.write(griot.folder["memory/" + name], bytes)
    }
    let result = try griot("doctor")
    #expect(result.status == 6)
    #expect(result.output.contains("damage: 4"))
  }
}
