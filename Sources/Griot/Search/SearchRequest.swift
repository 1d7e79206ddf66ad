public import Documents

/// A question to a memory.
public struct SearchRequest: Sendable {
  public enum Syntax: Sendable {
    /// The query language of design §6.
    case full
    /// Nothing is an operator: every word counts, none excludes (batch runs).
    case free
  }

  public enum Rank: String, Sendable, CaseIterable {
    case standard = "default"
    /// The plain first phase.
    case bm25
  }

  public enum Sort: String, Sendable, CaseIterable { case relevance, newest, oldest }

  /// What is shown as one hit. Totals and facets count documents all the same.
  public enum Folding: Sendable, CaseIterable {
    case none
    /// Near-duplicates.
    case duplicates
    /// Near-duplicates, and the messages of one conversation.
    case conversations
  }

  public var query: String
  public var syntax: Syntax = .full
  public var rank: Rank = .standard
  public var sort: Sort = .relevance
  /// Seconds after which half of the favour is gone that recent documents get; `nil`: none, scores stay as they are.
  public var halfLife: Int64?
  public var folding: Folding = .none
  public var limit = 10
  public var offset = 0
  /// Filters: within one list any may hold, across lists all must.
  public var kinds: [String] = []
  public var sources: [String] = []
  public var languages: [String] = []
  public var people: [PersonFilter] = []
  /// `2024`, `2024-05`, `2024-05-17`: inclusive and exclusive bound of the document's date.
  public var after: String?
  public var before: String?
  /// Length of a snippet in bytes, about.
  public var snippetBytes = 240
  /// Whether to count facets over all matches.
  public var facets = true

  /// Whether short forms stand for their long ones too, and the other way round, as glossary and documents of the memory
  /// say. Never with the plain first phase.
  public var expands = true
  /// Whether each hit tells where its score comes from.
  public var explains = false

  public init(_ query: String) { self.query = query }
}

/// Documents in which somebody plays a role.
public struct PersonFilter: Sendable, Equatable {
  /// `nil` for any role.
  public var role: PersonRole?
  /// Words of a name, all of which must occur in one name; or a whole e-mail address.
  public var text: String
  public init(role: PersonRole? = nil, text: String) {
    self.role = role
    self.text = text
  }
}
