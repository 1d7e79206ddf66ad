import SearchEngine
import TestSupport
import Testing

@Suite struct MergeTests {
  private static let configuration: IndexConfiguration = {
    var configuration = IndexConfiguration(schema: RandomCorpus.schema)
    configuration.mergePolicy = MergePolicy(factor: 1000)
    return configuration
  }()

  private func corpus(_ count: Int, seed: UInt64, firstKey: UInt64 = 0) -> [IndexDocument] {
    var random = SplitMix64(seed: seed)
    return RandomCorpus(
      .init(
        documents: count, passages: 3, words: 40, vocabulary: 40, hasTitles: true, hasHeadings: true, continuing: 0.3),
      random: &random, firstKey: firstKey
    ).documents
  }

  private func append(_ documents: [IndexDocument], to writer: IndexWriter) throws {
    var builder = SegmentBuilder(Self.configuration)
    for document in documents { try builder.add(document) }
    try writer.append(builder.finish())
  }

  private func check(
    _ directory: String, equals documents: [IndexDocument], sourceLine: SourceLocation = #_sourceLocation
  ) throws {
    let reader = try IndexReader.open(directory)
    let naive = NaiveAnalysis()
    let expected = IndexContent(documents.map { naive.document($0) })
    let found = try IndexContent(reader)
    #expect(Set(found.postings.keys) == Set(expected.postings.keys), sourceLocation: sourceLine)
    for (stem, postings) in expected.postings where found.postings[stem] != postings {
      Issue.record("\(stem) differs", sourceLocation: sourceLine)
    }
    try checkColumns(reader, documents)
  }

  private func checkColumns(_ reader: IndexReader, _ documents: [IndexDocument]) throws {
    var rest = documents[...]
    var lastSequence: UInt64?
    for segment in reader.segments {
      let kinds = try segment.keywords("kind")
      let dates = try segment.integers("date")
      let tags = try segment.keywords("tags")
      let mentions = try segment.mentions()
      let prints = try segment.fixed("print")
      var marks: [DocumentOrdinal: Set<[UInt8]>] = [:]
      if let column = try segment.inverted("marks") {
        for mark in 0..<column.valueCount {
          let value = try column.value(mark)
          #expect(try column.lowerBound(value) == mark && column.lowerBound(value + [0]) == mark + 1)
          for document in try column.documents(mark) { marks[document, default: []].insert(value) }
        }
      }
      for ordinal in 0..<segment.documentCount where segment.isLive(ordinal) {
        let next = rest.popFirst()
        let document = try #require(next)
        #expect(try segment.key(ordinal) == document.key)
        #expect(try segment.document(document.key!) == ordinal)
        let sequence = try segment.sequence(ordinal)
        if let lastSequence { #expect(sequence > lastSequence) }
        lastSequence = sequence
        var kind: [UInt8]?
        var date: Int64?
        var tagList: [[UInt8]] = []
        var markSet: Set<[UInt8]> = []
        var printed: [UInt8]?
        for value in document.columns {
          switch (value.column, value.value) {
          case (0, .bytes(let bytes)): kind = bytes
          case (1, .integer(let number)): date = number
          case (2, .bytes(let bytes)): tagList.append(bytes)
          case (3, .bytes(let bytes)): markSet.insert(bytes)
          case (4, .bytes(let bytes)): printed = bytes
          default: break
          }
        }
        #expect(kinds?[ordinal].flatMap { kinds?.value($0) } == kind)
        #expect(dates?[ordinal] == date)
        #expect(marks[ordinal] ?? [] == markSet)
        #expect(try prints?.value(ordinal) == printed)
        var found: [[UInt8]] = []
        tags?.forEach(ordinal) { found.append(tags!.value($0)) }
        #expect(found == tagList)
        var people: [Mention] = []
        var failure: (any Error)?
        mentions.forEach(ordinal) { pair, role in
          do {
            let (name, address) = try mentions.mention(pair)
            people.append(Mention(name: name, address: address, role: role))
          } catch {
            failure = error
          }
        }
        #expect(failure == nil && people == document.mentions)
        #expect(try segment.stored(ordinal) == document.stored)
      }
    }
    #expect(rest.isEmpty)
  }

  @Test func manySegmentsBecomeOne() throws {
    let directory = TemporaryDirectory()
    let writer = try IndexWriter(directory.path, Self.configuration)
    var all: [IndexDocument] = []
    for i in 0..<6 {
      let batch = corpus(20 + 40 * i, seed: UInt64(i), firstKey: UInt64(all.count))
      try append(batch, to: writer)
      all += batch
    }
    try writer.commit()
    try check(directory.path, equals: all)
    try writer.merge(to: 3)
    try writer.commit()
    #expect(try IndexReader.open(directory.path).segments.count == 3)
    try check(directory.path, equals: all)
    try writer.merge(to: 1)
    try writer.commit()
    writer.close()
    #expect(try IndexReader.open(directory.path).segments.count == 1)
    try check(directory.path, equals: all)
  }

  @Test func mergedSegmentsEqualOneBuiltAtOnce() throws {
    let all = corpus(200, seed: 42)
    let one = TemporaryDirectory()
    let many = TemporaryDirectory()
    let first = try IndexWriter(one.path, Self.configuration)
    try append(all, to: first)
    try first.commit()
    let second = try IndexWriter(many.path, Self.configuration)
    for start in stride(from: 0, to: 200, by: 50) { try append(Array(all[start..<(start + 50)]), to: second) }
    try second.merge(to: 1)
    try second.commit()
    let a = try IndexReader.open(one.path).segments[0]
    let b = try IndexReader.open(many.path).segments[0]
    #expect(a.totalLength == b.totalLength && a.passageCount == b.passageCount)
    for passage in 0..<a.passageCount {
      #expect(try a.norms()[passage] == b.norms()[passage])
      #expect(try a.passages().titleEnd(passage) == b.passages().titleEnd(passage))
      #expect(try a.passages().bodyStart(passage) == b.passages().bodyStart(passage))
      #expect(try a.passages().positionBase(passage) == b.passages().positionBase(passage))
      #expect(try a.passages().continues(passage) == b.passages().continues(passage))
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func deletedDocumentsLeaveWithAMerge(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let directory = TemporaryDirectory()
    let writer = try IndexWriter(directory.path, Self.configuration)
    var live: [IndexDocument] = []
    for i in 0..<4 {
      let batch = corpus(30, seed: seed * 100 + UInt64(i), firstKey: UInt64(i * 30))
      try append(batch, to: writer)
      live += batch
      // Some die; some come again with another text, and go to the end.
      let dead = live.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }.map { $0.key! }
      #expect(try writer.delete(dead) == dead.count)
      #expect(try writer.delete(dead) == 0)
      live.removeAll { dead.contains($0.key!) }
    }
    let again = corpus(60, seed: seed * 1000)
    try append(again, to: writer)
    live.removeAll { document in again.contains { $0.key == document.key } }
    live += again
    try writer.commit()
    try check(directory.path, equals: live)
    #expect(try IndexReader.open(directory.path).liveDocumentCount == UInt64(live.count))
    try writer.merge(to: 2)
    try writer.commit()
    try check(directory.path, equals: live)
    let merged = try IndexReader.open(directory.path)
    #expect(merged.segments.allSatisfy { $0.liveDocumentCount == $0.documentCount })
    let naive = NaiveAnalysis()
    let length = live.map { naive.document($0) }.flatMap(\.passages).reduce(0) { $0 + $1.length }
    #expect(merged.totalLength == UInt64(length))
    // Nobody is left of a memory whose documents all died.
    #expect(try writer.delete(live.map { $0.key! }) == live.count)
    try writer.merge(to: 1)
    try writer.commit()
    #expect(try IndexReader.open(directory.path).segments.isEmpty)
  }

  @Test func aKeyThatComesTwiceInABatchLivesOnce() throws {
    let directory = TemporaryDirectory()
    let writer = try IndexWriter(directory.path, Self.configuration)
    let first = corpus(10, seed: 5)
    let second = corpus(10, seed: 6)
    try append(first + second, to: writer)
    try writer.commit()
    try check(directory.path, equals: second)
  }

  @Test func thePolicyKeepsSegmentsFew() {
    let policy = MergePolicy(factor: 4, floor: 1000)
    var sizes: [UInt64] = []
    var most = 0
    for _ in 0..<300 {
      sizes.append(900)
      while let range = policy.next(sizes: sizes) {
        #expect(range.count == 4)
        sizes.replaceSubrange(range, with: [sizes[range].reduce(0, +)])
      }
      most = max(most, sizes.count)
    }
    #expect(most <= 3 * 6)
    #expect(sizes.reduce(0, +) == 300 * 900)
  }
}
