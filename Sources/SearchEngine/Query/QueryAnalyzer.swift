public import TextAnalysis

/// How a filter of the query language (`kind:`, `author:`, `after:` …) is meant by whoever owns the columns.
public enum FieldReading: Sendable {
  case filter(Filter)
  /// The value means nothing for this field (a date that is none); the query reads it as text, with this note.
  case unusable(String)
}

/// Makes a `Query` of what was typed: words become terms of the index.
public struct QueryAnalyzer {
  public struct Configuration {
    /// The languages of the memory whose stems a query word stands for; up to three count.
    public var languages: [Language]
    /// What a filter means. Called once for each filter of the query.
    public var field: (QueryField, String) -> FieldReading
    /// The index that will be searched: its forms dictionaries know stems of a word in other languages, and spellings
    /// with and without diacritics. nil: only `languages` are used.
    public var reader: IndexReader?

    public init(
      languages: [Language], reader: IndexReader? = nil,
      field: @escaping (QueryField, String) -> FieldReading = { field, _ in .unusable("\(field.rawValue): is not known here") }
    ) {
      self.languages = languages
      self.reader = reader
      self.field = field
    }
  }

  public struct Result: Sendable {
    public var query: Query
    /// The parser's notes and those of the analysis, in the order of the query.
    public var notes: [QueryNote]
  }

  public init(_ configuration: Configuration) { fatalError("declared, not yet written") }

  /// Reads a query in the full language.
  public func query(_ text: String) throws(IndexError) -> Result { fatalError("declared, not yet written") }

  /// Reads free text: nothing in it is an operator.
  public func freeQuery(_ text: String) throws(IndexError) -> Result { fatalError("declared, not yet written") }
}
