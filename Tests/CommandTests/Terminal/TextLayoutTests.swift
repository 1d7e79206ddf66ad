import TestSupport
import Testing

@testable import GriotCommand

@Suite struct TextLayoutTests {
  private func wrap(_ text: String, _ width: Int, lines: Int = .max) -> [String] {
    TextLayout.wrap(TextLayout.cells(text), width: width, maximumLines: lines)
      .map { TextLayout.runs($0).map(\.text).joined() }
  }

  @Test func breaksAtBlanks() {
    #expect(wrap("the quick brown fox", 10) == ["the quick", "brown fox"])
    #expect(wrap("the quick brown fox", 9) == ["the quick", "brown fox"])
    #expect(wrap("  a \n\t b  ", 10) == ["a b"])
    #expect(wrap("", 10) == [])
    #expect(wrap("incomprehensibilities", 8) == ["incompre", "hensibil", "ities"])
    #expect(wrap("an incomprehensibilities", 8) == ["an", "incompre", "hensibil", "ities"])
  }

  @Test func ideographsBreakAnywhereButBeforeClosingPunctuation() {
    #expect(wrap("漢字漢字漢字", 5) == ["漢字", "漢字", "漢字"])
    #expect(wrap("漢字。漢字", 4) == ["漢", "字。", "漢字"])
    #expect(wrap("「漢」字", 4) == ["「漢", "」字"] || wrap("「漢」字", 4) == ["「", "漢」", "字"])
  }

  @Test func cutsWithAnEllipsis() {
    #expect(wrap("the quick brown fox jumps", 10, lines: 2) == ["the quick", "brown fox…"])
    #expect(wrap("the quick brown fox", 10, lines: 2) == ["the quick", "brown fox"])
    #expect(wrap("漢字漢字", 5, lines: 1) == ["漢字…"])
  }

  @Test func matchesKeepTheirPlace() {
    let text = "a ﬁne pump, e\u{301}t 漢字"
    let highlights = [2..<7, 8..<12, 14..<15]
    let runs = TextLayout.runs(TextLayout.cells(text, highlights: highlights)[...])
    #expect(runs.filter(\.isMatch).map(\.text) == ["ﬁne", "pump", "e\u{301}"])
    #expect(runs.map(\.text).joined() == text)
  }

  @Test func noLineIsTooWideAndNothingIsLost() {
    let seed: UInt64 = 0xBEEF
    var random = SplitMix64(seed: seed)
    let pieces = [
      "a", "word", " ", "  ", "漢", "。", "「", "é", "e\u{301}", "😀", "👨‍👩‍👧", "\u{1B}[1m", "\u{200B}", "-", "\n", "🇩🇪",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0..<40, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined()
      let width = Int.random(in: 2..<30, using: &random)
      let cells = TextLayout.cells(text)
      let lines = TextLayout.wrap(cells, width: width)
      for line in lines { #expect(TextLayout.width(line) <= width, "seed \(seed): \(text.debugDescription)") }
      let kept = lines.flatMap { $0 }.filter { !$0.isBlank }.map(\.text)
      #expect(kept == cells.filter { !$0.isBlank }.map(\.text), "seed \(seed): \(text.debugDescription)")
      let most = Int.random(in: 1..<4, using: &random)
      let cut = TextLayout.wrap(cells, width: width, maximumLines: most)
      #expect(cut.count <= most)
      for line in cut { #expect(TextLayout.width(line) <= width, "seed \(seed): \(text.debugDescription)") }
    }
  }

  /// The fast reading of plain text is that of clusters.
  @Test func asciiIsReadAlike() {
    let seed: UInt64 = 0xA5C11
    var random = SplitMix64(seed: seed)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        Bool.random(using: &random)
          ? [0x20, 0x09, 0x0A, 0x0D].randomElement(using: &random)! : UInt8.random(in: 0x20..<0x7F, using: &random)
      }
      // Matches of words: what joins a carriage return and a line feed is no word.
      var highlights: [Range<Int>] = []
      var at = 0
      while at < bytes.count {
        let end = min(bytes.count, at + Int.random(in: 1..<5, using: &random))
        if bytes[at..<end].allSatisfy({ $0 > 0x20 }), Bool.random(using: &random) { highlights.append(at..<end) }
        at = end + 1
      }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(
        TextLayout.asciiCells(text, highlights) == TextLayout.clusterCells(text, highlights),
        "seed \(seed): \(text.debugDescription) \(highlights)")
    }
    #expect(TextLayout.asciiCells("é", []) == nil)
    #expect(TextLayout.asciiCells("\u{1B}", []) == nil)
  }

  @Test func truncation() {
    #expect(TerminalWriter.truncate("abc", to: 3) == "abc")
    #expect(TerminalWriter.truncate("abcd", to: 3) == "ab…")
    #expect(TerminalWriter.truncate("漢字漢", to: 5) == "漢字…")
    #expect(TerminalWriter.truncate("漢字", to: 1) == "…")
    #expect(TerminalWriter.truncate("abc", to: 0) == "")
    #expect(TerminalWriter.truncatePath("a/bc/def.md", to: 11) == "a/bc/def.md")
    #expect(TerminalWriter.truncatePath("a/bc/def.md", to: 9) == "…/def.md")
    #expect(TerminalWriter.truncatePath("abcdefghij", to: 5) == "…ghij")
  }

  @Test func tables() {
    let out = OutputBuffer()
    var table = TextTable(alignments: [.left, .right, .left])
    table.append(["name", "n", "path"])
    table.append(["漢字", "1,234", "x/y"])
    table.write(to: TerminalWriter(out, .plain))
    #expect(out.text == "name      n  path\n漢字  1,234  x/y\n")
    let narrow = OutputBuffer()
    var terminal = Terminal.plain
    terminal.columns = 20
    table.append(["a very long name of something", "5", "p"])
    table.write(to: TerminalWriter(narrow, terminal))
    #expect(narrow.text == "name          n  path\n漢字      1,234  x/y\na very …      5  p\n")
  }
}
