import Documents
import TestSupport
import Testing

@testable import Ingest

struct JSONLinesTests {
  @Test func fieldsOfTheDesign() throws {
    let line = #"""
      {"id": 7, "title": "A  title", "text": "One.\n\nTwo\nlines.", "author": "Jane Doe", "author_email": "Jane@Example.org", "date": "2019-05-01", "kind": "commit", "url": "https://x.org/7", "tags": ["a", "b"], "files": 3, "lang": "en"}
      """#
    let reading = FileRead(line + "\n", path: "dump.jsonl")
    let document = try #require(reading.documents.first)
    #expect(document.externalID == "7")
    #expect(document.title == "A title")
    #expect(document.paragraphs == ["One.", "Two\nlines."])
    #expect(document.people == [PersonMention(name: "Jane Doe", address: "Jane@example.org", role: .author)])
    #expect(document.date?.iso8601 == "2019-05-01")
    #expect(document.kind.rawValue == "commit")
    #expect(document.url == "https://x.org/7")
    #expect(document.declaredLanguage == "en")
    #expect(document.attributes == [Attribute("tag", "a"), Attribute("tag", "b"), Attribute("files", "3")])
    #expect(document.record == RecordRange(offset: 0, length: UInt64(line.utf8.count)))
  }

  @Test func beirLayout() throws {
    let reading = FileRead(
      #"{"_id": "doc-1", "title": "T", "text": "Body", "metadata": {"url": "u://x", "authors": ["A B"], "n": 1}}"#,
      path: "corpus.jsonl")
    let document = try #require(reading.documents.first)
    #expect(document.externalID == "doc-1")
    #expect(document.url == "u://x")
    #expect(document.names(.author) == ["A B"])
    #expect(document.attribute("n") == "1")
  }

  @Test func lessonRecordsBecomeSections() throws {
    let reading = FileRead(
      #"{"lesson_id": 1, "driving_event": "It broke.", "lessons_learned": ["Test first.", "Then fly."], "recommendation": "Do so."}"#,
      path: "llis.jsonl")
    let document = try #require(reading.documents.first)
    #expect(document.kind == .lesson)
    #expect(document.externalID == "1")
    #expect(document.texts(.heading) == ["Driving event", "Lessons learned", "Recommendation"])
    #expect(document.texts(.listItem) == ["Test first.", "Then fly."])
  }

  @Test func titleWithoutTextIsADocument() {
    let reading = FileRead(
      "{\"id\":\"1\",\"title\":\"Only a title\",\"text\":\"\"}\n{\"id\":\"2\",\"text\":\" \"}\n", path: "c.jsonl")
    #expect(reading.documents.map(\.title) == ["Only a title"])
    #expect(reading.skips.count == 1)
    #expect(reading.skips.first?.reason.contains("line 2") == true)
  }

  @Test func authorsInEveryShape() throws {
    let shapes: [(String, [String])] = [
      (#""Jane Doe <j@x.org>""#, ["Jane Doe"]), (#"["A B","C D"]"#, ["A B", "C D"]),
      (#"[{"name":"A B","email":"a@b.org"}]"#, ["A B"]), (#"{"name":"A B"}"#, ["A B"]), (#"null"#, []),
    ]
    for (shape, names) in shapes {
      let reading = FileRead("{\"id\":1,\"text\":\"x\",\"authors\":\(shape)}", path: "a.jsonl")
      #expect(try #require(reading.documents.first).names(.author) == names, "\(shape)")
    }
  }

  @Test func datesInEveryShape() throws {
    for (value, iso) in [
      ("\"2019-05-01\"", "2019-05-01"), ("1556668800", "2019-05-01T00:00:00Z"), ("2019", "2019"),
      ("\"Tue, 1 Jul 2003 10:52:37 +0200\"", "2003-07-01T08:52:37Z"),
    ] {
      let reading = FileRead("{\"id\":1,\"text\":\"x\",\"date\":\(value)}", path: "a.jsonl")
      #expect(try #require(reading.documents.first).date?.iso8601 == iso)
    }
  }

  @Test func badLinesFailAlone() {
    let text =
      "{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\n\n[1]\n{\"id\":3,\"text\":\"c\"} x\n{\"id\":4,\"text\":\"d\"}"
    let reading = FileRead(text, path: "a.jsonl")
    #expect(reading.documents.map(\.externalID) == ["1", "4"])
    #expect(reading.failures.map { $0.reason.prefix(7) } == ["line 2,", "line 4,", "line 5,"])
    #expect(reading.failures.map(\.record.offset) == [20, 37, 41])
  }

  @Test func repairsWhatOtherProgramsWrite() throws {
    var bytes = Array("{\"id\":\"a\",\"text\":\"caf".utf8) + [0xE9]
    bytes += Array(" \\ud800 tab\there \\x\",\"score\":NaN,\"n\":123456789012345678901234567890}\n".utf8)
    let document = try #require(FileRead(bytes, path: "a.jsonl").documents.first)
    #expect(document.paragraphs == ["caf\u{FFFD} \u{FFFD} tab\there \\x"])
    #expect(document.replacementCount == 2)
    #expect(document.attribute("n") == "123456789012345678901234567890")
    #expect(document.notes.first?.hasPrefix("repaired JSON") == true)
  }

  @Test func longLinesArePassedOver() {
    var limits = ReadLimits()
    limits.lineBytes = 1000
    let long = "{\"id\":2,\"text\":\"" + String(repeating: "x", count: 5000) + "\"}"
    let text = "{\"id\":1,\"text\":\"a\"}\n" + long + "\n{\"id\":3,\"text\":\"c\"}\n"
    for windows in [nil, 10, 500, 100_000] {
      let reading = FileRead(Array(text.utf8), path: "a.jsonl", limits: limits, windows: windows)
      #expect(reading.documents.map(\.externalID) == ["1", "3"])
      #expect(reading.failures.map(\.record.length) == [UInt64(long.utf8.count)])
      #expect(reading.failures.first?.reason.contains("line 2") == true)
    }
  }

  @Test func resumesAtAndInsideRecords() {
    let lines = (0..<20).map { "{\"id\":\($0),\"text\":\"text \($0)\"}\n" }
    let bytes = Array(lines.joined().utf8)
    var offset = 0
    for (index, line) in lines.enumerated() {
      // Behind a crash the parent asks from the next byte on.
      for start in [offset, offset + 1] {
        let reading = FileRead(source: MemorySource(bytes), path: "a.jsonl", startOffset: UInt64(start))
        let first = reading.begun.first ?? 0
        #expect(first == UInt64(offset), "\(index)")
      }
      offset += line.utf8.count
    }
  }

  /// The same documents, however little the source shows at a time.
  @Test func windowsMakeNoDifference() {
    var random = SplitMix64(seed: 11)
    let lines = (0..<200).map { i -> String in
      let words = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        "wörd\(Int.random(in: 0..<999, using: &random))"
      }
      return "{\"id\":\(i),\"title\":\"t \(i)\",\"text\":\"\(words.joined(separator: " "))\"}"
    }
    let bytes = Array(lines.joined(separator: "\r\n").utf8)
    let whole = FileRead(bytes, path: "a.jsonl").documents
    #expect(whole.count == 200)
    for windows in [1, 7, 100, 4096] {
      #expect(FileRead(bytes, path: "a.jsonl", windows: windows).documents == whole)
    }
  }

  @Test func arraysAndWrappers() {
    let records = "{\"id\":1,\"text\":\"a ] \\\" }\"}, {\"id\":2,\"text\":\"b\"}"
    for text in [
      "[\(records)]", "  [\n\(records)\n]\n", "{\"total\": 2, \"documents\": [\(records)], \"x\": 1}",
      "{\n \"id\":1,\"text\":\"a ] \\\" }\"}\n{\n\"id\":2,\"text\":\"b\"}\n",
    ] {
      for windows in [nil, 3, 50] {
        let reading = FileRead(Array(text.utf8), path: "a.json", windows: windows)
        #expect(reading.documents.map(\.externalID) == ["1", "2"], "\(text) \(String(describing: windows))")
        #expect(reading.documents.first?.paragraphs == ["a ] \" }"])
      }
    }
    let cut = FileRead("[{\"id\":1,\"text\":\"a\"},{\"id\":2,\"te", path: "a.json")
    #expect(cut.documents.count == 1)
    #expect(cut.error?.contains("does not end") == true)
  }

  @Test func whisper() throws {
    let text = """
      {"language":"en","segments":[{"start":0.5,"end":2.0,"text":" Hello.","speaker":"SPEAKER_00"},
       {"start":2.1,"end":4,"text":" Hi there.","speaker":"SPEAKER_01"}],"text":"Hello. Hi there."}
      """
    let document = try #require(FileRead(text, path: "talk.json").documents.first)
    #expect(document.kind == .transcript)
    #expect(document.turns == ["SPEAKER_00: Hello.", "SPEAKER_01: Hi there."])
    #expect(document.blocks.first?.time == TimeRange(start: 500, end: 2000))
    #expect(document.attributes.contains(Attribute("anonymous-speaker", "SPEAKER_00")))
  }

  @Test func tables() throws {
    let csv = "id;title;text;author\r\n1;\"A; b\";\"Line one\n\nLine \"\"two\"\"\";Jane Doe\r\n\r\n2;B;;\r\n"
    let reading = FileRead(csv, path: "t.csv")
    #expect(reading.documents.map(\.title) == ["A; b", "B"])
    #expect(reading.documents.first?.paragraphs == ["Line one", "Line \"two\""])
    #expect(reading.documents.first?.names(.author) == ["Jane Doe"])
    let data = try #require(FileRead("year,count\n1999,4\n2000,5\n", path: "t.csv").documents.first)
    #expect(data.texts(.tableRow) == ["year\tcount", "1999\t4", "2000\t5"])
  }
}
