internal import SearchEngine

/// Why a hit has its score: a tree whose numbers sum up, each to the one above it.
///
/// Sums are exact in double precision; against the score itself, which is made in single precision, they hold to
/// 10^-5 of it.
public struct ScoreExplanation: Sendable, Equatable {
  public var value: Double
  /// A few words for people.
  public var what: String
  /// What `value` is the sum of; empty for a number that is not taken apart further.
  public var details: [ScoreExplanation]

  public init(_ what: String, _ value: Double, _ details: [ScoreExplanation] = []) {
    self.what = what
    self.value = value
    self.details = details
  }

  init(_ explanation: Explanation) {
    self.init(explanation.what, explanation.value, explanation.details.map { ScoreExplanation($0) })
  }
}
