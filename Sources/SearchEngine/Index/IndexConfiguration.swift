public import TextAnalysis

/// What the writer of a memory has to know.
public struct IndexConfiguration: Sendable {
  public var schema: Schema
  public var weights: FieldWeights
  /// How texts become tokens. Queries and highlights of the memory have to be told the same; the fingerprint says
  /// whether they were.
  public var analyzer: Analyzer.Configuration
  /// The fingerprint of that analyzer (`Analyzer.fingerprint()`); kept in the manifest.
  public var analyzerFingerprint: UInt64
  /// A batch (one new segment) ends after the document with which its texts reach so many bytes.
  public var batchBytes: Int
  /// Words (as forms) that are not indexed; they keep their positions and do not count in the length. Empty by
  /// default: the product indexes stop words, comparisons with engines that drop them do not.
  public var leftOutWords: StopWords = .none
  /// Whether each passage gets a signature (64 bytes), for ranking by what the best passages have in common.
  public var hasSignatures = false
  /// When adjacent segments become one.
  public var mergePolicy: MergePolicy

  public init(
    schema: Schema = Schema(), weights: FieldWeights = FieldWeights(),
    analyzer: Analyzer.Configuration = Analyzer.Configuration(), analyzerFingerprint: UInt64 = 0,
    batchBytes: Int = 48 << 20, mergePolicy: MergePolicy = MergePolicy()
  ) {
    self.schema = schema
    self.weights = weights
    self.analyzer = analyzer
    self.analyzerFingerprint = analyzerFingerprint
    self.batchBytes = batchBytes
    self.mergePolicy = mergePolicy
  }
}
