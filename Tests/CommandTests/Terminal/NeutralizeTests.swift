import TestSupport
import Testing

@testable import GriotCommand

@Suite struct NeutralizeTests {
  @Test func escapeSequencesBecomeVisible() {
    #expect(Neutralize.line("a\u{1B}[31mred\u{1B}]0;title\u{7}b") == "a␛[31mred␛]0;title␇b")
    #expect(Neutralize.line("\u{9B}31m\u{90}x\u{9C}") == "\u{FFFD}31m\u{FFFD}x\u{FFFD}")
    #expect(Neutralize.line("line\r\nnext\u{85}x\u{2028}y\tz") == "line  next x y z")
    #expect(Neutralize.line("safe\u{202E}exe.txt\u{202C}") == "safeexe.txt")
    #expect(Neutralize.line("\u{FEFF}so\u{AD}ft\u{200B}") == "soft")
    #expect(Neutralize.line("plain — “quoted” 漢字 👨‍👩‍👧 שלום\u{200F}") == "plain — “quoted” 漢字 👨‍👩‍👧 שלום\u{200F}")
    #expect(Neutralize.lines("a\n\tb\u{1B}c\n") == "a\n\tb␛c\n")
  }

  @Test func nothingThatMovesTheCursorIsLeft() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let line = Neutralize.line("x\(scalar)y")
      let isControl = line.unicodeScalars.contains { $0.properties.generalCategory == .control }
      #expect(!isControl, "U+\(String(value, radix: 16))")
    }
  }
}
