internal import CKernels

/// Cuts running text into sentences.
///
/// A scan over bytes, because it sees all that is ingested: ICU's rules (``TextAnalysis/Sentences``) are fifty times
/// slower and no better at what matters here, abbreviations and lines of lists.
enum SentenceRanges {
  /// A text without full stops (captions) is cut at a blank when a sentence has become so long.
  static let longest = 480

  /// Calls `body` with the range of each sentence, without white space at its ends, in order.
  ///
  /// - Parameter range: Of `text`; line feeds in it are blanks, unless two follow each other or a bullet follows.
  static func forEach(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Range<Int>) -> Void) {
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    // One bounds check for the whole scan: every byte comes by here.
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
    let limit = range.upperBound
    var start = range.lowerBound
    var i = start
    // A long sentence is cut at its last blank from here on.
    var firstBlank = start + 1
    func emit(_ end: Int) {
      var lower = start
      var upper = end
      while lower < upper, base[lower] <= 0x20 { lower += 1 }
      while upper > lower, base[upper - 1] <= 0x20 { upper -= 1 }
      if lower < upper { body(lower..<upper) }
      start = end
      firstBlank = end + 1
    }
    /// What is too long at `i` ends at its last blank, or right here.
    func cut() {
      var blank = i
      while blank >= firstBlank, !isBlank(base[blank]) { blank -= 1 }
      if blank >= firstBlank {
        emit(blank)
        // The byte behind the blank is passed over, whatever it is.
        i = blank + 1
        firstBlank = blank + 2
      } else if base[i] & 0xC0 != 0x80 {
        emit(i)
      } else {
        firstBlank = i + 1
      }
    }
    while i < limit {
      // Nothing happens before a stop, and before the sentence is too long.
      let due = max(i, start + longest)
      let next = ctext_next_stop(base, i, min(limit, due + 1))
      if next > due || next == limit {
        guard due < limit else { break }
        i = due
        cut()
        i += 1
        continue
      }
      i = next
      let byte = base[i]
      switch byte {
      case 0x2E, 0x21, 0x3F:
        var end = i + 1
        while end < limit, isCloser(text, end) { end += text[end] < 0x80 ? 1 : text[end] == 0xC2 ? 2 : 3 }
        if end >= limit {
          i = limit
        } else if base[end] <= 0x20, isOpener(text, end, limit), byte != 0x2E || !isAbbreviation(text, start, i) {
          emit(end)
          i = end
        } else {
          i = end
        }
        continue
      case 0x0A where i + 1 < limit:
        if base[i + 1] == 0x0A || isBullet(text, i + 1, limit) { emit(i) }
      case 0xE3 where i + 2 < limit && text[i + 1] == 0x80 && text[i + 2] == 0x82:  // 。
        emit(i + 3)
        i += 3
        continue
      case 0xEF where i + 2 < limit && text[i + 1] == 0xBC && (text[i + 2] == 0x81 || text[i + 2] == 0x9F):
        emit(i + 3)  // ！？
        i += 3
        continue
      default: break
      }
      if i - start >= longest { cut() }
      i += 1
    }
    emit(limit)
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

  /// Whether a line begins here as a point of a list does.
  static func isBullet(_ text: UnsafeRawBufferPointer, _ from: Int, _ end: Int) -> Bool {
    var i = from
    while i < end, text[i] == 0x20 || text[i] == 0x09 { i += 1 }
    guard i + 1 < end else { return false }
    switch text[i] {
    case 0x2D, 0x2A, 0x2B: return text[i + 1] == 0x20
    case 0x5B: return i + 3 < end && text[i + 2] == 0x5D
    case 0xE2: return i + 2 < end && text[i + 1] == 0x80 && text[i + 2] == 0xA2
    case 0x30...0x39:
      while i < end, (0x30...0x39).contains(text[i]) { i += 1 }
      return i + 1 < end && (text[i] == 0x2E || text[i] == 0x29) && text[i + 1] == 0x20
    default: return false
    }
  }

  /// Quotation marks and parentheses that belong to the sentence they close.
  static func isCloser(_ text: UnsafeRawBufferPointer, _ i: Int) -> Bool {
    switch text[i] {
    case 0x22, 0x27, 0x29, 0x5D, 0x21, 0x3F, 0x2E: true
    case 0xC2: i + 1 < text.count && text[i + 1] == 0xBB
    case 0xE2: i + 2 < text.count && text[i + 1] == 0x80 && (0x98...0x9D).contains(text[i + 2])
    default: false
    }
  }

  /// Whether what follows the blanks at `i` can begin a sentence: anything but a small letter.
  static func isOpener(_ text: UnsafeRawBufferPointer, _ i: Int, _ end: Int) -> Bool {
    var i = i
    while i < end, text[i] <= 0x20 { i += 1 }
    guard i < end else { return true }
    return !(0x61...0x7A).contains(text[i])
  }

  /// Words that a full stop follows inside a sentence, in the languages of the cues.
  private static let abbreviations: Set<String> = [
    "e.g", "i.e", "etc", "no", "nr", "fig", "figs", "vs", "approx", "dr", "mr", "mrs", "ms", "inc", "ref", "refs",
    "sec",
    "st", "cf", "al", "z.b", "d.h", "u.a", "bzw", "ca", "evtl", "ggf", "vgl", "usw", "str", "p.ex", "env", "p.ej",
    "sr", "sra", "ud", "pág", "aprox", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "oct", "nov", "dec",
  ]

  /// Whether the full stop at `stop` ends a short form: one letter, a number of a list, a known abbreviation.
  static func isAbbreviation(_ text: UnsafeRawBufferPointer, _ start: Int, _ stop: Int) -> Bool {
    var i = stop
    while i > start, text[i - 1] > 0x20, text[i - 1] != 0x28, stop - i < 8 { i -= 1 }
    let count = stop - i
    guard count > 0, count < 8 else { return false }
    if count == 1 {
      let byte = text[i]
      // “I” ends sentences; a digit in front is the number of a point.
      return (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || isStart(text, start, i)
    }
    // `12.` in front numbers a point of a list; elsewhere a number ends a sentence.
    if (i..<stop).allSatisfy({ (0x30...0x39).contains(text[$0]) }) { return isStart(text, start, i) }
    var word: UInt64 = 0
    for place in i..<stop {
      let byte = text[place]
      guard byte < 0x80 else {
        let word = String(decoding: UnsafeRawBufferPointer(rebasing: text[i..<stop]), as: UTF8.self)
        return abbreviations.contains(word.lowercased())
      }
      word = word << 8 | UInt64(byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
    return packedAbbreviations.contains(word)
  }

  /// Those of ASCII with up to eight bytes, as one number, the first byte the highest: nearly every word before a full
  /// stop is asked for.
  private static let packedAbbreviations = Set(
    abbreviations.filter { $0.utf8.count <= 8 && $0.utf8.allSatisfy { $0 < 0x80 } }
      .map { $0.utf8.reduce(0 as UInt64) { $0 << 8 | UInt64($1) } })

  private static func isStart(_ text: UnsafeRawBufferPointer, _ start: Int, _ i: Int) -> Bool {
    (start..<i).allSatisfy { text[$0] <= 0x20 || text[$0] == 0x28 }
  }
}
