import Documents
import Testing

@testable import Ingest

struct DetectionTests {
  static let cases: [(path: String, text: String, format: Format)] = [
    ("a.html", "\u{89}PNG\r\n\u{1A}\n\u{0}\u{0}", .binary),
    ("a.txt", "%PDF-1.4\n", .pdf),
    ("a.bin", "<!DOCTYPE html><title>x</title>", .html),
    ("a", "<html><body>x</body></html>", .html),
    ("a.xml", "<?xml version=\"1.0\"?>\n<mediawiki xmlns=\"x\">", .mediawikiXML),
    ("a.xml", "<?xml version=\"1.0\"?>\n<!-- x -->\n<rss version=\"2.0\">", .feed),
    ("a.xml", "<?xml version=\"1.0\"?>\n<!DOCTYPE TEI [ <!ENTITY a \"b\"> ]>\n<TEI>", .tei),
    ("a.xml", "<?xml version=\"1.0\"?>\n<other>", .xml),
    ("a.xml", "<!--\nDescription: x\n-->\n<rss version=\"2.0\">", .feed),
    ("a.txt", "WEBVTT\n\n00:01.000 --> 00:02.000\nx", .vtt),
    ("a.vtt", "\u{FEFF}WEBVTT - x\n", .vtt),
    ("a.txt", "1\n00:00:01,000 --> 00:00:02,000\nHello\n", .srt),
    ("a", "\n\n00:00:01,000 --> 00:00:02,000\nHello\n", .srt),
    ("a.md", "# Title\n\ntext", .markdown),
    ("a.txt", "---\ntitle: x\n---\ntext", .markdown),
    ("a.txt", "+++\ntitle = \"x\"\n+++\ntext", .markdown),
    ("a.txt", "---\n\nA rule, then prose.\n", .text),
    ("a.md", "<p align=\"center\">x</p>\n\n# T", .markdown),
    ("box", "From jane@example.org Tue Jul  1 10:52:37 2003\nFrom: jane@example.org\nSubject: x\n\nbody\n", .mbox),
    ("letter.txt", "From the desk of the president:\n\nDear all", .text),
    ("1.eml", "Received: from x\nMessage-ID: <1@x>\nFrom: a@b.org\n\nbody", .eml),
    ("cut.eml", "From jane@example.org\nReceived: from x\nMessage-ID: <1@x>\nFrom: a@b.org\n\nbody", .eml),
    ("m.txt", "From: a@b.org\nContent-Type: multipart/mixed; boundary=\"B\"\n\n--B\n\nbody\n--B--\n", .eml),
    ("o.eml", "From  : a@b.org\nTo    : c@d.org\nSubject     : Hello\n\nbody", .eml),
    ("memo.txt", "Note : a thing\nFrom here on: nothing\n\nbody", .text),
    ("cur/123.host:2,S", "From: a@b.org\nTo: c@d.org\n\nbody", .eml),
    ("n.txt", "From: a@b.org\nDate: Tue, 1 Jul 2003 10:52:37 +0200\nSubject: Hi\nTo: x\n\nbody", .eml),
    ("n.md", "Title: This Week\nDate: 2020-01-01\n\nbody", .markdown),
    ("d.jsonl", "{\"id\":1,\"text\":\"a\"}\n{\"id\":2}\n", .jsonLines),
    ("d", "{\"id\":1,\"text\":\"a\"}\n{\"id\":2}\n", .jsonLines),
    ("d.json", "[{\"id\":1}]", .jsonArray),
    ("d.json", "{\n  \"id\": 1\n}\n", .jsonArray),
    ("d.txt", "{curly} prose", .text),
    ("d.txt", "[1] A reference\n[2] Another", .text),
    ("t.csv", "id,title,text\n1,a,b\n", .csv),
    ("t.txt", "JANE: Hello.\n\nJOE: Hi.\n\nJANE: How are you?\n\nJOE: Fine.\n", .speakerText),
    ("c.txt", "00:02:17\tjxs:\thello\n00:03:00\tMarco P:\thi\n00:04:01\tjxs:\tbye\n", .speakerText),
    ("c.txt", "00:02:17\tjxs:\thello\n", .speakerText),
    ("d.txt", "Meeting on Monday\n\n00:02:17 is the time.\n", .text),
    ("n.txt", "Note: bring boots.\n\nAgenda: none.\n\nDate: tomorrow\n", .text),
    ("x.py", "def f():\n    Name: str\n", .text),
    ("x.rst", "Title\n=====\n\ntext", .text),
  ]

  @Test(arguments: cases) func formats(_ value: (path: String, text: String, format: Format)) {
    // Latin-1, so that binary signatures can be written as strings.
    let isBinary = value.format == .binary
    let bytes = isBinary ? value.text.unicodeScalars.map { UInt8($0.value) } : Array(value.text.utf8)
    let detection = FormatDetector.detect(MemorySource(bytes), path: value.path)
    #expect(detection.format == value.format, "\(value.path): \(value.text.debugDescription)")
  }

  @Test func reasonsNameTheFormat() {
    func reason(_ bytes: [UInt8], _ path: String) -> String? {
      FormatDetector.detect(MemorySource(bytes), path: path).skipReason
    }
    #expect(reason([], "a.md") == "empty file")
    #expect(reason(Array(" \n\t\n".utf8), "a.md") == "no text: white space only")
    #expect(reason(Array("!BDN".utf8), "a.pst") == "binary file (Outlook data file)")
    #expect(reason([0x89] + Array("PNG\r\n\u{1A}\n".utf8), "index.html") == "binary file (PNG image)")
    #expect(
      FormatDetector.detect(MemorySource(Array("PK\u{3}\u{4}....mimetypeapplication/epub+zip".utf8)), path: "b").format
        == .epub)
    #expect(
      reason((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7) }, "page.html")?.hasPrefix("binary file") == true)
  }

  @Test func wideTextIsText() {
    func utf16(_ text: String, mark: Bool) -> [UInt8] {
      ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    }
    let text = "# Wide\n\nSome words that are long enough to tell."
    #expect(FormatDetector.detect(MemorySource(utf16(text, mark: true)), path: "a.md").format == .markdown)
    #expect(FormatDetector.detect(MemorySource(utf16(text, mark: false)), path: "a.md").format == .markdown)
    #expect(FileRead(utf16(text, mark: true), path: "a.md").documents.first?.title == "Wide")
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nJane: hello there\n"
    #expect(FileRead(utf16(vtt, mark: true), path: "a.vtt").format == .vtt)
  }

  @Test func strayNulBytesAreTolerated() {
    var bytes = Array(String(repeating: "A line of plain words.\n", count: 200).utf8)
    bytes[100] = 0
    #expect(FormatDetector.detect(MemorySource(bytes), path: "a.txt").format == .text)
  }
}
