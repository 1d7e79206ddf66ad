import Glibc
import TestSupport
import Testing

@testable import SearchEngine

/// Every query shape and every way of executing it equals the oracle: the same documents in the same order, scores to
/// 1e-5, totals, facets; and all ways give the same bits.
@Suite struct SearchPropertyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var shape: RandomCorpus.Shape
    var segments: Int
    var deleted: Int  // one in so many; 0: none
    var queries: Int

    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "one passage", shape: .init(documents: 200), segments: 1, deleted: 0, queries: 100),
    Case(name: "several blocks", shape: .init(documents: 1500, words: 10), segments: 1, deleted: 0, queries: 40),
    Case(
      name: "several segments, deleted", shape: .init(documents: 120, words: 20), segments: 4, deleted: 5, queries: 100),
    Case(
      name: "passages", shape: .init(documents: 80, passages: 6, words: 12, hasTitles: true), segments: 2, deleted: 7,
      queries: 100),
    Case(
      name: "soft splits, headings",
      shape: .init(
        documents: 70, passages: 6, words: 6, vocabulary: 12, hasTitles: true, hasHeadings: true, continuing: 0.6),
      segments: 2, deleted: 0, queries: 100),
    Case(
      name: "blocks of passages", shape: .init(documents: 500, passages: 4, words: 8, hasTitles: true), segments: 1,
      deleted: 9, queries: 40),
    Case(
      name: "rare words", shape: .init(documents: 400, words: 5, vocabulary: 39), segments: 3, deleted: 3, queries: 80),
  ]

  /// `GRIOT_RANDOM_ROUNDS` makes the test so many times longer.
  static let rounds = getenv("GRIOT_RANDOM_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 1

  @Test(arguments: cases) func equalsTheOracle(_ test: Case) throws {
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    var segments: [[IndexDocument]] = []
    for index in 0..<test.segments {
      segments.append(RandomCorpus(test.shape, random: &random, firstKey: UInt64(index) * 1_000_000).documents)
    }
    var deletions = SplitMix64(seed: seed &+ 1)
    let index = try TestIndex(segments) { _ in
      test.deleted > 0 && Int.random(in: 0..<test.deleted, using: &deletions) == 0
    }
    #expect(index.searcher.reader.segments.count <= test.segments)
    let queries = RandomQuery(vocabulary: test.shape.vocabulary)
    for number in 0..<test.queries * Self.rounds {
      let query = number % 3 == 0 ? queries.disjunction(&random) : queries.next(&random)
      try check(query, index, &random, "seed \(seed), query \(number): \(query)")
    }
  }

  /// Saved searches look at the last segments only: what they find there is what a search of everything finds there.
  @Test func laterSegmentsAlone() throws {
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    var segments: [[IndexDocument]] = []
    for index in 0..<4 {
      // Small ones, so that many words are missing from each.
      let shape = RandomCorpus.Shape(documents: [120, 60, 8, 3][index], words: 8, vocabulary: 39)
      segments.append(RandomCorpus(shape, random: &random, firstKey: UInt64(index) * 1_000_000).documents)
    }
    let index = try TestIndex(segments) { _ in false }
    let count = index.searcher.reader.segments.count
    #expect(count > 1)
    let queries = RandomQuery(vocabulary: 39)
    for number in 0..<200 * Self.rounds {
      let query = number % 3 == 0 ? queries.disjunction(&random) : queries.next(&random)
      let all = try index.searcher.search(query, SearchOptions(limit: 100_000))
      for first in 0..<count {
        var options = SearchOptions(limit: 100_000, countsExactly: true)
        options.firstSegment = first
        let some = try index.searcher.search(query, options)
        let expected = all.hits.filter { $0.segment >= first }
        let comment = "seed \(seed), query \(number) from segment \(first): \(query)"
        #expect(some.total.value == expected.count, "\(comment)")
        #expect(
          Set(some.hits.map { [$0.segment, Int($0.document)] })
            == Set(expected.map { [$0.segment, Int($0.document)] }),
          "\(comment)")
        for (a, b) in zip(some.hits, expected) {
          #expect(abs(a.score - b.score) <= 1e-4 * max(1, abs(b.score)), "\(comment)")
        }
      }
    }
  }

  private func check(_ query: Query, _ index: TestIndex, _ random: inout SplitMix64, _ comment: String) throws {
    let similarity = [
      BM25(), BM25(), BM25(k1: 0.9, b: 0.4), BM25(k1: 2, b: 0), BM25(k1: 0, b: 0.75), BM25(k1: 1.2, b: 1),
    ].randomElement(using: &random)!
    let limit = [1, 3, 10, 10, 100, 100_000].randomElement(using: &random)!
    index.naive.k1 = Double(similarity.k1)
    index.naive.b = Double(similarity.b)
    let expected = index.naive.search(query)
    var first: TopDocs?
    for strategy in Searcher.Strategy.allCases {
      let found = try index.searcher.search(
        query, SearchOptions(limit: limit, similarity: similarity), strategy: strategy)
      try compare(found, expected, index, query, limit, "\(strategy), \(comment)")
      if let first {
        #expect(found.hits == first.hits, "\(strategy) differs in bits, \(comment)")
      } else {
        first = found
      }
    }
    #expect(try index.searcher.count(query) == expected.count, "\(comment)")
    let facets = try index.searcher.search(
      query,
      SearchOptions(limit: 2, facets: [.keyword(column: "kind"), .keyword(column: "tags"), .year(column: "date")])
    ).facets
    var kinds: [String: Int] = [:]
    for hit in expected {
      for kind in index.naive.documents[hit.document].keywords["kind"] ?? [] { kinds[kind, default: 0] += 1 }
    }
    let found = facets[0].entries.map { entry in
      guard case .bytes(let bytes) = entry.value else { return ("?", 0) }
      return (String(decoding: bytes, as: UTF8.self), entry.count)
    }
    #expect(Dictionary(uniqueKeysWithValues: found) == kinds, "\(comment)")
  }

  private func compare(
    _ found: TopDocs, _ expected: [NaiveIndex.Hit], _ index: TestIndex, _ query: Query, _ limit: Int, _ comment: String
  ) throws {
    #expect(found.hits.count == min(limit, expected.count), "\(comment)")
    switch found.total.relation {
    case .exactly: #expect(found.total.value == expected.count, "\(comment)")
    case .atLeast: #expect(found.total.value <= expected.count, "\(comment)")
    }
    // Scores that agree to 1e-5 may stand in either order; every document must have its own score.
    let scores = Dictionary(uniqueKeysWithValues: expected.map { ($0.document, $0) })
    for (rank, hit) in found.hits.enumerated() where rank < expected.count {
      guard let own = scores[index.number(hit)] else {
        Issue.record("document \(index.number(hit)) must not match; \(comment)")
        continue
      }
      let tolerance = 1e-5 * max(1, abs(own.score))
      #expect(abs(hit.score - own.score) <= tolerance, "rank \(rank), document \(own.document); \(comment)")
      #expect(abs(hit.score - expected[rank].score) <= tolerance, "rank \(rank); \(comment)")
      let passage = try index.passage(hit)
      if passage != own.passage {
        // Another passage may be as good.
        let other = index.naive.score(query, document: own.document, passage: passage)
        #expect(abs(other - own.score) <= tolerance, "passage \(passage) instead of \(own.passage); \(comment)")
      }
      if rank > 0, found.hits[rank - 1].score == hit.score {
        #expect(index.number(found.hits[rank - 1]) < index.number(hit), "ties; rank \(rank); \(comment)")
      }
    }
  }
}
