public import Documents

/// A document as `griot show` and `griot extract` present it.
public struct DocumentView: Sendable {
  /// A passage with its own text.
  public struct Passage: Sendable {
    public var anchor: String?
    /// The heading over it; `nil` for a passage that continues the one before.
    public var heading: String?
    /// A contiguous slice of the document's text, without the heading.
    public var text: String
    public var people: [VisiblePerson]
    /// UTF-8 bytes of the document's text.
    public var range: Range<Int>
    /// Soft split: goes on where the passage before ended.
    public var continues: Bool
    public init(
      anchor: String?, heading: String?, text: String, people: [VisiblePerson], range: Range<Int>, continues: Bool
    ) {
      self.anchor = anchor
      self.heading = heading
      self.text = text
      self.people = people
      self.range = range
      self.continues = continues
    }
  }

  public var id: String
  public var source: String
  /// Everywhere it was found: `path`, `path!member`, `path:offset`.
  public var locations: [String]
  /// The decided language; `nil` if undecided.
  public var language: String?
  public var people: [VisiblePerson]
  public var passages: [Passage]
  /// The stored document itself: title, date, text with blocks, notes, attributes.
  public var document: Document

  public init(
    id: String, source: String, locations: [String], language: String?, people: [VisiblePerson],
    passages: [Passage], document: Document
  ) {
    self.id = id
    self.source = source
    self.locations = locations
    self.language = language
    self.people = people
    self.passages = passages
    self.document = document
  }
}
