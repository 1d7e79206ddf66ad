import Documents
import TestSupport
import Testing

@testable import Griot

@Suite struct PassageSplitterTests {
  static let splitter = PassageSplitter(targetWords: 30)

  static func words(_ n: Int, _ rng: inout SplitMix64, sentences: Bool = true) -> String {
    var out = ""
    for i in 0..<n {
      if i > 0 { out += Int.random(in: 0..<40, using: &rng) == 0 ? "\n" : " " }
      out += ["tide", "Gauge", "été", "drift", "東京都", "a", "sensor-7", "สวัสดี", "moored"].randomElement(using: &rng)!
      if sentences, Int.random(in: 0..<9, using: &rng) == 0 {
        out += [".", "!", "。", "?\"", " …"].randomElement(using: &rng)!
      }
    }
    return out
  }

  static func random(_ rng: inout SplitMix64) -> Document {
    var d = Document(externalID: "x", kind: .wiki, title: "t")
    d.people = [PersonMention(name: "A", role: .speaker), PersonMention(name: "B", role: .speaker)]
    let isTalk = Int.random(in: 0..<4, using: &rng) == 0
    for i in 0..<Int.random(in: 0...25, using: &rng) {
      let size = [1, 3, 8, 20, 45, 150].randomElement(using: &rng)!
      if isTalk {
        d.append(
          Block(
            .cue, time: TimeRange(start: UInt32(i * 4000), end: UInt32(i * 4000 + 3000)),
            speaker: Int.random(in: 0..<2, using: &rng)), words(size, &rng).utf8)
        continue
      }
      switch Int.random(in: 0..<10, using: &rng) {
      case 0...2:
        d.append(
          Block(
            .heading, level: .random(in: 1...4, using: &rng), anchor: Bool.random(using: &rng) ? "h\(i)" : nil),
          words(min(size, 6), &rng, sentences: false).utf8)
      case 3: d.append(Block(.template), words(size, &rng).utf8)
      default:
        d.append(
          Block([.paragraph, .listItem, .quote, .code, .signature].randomElement(using: &rng)!),
          words(size, &rng, sentences: Int.random(in: 0..<5, using: &rng) > 0).utf8)
      }
    }
    return d
  }

  /// Every block that is no template is text or heading of exactly one passage; ranges ascend; lengths are bounded.
  @Test(arguments: [11, 12, 13, 14] as [UInt64]) func properties(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    for round in 0..<400 {
      let document = Self.random(&rng)
      let passages = Self.splitter.passages(of: document)
      #expect(passages == Self.splitter.passages(of: document))
      #expect(!passages.isEmpty)
      var covered = [Int](repeating: 0, count: document.text.count)
      var end = 0
      for passage in passages {
        for heading in passage.headings { for i in heading { covered[i] += 1 } }
        for i in passage.range { covered[i] += 1 }
        #expect(passage.range.lowerBound >= end, "seed \(seed) round \(round)")
        end = passage.range.upperBound
        #expect(!passage.continues || passage.headings.isEmpty)
        #expect(String(validating: document.text[passage.range], as: UTF8.self) != nil, "cut inside a character")
        let weight = document.text[passage.range].withUnsafeBytes { WordWeight.of($0) }
        // Each sentence's weight is rounded down before they are summed.
        #expect(weight <= Self.splitter.maximumWords + 5, "seed \(seed) round \(round): \(weight) words")
      }
      for block in document.blocks {
        for i in block.range where document.text[i] > 0x20 {
          #expect(covered[i] == (block.kind == .template ? 0 : 1), "seed \(seed) round \(round) byte \(i)")
        }
      }
    }
  }

  static func make(_ blocks: [(Block, String)]) -> Document {
    var d = Document(externalID: "x", kind: .wiki)
    d.people = [PersonMention(name: "A", role: .speaker), PersonMention(name: "B", role: .speaker)]
    for (block, text) in blocks { d.append(block, text.utf8) }
    return d
  }

  static func show(_ document: Document) -> [String] {
    splitter.passages(of: document).map {
      let text = String(decoding: document.text[$0.range], as: UTF8.self)
      return "\($0.anchor)|\($0.heading(in: document.text) ?? "-")|\(text)\($0.continues ? "|+" : "")"
    }
  }

  @Test func headingsOpenPassagesAndChain() {
    let document = Self.make([
      (Block(.heading, level: 1, anchor: "guide"), "Guide"), (Block(.heading, level: 2, anchor: "install"), "Install"),
      (Block(.paragraph), String(repeating: "word ", count: 24) + "end."),
      (Block(.heading, level: 2), "Use"), (Block(.paragraph), String(repeating: "other ", count: 20) + "end."),
    ])
    #expect(
      Self.show(document) == [
        "#install|Guide › Install|" + String(repeating: "word ", count: 24) + "end.",
        "#p2|Use|" + String(repeating: "other ", count: 20) + "end.",
      ])
  }

  @Test func shortSiblingsAreJoinedDeeperOnesIntoTheirParent() {
    let document = Self.make([
      (Block(.heading, level: 2), "A"), (Block(.paragraph), "one two."),
      (Block(.heading, level: 3), "A1"), (Block(.paragraph), "three."),
      (Block(.heading, level: 2), "B"), (Block(.paragraph), "four."),
      (Block(.heading, level: 1), "C"), (Block(.paragraph), "five."),
    ])
    #expect(Self.show(document) == ["#p1|A|one two.\nA1\nthree.\nB\nfour.", "#p2|C|five."])
  }

  @Test func templatesAreLeftOutAndSplit() {
    let document = Self.make([
      (Block(.template), "Home | Login"), (Block(.paragraph), "Before."), (Block(.template), "Share this"),
      (Block(.paragraph), "After."), (Block(.template), "Imprint"),
    ])
    #expect(Self.show(document) == ["#p1|-|Before.", "#p2|-|After.|+"])
    #expect(Self.show(Self.make([(Block(.template), "Only")])) == ["#p1|-|"])
    #expect(Self.show(Self.make([])) == ["#p1|-|"])
  }

  @Test func turnsOfSpeakersStayWhole() {
    var blocks: [(Block, String)] = []
    for i in 0..<8 {
      blocks.append(
        (
          Block(.cue, time: TimeRange(start: UInt32(i) * 60_000, end: 0), speaker: i / 2 % 2),
          String(repeating: "said ", count: 7) + "so."
        ))
    }
    let passages = Self.splitter.passages(of: Self.make(blocks))
    #expect(passages.map(\.anchor) == ["00:00:00", "00:04:00"])
    #expect(passages.map(\.speakers) == [[0, 1], [0, 1]])
    #expect(passages.map(\.continues) == [false, true])
  }

  @Test func aTextWithoutSpacesOrSentencesIsCutBetweenCharacters() {
    let document = Self.make([(Block(.paragraph), String(repeating: "東", count: 3000))])
    let passages = Self.splitter.passages(of: document)
    #expect(passages.count > 20)
    #expect(passages.allSatisfy { $0.range.count % 3 == 0 })
    let base64 = Self.make([(Block(.code), String(repeating: "QUJD", count: 5000))])
    #expect(Self.splitter.passages(of: base64).count > 5)
  }

  @Test func weightCoversWords() {
    #expect(Array("".utf8).withUnsafeBytes { WordWeight.of($0) } == 0)
    #expect(Array("one".utf8).withUnsafeBytes { WordWeight.of($0) } == 1)
    #expect(Array("  a bb ccc  dddd e\nf gg-h i ".utf8).withUnsafeBytes { WordWeight.of($0) } == 8)
    var rng = SplitMix64(seed: 5)
    for _ in 0..<200 {
      let text = Self.words(.random(in: 0..<60, using: &rng), &rng)
      let count = text.split(whereSeparator: { $0 == " " || $0 == "\n" }).count
      #expect(Array(text.utf8).withUnsafeBytes { WordWeight.of($0) } >= count)
    }
  }
}
