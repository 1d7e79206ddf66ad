/// What to look for, after analysis: a tree over words, phrases, patterns and filters. The unit that **matches** is the
/// document, the unit that is **scored** is the passage:
///
/// - A leaf matches a document that holds it in at least one passage; a phrase must lie within one passage, or within
///   passages that are soft splits of one text.
/// - `boolean` combines matches over whole documents: its words may stand in different passages.
/// - A passage's score is the sum of the shares of the leaves that occur in it; the leaves of a sub-query that does not
///   match the document add nothing. A document scores by its best passage.
/// - `filter` restricts and never scores.
public indirect enum Query: Sendable, Hashable {
  /// Every document, with score 0.
  case all
  /// No document.
  case none
  case word(WordQuery)
  case phrase(PhraseQuery)
  case pattern(PatternQuery)
  case filter(Filter)
  case boolean(BooleanQuery)
}

/// Clauses that hold over a document.
public struct BooleanQuery: Sendable, Hashable {
  public enum Occur: Sendable, Hashable {
    /// The document must match; scored.
    case must
    /// The document may match; scored. At least `minimumShould` of these must match.
    case should
    /// The document must not match; never scored.
    case mustNot
    /// The document must match; never scored.
    case filter
  }

  public struct Clause: Sendable, Hashable {
    public var occur: Occur
    public var query: Query

    public init(_ occur: Occur, _ query: Query) {
      self.occur = occur
      self.query = query
    }
  }

  /// In the order in which they were typed.
  public var clauses: [Clause]
  /// How many of the `should` clauses a document has to match.
  public var minimumShould: Int

  public init(_ clauses: [Clause], minimumShould: Int) {
    self.clauses = clauses
    self.minimumShould = minimumShould
  }
}

extension Query {
  /// Documents that match at least one; a free list of words.
  public static func or(_ queries: [Query]) -> Query {
    queries.count == 1
      ? queries[0]
      : .boolean(BooleanQuery(queries.map { .init(.should, $0) }, minimumShould: min(1, queries.count)))
  }

  /// Documents that match all.
  public static func and(_ queries: [Query]) -> Query {
    queries.count == 1 ? queries[0] : .boolean(BooleanQuery(queries.map { .init(.must, $0) }, minimumShould: 0))
  }

  /// Documents that do not match `query`.
  public static func not(_ query: Query) -> Query {
    .boolean(BooleanQuery([.init(.mustNot, query)], minimumShould: 0))
  }

  /// The same matches and scores, within the documents of `filter`.
  public func filtered(by filter: Filter) -> Query {
    .boolean(BooleanQuery([.init(.must, self), .init(.filter, .filter(filter))], minimumShould: 0))
  }
}
