/// Scores one leaf: its weight and the table of inverse lengths of the query.
struct TermWeight: BitwiseCopyable {
  /// boost · idf
  var weight: Float
  /// `BM25.inverseLengths`, owned by the query's plan.
  var inverseLengths: UnsafePointer<Float>

  @inline(__always)
  func score(_ frequency: UInt32, _ norm: UInt8) -> Float {
    weight - weight / (1 + Float(frequency) * inverseLengths[Int(norm)])
  }

  /// The greatest score over competitive pairs.
  @inline(__always)
  func bound(_ impacts: UnsafePointer<Impact>, _ count: Int) -> Float {
    var best: Float = 0
    for index in 0..<count {
      best = max(best, score(impacts[index].frequency, impacts[index].norm))
    }
    return best
  }
}
