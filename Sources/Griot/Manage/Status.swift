public import Documents

/// `griot status`.
public struct Status: Sendable {
  public struct Language: Sendable, Equatable {
    public var code: String
    public var documents: Int
    public init(code: String, documents: Int) {
      self.code = code
      self.documents = documents
    }
  }

  public var path: String
  public var documents: Int
  public var passages: Int
  public var segments: Int
  /// Of all files of the memory.
  public var bytes: UInt64
  /// Most frequent first.
  public var languages: [Language]
  public var sources: Int
  /// Seconds since 1970 of the last ingest that committed.
  public var lastIngest: Int64?
  /// A changed analyzer, an ingest that was cut short.
  public var warnings: [String]
  public init(path: String) {
    self.path = path
    documents = 0
    passages = 0
    segments = 0
    bytes = 0
    languages = []
    sources = 0
    lastIngest = nil
    warnings = []
  }
}

/// A line of `griot sources`.
public struct SourceSummary: Sendable {
  public var name: String
  /// The path that was ingested.
  public var path: String
  public var files: Int
  public var documents: Int
  /// Majority language.
  public var language: String?
  /// Of its documents.
  public var firstDate: DocumentDate?
  public var lastDate: DocumentDate?
  /// Seconds since 1970.
  public var lastIngest: Int64?
  public var kinds: [SearchResults.FacetValue]
  public init(name: String, path: String) {
    self.name = name
    self.path = path
    files = 0
    documents = 0
    language = nil
    firstDate = nil
    lastDate = nil
    lastIngest = nil
    kinds = []
  }
}

/// What `griot check` found.
public struct CheckReport: Sendable {
  public var documents = 0
  public var files = 0
  public var bytes: UInt64 = 0
  /// One line each: file, offset, what; empty if all is well.
  public var problems: [String] = []
  public init() {}
}
