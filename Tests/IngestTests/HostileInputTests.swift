import Documents
import TestSupport
import Testing

@testable import Ingest

/// Bytes that nobody meant well: readers may say what they like about them, but never trap, and what they hand over
/// is sound.
struct HostileInputTests {
  static let fixtures: [(path: String, text: String)] = [
    (
      "a.md",
      "---\ntitle: \"T\"\ndate: 2019-05-01\nauthors: [Jane Doe <j@x.org>, {name: Joe}]\n---\n# H {#id}\n\nFYT: text\n\n- a\n  - b\n\n> q\n\n|a|b|\n|-|-|\n|c|d|\n\n```\ncode\n```\n<b>x</b>\n"
    ),
    (
      "b.md",
      "+++\ntitle = 'x'\nlist = [1, \"a\", [2]]\n[params]\nx = { a = 1, b = \"\"\"y\"\"\" }\n+++\nText ![i](u) [^1]\n\n[^1]: n\n"
    ),
    ("c.md", "Title: X\nDate: 2020-01-02\nTags: a, b\n\nBody\n"),
    (
      "a.vtt",
      "\u{FEFF}WEBVTT - T\nLanguage: de\n\nNOTE Date: x\n\nid-1\n00:01.000 --> 00:02.500 align:start\n<v.loud Jane>Hi &amp; <i>you</i></v>\n\n00:03.000 --> 00:04.000\nJoe Blow: 10:30 Meeting: x\n"
    ),
    ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}>> JANE: Hello\n\n2\n00:00:02,000 --> 00:00:03,000\nand on\n"),
    ("t.txt", "[00:00:03] FENJA: Eins.\n\n[00:00:21] JÖRG: Zwei\nweiter.\n\nFENJA (00:01:00): Drei.\n"),
    ("c.txt", "00:02:17\tjxs:\thello\n00:03:00\tMarco P:\thi\n10:00:00 From Jane to Everyone: hi\n"),
    (
      "d.jsonl",
      "{\"id\":1,\"title\":\"t\",\"text\":\"a\\n\\nb\",\"authors\":[{\"name\":\"J\",\"email\":\"j@x.org\"}],\"date\":1556668800,\"x\":{\"y\":[1,2.5,null,true]}}\n{\"lesson\":\"x\"}\n"
    ),
    ("d.json", "{\"documents\":[{\"id\":1,\"text\":\"a\"},{\"id\":2,\"text\":\"\\ud83d\\ude00\"}]}"),
    ("w.json", "{\"segments\":[{\"start\":0,\"end\":1.5,\"text\":\"x\",\"speaker\":\"S1\"}]}"),
    ("t.csv", "id,title,text\n1,\"a,\"\"b\"\"\",\"c\nd\"\n2,e,f\n"),
    ("p.txt", "Title\n=====\n\n1. One\n\ntext > x\n\n> quoted\n\n- item\n- item\n\nCAPITALS HERE\n\nend\n"),
    ("p.rst", "PEP: 1\nTitle: x\nAuthor: J <j@x.org>\n\nH\n~~~\n\n    code\n"),
    ("o.org", "#+TITLE: x\n#+DATE: <2020-01-01>\n* One\n** Two\n"),
  ]

  @Test func mutatedFixturesNeverTrap() {
    let seed = UInt64(20_260_101)
    var random = SplitMix64(seed: seed)
    for (path, text) in Self.fixtures {
      let original = Array(text.utf8)
      for round in 0..<150 {
        let bytes = Self.mutate(original, &random)
        let reading = FileRead(
          bytes, path: path, windows: round % 4 == 0 ? Int.random(in: 1...64, using: &random) : nil)
        for document in reading.documents {
          #expect(
            document.isSound,
            "seed \(seed), \(path), round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
        }
      }
    }
  }

  /// Changes bytes, cuts, doubles and swaps stretches, puts in what parsers trip over.
  private static func mutate(_ original: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = original
    let nasty: [[UInt8]] = [
      [0], [0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], Array("-->".utf8), Array("\r\r\n".utf8), Array("---\n".utf8),
      Array("\"".utf8), Array("{".utf8), Array("]]".utf8), Array("<v".utf8), Array("<script>".utf8),
      Array("&#x110000;".utf8),
      Array(":".utf8), Array("99:99:99.999 --> 00:00".utf8), Array("\u{2028}\u{FEFF}".utf8), Array("\\u".utf8),
      Array("999999999999999999999".utf8), Array("(".utf8), Array("<<<<<<".utf8), Array("&".utf8), [0x1B, 0x5B],
    ]
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let at = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &random)
      let length = min(bytes.count - at, Int.random(in: 0...20, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0 where !bytes.isEmpty: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(at..<(at + length))
      case 2: bytes.insert(contentsOf: bytes[at..<(at + length)], at: at)
      case 3: bytes.insert(contentsOf: nasty.randomElement(using: &random)!, at: at)
      case 4: bytes.removeSubrange(at...)
      default:
        let piece = Array(bytes[at..<(at + length)])
        bytes.removeSubrange(at..<(at + length))
        bytes.insert(contentsOf: piece, at: Int.random(in: 0...bytes.count, using: &random))
      }
    }
    return bytes
  }

  @Test func randomBytesNeverTrap() {
    let seed = UInt64(7)
    var random = SplitMix64(seed: seed)
    let alphabet = Array("ab:>-\n\n \"'{}[]#<>&;=*_|0123,.\\\t\r".utf8) + [0xC3, 0xA4, 0xFF]
    let paths = Self.fixtures.map(\.path)
    for round in 0..<600 {
      let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
      let reading = FileRead(bytes, path: paths[round % paths.count])
      for document in reading.documents { #expect(document.isSound, "seed \(seed), round \(round)") }
    }
  }

  /// Every reader on every fixture of the others, forced past detection.
  @Test func readersSurviveForeignFormats() {
    for format in [Format.markdown, .vtt, .srt, .speakerText, .jsonLines, .jsonArray, .csv, .text] {
      for (path, text) in Self.fixtures {
        let request = ReadRequest(path: "/x/" + path, relativePath: path)
        let sink = CollectingSink(request)
        var reader = ReaderRegistry.reader(for: format)!
        try? reader.read(MemorySource(Array(text.utf8)), ReadContext(request: request, format: format), into: sink)
        for document in sink.documents { #expect(document.isSound, "\(format) on \(path)") }
      }
    }
  }

  /// What could cost quadratic time or deep recursion ends, and in good time (the test suite has a limit of its own).
  @Test func depthAndLengthAreBounded() {
    let n = 20_000
    let texts: [(String, String)] = [
      ("q.md", String(repeating: ">", count: n) + " deep"),
      ("l.md", (0..<2000).map { String(repeating: " ", count: $0) + "- x\n" }.joined()),
      ("b.md", String(repeating: "[", count: n)), ("s.md", String(repeating: "<script>", count: n)),
      ("e.md", String(repeating: "*a_ ", count: n)), ("j.json", String(repeating: "[", count: n)),
      ("o.jsonl", String(repeating: "{\"a\":", count: n) + "1" + String(repeating: "}", count: n)),
      ("v.vtt", "WEBVTT\n\n" + String(repeating: "00:01.000 --> 00:02.000\n<v\n", count: n)),
      ("c.csv", "id,title,text\n\"" + String(repeating: "\"\"", count: n)),
      ("u.md", "---\n" + String(repeating: "- ", count: n) + "\n---\nx"),
      ("t.txt", String(repeating: "JANE: ", count: n)),
      ("y.md", "---\na: " + String(repeating: "[", count: n) + "\n---\nx"),
      ("h.md", String(repeating: "# same\n", count: n)),
    ]
    for (path, text) in texts {
      let reading = FileRead(text, path: path)
      for document in reading.documents { #expect(document.isSound, "\(path)") }
      let outcomes = reading.documents.count + reading.failures.count + reading.skips.count
      let hasOutcome = outcomes > 0 || reading.error != nil
      #expect(hasOutcome, "\(path)")
    }
  }
}
