import Documents
import TestSupport
import Testing

@Suite struct FrameTests {
  static func random(_ rng: inout SplitMix64) -> Document {
    func word() -> String { ["alpha", "été", "東京", "", "x\u{0}y", "👩‍🔧"].randomElement(using: &rng)! }
    var d = Document(externalID: word(), kind: DocumentKind(rawValue: word()), title: word())
    if Bool.random(using: &rng) {
      d.date = DocumentDate(
        seconds: .random(in: -70_000_000_000...70_000_000_000, using: &rng), precision: .month, offsetMinutes: -90)
    }
    if Bool.random(using: &rng) { d.declaredLanguage = "pt-BR" }
    if Bool.random(using: &rng) {
      d.detectedLanguage = DetectedLanguage(code: "de", percent: 97, isReliable: true, letters: 412)
    }
    for _ in 0..<Int.random(in: 0...3, using: &rng) {
      d.people.append(PersonMention(name: word(), address: Bool.random(using: &rng) ? word() : nil, role: .speaker))
    }
    if Bool.random(using: &rng) { d.url = "https://example.org/" + word() }
    d.member = word()
    d.record = RecordRange(offset: .random(in: 0 ... .max, using: &rng), length: 17)
    d.charset = "windows-1252"
    d.charsetSource = CharsetSource.allCases.randomElement(using: &rng)!
    d.replacementCount = Int.random(in: 0...4, using: &rng)
    d.notes = [word(), word()]
    d.attributes = [Attribute("tag", word()), Attribute("tag", word())]
    for _ in 0..<Int.random(in: 0...9, using: &rng) {
      d.append(
        Block(
          BlockKind.allCases.randomElement(using: &rng)!, level: .random(in: 0...6, using: &rng),
          anchor: Bool.random(using: &rng) ? word() : nil,
          time: Bool.random(using: &rng) ? TimeRange(start: .random(in: 0...9_000_000, using: &rng), end: 5) : nil,
          speaker: d.people.isEmpty ? nil : Int.random(in: 0..<d.people.count, using: &rng)),
        word().utf8)
    }
    return d
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func roundTrip(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    for _ in 0..<500 {
      let document = Self.random(&rng)
      #expect(try DocumentFrame.decode(DocumentFrame.encode(document)) == document, "seed \(seed)")
    }
  }

  /// Any damage ends in a document or in a named error, never in a trap.
  @Test(arguments: [7, 8] as [UInt64]) func damageIsAnError(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    for _ in 0..<300 {
      var bytes = DocumentFrame.encode(Self.random(&rng))
      for _ in 0..<40 {
        let at = Int.random(in: 0..<bytes.count, using: &rng)
        bytes[at] = .random(in: 0...255, using: &rng)
        _ = try? DocumentFrame.decode(bytes)
        _ = try? DocumentFrame.decode(Array(bytes.prefix(at)))
      }
    }
  }

  @Test func unknownFieldsAreSkipped() throws {
    var w = WireWriter()
    w.field(900, "from the future")
    w.field(901, 7)
    let document = Document(externalID: "a", kind: .wiki)
    #expect(try DocumentFrame.decode(DocumentFrame.encode(document) + w.bytes) == document)
  }
}

@Suite struct DateTests {
  @Test func civilAndBack() {
    for day in stride(from: -800_000 as Int64, to: 800_000, by: 13) {
      let (y, m, d) = DocumentDate.civil(fromDays: day)
      #expect(DocumentDate.daysFromCivil(year: y, month: m, day: d) == day)
    }
  }

  @Test func writes() {
    #expect(DocumentDate(year: 2024, month: 2, day: 29)?.iso8601 == "2024-02-29")
    #expect(DocumentDate(year: 2023, month: 2, day: 29) == nil)
    #expect(DocumentDate(year: 1999)?.iso8601 == "1999")
    #expect(DocumentDate(seconds: 1_700_000_000).iso8601 == "2023-11-14T22:13:20Z")
    #expect(DocumentDate(seconds: -1).iso8601 == "1969-12-31T23:59:59Z")
  }
}

@Suite struct PipeTests {
  static let samples: [PipeMessage] = [
    .quit, .hello(version: 3), .document([1, 2, 3]), .document([]),
    .recordSkipped(RecordProblem(member: "a/b", record: RecordRange(offset: 5, length: 6), reason: "empty")),
    .recordFailed(RecordProblem(record: RecordRange(offset: .max, length: 0), reason: "")),
    .fileEnd(
      {
        var s = FileSummary(format: "mbox", records: 3, bytes: 1 << 40)
        s.skipped = "x"
        return s
      }()),
    .fileEnd(
      {
        var s = FileSummary(format: "text")
        s.content = FileContent(
          stamp: FileStamp(size: 7, modified: -3, device: 1 << 63, inode: 5), digest: Murmur128(h1: .max, h2: 2),
          isSettled: true)
        return s
      }()),
    .read(
      {
        var r = ReadRequest(path: "/a b", relativePath: "b")
        r.pathBytes = [0x2F, 0x61, 0xFF, 0xFE]
        r.kind = "wiki"
        r.startOffset = 12
        r.quarantine = [1, 2]
        return r
      }()),
  ]

  @Test func roundTripInOneStream() throws {
    var stream: [UInt8] = []
    for message in Self.samples { message.encode(into: &stream) }
    var decoded: [PipeMessage] = []
    var position = 0
    while position < stream.count {
      let next = try stream[position...].withUnsafeBytes { try PipeMessage.decode($0) }
      let (message, length) = try #require(next)
      decoded.append(message)
      position += length
    }
    #expect(decoded == Self.samples)
  }

  @Test func shortBufferWaitsAndGarbageThrows() throws {
    var stream: [UInt8] = []
    PipeMessage.hello(version: 1).encode(into: &stream)
    for n in 0..<stream.count {
      #expect(try stream[..<n].withUnsafeBytes { try PipeMessage.decode($0) } == nil)
    }
    #expect(throws: FrameError.self) { try [255, 255, 255, 255, 17].withUnsafeBytes { try PipeMessage.decode($0) } }
    #expect(throws: FrameError.self) { try [0, 0, 0, 0, 99].withUnsafeBytes { try PipeMessage.decode($0) } }
  }
}
