import Documents
import Glibc
import SearchEngine
import TestSupport
import Testing

@testable import Griot

extension DocumentSignature {
  fileprivate init?(_ document: Document) {
    let runs = TextRuns()
    guard let signature = runs.of(document.text, { DocumentSignature(document.blocks, runs) }) else { return nil }
    self = signature
  }
}

/// Texts of made-up words, and copies of them with some words changed.
@Suite struct NearDuplicateTests {
  private static func words(_ count: Int, _ rng: inout SplitMix64) -> [String] {
    (0..<count).map { _ in "w\(Int.random(in: 0..<5000, using: &rng))" }
  }

  private static func document(_ words: [String]) -> Document {
    var document = Document(externalID: "x", kind: .wiki)
    document.append(Block(.paragraph), Array(words.joined(separator: " ").utf8))
    return document
  }

  /// Agreement of signatures estimates resemblance: within four standard errors for single pairs, closely on average.
  @Test func signaturesEstimateResemblance() throws {
    var rng = SplitMix64(seed: 71)
    var error = 0.0
    let pairs = 300
    for pair in 0..<pairs {
      let original = Self.words(Int.random(in: 12..<400, using: &rng), &rng)
      var copy = original
      for _ in 0..<Int.random(in: 0..<max(1, original.count / 8), using: &rng) {
        copy[Int.random(in: 0..<copy.count, using: &rng)] = "changed\(Int.random(in: 0..<5000, using: &rng))"
      }
      let (a, b) = (Self.document(original), Self.document(copy))
      let truth = ShingleSet(a, TextRuns()).resemblance(ShingleSet(b, TextRuns()))
      let left = try #require(DocumentSignature(a)), right = try #require(DocumentSignature(b))
      let estimate = Double(left.agreement(right)) / Double(DocumentSignature.bins)
      #expect(abs(estimate - truth) < 0.36, "pair \(pair) of seed 71: \(estimate) for \(truth)")
      error += (estimate - truth) / Double(pairs)
    }
    #expect(abs(error) < 0.03, "on average off by \(error)")
  }

  @Test func aTextIsItsOwnCopyAndHardlyAnyWordsAreNone() throws {
    var rng = SplitMix64(seed: 5)
    let document = Self.document(Self.words(50, &rng))
    #expect(DocumentSignature(document)!.agreement(DocumentSignature(document)!) == DocumentSignature.bins)
    #expect(ShingleSet(document, TextRuns()).resemblance(ShingleSet(document, TextRuns())) == 1)
    #expect(DocumentSignature(Self.document(["thanks", "a", "lot"])) == nil)
    #expect(DocumentSignature(Document(externalID: "x", kind: .wiki)) == nil)
  }

  @Test func hashesAreSortedHoweverTheyLie() {
    for seed in 0..<200 {
      var rng = SplitMix64(seed: UInt64(seed))
      let mask: UInt64 = [.max, 0xFF, 0xFFF << 40, 0xFF00_0000_0000_00FF][seed % 4]
      let hashes = (0..<Int.random(in: 0..<2000, using: &rng)).map { _ in
        UInt64.random(in: 0 ... .max, using: &rng) & mask
      }
      #expect(ShingleSet.distinct(hashes) == Set(hashes).sorted(), "seed \(seed)")
    }
  }

  @Test func quotesAndSignaturesMakeNoCopies() throws {
    var rng = SplitMix64(seed: 6)
    let original = Self.words(80, &rng).joined(separator: " ")
    var reply = Document(externalID: "r", kind: .newsletter)
    reply.append(Block(.quote, level: 1), Array(original.utf8))
    reply.append(Block(.paragraph), Array(Self.words(30, &rng).joined(separator: " ").utf8))
    let answered = Self.document(original.split(separator: " ").map(String.init))
    #expect(ShingleSet(reply, TextRuns()).resemblance(ShingleSet(answered, TextRuns())) == 0)
  }

  @Test func copiesOfAMemoryAreGroupedAndCounted() throws {
    let shop = Workshop()
    var rng = SplitMix64(seed: 9)
    let texts = (0..<40).map { _ in Self.words(120, &rng) }
    var lines = ""
    for (i, text) in texts.enumerated() { lines += Lines.record("d\(i)", text.joined(separator: " ")) }
    shop.write("first/a.jsonl", lines)
    // Copies of three of them, one with some words changed, one of them twice.
    var changed = texts[7]
    for i in stride(from: 5, to: 100, by: 30) { changed[i] = "corrected" }
    shop.write(
      "second/b.jsonl",
      Lines.record("c0", texts[3].joined(separator: " ")) + Lines.record("c1", changed.joined(separator: " "))
        + Lines.record("c2", texts[3].joined(separator: "  "))
        + Lines.record("c3", Self.words(120, &rng).joined(separator: " ")))
    let account = try shop.ingest([shop.input + "/first", shop.input + "/second"])
    #expect(account.added == 44 && account.documents == 44, "copies are grouped, not merged")
    #expect(account.duplicates == 3)
    let memory = try Memory(opening: shop.memory)
    let groups = try NearDuplicates(memory.reader, memory: shop.memory).groups()
    let names = try groups.map {
      try $0.map { try memory.stored(memory.reader.segments[$0.segment], $0.document).document.externalID }
    }
    #expect(names == [["d3", "c0", "c2"], ["d7", "c1"]])
    for group in groups {
      for place in group {
        let others = try NearDuplicates(memory.reader, memory: shop.memory).copies(of: place)
        #expect(others == group.filter { $0 != place })
      }
    }
    // A second run touches nothing and finds nothing new.
    #expect(try shop.ingest([shop.input + "/first", shop.input + "/second"]).duplicates == 0)
    // A copy that comes later is found against what is there.
    shop.write("third/c.jsonl", Lines.record("e0", texts[20].joined(separator: " ")))
    #expect(try shop.ingest([shop.input + "/third"]).duplicates == 1)
  }

  /// Families of texts, each of some that copy the one before: so many that two threads share the work.
  @Test func groupsAreTheSameForOneThreadAndForTwo() throws {
    let shop = Workshop()
    var rng = SplitMix64(seed: 31)
    var lines = ""
    for family in 0..<500 {
      var text = Self.words(24, &rng)
      for copy in 0..<10 {
        lines += Lines.record("\(family)-\(copy)", text.joined(separator: " "))
        for _ in 0..<2 { text[Int.random(in: 0..<24, using: &rng)] = "other\(Int.random(in: 0..<50, using: &rng))" }
      }
    }
    shop.write("a.jsonl", lines)
    let account = try shop.ingest()
    let memory = try Memory(opening: shop.memory)
    let duplicates = try NearDuplicates(memory.reader, memory: shop.memory)
    let one = try duplicates.groups(threads: 1)
    #expect(one.count > 300 && one.reduce(0) { $0 + $1.count - 1 } == account.duplicates)
    #expect(try duplicates.groups(threads: 2) == one)
    #expect(try duplicates.groups(threads: 8) == one)
  }

  /// Every pair that resembles by the threshold and more against what the bands find, on random corpora.
  @Test(arguments: [11, 12, 13] as [UInt64]) func groupsAgainstAllPairs(seed: UInt64) throws {
    let shop = Workshop()
    var rng = SplitMix64(seed: seed)
    var texts: [[String]] = []
    for _ in 0..<120 {
      if !texts.isEmpty, Bool.random(using: &rng) {
        var copy = texts[Int.random(in: 0..<texts.count, using: &rng)]
        for _ in 0..<Int.random(in: 0..<6, using: &rng) { copy[Int.random(in: 0..<copy.count, using: &rng)] = "other" }
        texts.append(copy)
      } else {
        texts.append(Self.words(Int.random(in: 20..<200, using: &rng), &rng))
      }
    }
    shop.write("a.jsonl", texts.enumerated().map { Lines.record("\($0)", $1.joined(separator: " ")) }.joined())
    try shop.ingest()
    let memory = try Memory(opening: shop.memory)
    let sets = texts.map { ShingleSet(Self.document($0), TextRuns()) }
    var truth = DisjointSets(count: texts.count)
    for i in texts.indices {
      for j in 0..<i where sets[i].resemblance(sets[j]) >= NearDuplicates.threshold { truth.union(i, j) }
    }
    let found = try NearDuplicates(memory.reader, memory: shop.memory).groups()
    let places = found.map { $0.map { UInt32($0.document) } }
    var group: [UInt32: Int] = [:]
    for (index, members) in places.enumerated() { for member in members { group[member] = index } }
    for i in texts.indices {
      for j in 0..<i where sets[i].resemblance(sets[j]) >= 0.8 {
        #expect(group[UInt32(i)] != nil && group[UInt32(i)] == group[UInt32(j)], "seed \(seed): \(i) and \(j)")
      }
    }
    for group in places {
      let roots = Set(group.map { truth.find(Int($0)) })
      #expect(roots.count == 1, "seed \(seed): a group of strangers \(group)")
    }
  }
}
