/// The answer to a query.
public struct TopDocs: Sendable, Equatable {
  /// Best first: by falling score, then in the order of ingest.
  public var hits: [Hit]
  public var total: TotalHits
  /// In the order of `SearchOptions.facets`.
  public var facets: [Facet]
  /// What was left out to stay within bounds (patterns with too many forms), for people.
  public var notes: [String]
  /// What the dictionaries say of the query's words: the second phase need not look again.
  var terms = LookedUpTerms()

  public static func == (a: TopDocs, b: TopDocs) -> Bool {
    a.hits == b.hits && a.total == b.total && a.facets == b.facets && a.notes == b.notes
  }
}

/// Entries of the dictionaries, by stem.
struct LookedUpTerms: Sendable {
  /// Searched one by one: more than these are looked up again.
  private static let most = 64
  private let matches: [TermMatch]
  private let slots: [TermSlot]

  init(_ matches: [TermMatch] = [], _ slots: [TermSlot] = []) {
    self.matches = matches.count <= Self.most ? matches : []
    self.slots = slots
  }

  /// What stands in each segment, nil where nothing is known of the stem.
  subscript(stem: [UInt8]) -> [SegmentTerm?]? {
    guard let place = matches.firstIndex(where: { $0.form == nil && $0.stem == stem }), slots[place].isLookedUp else {
      return nil
    }
    return slots[place].segments
  }
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
