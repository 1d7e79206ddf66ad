public import SearchEngine

/// A document as the oracle sees it: arrays of tokens, nothing compressed, nothing clever.
public struct NaiveDocument: Sendable {
  public struct Token: Sendable, Hashable {
    /// Passage-relative. Several tokens may stand at one position.
    public var position: Int
    public var stem: String
    public var form: String

    public init(_ position: Int, _ stem: String, form: String? = nil) {
      self.position = position
      self.stem = stem
      self.form = form ?? stem
    }
  }

  public struct Passage: Sendable {
    public var tokens: [Token]
    /// Positions below belong to the title.
    public var titleEnd: Int
    /// Positions from here on belong to the body.
    public var bodyStart: Int
    /// The position behind the body's last word.
    public var bodyEnd = 0
    /// Added to a position of the body, it gives the position in the text that soft splits cut.
    public var positionBase: Int
    /// Whether this passage is a soft split of the text of the one before.
    public var continues: Bool
    /// Tokens counted for the norm.
    public var length: Int

    public init(
      _ tokens: [Token], titleEnd: Int = 0, positionBase: Int = 0, continues: Bool = false, length: Int? = nil
    ) {
      self.tokens = tokens
      self.titleEnd = titleEnd
      self.bodyStart = titleEnd
      self.positionBase = positionBase
      self.continues = continues
      self.length = length ?? tokens.count
    }
  }

  /// In the order of ingest.
  public var sequence: UInt64 = 0
  public var passages: [Passage]
  public var numbers: [String: Int64] = [:]
  public var keywords: [String: [String]] = [:]
  public var mentions: [Mention] = []
  public var key: DocumentKey?
  public var isDeleted = false

  public init(_ passages: [Passage]) { self.passages = passages }
}
