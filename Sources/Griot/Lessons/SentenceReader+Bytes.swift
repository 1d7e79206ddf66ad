extension SentenceReader {
  enum ByteKind: UInt8 { case other, letter, digit, space, apostrophe }

  /// Comparisons, not a table: a global one is looked up behind a check at every byte.
  @inline(__always)
  static func kind(_ byte: UInt8) -> ByteKind {
    if byte >= 0x80 || (byte | 0x20) &- 0x61 < 26 { return .letter }
    if byte == 0x20 { return .space }
    if byte &- 0x30 < 10 { return .digit }
    if byte == 0x27 { return .apostrophe }
    return byte == 0x09 || byte == 0x0A || byte == 0x0D ? .space : .other
  }

  /// Whether the bytes of U+0080–00BF, U+2000–206F or U+3000–303F (dashes, quotation marks) start here.
  @inline(__always)
  static func isPunctuation(_ text: UnsafeRawBufferPointer, _ i: Int) -> Bool {
    let byte = text[i]
    if byte == 0xC2 { return true }
    guard byte == 0xE2 || byte == 0xE3, i + 1 < text.count else { return false }
    let next = text[i + 1]
    return byte == 0xE2 ? next == 0x80 || next == 0x81 : next == 0x80
  }

  /// Whether U+2019 stands here with a letter behind it.
  @inline(__always)
  static func isApostrophe(_ text: UnsafeRawBufferPointer, _ i: Int) -> Bool {
    i + 3 < text.count && text[i] == 0xE2 && text[i + 1] == 0x80 && text[i + 2] == 0x99
      && kind(text[i + 3]) == .letter && !isPunctuation(text, i + 3)
  }

  static func isQuote(_ text: UnsafeRawBufferPointer, _ i: Int) -> Bool {
    guard i + 2 < text.count else { return i + 1 < text.count && text[i] == 0xC2 && text[i + 1] == 0xAB }
    if text[i] == 0xC2 { return text[i + 1] == 0xAB }
    return text[i] == 0xE2 && text[i + 1] == 0x80 && (text[i + 2] == 0x9C || text[i + 2] == 0x9E)
  }

  /// Bytes of the character that starts with this byte.
  @inline(__always)
  static func length(_ byte: UInt8) -> Int {
    byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }

  /// The byte of the same letter in lower case: À–Þ become à–þ, which changes only their second byte.
  @inline(__always)
  static func lowered(_ text: UnsafeRawBufferPointer, _ i: Int) -> UInt8 {
    let byte = text[i]
    if byte >= 0x80, byte <= 0x9E, byte != 0x97, i > 0, text[i - 1] == 0xC3 { return byte | 0x20 }
    return byte
  }

  /// Bytes of a number or bullet in front: `1.`, `(a)`, `-`, `[x]`, `•`.
  static func leadIn(_ text: UnsafeRawBufferPointer) -> Int {
    var i = 0
    while i < text.count, text[i] <= 0x20 { i += 1 }
    let start = i
    guard i < text.count else { return 0 }
    func skipBlanks(_ from: Int) -> Int {
      var i = from
      while i < text.count, text[i] <= 0x20 { i += 1 }
      return i
    }
    switch text[i] {
    case 0x2D, 0x2A, 0x2B:
      guard i + 1 < text.count, text[i + 1] == 0x20 else { return 0 }
      return max(leadInBox(text, skipBlanks(i + 1)), skipBlanks(i + 1))
    case 0xE2 where i + 2 < text.count && text[i + 1] == 0x80 && (text[i + 2] == 0xA2 || text[i + 2] == 0x93):
      return skipBlanks(i + 3)
    case 0x5B: return leadInBox(text, i)
    default: break
    }
    if text[i] == 0x28 { i += 1 }
    let first = i
    while i < text.count, i - first < 3, kind(text[i]) == .digit || (i == first && kind(text[i]) == .letter) {
      i += 1
    }
    guard i > first, i + 1 < text.count, text[i] == 0x2E || text[i] == 0x29, text[i + 1] <= 0x20 else { return 0 }
    // “I. Newton” and “A. was” look alike; a parenthesis or a digit does not.
    guard text[i] == 0x29 || kind(text[first]) == .digit || start == 0 else { return 0 }
    return skipBlanks(i + 1)
  }

  private static func leadInBox(_ text: UnsafeRawBufferPointer, _ i: Int) -> Int {
    guard i + 3 < text.count, text[i] == 0x5B, text[i + 2] == 0x5D, text[i + 3] == 0x20 else { return 0 }
    return i + 4
  }

  /// A word with an apostrophe, beside a digit or with letters beyond ASCII, byte by byte: its end, which is `start` where
  /// none begins.
  static func word(
    _ text: UnsafeRawBufferPointer, _ start: Int
  ) -> (end: Int, hash: UInt64, capitals: Int) {
    var end = start
    var hash = CueLexicon.start
    var upper = 0
    while end < text.count {
      let b = text[end]
      let folded = b | 0x20
      if folded &- 0x61 < 26 {
        // Nearly all bytes of nearly all words.
        upper &+= Int((b >> 5 & 1) ^ 1)
        hash = CueLexicon.add(folded, to: hash)
        end &+= 1
        continue
      }
      let k = kind(b)
      if k == .letter {
        if isPunctuation(text, end) {
          guard end > start, isApostrophe(text, end) else { break }
          hash = CueLexicon.add(0x27, to: hash)
          end += 3
          continue
        }
        hash = CueLexicon.add(lowered(text, end), to: hash)
      } else if k == .apostrophe, end > start, end + 1 < text.count, kind(text[end + 1]) == .letter {
        hash = CueLexicon.add(0x27, to: hash)
      } else {
        break
      }
      end += 1
    }
    return (end, hash | 1, upper)
  }

  /// The end of the number that starts here, and whether it looks like a year.
  static func number(_ text: UnsafeRawBufferPointer, _ start: Int) -> (end: Int, isYear: Bool) {
    var i = start
    while i < text.count, text[i] &- 0x30 < 10 || text[i] == 0x2E || text[i] == 0x2C { i += 1 }
    while i > start + 1, text[i - 1] == 0x2E || text[i - 1] == 0x2C { i -= 1 }
    let isYear =
      i - start == 4
      && (text[start] == 0x31 && text[start + 1] == 0x39 || text[start] == 0x32 && text[start + 1] == 0x30)
    return (i, isYear)
  }
}
