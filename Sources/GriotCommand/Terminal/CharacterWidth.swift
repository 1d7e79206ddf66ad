/// How many cells of a terminal a character fills: 0, 1 or 2.
///
/// By hand because glibc's `wcwidth` answers only after `setlocale`, which costs start-up and depends on the
/// environment. Rules: UAX #11 for wide characters, UTS #51 for emoji, general category for what fills nothing.
enum CharacterWidth {
  static func of(_ scalar: Unicode.Scalar) -> Int {
    let v = scalar.value
    if v < 0x300 { return v < 0x20 || (0x7F..<0xA0).contains(v) || v == 0xAD ? 0 : 1 }
    // Vowels and finals of Hangul that join the leading consonant before them.
    if (0x1160...0x11FF).contains(v) || (0xD7B0...0xD7FF).contains(v) { return 0 }
    switch scalar.properties.generalCategory {
    // Before the table: the voicing marks of kana stand in its ranges.
    case .nonspacingMark, .enclosingMark: return 0
    // Signs that enclose Arabic and Syriac numbers are "format" to Unicode, and yet drawn.
    case .format: return (0x600...0x605).contains(v) || v == 0x6DD || v == 0x70F ? 1 : 0
    case .lineSeparator, .paragraphSeparator, .control, .surrogate: return 0
    default: return isWide(v) ? 2 : 1
    }
  }

  /// A user-perceived character. Emoji sequences are drawn as one glyph of two cells; the parts of other clusters
  /// stand beside each other (Indic conjuncts with their vowel signs).
  static func of(_ character: Character) -> Int {
    if let ascii = character.asciiValue { return ascii < 0x20 || ascii == 0x7F ? 0 : 1 }
    let scalars = character.unicodeScalars
    let first = scalars.first!
    guard scalars.count > 1 else { return of(first) }
    // Two regional indicators are a flag; U+FE0F asks for the emoji form of a character that has one.
    if (0x1F1E6...0x1F1FF).contains(first.value) || scalars.contains("\u{FE0F}") { return 2 }
    if first.properties.isEmojiPresentation { return 2 }
    return scalars.reduce(0) { $0 + of($1) }
  }

  static func of(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    var total = 0
    for character in text { total += of(character) }
    return total
  }

  private static func isWide(_ v: UInt32) -> Bool {
    guard v >= 0x1100 else { return false }
    // Index of the first range end that is not below v.
    var low = 0
    var high = wideRanges.count / 2
    while low < high {
      let middle = (low + high) / 2
      if wideRanges[2 * middle + 1] < v { low = middle + 1 } else { high = middle }
    }
    return low < wideRanges.count / 2 && wideRanges[2 * low] <= v
  }
}
