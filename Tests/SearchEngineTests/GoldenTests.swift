import Glibc
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

/// The golden memory of this version of the format: it opens, answers what it answered when it was made, and is made
/// again with the same bytes. `GRIOT_WRITE_GOLDEN=1 swift test --filter GoldenTests` writes it anew, after a change of
/// the format that was meant.
@Suite struct GoldenTests {
  private static let path = repositoryRoot + "/Index/golden/0"

  /// Every structure once: titles, headings, soft splits, several forms and languages, columns, mentions, frames, a long
  /// list, a second segment, a deleted document, a side file, an attribute.
  private func build(_ path: String) throws {
    var configuration = IndexConfiguration(schema: RandomCorpus.schema, analyzerFingerprint: 42)
    configuration.mergePolicy = MergePolicy(factor: 1000)
    let writer = try IndexWriter(path, configuration)
    var builder = SegmentBuilder(configuration)
    func text(_ string: String) -> [UInt8] { Array(string.utf8) }
    try builder.add(
      IndexDocument(
        key: DocumentKey(high: 1, low: 1), language: .english, title: text("Walking boats"),
        passages: [
          IndexPassage(heading: text("The harbour"), body: text("Boats walk and boats walked to the harbour")),
          IndexPassage(body: text("wall behind which they were walking"), continues: true),
        ],
        columns: [
          ColumnValue(column: 0, .bytes(text("wiki"))), ColumnValue(column: 1, .integer(-5)),
          ColumnValue(column: 2, .bytes(text("x"))), ColumnValue(column: 2, .bytes(text("y"))),
        ],
        mentions: [Mention(name: text("Ann Lee"), address: text("ann@example.com"), role: 3)],
        stored: text("the first frame")))
    try builder.add(
      IndexDocument(
        key: DocumentKey(high: 1, low: 2), language: .german,
        passages: [IndexPassage(body: text("Boote gehen, die Boote"))],
        mentions: [Mention(name: text("Ann Lee"), address: [], role: 1)], stored: text("zweiter")))
    try writer.append(builder.finish())
    for i in 0..<140 {
      try builder.add(
        IndexDocument(
          key: DocumentKey(high: 2, low: UInt64(i)), language: .english,
          passages: [IndexPassage(body: text("boat \(i % 7) " + String(repeating: "boats ", count: i % 4)))],
          columns: [ColumnValue(column: 1, .integer(Int64(i) * 86_400))]))
    }
    try writer.append(builder.finish())
    try writer.delete([DocumentKey(high: 2, low: 17)])
    try writer.appendSideFile("catalogue", text("a line"))
    writer.setAttribute("colour", text("blue"))
    try writer.commit()
    writer.close()
  }

  private func contents(_ path: String) throws -> [String: [UInt8]] {
    let directory = FileSystemDirectory(path)
    var contents: [String: [UInt8]] = [:]
    for name in try directory.list("") + directory.list("segments") + directory.list("side")
    where name != "lock" && name != "answers" {
      contents[name] = try directory.read(name)
    }
    return contents
  }

  @Test func theGoldenMemoryIsAsItWas() throws {
    let made = TemporaryDirectory()
    try build(made.path)
    let golden = FileSystemDirectory(Self.path)
    if getenv("GRIOT_WRITE_GOLDEN") != nil {
      for folder in ["", "segments", "side"] {
        try golden.make(folder)
        for name in try golden.list(folder) { try golden.remove(name) }
      }
      for (name, bytes) in try contents(made.path) { try write(golden, name, bytes) }
      try write(golden, "answers", Array((try dump(made.path).joined(separator: "\n") + "\n").utf8))
    }
    let answers = try #require(try golden.read("answers"), "Index/golden/0 is missing")
    #expect(try IndexReader.open(Self.path).check().problems == [])
    let found = try dump(Self.path)
    let expected = String(decoding: answers, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(found == expected)
    let before = try contents(Self.path)
    let now = try contents(made.path)
    #expect(before.keys.sorted() == now.keys.sorted())
    for (name, bytes) in before { #expect(now[name] == bytes, "\(name) is written in another way") }
  }

  private func write(_ directory: FileSystemDirectory, _ name: String, _ bytes: [UInt8]) throws {
    let file = try directory.create(name)
    bytes.withUnsafeBytes { buffer in
      do throws(IndexError) { try file.write(buffer) } catch { Issue.record("\(error)") }
    }
    file.close()
  }
}
