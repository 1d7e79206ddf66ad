import TestSupport
import Testing

@testable import SearchEngine

/// Several threads find what one finds, bit for bit: in segments of several windows, with documents that reach from one
/// part into the next, deleted ones, and ties, which short passages of few words have everywhere.
@Suite struct ParallelSearchTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var shape: RandomCorpus.Shape
    var deleted: Int
    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(name: "one passage a document", shape: .init(documents: 30_000, words: 6), deleted: 0),
    Case(name: "deleted documents", shape: .init(documents: 20_000, words: 4), deleted: 7),
    Case(name: "documents of many passages", shape: .init(documents: 400, passages: 150, words: 4), deleted: 5),
    Case(
      name: "passages and titles",
      shape: .init(documents: 9000, passages: 4, words: 4, vocabulary: 39, hasTitles: true),
      deleted: 0),
  ]) func findsTheSame(_ test: Case) throws {
    let directory = TemporaryDirectory()
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    let configuration = IndexConfiguration(schema: RandomCorpus.schema)
    let writer = try IndexWriter(directory.path, configuration)
    var passages = 0
    for part in 0..<2 {
      var shape = test.shape
      if part == 1 { shape.documents /= 4 }
      let corpus = RandomCorpus(shape, random: &random, firstKey: UInt64(part) * 1_000_000)
      var builder = SegmentBuilder(configuration)
      for document in corpus.documents {
        try builder.add(document)
        passages += document.passages.count
      }
      try writer.append(builder.finish())
      if test.deleted > 0 {
        _ = try writer.delete(
          corpus.documents.enumerated().filter { $0.offset % test.deleted == 0 }.compactMap(\.element.key))
      }
      _ = try writer.commit()
    }
    writer.close()
    #expect(passages > 2 << 13, "a segment has several windows")

    let searcher = Searcher(try IndexReader.open(directory.path))
    let queries = RandomQuery(vocabulary: test.shape.vocabulary)
    for number in 0..<60 {
      let query = queries.disjunction(&random)
      for limit in [1, 10, 300] {
        let one = try searcher.search(query, SearchOptions(limit: limit))
        let several = try searcher.search(query, SearchOptions(limit: limit), strategy: .parallel)
        let isSame = one.hits == several.hits
        #expect(isSame, "seed \(seed), query \(number), the \(limit) best of \(query)")
        #expect(one.total.relation == several.total.relation || several.hits.count < limit)
      }
      let all = try searcher.search(query, SearchOptions(limit: 20), strategy: .exhaustive)
      let several = try searcher.search(query, SearchOptions(limit: 20), strategy: .parallel)
      #expect(all.hits == several.hits)
    }
  }
}
