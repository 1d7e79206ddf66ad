/// What is asked of a search beside the query.
public struct SearchOptions: Sendable {
  /// How many documents to return, best first. 0 asks for counts and facets only.
  public var limit: Int
  public var similarity: BM25
  /// Whether `TopDocs.total` must be exact. Without it the search may skip documents that cannot be among the best,
  /// and the total may be a lower bound.
  public var countsExactly: Bool
  /// Counts over all matching documents, not only the returned ones. Any request makes the total exact.
  public var facets: [FacetRequest]
  /// Segments before this one are not searched: for what asks only for new documents. Weights are of the whole index.
  public var firstSegment = 0
  /// How many threads may search, that of the caller included; nil: as many as the machine has, up to four. Long lists
  /// are shared among them; the hits are the same.
  public var threads: Int?

  public init(
    limit: Int = 10, similarity: BM25 = BM25(), countsExactly: Bool = false, facets: [FacetRequest] = []
  ) {
    self.limit = limit
    self.similarity = similarity
    self.countsExactly = countsExactly
    self.facets = facets
  }
}

/// Values of a column to count over the matching documents.
public enum FacetRequest: Sendable, Hashable {
  /// Each value of a `keyword` or `keywords` column.
  case keyword(column: String)
  /// Each calendar year (UTC) of an integer column of seconds since 1970.
  case year(column: String)
  /// Each (name, address) pair that a document mentions in one of the roles (bit r: role r); counted once a document.
  case mentions(roles: UInt64)
}

/// The counts of one facet.
public struct Facet: Sendable, Equatable {
  public enum Value: Sendable, Hashable {
    case bytes([UInt8])
    case year(Int)
    case mention(MentionName)
  }
  public struct Entry: Sendable, Equatable {
    public var value: Value
    public var count: Int
  }

  public var request: FacetRequest
  /// Every value that occurs; the greatest count first, ties in the order of the values.
  public var entries: [Entry]
}
