/// The constants of the second phase. One set for all collections: chosen on five judged ones by leaving each out in
/// turn (Benchmarks/effectiveness/README.md), none tuned to the last digit.
public struct RescoringOptions: Sendable, Hashable {
  /// So many of the best documents of the first phase are looked at again; the others keep their order behind them.
  public var depth = 100
  /// Passages of one document that are looked at beside its best one.
  public var otherPassages = 8
  /// What the best of them adds, of its own score.
  public var otherPassageWeight: Float = 0.1
  /// Weight of neighbouring query words in their order, with at most one word between.
  public var orderedWeight: Float = 0.2
  /// Weight of neighbouring query words within ``unorderedWindow`` positions in any order.
  public var unorderedWeight: Float = 0.1
  public var unorderedWindow: UInt32 = 8
  /// Weight of the exact form that was typed, beside its stem.
  public var formWeight: Float = 0.3
  /// Queries of so many different words at most are short: a document that holds all of them comes first.
  public var shortQuery = 4

  /// What a title is worth that holds the whole query and nothing else, in units of the greatest score. What holds a
  /// share of the query is worth the eighth power of it: a title is asked for with nearly all words that were typed.
  public var titleWeight: Float = 2

  /// Share of pseudo-relevance feedback, where it is expected to help.
  public var feedbackShare: Float = 0.2
  public var feedbackDocuments = 10
  public var feedbackTerms = 20
  /// The query performance predictor: where the tenth score has fallen by this share of the first, the query has found
  /// the few documents that it was after, and feedback would only blur it.
  public var feedbackDrop: Float = 0.65

  /// Share of a document's score that comes from the documents most like it.
  public var neighbourShare: Float = 0.5
  public var neighbours = 5
  /// How often scores are handed on from neighbour to neighbour.
  public var neighbourRounds = 3

  public init() {}
}
