import TestSupport
import Testing

@testable import Griot

/// Sentences that jump from stop to stop against the rule that looks at every byte.
@Suite struct SentenceScanTests {
  /// Sentences as a walk over all bytes: what ``SentenceRanges/forEach(_:_:_:)`` has to find.
  private static func naive(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var start = range.lowerBound
    var i = start
    func emit(_ end: Int) {
      var lower = start
      var upper = end
      while lower < upper, text[lower] <= 0x20 { lower += 1 }
      while upper > lower, text[upper - 1] <= 0x20 { upper -= 1 }
      if lower < upper { out.append(lower..<upper) }
      start = end
    }
    func stands(_ bytes: [UInt8]) -> Bool { i + 2 < range.upperBound && text[i..<i + 3].elementsEqual(bytes) }
    var lastBlank = start
    while i < range.upperBound {
      let byte = text[i]
      if byte == 0x2E || byte == 0x21 || byte == 0x3F {
        var end = i + 1
        while end < range.upperBound, SentenceRanges.isCloser(text, end) {
          end += text[end] < 0x80 ? 1 : text[end] == 0xC2 ? 2 : 3
        }
        if end >= range.upperBound {
          i = range.upperBound
          continue
        }
        if text[end] <= 0x20, SentenceRanges.isOpener(text, end, range.upperBound),
          byte != 0x2E || !SentenceRanges.isAbbreviation(text, start, i)
        {
          emit(end)
        }
        i = end
        continue
      }
      if stands([0xE3, 0x80, 0x82]) || stands([0xEF, 0xBC, 0x81]) || stands([0xEF, 0xBC, 0x9F]) {
        emit(i + 3)
        i += 3
        continue
      }
      if [0x0A, 0x20, 0x09, 0x0D].contains(byte) { lastBlank = i }
      if byte == 0x0A, i + 1 < range.upperBound,
        text[i + 1] == 0x0A || SentenceRanges.isBullet(text, i + 1, range.upperBound)
      {
        emit(i)
      }
      if i - start >= SentenceRanges.longest {
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
    return out
  }

  @Test func sentencesAreThoseOfTheWalkOverAllBytes() {
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    let marks = [
      ". ", ".", "! ", "? ", "\n", "\n\n", "\n- ", "\n1. ", "。", "！", "？", "“", ".” ", "…", "\t", "\u{B}", "e.g.",
      "1. ",
    ]
    for number in 0..<3000 {
      // Texts with many stops and with hardly any, with words and with one long word.
      let oneIn = [2, 8, 200, 2000][number % 4]
      let blanks = [3, 12, 1000][number / 4 % 3]
      var bytes: [UInt8] = []
      while bytes.count < 1 + number % 1800 {
        if Int.random(in: 0..<oneIn, using: &random) == 0 {
          bytes += Array(marks.randomElement(using: &random)!.utf8)
        } else if Int.random(in: 0..<blanks, using: &random) == 0 {
          bytes.append(0x20)
        } else if number % 7 == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &random))
        } else {
          bytes += Array(["a", "B", "z", "é", "中", "0"].randomElement(using: &random)!.utf8)
        }
      }
      bytes.withUnsafeBytes { text in
        let start = number % 5 == 0 ? min(text.count, number % 11) : 0
        let range = start..<max(start, text.count - (number % 3 == 0 ? number % 7 : 0))
        var found: [Range<Int>] = []
        SentenceRanges.forEach(text, range) { found.append($0) }
        #expect(found == Self.naive(text, range), "seed \(seed), text \(number)")
      }
    }
  }

  @Test func abbreviationsEndNoSentence() {
    for word in ["e.g", "E.G", "approx", "z.B", "Pág", "pág", "sept", "no", "a", "Z", "1", "12"] {
      Array("\(word). Then".utf8).withUnsafeBytes { text in
        #expect(SentenceRanges.isAbbreviation(text, 0, word.utf8.count), "\(word)")
      }
    }
    for word in ["eg", "valve", "I.e.f", "approxim", "nó", "é", "x12", "…"] {
      Array("see \(word). Then".utf8).withUnsafeBytes { text in
        #expect(!SentenceRanges.isAbbreviation(text, 0, 4 + word.utf8.count), "\(word)")
      }
    }
  }

  /// Invalid bytes, of which none may begin a sentence: time stays linear.
  @Test(.timeLimit(.minutes(1))) func aMillionBytesThatBeginNothing() {
    [UInt8](repeating: 0x81, count: 1_000_000).withUnsafeBytes { text in
      var found: [Range<Int>] = []
      SentenceRanges.forEach(text, 0..<text.count) { found.append($0) }
      #expect(found == [0..<text.count])
    }
  }
}
