public import TextAnalysis

/// One document as the engine takes it in. All texts are UTF-8; ill-formed bytes are the analyzer's concern.
public struct IndexDocument: Sendable {
  /// The unique key, or nil in an index without keys (all documents of a segment have one, or none has).
  public var key: DocumentKey?
  /// Chooses the stemmer for all its words.
  public var language: Language
  /// Indexed with every passage of the document, each word `FieldWeights.title` times.
  public var title: [UInt8]
  /// At least one. Passages are what is scored; a document of one text has one passage.
  public var passages: [IndexPassage]
  /// Values for the columns of the schema; a column without a value here is missing for the document.
  public var columns: [ColumnValue]
  /// People and addresses named by the document, raw, with the role in which they stand.
  public var mentions: [Mention]
  /// The document's frame, opaque to the engine, given back by `SegmentReader.stored(_:)`. Empty: nothing stored.
  public var stored: [UInt8]

  public init(
    key: DocumentKey?, language: Language = .other, title: [UInt8] = [], passages: [IndexPassage],
    columns: [ColumnValue] = [], mentions: [Mention] = [], stored: [UInt8] = []
  ) {
    self.key = key
    self.language = language
    self.title = title
    self.passages = passages
    self.columns = columns
    self.mentions = mentions
    self.stored = stored
  }
}

/// An addressable part of a document: the unit that is indexed and scored.
public struct IndexPassage: Sendable {
  public var heading: [UInt8]
  public var body: [UInt8]
  /// True when the body continues the previous passage's body (a soft split of one text): phrases cross the split.
  public var continues: Bool

  public init(heading: [UInt8] = [], body: [UInt8], continues: Bool = false) {
    self.heading = heading
    self.body = body
    self.continues = continues
  }
}

/// How many positions a word of a part of a passage gets, so that its frequency counts so many times. 1 ... 15.
public struct FieldWeights: Equatable, Sendable {
  public var title: UInt8
  public var heading: UInt8

  public init(title: UInt8 = 2, heading: UInt8 = 1) {
    self.title = title
    self.heading = heading
  }
}

/// A person or address as a document names it, before any resolution of identities.
public struct Mention: Hashable, Sendable {
  public var name: [UInt8]
  public var address: [UInt8]
  /// A number of the product's choosing (author, speaker, ...), below 64.
  public var role: UInt8

  public init(name: [UInt8], address: [UInt8], role: UInt8) {
    self.name = name
    self.address = address
    self.role = role
  }
}
