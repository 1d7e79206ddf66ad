import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// The second phase of ranking: what it may change, what it adds, and that its numbers sum up.
@Suite struct RescoringTests {
  private static let shape = RandomCorpus.Shape(
    documents: 90, passages: 4, words: 25, vocabulary: 39, hasTitles: true, hasHeadings: true, continuing: 0.3)

  private static func index(_ random: inout SplitMix64, segments: Int = 3) throws -> TestIndex {
    var documents: [[IndexDocument]] = []
    for number in 0..<segments {
      documents.append(RandomCorpus(shape, random: &random, firstKey: UInt64(number) * 1_000_000).documents)
    }
    return try TestIndex(documents, hasSignatures: true)
  }

  private static func text(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 1...7, using: &random)).map { _ in RandomCorpus.words.randomElement(using: &random)! }
      .joined(separator: " ")
  }

  @Test func reordersAndScoresFall() throws {
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    let index = try Self.index(&random)
    let analyzer = QueryAnalyzer(.init(languages: [.english], reader: index.searcher.reader))
    var options = RescoringOptions()
    options.depth = 40
    for number in 0..<60 {
      let text = Self.text(&random)
      let result = try analyzer.freeQuery(text)
      let first = try index.searcher.search(result.query, SearchOptions(limit: 1000)).hits
      let second = try Rescorer(index.searcher.reader, options: options).rescore(first, result.words)
      let comment: Comment = "seed \(seed), query \(number): \(text)"
      #expect(Set(first.map(index.number)) == Set(second.map(index.number)), comment)
      #expect(first.count == second.count, comment)
      for (a, b) in zip(second, second.dropFirst()) {
        #expect(a.score >= b.score, comment)
      }
      // Whoever was not looked at again stays where it was.
      #expect(first.dropFirst(40).map(index.number) == second.dropFirst(40).map(index.number), comment)
      #expect(second == (try Rescorer(index.searcher.reader, options: options).rescore(first, result.words)), comment)
      // What the first phase looked up is what the second would have found.
      let top = try index.searcher.search(result.query, SearchOptions(limit: 1000))
      #expect(second == (try Rescorer(index.searcher.reader, options: options).rescore(top, result.words)), comment)
    }
  }

  /// A title holds a word where the query that asks for it in titles finds the document.
  @Test func titlesHoldWhatTitleQueriesFind() throws {
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    let index = try Self.index(&random)
    let reader = index.searcher.reader
    let analyzer = QueryAnalyzer(.init(languages: [.english], reader: reader))
    let rescorer = Rescorer(reader)
    var some = 0
    for number in 0..<60 {
      let text = Self.text(&random)
      let result = try analyzer.freeQuery(text)
      var top = try index.searcher.search(result.query, SearchOptions(limit: 1000))
      let terms = try RescoringTerms(result.words, reader, BM25(), known: LookedUpTerms())
      let total = terms.words.reduce(0) { $0 + $1.weight }
      var wanted: [Int: Float] = [:]
      for word in terms.words {
        let query = Query.word(WordQuery(word.word.stems.map { TermMatch(stem: $0) }, scope: .title))
        for hit in try index.searcher.search(query, SearchOptions(limit: 1000)).hits {
          wanted[index.number(hit), default: 0] += word.weight / total
        }
      }
      // In any order, and a part of the answer.
      top.hits.shuffle(using: &random)
      top.hits.removeLast(top.hits.count / 4)
      let found = try rescorer.titleCoverage(top, result.words)
      #expect(found.count == top.hits.count)
      for (hit, coverage) in zip(top.hits, found) {
        let comment: Comment = "seed \(seed), query \(number): \(text)"
        #expect(abs(coverage - (wanted[index.number(hit)] ?? 0)) < 1e-5, comment)
        if coverage > 0 { some += 1 }
      }
      #expect(try rescorer.titleCoverage(top, []).allSatisfy { $0 == 0 })
    }
    #expect(some > 100)
  }

  @Test func explanationsSumUp() throws {
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    let index = try Self.index(&random)
    let analyzer = QueryAnalyzer(.init(languages: [.english], reader: index.searcher.reader))
    var options = RescoringOptions()
    options.depth = 30
    let rescorer = Rescorer(index.searcher.reader, options: options)
    func check(_ tree: Explanation, _ comment: Comment) {
      if tree.details.isEmpty { return }
      let sum = tree.details.reduce(0) { $0 + $1.value }
      #expect(abs(sum - tree.value) <= 1e-12 * max(1, abs(sum)), comment)
      for detail in tree.details { check(detail, comment) }
    }
    var queries = (0..<25).map { _ in Self.text(&random) }
    queries += [
      "+pump valve -oil", "\"water pump\" failed", "title:pump fail", "pum* water", "(pump AND water) OR seal",
    ]
    for text in queries {
      let result = try analyzer.query(text)
      let first = try index.searcher.search(result.query, SearchOptions(limit: 60)).hits
      for words in [result.words, []] {
        let second = try rescorer.rescore(first, words)
        let trees = try rescorer.explain(
          first, result.query, words, index.searcher, wanted: Array(first.indices))
        for (hit, tree) in zip(first, trees) {
          let comment: Comment = "seed \(seed), query \(text), \(tree)"
          let scored = try #require(second.first { $0.segment == hit.segment && $0.document == hit.document })
          #expect(abs(tree.value - Double(scored.score)) <= 1e-5 * max(1, abs(Double(scored.score))), comment)
          check(tree, comment)
        }
      }
    }
  }

  @Test func windowsEqualCounting() {
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    for _ in 0..<2000 {
      func positions() -> [UInt32] {
        Set((0..<Int.random(in: 0...8, using: &random)).map { _ in UInt32.random(in: 0...40, using: &random) }).sorted()
      }
      let (a, b) = (positions(), positions())
      let found = a.withUnsafeBufferPointer { first in
        b.withUnsafeBufferPointer { Proximity.windows(first, $0, window: 8) }
      }
      let ordered = a.count { p in b.contains(p + 1) || b.contains(p + 2) }
      let adjacent = a.count { p in b.contains(p + 1) }
      let unordered = a.count { p in b.contains { max($0, p) - min($0, p) <= 8 } }
      #expect(Int(found.ordered) == ordered && Int(found.unordered) == unordered, "seed \(seed): \(a) \(b)")
      #expect(Int(found.adjacent) == adjacent, "seed \(seed): \(a) \(b)")
    }
  }

  private func ranking(_ texts: [(title: String, body: String)], _ query: String) throws -> [Int] {
    let documents = texts.enumerated().map { number, text in
      IndexDocument(
        key: DocumentKey(high: 0, low: UInt64(number)), language: .english, title: Array(text.title.utf8),
        passages: [IndexPassage(body: Array(text.body.utf8))])
    }
    let index = try TestIndex([documents], hasSignatures: true)
    let result = try QueryAnalyzer(.init(languages: [.english], reader: index.searcher.reader)).query(query)
    let first = try index.searcher.search(result.query, SearchOptions(limit: 100)).hits
    return try Rescorer(index.searcher.reader).rescore(first, result.words).map(index.number)
  }

  @Test func exactTitleComesFirst() throws {
    let found = try ranking(
      [
        ("Rollback rollback rollback of the release", "rollback release plan rollback release plan rollback"),
        ("Release rollback plan", "words about something else altogether in a longer text than the others have"),
        ("Notes", "release rollback release rollback release rollback"),
      ], "release rollback plan")
    #expect(found.first == 1)
  }

  /// A title that is asked for with most of its words comes before texts that hold them more often, and it does not
  /// lend that to documents like it.
  @Test func wornTitleComesFirst() throws {
    let minutes = "the committee met and spoke about water pumps and valves and seals of the northern station"
    let found = try ranking(
      [
        ("Minutes of the committee, March", "\(minutes) pump valve seal replacement northern pump valve seal"),
        ("Minutes of the committee, April", "\(minutes) pump valve seal replacement northern pump valve seal"),
        ("Minutes of the committee, May", "\(minutes) pump valve seal replacement northern pump valve seal"),
        ("Replacement of the valve seal at northern pump", "\(minutes) in a text that says little of it"),
        ("Nothing of this", "words about something else"),
      ], "replacement valve northern pump")
    #expect(found.first == 3)
  }

  @Test func evidenceMergesStems() {
    var table = EvidenceTable(rows: 2, words: 2)
    table.add([3, 3, 8], 3, row: 1, word: 0)
    table.add([1], 1, row: 0, word: 1)
    table.add([2, 8, 9], 3, row: 1, word: 0)
    #expect(Array(table.positions(1, 0)) == [2, 3, 8, 9])
    #expect(Array(table.positions(0, 1)) == [1])
    #expect(table.positions(0, 0).isEmpty && table[1, 0].count == 4)
  }

  /// Against the plain way: every pair, every hash.
  @Test func likenessEqualsCounting() {
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    for _ in 0..<40 {
      let count = Int.random(in: 3...30, using: &random)
      let bytes = (0..<count).map { _ -> [UInt8] in
        let hashes = Array(
          Set(
            (0..<Int.random(in: 0...20, using: &random)).map { _ in
              UInt16.random(in: 0...40, using: &random) &* 1543
            }))
        let two = Int.random(in: 0...hashes.count, using: &random)
        let head = UInt16(hashes.count) | UInt16(two) << 10
        var out = [UInt8](repeating: 0, count: PassageSignature.size)
        for (index, word) in ([head] + hashes).enumerated() {
          out[2 * index] = UInt8(word & 255)
          out[2 * index + 1] = UInt8(word >> 8)
        }
        return out
      }
      let flat = bytes.flatMap { $0 }
      flat.withUnsafeBufferPointer { flat in
        let signatures = (0..<count).map { PassageSignature(flat.baseAddress! + $0 * PassageSignature.size) }
        var terms = [[UInt16: Float]](repeating: [:], count: count)
        var frequency: [UInt16: Int] = [:]
        for (index, signature) in signatures.enumerated() {
          signature.forEach {
            terms[index][$0] = $1
            frequency[$0, default: 0] += 1
          }
        }
        func weight(_ hash: UInt16) -> Double {
          frequency[hash]! * 2 > count
            ? 0 : Double(BM25.inverseDocumentFrequency(UInt64(frequency[hash]!), of: UInt64(count)))
        }
        func product(_ a: Int, _ b: Int) -> Double {
          terms[a].reduce(0) { $0 + Double($1.value) * Double(terms[b][$1.key] ?? 0) * weight($1.key) * weight($1.key) }
        }
        let wanted = min(4, count - 1)
        let nearest = SignaturePool(signatures).nearest(wanted)
        for row in 0..<count {
          let expected = (0..<count).filter { $0 != row }.map { other -> Double in
            let length = (product(row, row) * product(other, other)).squareRoot()
            return length > 0 ? product(row, other) / length : 0
          }.sorted(by: >).prefix(wanted)
          for (place, similarity) in expected.enumerated() {
            #expect(abs(Double(nearest[row * wanted + place].similarity) - similarity) < 1e-5, "seed \(seed)")
          }
        }
      }
    }
  }

  @Test func allWordsOfAShortQueryComeFirst() throws {
    let found = try ranking(
      [
        ("", "tractor tractor tractor"), ("", "harvest harvest harvest harvest"),
        ("", "a tractor stood in the yard and much later, after many other things were told, came the harvest"),
        ("", "nothing of this"),
      ], "tractor harvest")
    #expect(found.first == 2)
  }

  @Test func neighbouringWordsCount() throws {
    let filler = "one two three four five six seven eight nine ten eleven twelve"
    let found = try ranking(
      [
        ("", "night \(filler) shift"), ("", "\(filler) night shift"), ("", "unrelated text of some length"),
      ], "night shift")
    #expect(found.prefix(2) == [1, 0])
  }
}

/// Signatures: what they hold, and that merges keep them.
@Suite struct SignatureTests {
  private func signature(_ index: IndexReader, _ segment: Int, _ passage: PassageID) throws -> [UInt16: Float] {
    var found: [UInt16: Float] = [:]
    try index.segments[segment].signatures()?(passage).forEach { found[$0] = $1 }
    return found
  }

  @Test func holdsTheMostFrequentContentWords() throws {
    let document = IndexDocument(
      key: DocumentKey(high: 0, low: 1), language: .english, title: Array("Pumps".utf8),
      passages: [IndexPassage(body: Array("the valve of the valve and the pump with the pump, in water".utf8))])
    let index = try TestIndex([[document]], hasSignatures: true)
    let expected: [UInt16: Float] = [
      PassageSignature.hash("pump".utf8): 0.75, PassageSignature.hash("valv".utf8): 0.6,
      PassageSignature.hash("water".utf8): 0.45,
    ]
    #expect(try signature(index.searcher.reader, 0, 0) == expected)
  }

  @Test func aLongPassageKeepsThirtyOne() throws {
    let words = (0..<60).map { "word\($0)x" } + ["often", "often", "often"]
    let document = IndexDocument(
      key: DocumentKey(high: 0, low: 1), language: .english,
      passages: [IndexPassage(body: Array(words.joined(separator: " ").utf8))])
    let index = try TestIndex([[document]], hasSignatures: true)
    let found = try signature(index.searcher.reader, 0, 0)
    #expect(found.count <= 31 && found.count >= 29, "hashes may meet, seldom")
    #expect(found[PassageSignature.hash("often".utf8)] == 0.6)
  }

  @Test func hashIsThatOfTheFormat() {
    // Computed apart from this code, from the rule in FORMAT.md.
    #expect(PassageSignature.hash("".utf8) == 0xF011)
    #expect(PassageSignature.hash("pump".utf8) == 0x7514)
  }

  @Test func mergesKeepThem() throws {
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    let documents = RandomCorpus(
      .init(documents: 60, passages: 3, words: 40, vocabulary: 39, hasTitles: true), random: &random
    ).documents
    var configuration = IndexConfiguration(schema: RandomCorpus.schema)
    configuration.hasSignatures = true
    configuration.mergePolicy = MergePolicy(factor: 1000)
    func read(_ cuts: [Int], deleted: Int?) throws -> [[UInt16: Float]] {
      let directory = TemporaryDirectory()
      let writer = try IndexWriter(directory.path, configuration)
      var start = 0
      for cut in cuts + [documents.count] {
        var builder = SegmentBuilder(configuration)
        for document in documents[start..<cut]
        where deleted == nil || cuts != [] || document.key != documents[deleted!].key {
          try builder.add(document)
        }
        try writer.append(builder.finish())
        start = cut
      }
      if let deleted, cuts != [] { _ = try writer.delete([documents[deleted].key!]) }
      try writer.merge(to: 1)
      try writer.commit()
      writer.close()
      let reader = try IndexReader.open(directory.path)
      #expect(reader.segments.count == 1)
      return try (0..<reader.segments[0].passageCount).map { try signature(reader, 0, $0) }
    }
    #expect(try read([20, 41], deleted: nil) == read([], deleted: nil), "seed \(seed)")
    #expect(try read([20, 41], deleted: 25) == read([], deleted: 25), "seed \(seed)")
  }

  @Test func anIndexWithoutThemRanksAllTheSame() throws {
    var random = SplitMix64(seed: 7)
    let documents = RandomCorpus(.init(documents: 40), random: &random).documents
    let index = try TestIndex([documents])
    let result = try QueryAnalyzer(.init(languages: [.english])).freeQuery("pump valve water failing")
    let first = try index.searcher.search(result.query, SearchOptions(limit: 40)).hits
    let second = try Rescorer(index.searcher.reader).rescore(first, result.words)
    #expect(Set(second.map(index.number)) == Set(first.map(index.number)))
    #expect(try index.searcher.reader.segments[0].signatures() == nil)
  }
}
