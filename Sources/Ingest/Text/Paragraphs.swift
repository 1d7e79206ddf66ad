import Documents
import Glibc

extension Document {
  /// Appends text as paragraphs: blank lines separate them, line feeds inside stay, white space at the ends goes.
  mutating func appendParagraphs(_ text: UnsafeBufferPointer<UInt8>, kind: BlockKind = .paragraph) {
    Paragraphs.forEach(in: text) { append(Block(kind), $0) }
  }

  mutating func appendHeading(_ title: some StringProtocol, level: Int, anchor: String? = nil) {
    append(Block(.heading, level: UInt8(clamping: level), anchor: anchor), WhiteSpace.collapse(title).utf8)
  }
}

enum Paragraphs {
  /// Calls `body` for every stretch between blank lines (lines of white space alone).
  static func forEach(
    in text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    guard let base = text.baseAddress else { return }
    var start = 0
    var position = 0
    while position < text.count {
      guard let found = memchr(base + position, 0x0A, text.count - position) else { break }
      let lineEnd = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      var next = lineEnd + 1
      while next < text.count, text[next].isWhiteSpace, text[next] != 0x0A { next += 1 }
      if next < text.count, text[next] == 0x0A {
        emit(text, start..<lineEnd, body)
        start = next
      }
      position = next < text.count && text[next] == 0x0A ? next : lineEnd + 1
    }
    emit(text, start..<text.count, body)
  }

  private static func emit(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    let paragraph = WhiteSpace.trim(UnsafeBufferPointer(rebasing: text[range]))
    if !paragraph.isEmpty { body(paragraph) }
  }
}
