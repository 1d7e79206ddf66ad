#if canImport(Glibc)
  import Glibc
#endif

/// BM25 as Lucene computes it since version 8, in float32.
///
/// score = Σ w · f / (f + k1 · (1 − b + b · dl / avgdl)), w = boost · ln(1 + (N − n + 0.5) / (n + 0.5)); without the
/// factor (k1 + 1), which changes no order. N and n count passages of the whole index, deleted ones until they are
/// merged away; dl is the length that the passage's one-byte norm stands for, avgdl the exact mean.
///
/// A term's share is computed as w − w / (1 + f · inverse[norm]): each step is monotonic in f and in the norm, rounding
/// included, so the maximum over competitive (frequency, norm) pairs is a true bound. Shares are then cut to integers
/// (see `Score`) and added exactly.
///
/// Source: Robertson, Zaragoza, "The probabilistic relevance framework: BM25 and beyond", 2009; Lucene's BM25Similarity.
public struct BM25: Sendable, Hashable {
  /// How slowly the score saturates with the frequency; 0 ignores frequencies. At least 0.
  public var k1: Float
  /// How much long passages are held back: 0 not at all, 1 in full proportion.
  public var b: Float

  public init(k1: Float = 1.2, b: Float = 0.75) {
    self.k1 = k1
    self.b = b
  }

  /// The weight of a word that stands in `frequency` of `passages` passages. At least 0.
  static func inverseDocumentFrequency(_ frequency: UInt64, of passages: UInt64) -> Float {
    let n = Double(min(frequency, passages))
    return Float(log(1 + (Double(passages) - n + 0.5) / (n + 0.5)))
  }

  /// 1 / (k1 · (1 − b + b · dl / avgdl)) for each norm byte.
  func inverseLengths(averageLength: Float) -> [Float] {
    (0...255).map { norm in
      1 / (k1 * ((1 - b) + b * Float(FieldNorms.decode(UInt8(norm))) / averageLength))
    }
  }
}
