/// A stretch of a document's text that is one thing: a heading, a paragraph, a speaker's cue.
public struct Block: Sendable, Equatable {
  public var kind: BlockKind
  /// Heading level (1…6), quote depth (1…), list nesting (1…); 0 elsewhere.
  public var level: UInt8
  /// UTF-8 byte range in ``Document/text``.
  public var start: UInt32
  public var end: UInt32
  /// Place in the original that a link can name: the id of a heading or section. `nil` for none.
  public var anchor: String?
  /// Start and end of a cue in milliseconds of the recording; `nil` where there is no clock.
  public var time: TimeRange?
  /// Index into ``Document/people`` of who says this.
  public var speaker: Int?

  public init(
    _ kind: BlockKind, level: UInt8 = 0, anchor: String? = nil, time: TimeRange? = nil, speaker: Int? = nil
  ) {
    self.kind = kind
    self.level = level
    start = 0
    end = 0
    self.anchor = anchor
    self.time = time
    self.speaker = speaker
  }

  public var range: Range<Int> { Int(start)..<Int(end) }
}

/// The kinds of block. Raw values are stored: never renumber.
public enum BlockKind: UInt8, Sendable, CaseIterable {
  case paragraph = 0
  case heading = 1
  case listItem = 2
  /// Preformatted text, code.
  case code = 3
  /// One row of a table, cells separated by tab.
  case tableRow = 4
  /// Text quoted from an earlier message or another author.
  case quote = 5
  /// Signature of a mail.
  case signature = 6
  /// A forwarded message's text.
  case forwarded = 7
  /// Words of one speaker over a stretch of a recording.
  case cue = 8
  /// A block that recurs across a source: navigation, footer, disclaimer.
  case template = 9
  /// Caption of a figure or table.
  case caption = 10
}

/// A stretch of a recording, in milliseconds from its start.
public struct TimeRange: Sendable, Equatable, Hashable {
  public var start: UInt32
  public var end: UInt32
  public init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }
}
