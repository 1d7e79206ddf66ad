import SearchEngine
import Synchronization
import TestSupport
import Testing
import TextAnalysis

/// The same documents give the same bytes: whatever a builder built before, whichever thread it ran on, whatever ran
/// beside it.
@Suite struct BuilderDeterminismTests {
  private static let configuration = {
    var configuration = IndexConfiguration(schema: RandomCorpus.schema)
    configuration.mergePolicy = MergePolicy(factor: 4)
    return configuration
  }()

  /// Batches of different sizes, with titles, headings, soft splits and frames.
  private static let batches: [[IndexDocument]] = {
    var random = SplitMix64(seed: 31)
    return (0..<9).map { batch in
      let shape = RandomCorpus.Shape(
        documents: 10 + 45 * (batch % 4), passages: 3, words: 50, vocabulary: 40, hasTitles: true, hasHeadings: true,
        continuing: 0.3)
      return RandomCorpus(shape, random: &random, firstKey: UInt64(batch) << 32).documents
        + sampleDocuments(count: 20, seed: UInt64(batch), keyBase: 1000 * batch)
    } + [manyWords(&random)]
  }()

  /// So many different words that two threads share them, the same ones in two languages.
  private static func manyWords(_ random: inout SplitMix64) -> [IndexDocument] {
    (0..<80).map { document in
      let words = (0..<200).map { _ in String(random.next() % 9000, radix: 26, uppercase: false) + "ings" }
      return IndexDocument(
        key: DocumentKey(high: 7 << 40, low: UInt64(document)), language: document % 2 == 0 ? .english : .german,
        passages: [IndexPassage(body: Array(words.joined(separator: " ").utf8))])
    }
  }

  private final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    func next() -> Int { value.add(1, ordering: .relaxed).oldValue }
  }

  private static func buildSome(_ next: Counter, isShared: Bool) throws -> [(Int, EncodedSegment)] {
    var built: [(Int, EncodedSegment)] = []
    var builder = SegmentBuilder(configuration)
    while true {
      let batch = next.next()
      guard batch < batches.count else { return built }
      for document in batches[batch] { try builder.add(document) }
      built.append((batch, try builder.finish(isShared: isShared)))
    }
  }

  /// Builds the batches on `threads` threads, each with one builder for all that it gets, in the order in which they
  /// come free; appends them in order, which merges some.
  private func build(threads: Int, isShared: Bool = false) async throws -> [String: [UInt8]] {
    let directory = TemporaryDirectory()
    let next = Counter()
    var segments = try await withThrowingTaskGroup(of: [(Int, EncodedSegment)].self) { group in
      for _ in 0..<threads {
        group.addTask { try Self.buildSome(next, isShared: isShared) }
      }
      var all: [(Int, EncodedSegment)] = []
      for try await built in group { all += built }
      return all
    }
    segments.sort { $0.0 < $1.0 }
    let writer = try IndexWriter(directory.path, Self.configuration)
    for (_, segment) in segments { try writer.append(segment) }
    try writer.commit()
    writer.close()
    let files = FileSystemDirectory(directory.path)
    var contents = ["manifest": try #require(try files.read("manifest"))]
    for name in try files.list("segments") { contents[name] = try files.read(name) }
    return contents
  }

  @Test func threadsAndRepetitionChangeNoByte() async throws {
    let expected = try await build(threads: 1)
    #expect(expected.count > 6)
    for (threads, isShared) in [(1, false), (2, false), (4, true), (1, true), (2, true), (4, false)] {
      let found = try await build(threads: threads, isShared: isShared)
      #expect(found.keys.sorted() == expected.keys.sorted())
      for (name, bytes) in expected {
        let other = found[name] ?? []
        let place = zip(bytes, other).enumerated().first { $1.0 != $1.1 }?.offset ?? min(bytes.count, other.count)
        #expect(other == bytes, "\(name) differs from byte \(place) on with \(threads) threads, shared: \(isShared)")
      }
    }
  }

  /// With other tokens, the index holds others, and says so.
  @Test func theAnalyzersConfigurationIsUsed() throws {
    let plain = Analyzer.Configuration(overlaps: [])
    #expect(Analyzer(plain).fingerprint() != Analyzer().fingerprint())
    func stems(_ analyzer: Analyzer.Configuration) throws -> [String] {
      let directory = TemporaryDirectory()
      let configuration = IndexConfiguration(
        analyzer: analyzer, analyzerFingerprint: Analyzer(analyzer).fingerprint().tokens)
      var builder = SegmentBuilder(configuration)
      try builder.add(
        IndexDocument(
          key: nil, language: .english, passages: [IndexPassage(body: Array("call getUserName or ERR_CONN_42".utf8))]))
      let writer = try IndexWriter(directory.path, configuration)
      try writer.append(builder.finish())
      try writer.commit()
      writer.close()
      let reader = try IndexReader.open(directory.path)
      #expect(reader.analyzerFingerprint == Analyzer(analyzer).fingerprint().tokens)
      var stems: [String] = []
      var terms = try reader.segments[0].terms().iterator()
      while try terms.next() { stems.append(String(decoding: terms.term, as: UTF8.self)) }
      return stems
    }
    let whole = try stems(Analyzer.Configuration())
    let parts = try stems(plain)
    #expect(whole.contains("err_conn_42") && !parts.contains("err_conn_42"))
    #expect(Set(parts).isSubset(of: Set(whole)) && parts.contains("conn"))
    // Queries and highlights follow.
    func word(_ analyzer: Analyzer.Configuration) throws -> Query {
      try QueryAnalyzer(.init(languages: [.english], analyzer: analyzer)).query("ERR_CONN_42").query
    }
    #expect(try word(plain) != word(Analyzer.Configuration()))
    let text = Array("see err conn 42".utf8)
    #expect(Highlighter(try word(plain), languages: [.english], analyzer: plain).highlights(in: text) == [4..<15])
  }
}
