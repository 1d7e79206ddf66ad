/// The answer to a query.
public struct TopDocs: Sendable, Equatable {
  /// Best first: by falling score, then in the order of ingest.
  public var hits: [Hit]
  public var total: TotalHits
  /// In the order of `SearchOptions.facets`.
  public var facets: [Facet]
  /// What was left out to stay within bounds (patterns with too many forms), for people.
  public var notes: [String]
}

/// One document of an answer.
public struct Hit: Sendable, Equatable {
  /// Index in `IndexReader.segments`.
  public var segment: Int
  public var document: DocumentOrdinal
  /// The document's best passage (the first of them); its first passage where nothing is scored.
  public var passage: PassageID
  public var score: Float
}

/// How many documents match.
public struct TotalHits: Sendable, Equatable {
  public enum Relation: Sendable, Equatable {
    case exactly
    /// At least so many.
    case atLeast
  }
  public var value: Int
  public var relation: Relation
}
