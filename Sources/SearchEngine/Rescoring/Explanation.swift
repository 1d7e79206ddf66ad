/// Why a document has its score: a tree whose numbers sum up, each to the one above it.
///
/// Sums are exact in double precision; against the score itself, which is made in single precision, they hold to
/// 10^-5 of it.
public struct Explanation: Sendable, Equatable {
  public var value: Double
  /// A few words for people.
  public var what: String
  /// What `value` is the sum of; empty for a number that is not taken apart further.
  public var details: [Explanation]

  public init(_ what: String, _ value: Double) {
    self.what = what
    self.value = value
    details = []
  }

  public init(_ what: String, sum details: [Explanation]) {
    self.what = what
    self.details = details
    value = details.reduce(0) { $0 + $1.value }
  }

  /// The same tree with all numbers multiplied; inner ones are sums again.
  func scaled(by factor: Double) -> Explanation {
    details.isEmpty
      ? Explanation(what, value * factor) : Explanation(what, sum: details.map { $0.scaled(by: factor) })
  }
}
