/// What a token is; the query side needs it to choose between a whole and its parts. One byte, part of no format.
public enum TokenKind: UInt8, Sendable, BitwiseCopyable {
  /// A word, a number without inner punctuation, or a part of an identifier that was cut at a visible separator.
  case word = 0
  /// A number in its normal form (`1,000` is `1000`).
  case number = 1
  /// Overlap: a whole identifier beside its parts (`foo_bar`, `example.com`, `jane.doe@example.com`, `2.3.1`, `#1234`).
  case identifier = 2
  /// Overlap: a hyphenated word joined (`e-mail` is `email`, `CVE-2024-1234` is `cve20241234`), `o'brien` as `obrien`.
  case joined = 3
  /// Overlap: a part found by letter case or by the digits at the end (`getUserName`: get, user, name).
  case casePart = 4
  /// A protected word with its symbols (`c++`, `c#`, `.net`, `r&d`).
  case protected = 5
  /// One Han, Kana or Hangul character; positions count characters in these scripts.
  case cjkCharacter = 6
  /// One such character that is also a dictionary word by itself.
  case cjkSingle = 7
  /// Overlap: a dictionary word of two characters or more, at the position of its first character.
  case cjkWord = 8
  /// An emoji, a flag, a keycap: the whole sequence.
  case emoji = 9
  /// Overlap: an emoji without its skin tone, or a member of a joined sequence.
  case emojiPart = 10
}

/// A token of an analysed text: flat, 24 bytes, made for walking through a contiguous array.
public struct Token: BitwiseCopyable, Sendable, Hashable {
  /// Where the token stands in the original text, in bytes of its UTF-8; `end` is exclusive.
  public var start: UInt32
  public var end: UInt32
  /// Where the normalised form (the *term*) stands in the buffer's `bytes`.
  public var termStart: UInt32
  /// At most `Analyzer.maximumTermBytes`.
  public var termLength: UInt16
  /// 1: the token takes the next position and counts in the length of the text. 0: it overlaps, at the position of
  /// the token before it, and does not count.
  public var positionIncrement: UInt8
  public var kind: TokenKind
  /// `TermHash.hash` of the term's bytes.
  public var hash: UInt64

  @inlinable
  public init(
    start: UInt32, end: UInt32, termStart: UInt32, termLength: UInt16, positionIncrement: UInt8, kind: TokenKind,
    hash: UInt64
  ) {
    self.start = start
    self.end = end
    self.termStart = termStart
    self.termLength = termLength
    self.positionIncrement = positionIncrement
    self.kind = kind
    self.hash = hash
  }
}
