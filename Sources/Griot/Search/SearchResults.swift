public import Documents
import SearchEngine

/// The answer to a ``SearchRequest``: the values behind the JSON of design §8.
public struct SearchResults: Sendable {
  public struct Total: Sendable, Equatable {
    public enum Relation: String, Sendable { case eq, gte }
    public var value: Int
    public var relation: Relation
    public init(value: Int, relation: Relation) {
      self.value = value
      self.relation = relation
    }
  }

  public struct FacetValue: Sendable, Equatable {
    public var value: String
    public var count: Int
    public init(value: String, count: Int) {
      self.value = value
      self.count = count
    }
  }

  /// Counts over all matches, largest first, ties by name. Empty lists if facets were not asked for.
  public struct Facets: Sendable, Equatable {
    public var kind: [FacetValue] = []
    public var source: [FacetValue] = []
    public var year: [FacetValue] = []
    public var people: [FacetValue] = []
    public init() {}
  }

  public var query: String
  public var total: Total
  public var tookMicroseconds: Int
  /// How a doubtful query was read; warnings about the memory.
  public var notes: [String]
  /// Other names that were searched for as well.
  public var expansions: [Expansion] = []
  public var hits: [SearchHit]
  public var facets: Facets

  public init(query: String) {
    self.query = query
    total = Total(value: 0, relation: .eq)
    tookMicroseconds = 0
    notes = []
    hits = []
    facets = Facets()
  }
}

/// One document of an answer, at its best passage.
public struct SearchHit: Sendable {
  /// From 1.
  public var rank: Int
  /// Falls strictly with the rank.
  public var score: Float
  /// 32 hexadecimal digits, unique in the memory.
  public var id: String
  public var externalID: String
  public var kind: String
  public var title: String
  public var date: DocumentDate?
  public var people: [VisiblePerson]
  public var source: String
  /// Where the original lies: path of the file, the member of an archive behind `!`.
  public var location: String
  public var url: String?
  /// Place of the best passage in the document: `#heading`, `00:12:31`, `#p3`; `nil` at the top.
  public var anchor: String?
  /// Heading over the best passage.
  public var heading: String?
  public var snippet: SnippetText
  /// Where the score comes from; nil unless it was asked for.
  public var explanation: ScoreExplanation?
  /// Near-duplicates folded into this hit.
  public var folded: Int
  /// Other messages of its conversation among the hits, best first.
  public var conversation: [SearchHit] = []
  /// The query's words in title and heading, in UTF-8 bytes; only where the snippet holds none of them.
  public var titleHighlights: [Range<Int>] = []
  public var headingHighlights: [Range<Int>] = []

  public init(
    rank: Int, score: Float, id: String, externalID: String, kind: String, title: String, date: DocumentDate?,
    people: [VisiblePerson], source: String, location: String, url: String?, anchor: String?, heading: String?,
    snippet: SnippetText, folded: Int
  ) {
    self.rank = rank
    self.score = score
    self.id = id
    self.externalID = externalID
    self.kind = kind
    self.title = title
    self.date = date
    self.people = people
    self.source = source
    self.location = location
    self.url = url
    self.anchor = anchor
    self.heading = heading
    self.snippet = snippet
    self.folded = folded
  }
}

/// A piece of a passage.
public struct SnippetText: Sendable, Equatable {
  public var text: String
  /// UTF-8 byte ranges of `text`, ascending.
  public var highlights: [Range<Int>]
  public init(text: String, highlights: [Range<Int>]) {
    self.text = text
    self.highlights = highlights
  }
}

/// A person as results may show them: hidden people never become one.
public struct VisiblePerson: Sendable, Equatable {
  public var name: String
  /// Shown only where the caller asked for addresses.
  public var address: String?
  public var role: PersonRole
  public init(name: String, address: String?, role: PersonRole) {
    self.name = name
    self.address = address
    self.role = role
  }
}
