/// One entry of the term dictionary that a query word may stand for.
public struct TermMatch: Sendable, Hashable {
  /// The stem as the analyzer wrote it into the index: UTF-8.
  public var stem: [UInt8]
  /// The exact form that must have stood in the text (UTF-8, case and compatibility folded), or nil for any form of
  /// the stem. A quoted word asks for its form.
  public var form: [UInt8]?

  public init(stem: [UInt8], form: [UInt8]? = nil) {
    self.stem = stem
    self.form = form
  }

  public init(_ stem: String, form: String? = nil) {
    self.init(stem: Array(stem.utf8), form: form.map { Array($0.utf8) })
  }

  /// Whether the stem begins with U+2000 or above: letters there are ideographs, kana and hangul.
  var isOfEastAsianScript: Bool { (stem.first ?? 0) >= 0xE2 }
}

/// Where in a passage a leaf may match.
public enum QueryScope: Sendable, Hashable {
  case anywhere
  /// Only positions below the passage's `titleEnd`.
  case title
}

/// One word of the query: one entry of the term dictionary, or several that count as one word.
///
/// A word is stemmed in each language of the memory, and a passage was stemmed in its own; the stems of one query word
/// are therefore alternatives that hardly ever meet in one passage. They share **one idf**, from the number of passages
/// that hold any of them (the sum of their frequencies, at most all passages), and their contributions are **added**:
/// - one idf, because the rareness of a *word* must not depend on the language in which a passage happened to be
///   stemmed (separate idfs lift whatever language is rare in the memory);
/// - added, because each stem then stays an ordinary weighted term for every pruning algorithm, and because in the
///   rare passage that holds two of them the sum differs from one term with both frequencies only by saturation.
public struct WordQuery: Sendable, Hashable {
  public var alternatives: [TermMatch]
  public var scope: QueryScope
  /// Multiplies the score.
  public var boost: Float

  public init(_ alternatives: [TermMatch], scope: QueryScope = .anywhere, boost: Float = 1) {
    self.alternatives = alternatives
    self.scope = scope
    self.boost = boost
  }

  public init(_ stem: String, scope: QueryScope = .anywhere, boost: Float = 1) {
    self.init([TermMatch(stem)], scope: scope, boost: boost)
  }
}

/// Words in a row, or near each other, within one passage or across soft splits of one text.
///
/// - `slop` nil: each word stands exactly at its offset behind the phrase's start. The frequency is the number of
///   starts; where the words are emitted several times at one position (a weighted title), a start counts as often as
///   its least frequent word there.
/// - `slop` n: all words, in any order and each at a position of its own, within a window of (number of words + n)
///   positions. The frequency is the number of *minimal* windows: those that hold no smaller one.
///
/// A match lies wholly in the title or wholly behind it. It belongs to the passage in which it starts. The phrase is
/// scored as one term whose idf is the sum of its words' (Lucene's rule).
public struct PhraseQuery: Sendable, Hashable {
  public struct Word: Sendable, Hashable {
    /// Position relative to the phrase's start; increasing in `words`, 0 for the first.
    public var offset: Int
    public var alternatives: [TermMatch]

    public init(offset: Int, _ alternatives: [TermMatch]) {
      self.offset = offset
      self.alternatives = alternatives
    }
  }

  public var words: [Word]
  public var slop: Int?
  public var scope: QueryScope
  public var boost: Float

  public init(_ words: [Word], slop: Int? = nil, scope: QueryScope = .anywhere, boost: Float = 1) {
    self.words = words
    self.slop = slop
    self.scope = scope
    self.boost = boost
  }

  /// Adjacent words, any form.
  public init(_ stems: [String], slop: Int? = nil, scope: QueryScope = .anywhere) {
    self.init(
      stems.enumerated().map { Word(offset: $0.offset, [TermMatch($0.element)]) }, slop: slop, scope: scope)
  }
}
