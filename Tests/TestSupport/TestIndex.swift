public import SearchEngine

/// An index on disk and the oracle over the same documents.
public final class TestIndex {
  public let directory = TemporaryDirectory()
  public let searcher: Searcher
  public var naive: NaiveIndex
  /// The number of the first document of each segment, in the oracle's list.
  private var starts: [Int] = []

  /// - Parameters:
  ///   - segments: The documents of each segment.
  ///   - isDeleted: Which documents to delete before the commit, by their number over all segments.
  public init(
    _ segments: [[IndexDocument]], weights: FieldWeights = FieldWeights(), hasSignatures: Bool = false,
    isDeleted: (Int) -> Bool = { _ in false }
  ) throws {
    var configuration = IndexConfiguration(schema: RandomCorpus.schema, weights: weights)
    configuration.hasSignatures = hasSignatures
    let writer = try IndexWriter(directory.path, configuration)
    let analysis = NaiveAnalysis(weights: weights)
    var documents: [NaiveDocument] = []
    var keys: [DocumentKey] = []
    for segment in segments {
      var builder = SegmentBuilder(configuration)
      for document in segment {
        try builder.add(document)
        var naive = analysis.document(document)
        if isDeleted(documents.count) {
          naive.isDeleted = true
          keys.append(document.key!)
        }
        documents.append(naive)
      }
      try writer.append(try builder.finish())
    }
    _ = try writer.delete(keys)
    try writer.commit()
    writer.close()
    searcher = Searcher(try IndexReader.open(directory.path))
    naive = NaiveIndex(documents)
    var start = 0
    for segment in searcher.reader.segments {
      starts.append(start)
      start += Int(segment.documentCount)
    }
  }

  /// The oracle's number of a hit's document.
  public func number(_ hit: Hit) -> Int { starts[hit.segment] + Int(hit.document) }

  /// The hit's passage, counted within its document.
  public func passage(_ hit: Hit) throws -> Int {
    Int(hit.passage - (try searcher.reader.segments[hit.segment].passages().passages(of: hit.document).lowerBound))
  }
}
