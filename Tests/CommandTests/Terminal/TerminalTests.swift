import Glibc
import Testing

@testable import GriotCommand

@Suite struct TerminalTests {
  @Test func aPipeHasNoColor() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    let quiet = Environment(["TERM": "xterm-256color", "VTE_VERSION": "7000"])
    #expect(Terminal.detect(ends[1], color: .auto, environment: quiet) == .plain)
    #expect(Terminal.detect(ends[1], color: .always, environment: quiet).usesColor)
    // --color is said now, NO_COLOR was said once.
    #expect(Terminal.detect(ends[1], color: .always, environment: Environment(["NO_COLOR": "1"])).usesColor)
    #expect(Terminal.detect(ends[1], color: .auto, environment: Environment(["COLUMNS": "120"])).columns == 120)
    #expect(Terminal.detect(ends[1], color: .auto, environment: Environment(["COLUMNS": "-3"])).columns == 80)
    #expect(Terminal.detect(ends[1], color: .auto, environment: Environment(["COLUMNS": "3"])).columns == 20)
  }

  @Test(
    arguments: [
      (["TERM": "xterm-256color"], false), (["TERM": "xterm-256color", "VTE_VERSION": "6800"], true),
      (["VTE_VERSION": "4602"], false), (["TERM": "xterm-kitty"], true), (["TERM_PROGRAM": "WezTerm"], true),
      (["TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a"], false),
      (["TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"], true), (["FORCE_HYPERLINK": "1"], true),
      (["FORCE_HYPERLINK": "0", "TERM": "xterm-kitty"], false), (["KONSOLE_VERSION": "220401"], true), ([:], false),
    ] as [([String: String], Bool)])
  func hyperlinks(_ variables: [String: String], _ expected: Bool) {
    #expect(Terminal.supportsHyperlinks(Environment(variables), isInteractive: true) == expected)
  }

  @Test func linkTargets() {
    for (url, expected) in [
      ("https://www.youtube.com/watch?v=x", "https://www.youtube.com/watch?v=x&t=751s"),
      ("https://youtu.be/x", "https://youtu.be/x?t=751s"),
      ("https://web.microsoftstream.com/video/x#y", "https://web.microsoftstream.com/video/x?st=751#y"),
      ("https://example.org/youtube.com", "https://example.org/youtube.com#t=751"),
      ("https://example.org", "https://example.org#t=751"),
    ] {
      #expect(Hyperlink.target(location: "x", url: url, anchor: "00:12:31") == expected)
    }
    #expect(Hyperlink.target(location: "x", url: "https://youtu.be/x", anchor: "#a") == "https://youtu.be/x#a")
    let web = Hyperlink.target(location: "x.md", url: "https://example.org/a b", anchor: "#part two")
    #expect(web == "https://example.org/a%20b#part%20two")
    #expect(Hyperlink.target(location: "x", url: "https://example.org/#x", anchor: "#y") == "https://example.org/#x")
    let file = Hyperlink.target(location: "/data/pump notes.vtt", url: nil, anchor: "00:12:31")
    #expect(file?.hasPrefix("file://") == true)
    #expect(file?.hasSuffix("/data/pump%20notes.vtt#t=751") == true)
    #expect(
      Hyperlink.target(location: "/a/dump.zip!inner/x.md", url: nil, anchor: nil)?.hasSuffix("/a/dump.zip") == true)
    // Nothing of a document gets out of the escape sequence.
    #expect(Hyperlink.target(location: "/a\u{1B}\\b", url: nil, anchor: "#\u{7}c")?.hasSuffix("/a%1B%5Cb#%07c") == true)
    #expect(Hyperlink.target(location: "-", url: "javascript:alert(1)", anchor: nil) == nil)
    #expect(Hyperlink.seconds("01:02:03.500") == 3723)
    #expect(Hyperlink.seconds("02:03") == 123)
    #expect(Hyperlink.seconds("12") == nil)
    #expect(Hyperlink.seconds("a:b") == nil)
  }

  @Test func styledTextIsHarmless() {
    let out = OutputBuffer()
    var terminal = Terminal.plain
    terminal.usesColor = true
    terminal.usesHyperlinks = true
    TerminalWriter(out, terminal).write("a\u{1B}[2Jb", .title, link: "file:///x")
    #expect(out.text == "\u{1B}]8;;file:///x\u{1B}\\\u{1B}[1ma␛[2Jb\u{1B}[0m\u{1B}]8;;\u{1B}\\")
  }
}
