import Documents
import Testing

@testable import Ingest

struct ArchiveTests {
  static let pump = "# Pump\n\nThe pump failed on Tuesday.\n"
  /// `pump.md` as the usual programs compress it.
  static let compressed: [(String, String)] = [
    ("gz", "H4sIAAAAAAACA1NWCCjNLeDiCslIVSgAshTSEjNzUlMU8vMUQkpTi1MSK/W4AHGTzIQkAAAA"),
    ("bz2", "QlpoOTFBWSZTWbUptGsAAARTgAAQSAFEACdnyiAgADFMJpoDTEIg9JoA0eo4kOC11NZRyq+25bj9CFSkbsXt8XckU4UJC1KbRrA="),
    (
      "xz",
      "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAjIyBQdW1wCgpUaGUgcHVtcCBmYWlsZWQgb24gVHVlc2RheS4KAN9Oj3/t4DdGAAE8JAUodm8ftvN9AQAAAAAEWVo="
    ),
    ("zst", "KLUv/SQkIQEAIyBQdW1wCgpUaGUgcHVtcCBmYWlsZWQgb24gVHVlc2RheS4KqgNgZA=="),
  ]
  static let sevenZip =
    "N3q8ryccAAOEXarMLgAAAAAAAABOAAAAAAAAAGIEES4AEYgGiNGwRtUceMVk2B5gLymZSoAb+FYFmnqvqC05/Uuj7SI5erW5//+pIgAAAQQGAAEJLgAHCwEAASMDAQEFXQAAgAAMJAAICgFxk8yEAAAFAREdAG4AbwB0AGUAcwAvAHAAdQBtAHAALgBtAGQAAAAVBgEAIICkgQAA"

  @Test(arguments: compressed) func compressedFilesAreTheFilesInThem(_ value: (suffix: String, bytes: String)) throws {
    let reading = FileRead(ArchiveBuilder.base64(value.bytes), path: "notes/pump.md.\(value.suffix)")
    let document = try #require(reading.documents.first)
    #expect(document.title == "Pump")
    #expect(document.paragraphs == ["Pump", "The pump failed on Tuesday."])
    #expect(document.member.isEmpty)
    #expect(document.externalID == "notes/pump.md.\(value.suffix)")
    #expect(document.record == RecordRange(offset: 0, length: UInt64(Self.pump.utf8.count)))
    #expect(reading.failures.isEmpty && reading.skips.isEmpty && reading.error == nil)
  }

  @Test(arguments: [nil, 7, 700]) func zip(_ window: Int?) throws {
    let bytes = ArchiveBuilder.zip([
      ("wiki/a.md", Self.pump),
      (
        "box.mbox",
        "From j@x.org Tue Jul  1 10:52:37 2003\nFrom: j@x.org\nSubject: One\n\n1\n\nFrom j@x.org Tue Jul  1 10:52:37 2003\nFrom: j@x.org\nSubject: Two\n\n2\n"
      ),
      ("c/", ""), ("pic.png", "GIF89a"),
      ("d.jsonl", "{\"id\":1,\"text\":\"a\"}\n{broken\n{\"id\":2,\"text\":\"b\"}\n"),
    ])
    let reading = FileRead(bytes, path: "dump.zip", windows: window)
    #expect(reading.format == .zip)
    #expect(reading.documents.map(\.title) == ["Pump", "One", "Two", "", ""])
    #expect(reading.documents.map(\.member) == ["wiki/a.md", "box.mbox", "box.mbox", "d.jsonl", "d.jsonl"])
    #expect(reading.documents[0].externalID == "dump.zip/wiki/a.md")
    #expect(reading.documents[0].kind == .wiki)
    #expect(reading.failures.map(\.member) == ["d.jsonl"])
    #expect(reading.begun == reading.begun.sorted() && Set(reading.begun).count == reading.begun.count)
    let records = reading.documents.map(\.record.offset) + (reading.failures + reading.skips).map(\.record.offset)
    #expect(records.sorted() == reading.begun)
  }

  @Test func sevenZipAndTar() throws {
    let reading = FileRead(ArchiveBuilder.base64(Self.sevenZip), path: "x.7z")
    #expect(reading.documents.map(\.member) == ["notes/pump.md"])
    let tar = ArchiveBuilder.tar([
      ("n/pump.md", "0", Array(Self.pump.utf8)), ("b.txt", "0", Array("Words here.\n".utf8)),
    ])
    #expect(FileRead(tar, path: "x.tar").documents.map(\.member) == ["n/pump.md", "b.txt"])
    #expect(FileRead(tar, path: "x.tar", windows: 600).documents.map(\.member) == ["n/pump.md", "b.txt"])
  }

  @Test func nestedArchivesNameTheirWay() throws {
    let inner = ArchiveBuilder.zip([
      ("a.md", Array(Self.pump.utf8)), ("b.md.gz", ArchiveBuilder.base64(Self.compressed[0].1)),
    ])
    let tar = ArchiveBuilder.tar([("in/inner.zip", "0", inner), ("x.7z", "0", ArchiveBuilder.base64(Self.sevenZip))])
    let reading = FileRead(
      ArchiveBuilder.zip([("outer.tar", tar), ("last.txt", Array("The last words.".utf8))]), path: "o.zip")
    #expect(
      reading.documents.map(\.member) == [
        "outer.tar!in/inner.zip!a.md", "outer.tar!in/inner.zip!b.md.gz", "outer.tar!x.7z!notes/pump.md", "last.txt",
      ])
    #expect(reading.documents.map(\.title).prefix(3) == ["Pump", "Pump", "Pump"])
    #expect(reading.documents[0].externalID == "o.zip/outer.tar!in/inner.zip!a.md")
    let offsets = reading.documents.map(\.record.offset)
    #expect(offsets == offsets.sorted() && Set(offsets).count == offsets.count)
  }

  /// A run that goes on behind a crash sees the same places.
  @Test func passingOverRecordsMovesNone() throws {
    let inner = ArchiveBuilder.zip([("a.md", Self.pump), ("b.md", Self.pump + "More.\n")])
    let bytes = ArchiveBuilder.tar([("i.zip", "0", inner), ("c.md", "0", Array(Self.pump.utf8))])
    let all = FileRead(bytes, path: "x.tar")
    let request = ReadRequest(path: "/source/x.tar", relativePath: "x.tar")
    let sink = CollectingSink(request)
    sink.declined = Set(all.begun.dropLast())
    var reader = ArchiveReader()
    try reader.read(MemorySource(bytes), ReadContext(request: request, format: .tar), into: sink)
    #expect(sink.begun == all.begun)
    #expect(sink.documents == [all.documents[2]])
  }

  @Test func whatLeadsOutIsRefused() throws {
    let text = Array(Self.pump.utf8)
    let tar = ArchiveBuilder.tar([
      ("../../etc/passwd", "0", text), ("/etc/shadow", "0", text), ("link", "2", []), ("fifo", "6", []),
      ("device", "3", []), ("folder", "5", []), (".git/config", "0", text), ("ok.md", "0", text),
    ])
    let reading = FileRead(tar, path: "evil.tar")
    #expect(reading.documents.map(\.member) == ["ok.md"])
    #expect(reading.failures.map(\.member) == ["../../etc/passwd", "etc/shadow"])
    #expect(reading.failures.allSatisfy { $0.reason == "a path that leads out of the archive" })
    #expect(reading.skips.map(\.member) == ["link", "fifo", "device", ".git/config"])
  }

  @Test func bombsAndNestsCostOneFailure() throws {
    var nest = ArchiveBuilder.zip([("a.md", Self.pump)])
    for _ in 0..<12 { nest = ArchiveBuilder.zip([("n.zip", nest)]) }
    let nested = FileRead(nest, path: "n.zip")
    #expect(nested.documents.isEmpty)
    #expect(nested.failures.count == 1)
    #expect(nested.failures.first?.reason.contains("nested deeper") == true)

    var limits = ReadLimits()
    limits.expansionFloor = 1 << 20
    limits.expansionRatio = 1
    let zeros = [UInt8](repeating: 0x20, count: 3 << 20)
    let inner = ArchiveBuilder.tar([("a.txt", "0", zeros)])
    // The budget is that of the outermost file: nesting does not renew it.
    let bomb = FileRead(
      ArchiveBuilder.tar([("i.tar", "0", inner), ("j.tar", "0", inner)]), path: "b.tar", limits: limits)
    #expect(bomb.error?.contains("decompression bomb") == true)
  }

  @Test func damageCostsWhatIsDamaged() throws {
    let gz = ArchiveBuilder.base64(Self.compressed[0].1)
    let cut = FileRead(Array(gz.prefix(40)), path: "pump.md.gz")
    #expect(cut.failures.count + (cut.error == nil ? 0 : 1) == 1)
    let lying = FileRead(ArchiveBuilder.zip([("a.md", Array(Self.pump.utf8))], claimedSize: 1 << 30), path: "a.zip")
    #expect(lying.failures.count + (lying.error == nil ? 0 : 1) >= 1)
    let noise = FileRead([0x1F, 0x8B] + (0..<500).map { UInt8(truncatingIfNeeded: $0 &* 31) }, path: "x.gz")
    #expect(noise.documents.isEmpty && (noise.error != nil || !noise.failures.isEmpty))
    var tar = ArchiveBuilder.tar([("a.md", "0", Array(Self.pump.utf8)), ("b.md", "0", Array(Self.pump.utf8))])
    for i in 1024..<1200 { tar[i] ^= 0x55 }
    let damaged = FileRead(tar, path: "x.tar")
    #expect(damaged.documents.map(\.member) == ["a.md"])
    #expect(damaged.failures.count == 1)
    #expect(FileRead(ArchiveBuilder.zip([(name: String, text: String)]()), path: "e.zip").skips.count == 1)
  }
}
