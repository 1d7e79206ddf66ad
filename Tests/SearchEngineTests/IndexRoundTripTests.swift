import SearchEngine
import TestSupport
import Testing
import TextAnalysis

@Suite struct IndexRoundTripTests {
  @Test func oneSegmentHoldsWhatWasPutIn() throws {
    let directory = TemporaryDirectory()
    let documents = sampleDocuments(count: 300, seed: 7)
    let configuration = IndexConfiguration(schema: RandomCorpus.schema)
    var builder = SegmentBuilder(configuration)
    for document in documents { try builder.add(document) }
    let writer = try IndexWriter(directory.path, configuration)
    try writer.append(builder.finish())
    #expect(try writer.commit() == 1)
    writer.close()

    let reader = try IndexReader.open(directory.path)
    #expect(reader.liveDocumentCount == 300)
    let naive = NaiveAnalysis()
    let expected = IndexContent(documents.map { naive.document($0) })
    let found = try IndexContent(reader)
    #expect(found.postings.count == expected.postings.count)
    for (stem, postings) in expected.postings.sorted(by: { $0.key < $1.key }) {
      guard found.postings[stem] == postings else {
        Issue.record("\(stem): \(found.postings[stem]?.first as Any) for \(postings.first as Any)")
        return
      }
    }
    #expect(found.formFrequencies == expected.formFrequencies)
  }
}

/// Documents of random words with endings, of one to four passages, some continuing.
func sampleDocuments(count: Int, seed: UInt64, keyBase: Int = 0) -> [IndexDocument] {
  var random = SplitMix64(seed: seed)
  func word() -> String {
    // Zipf-like: small numbers are frequent.
    let rank = Int(1 / (Double.random(in: 0.0005..<1, using: &random)))
    let stem = ["the", "boat", "harbor", "engine", "net", "market", "rope", "storm"]
    let base = rank <= 8 ? stem[rank - 1] : "w\(rank)x"
    return base + (rank <= 8 ? ["", "s", "ing", "ed"].randomElement(using: &random)! : "")
  }
  func text(_ most: Int) -> [UInt8] {
    Array((0..<Int.random(in: 0...most, using: &random)).map { _ in word() }.joined(separator: " ").utf8)
  }
  return (0..<count).map { i in
    let passages = (0..<Int.random(in: 1...4, using: &random)).map { k in
      IndexPassage(
        heading: text(3), body: text(60), continues: k > 0 && Bool.random(using: &random))
    }
    return IndexDocument(
      key: DocumentKey(high: UInt64(keyBase + i) &* 0x9E37_79B9_7F4A_7C15, low: UInt64(i)), language: .english,
      title: text(5), passages: passages, stored: text(200))
  }
}
