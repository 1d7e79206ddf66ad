/// An addressable part of a document: the unit that is indexed and scored.
public struct Passage: Sendable, Equatable {
  /// UTF-8 bytes of ``Documents/Document/text``: one contiguous slice, without the heading that stands over it.
  public var range: Range<Int>
  /// The headings that stand directly over the text, outermost first, as ranges of the document's text. Several if
  /// no text stands between them (`# Guide`, `## Install`, text). Empty for a passage that continues another.
  public var headings: [Range<Int>]
  /// Place in the original: `#id` of a heading, `HH:MM:SS` of a recording, else `#p` and the passage's number from 1.
  public var anchor: String
  /// Who speaks here: indices into ``Documents/Document/people``, in order of appearance.
  public var speakers: [Int]
  /// A soft split: goes on where the passage before it ended.
  public var continues: Bool

  public init(range: Range<Int>, headings: [Range<Int>], anchor: String, speakers: [Int], continues: Bool) {
    self.range = range
    self.headings = headings
    self.anchor = anchor
    self.speakers = speakers
    self.continues = continues
  }

  /// Between the headings of ``headings`` when they are shown or indexed as one.
  public static let headingSeparator = " › "

  /// The headings over the passage as one line, `nil` if there is none.
  public func heading(in text: [UInt8]) -> String? {
    guard !headings.isEmpty else { return nil }
    return headings.map { String(decoding: text[$0], as: UTF8.self) }.joined(separator: Self.headingSeparator)
  }
}
