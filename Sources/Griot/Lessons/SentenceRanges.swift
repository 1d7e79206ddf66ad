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
    var start = range.lowerBound
    var i = start
    func emit(_ end: Int) {
      var lower = start
      var upper = end
      while lower < upper, text[lower] <= 0x20 { lower += 1 }
      while upper > lower, text[upper - 1] <= 0x20 { upper -= 1 }
      if lower < upper { body(lower..<upper) }
      start = end
    }
    var lastBlank = start
    while i < range.upperBound {
      let byte = text[i]
      switch byte {
      case 0x2E, 0x21, 0x3F:
        var end = i + 1
        while end < range.upperBound, isCloser(text, end) { end += text[end] < 0x80 ? 1 : text[end] == 0xC2 ? 2 : 3 }
        if end >= range.upperBound {
          i = range.upperBound
        } else if text[end] <= 0x20, isOpener(text, end, range.upperBound),
          byte != 0x2E || !isAbbreviation(text, start, i)
        {
          emit(end)
          i = end
        } else {
          i = end
        }
        continue
      case 0x0A:
        lastBlank = i
        if i + 1 < range.upperBound {
          let next = text[i + 1]
          if next == 0x0A || isBullet(text, i + 1, range.upperBound) { emit(i) }
        }
      case 0x20, 0x09, 0x0D: lastBlank = i
      case 0xE3 where i + 2 < range.upperBound && text[i + 1] == 0x80 && text[i + 2] == 0x82:  // 。
        emit(i + 3)
        i += 3
        continue
      case 0xEF where i + 2 < range.upperBound && text[i + 1] == 0xBC && (text[i + 2] == 0x81 || text[i + 2] == 0x9F):
        emit(i + 3)  // ！？
        i += 3
        continue
      default: break
      }
      if i - start >= longest {
        if lastBlank > start {
          emit(lastBlank)
          i = lastBlank + 1
        } else if byte & 0xC0 != 0x80 {
          emit(i)
        }
      }
      i += 1
    }
    emit(range.upperBound)
  }

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
  private static func isCloser(_ text: UnsafeRawBufferPointer, _ i: Int) -> Bool {
    switch text[i] {
    case 0x22, 0x27, 0x29, 0x5D, 0x21, 0x3F, 0x2E: true
    case 0xC2: i + 1 < text.count && text[i + 1] == 0xBB
    case 0xE2: i + 2 < text.count && text[i + 1] == 0x80 && (0x98...0x9D).contains(text[i + 2])
    default: false
    }
  }

  /// Whether what follows the blanks at `i` can begin a sentence: anything but a small letter.
  private static func isOpener(_ text: UnsafeRawBufferPointer, _ i: Int, _ end: Int) -> Bool {
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
  private static func isAbbreviation(_ text: UnsafeRawBufferPointer, _ start: Int, _ stop: Int) -> Bool {
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
    let word = String(decoding: UnsafeRawBufferPointer(rebasing: text[i..<stop]), as: UTF8.self)
    return abbreviations.contains(word.lowercased())
  }

  private static func isStart(_ text: UnsafeRawBufferPointer, _ start: Int, _ i: Int) -> Bool {
    (start..<i).allSatisfy { text[$0] <= 0x20 || text[$0] == 0x28 }
  }
}
