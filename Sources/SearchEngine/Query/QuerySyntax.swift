/// A query as it was typed: the tree that the parser reads and that `description` prints. Nothing is analysed yet, and
/// nothing is lost: reading what `description` prints gives the same tree.
public indirect enum QuerySyntax: Sendable, Hashable {
  /// A word, or anything between white space that is no operator.
  case word(String)
  /// `"…"`; slop n for `"…"~n`.
  case phrase(String, slop: Int?)
  /// `abc*`: the text without the star.
  case prefix(String)
  /// A word with `*` or `?` elsewhere than as a single star at its end. `\` makes the next character literal.
  case wildcard(String)
  /// `word~n`
  case fuzzy(String, distance: Int)
  /// `/…/`
  case regexp(String)
  /// `*` alone.
  case everything
  /// `name:…`
  case field(QueryField, QuerySyntax)
  /// `+…`
  case must(QuerySyntax)
  /// `-…` or `NOT …`
  case not(QuerySyntax)
  /// `… AND …`
  case and([QuerySyntax])
  /// `… OR …`
  case or([QuerySyntax])
  /// Things beside each other: ranked, any of the words.
  case list([QuerySyntax])
}

/// The names that may stand before a colon.
public enum QueryField: String, Sendable, Hashable, CaseIterable {
  case title, author, speaker, kind, source, lang, after, before

  /// Fields that restrict the documents and never score.
  public var isFilter: Bool { self != .title }
}

/// How a doubtful part of a query was read.
public struct QueryNote: Sendable, Hashable {
  /// The part of the query, in UTF-8 bytes.
  public var range: Range<Int>
  /// A sentence for the person who typed it.
  public var message: String

  public init(range: Range<Int>, message: String) {
    self.range = range
    self.message = message
  }
}

/// What the parser made of a query.
public struct ParsedQuery: Sendable, Hashable {
  public var syntax: QuerySyntax
  public var notes: [QueryNote]

  public init(syntax: QuerySyntax, notes: [QueryNote] = []) {
    self.syntax = syntax
    self.notes = notes
  }
}
