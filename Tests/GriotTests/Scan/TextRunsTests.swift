import Documents
import TestSupport
import Testing
import TextAnalysis

@testable import Griot

/// What rests on runs against the same from single bytes, in windows of all sizes.
@Suite struct TextRunsTests {
  private static let pieces = [
    " ", ", ", "\n", "'", "’", "-", "9", "2019", "the", "Valve", "NASA", "we", "should", "have", "and", "check",
    "naïve", "Über",
    "我", "々", "ﬁ", "don't", "l’eau", "x2", "(", "\"", "—", ": ",
  ]

  private static func text(_ random: inout SplitMix64, _ pieces: [String]) -> [UInt8] {
    var out = ""
    for _ in 0..<Int.random(in: 0..<400, using: &random) {
      out += pieces.randomElement(using: &random)!
      if Bool.random(using: &random) { out += " " }
    }
    return Array(out.utf8)
  }

  /// Shingles by the rule, byte by byte.
  private static func shingles(_ document: Document) -> [UInt64] {
    let offset: UInt64 = 0xCBF2_9CE4_8422_2325
    var words: [UInt64] = []
    for block in document.blocks where block.kind != .quote {
      var hash = offset
      for byte in document.text[block.range] + [0x20] {
        let isWord = byte >= 0x80 || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
        if hash != offset, !isWord || byte >= 0xE3 && byte < 0xF0 {
          words.append(hash)
          hash = offset
        }
        if isWord { hash = (hash ^ UInt64(byte >= 0x80 ? byte : byte | 0x20)) &* 0x100_0000_01B3 }
      }
    }
    guard words.count >= 3 else { return [] }
    return (2..<words.count).map {
      ShingleHasher.spread(
        (words[$0 - 2] &* 0x9E37_79B9_7F4A_7C15 &+ words[$0 - 1]) &* 0xC2B2_AE3D_27D4_EB4F &+ words[$0])
    }
  }

  @Test func shinglesAreThoseOfSingleBytes() {
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    let small = TextRuns(capacity: 128), large = TextRuns()
    for number in 0..<400 {
      var document = Document(externalID: "x", kind: .wiki)
      for _ in 0..<Int.random(in: 1..<5, using: &random) {
        document.append(
          Block(Int.random(in: 0..<4, using: &random) == 0 ? .quote : .paragraph), Self.text(&random, Self.pieces))
      }
      // Blocks that begin and end inside words.
      for index in document.blocks.indices where number % 3 == 0 && document.blocks[index].range.count > 6 {
        document.blocks[index].start += 2
        document.blocks[index].end -= 3
      }
      let expected = Self.shingles(document)
      for runs in [small, large] {
        var found: [UInt64] = []
        runs.of(document.text) { ShingleHasher.forEach(document.blocks, runs) { found.append($0) } }
        #expect(found == expected, "seed \(seed), text \(number)")
      }
    }
  }

  /// A word is the same word before a mark that might have joined it to another; such words are read byte by byte.
  @Test func wordsOfRunsAreThoseOfSingleBytes() {
    let seed = SplitMix64.testSeed &+ 1
    var random = SplitMix64(seed: seed)
    let words = [
      "the", "Valve", "NASA", "we", "should", "have", "been", "and", "check", "tests", "failed", "X", "Ax", "learned",
    ]
    let runs = TextRuns()
    var plain = SentenceReader(.english), marked = SentenceReader(.english)
    for number in 0..<500 {
      let sentence = (0..<Int.random(in: 1..<40, using: &random)).map { _ in words.randomElement(using: &random)! }
      let a = Array(sentence.joined(separator: " ").utf8)
      let b = Array(sentence.map { $0 + "'" }.joined(separator: " ").utf8)
      runs.of(a) { plain.read(runs, 0..<a.count) }
      runs.of(b) { marked.read(runs, 0..<b.count) }
      let (left, right) = (plain.reading, marked.reading)
      #expect(left.counts == right.counts && left.first == right.first, "seed \(seed), \(sentence)")
      #expect(left.words == right.words && left.words == sentence.count, "seed \(seed), \(sentence)")
      #expect(left.capitalized == right.capitalized && left.acronyms == right.acronyms, "seed \(seed), \(sentence)")
      #expect(left.endingInS == right.endingInS && left.endingInED == right.endingInED, "seed \(seed), \(sentence)")
      #expect(left.weight == right.weight && left.firstEndsInS == right.firstEndsInS, "seed \(seed), \(number)")
      #expect(left.acronyms == sentence.count { $0 == "NASA" }, "seed \(seed), \(sentence)")
    }
  }

  /// A sentence of a text is read as it is alone, wherever windows begin and end.
  @Test func sentencesAreReadInTheirTextAsAlone() {
    let seed = SplitMix64.testSeed &+ 2
    var random = SplitMix64(seed: seed)
    let runs = [TextRuns(capacity: 128), TextRuns(capacity: 150), TextRuns()]
    var model = LessonModel(.english), alone = LessonModel(.english)
    for number in 0..<200 {
      let text = Self.text(&random, Self.pieces)
      text.withUnsafeBytes { raw in
        for runs in runs { runs.begin(raw) }
        for _ in 0..<12 {
          let start = Int.random(in: 0...text.count, using: &random)
          let range = start..<Int.random(in: start...min(text.count, start + 300), using: &random)
          let expected = alone.judge(UnsafeRawBufferPointer(rebasing: raw[range]))
          for runs in runs { #expect(model.judge(runs, range) == expected, "seed \(seed), text \(number), \(range)") }
        }
      }
    }
  }
}
