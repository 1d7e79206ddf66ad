/// A score inside the engine: an integer, in units of 2^-`ScoreScale.exponent`.
///
/// Sums of integers do not depend on the order of adding, so every way through the postings gives the same score, and
/// bounds can be added and compared without any slack. The scale is chosen for the query so that the greatest possible
/// sum keeps within 31 bits; a query of five words has a resolution of about 10^-8.
typealias Score = Int32

/// The scale of one query's scores.
struct ScoreScale {
  let exponent: Int

  /// - Parameter greatest: The greatest sum of weights that a passage can reach.
  init(greatest: Float) {
    guard greatest > 0, greatest.isFinite else {
      exponent = 0
      return
    }
    // greatest < 2^(exponent of it + 1): the product stays below 2^30.
    exponent = max(-90, min(90, 29 - Int(greatest.exponent)))
  }

  /// Exact: a power of two.
  func scaled(_ weight: Float) -> Float { Float(sign: .plus, exponent: exponent, significand: 1) * weight }

  func value(_ score: Score) -> Float {
    Float(Double(sign: .plus, exponent: -exponent, significand: 1) * Double(score))
  }
}

/// Scores one leaf: its weight and the table of inverse lengths of the query.
struct TermWeight: BitwiseCopyable {
  /// boost · idf, scaled.
  var weight: Float
  /// `BM25.inverseLengths`, owned by the query's plan.
  var inverseLengths: UnsafePointer<Float>

  /// The share of a passage in which the leaf has the frequency; at least 1. The same as `ck_score`, bit for bit.
  @inline(__always)
  func score(_ frequency: UInt32, _ norm: UInt8) -> Score {
    Score(weight - weight / (1 + Float(Int32(truncatingIfNeeded: frequency)) * inverseLengths[Int(norm)])) &+ 1
  }

  /// Above every share of the leaf.
  var greatest: Score { Score(weight) &+ 1 }
}
