import CKernels

/// Turns text into tokens: words found, normalised and hashed, with positions and offsets.
///
/// Two layers. `WordSegmenter` cuts words exactly as ICU does; the filter layer (`TokenFilter`) makes tokens
/// of them: identifiers and hyphenated words beside their parts, apostrophes, numbers, Han and Kana by the
/// character, emoji, protected words.
///
/// Two rules hold the positions together:
/// - *Tokens with increment 1 do not depend on letter case, and hardly on taste*: words, and the parts of identifiers
///   at visible separators. What is found by case (`getUserName`: get, user, name) or by dictionary (`東京`) overlaps.
///   So a phrase typed in lower case, or a substring of a Chinese text, meets the same positions.
/// - *An overlap is either contained in the phrase of the parts* (kinds `identifier`, `cjkWord`: whoever looks for the
///   parts in a row finds it too) *or an alternative to it* (kinds `joined`, `casePart`, `emojiPart`: a query must ask
///   for both). A query word that yields several positions is the phrase of its tokens with increment 1, or its
///   `joined` form.
///
/// The token stream does not depend on the language; only stems do (see `Stemmer`). Elisions are dropped (`l'équipe`
/// is `équipe`) by a closed list of articles before a vowel, which other languages hardly ever write.
///
/// One analyzer per thread: it holds scratch memory, and opens ICU only when a text needs it.
public final class Analyzer {
  /// A longer term is cut here, at a character's border: hostile or binary text must not fill the dictionary.
  public static let maximumTermBytes = 128

  let segmenter = WordSegmenter()
  let folding = CaseFolding()
  let protectedWords: ProtectedWords
  private let allowedOverlaps: Overlaps
  private let triggers: UnsafeMutablePointer<UInt8>
  private let parts: UnsafeMutablePointer<TokenFilter.Part>
  private let overlaps: UnsafeMutablePointer<TokenFilter.Overlap>

  /// What an analyzer can be asked to do otherwise. Part of the fingerprint: an index is searched with the
  /// configuration that filled it.
  public struct Configuration: Sendable, Hashable {
    public var protectedWords: ProtectedWords
    /// The overlaps to emit. Measured on 60 MB of commit messages, mail and web pages: `identifiers` are 5 % of all
    /// tokens, `joined` 2 %, `caseParts` 3 %, the others next to nothing.
    public var overlaps: Overlaps

    public init(protectedWords: ProtectedWords = .standard, overlaps: Overlaps = .all) {
      self.protectedWords = protectedWords
      self.overlaps = overlaps
    }
  }

  /// Kinds of overlaps, by name of `TokenKind`.
  public struct Overlaps: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ kind: TokenKind) { rawValue = 1 << UInt16(kind.rawValue) }

    public static let identifiers = Overlaps(.identifier)
    public static let joined = Overlaps(.joined)
    public static let caseParts = Overlaps(.casePart)
    public static let cjkWords = Overlaps(.cjkWord)
    public static let emojiParts = Overlaps(.emojiPart)
    public static let all: Overlaps = [.identifiers, .joined, .caseParts, .cjkWords, .emojiParts]
  }

  public convenience init(protectedWords: ProtectedWords = .standard) {
    self.init(Configuration(protectedWords: protectedWords))
  }

  public init(_ configuration: Configuration) {
    protectedWords = configuration.protectedWords
    allowedOverlaps = configuration.overlaps
    triggers = TokenFilter.makeTriggers(protectedWords)
    parts = .allocate(capacity: TokenFilter.maximumParts)
    overlaps = .allocate(capacity: TokenFilter.maximumOverlaps)
  }

  deinit {
    triggers.deallocate()
    parts.deallocate()
    overlaps.deallocate()
  }

  /// Replaces the buffer's content by the tokens of `utf8`.
  ///
  /// Offsets refer to `utf8` as it is. Ill-formed sequences separate words, they never trap. O(text).
  /// - Precondition: the text has less than 1 GiB.
  public func analyze(_ utf8: UnsafeRawBufferPointer, into buffer: inout TokenBuffer) {
    precondition(utf8.count < 1 << 30, "a text of 1 GiB or more must be cut into passages")
    buffer.removeAll()
    guard let base = utf8.baseAddress, utf8.count > 0 else { return }
    let text = base.assumingMemoryBound(to: UInt8.self)
    let count = utf8.count
    segmenter.segment(utf8)
    // The arena begins with the whole text in lower case: most terms stand in it where the text has them.
    buffer.reserveBytes(count)
    ctext_lowercase(text, count, buffer.bytes.assumingMemoryBound(to: UInt8.self))
    buffer.byteCount = count

    let segments = segmenter.segments
    let segmentCount = segmenter.count
    let triggers = triggers
    let folding = folding
    var filter = TokenFilter(
      text: text, count: count, segments: segments, segmentCount: segmentCount,
      classes: segmenter.classes, folding: folding,
      protectedWords: protectedWords, allowedOverlaps: allowedOverlaps,
      triggers: triggers, parts: parts, overlaps: overlaps)
    var index = 0
    while index < segmentCount {
      buffer.reserveTokens(segmentCount - index)
      let tokens = buffer.tokens
      let bytes = buffer.bytes
      let first = buffer.count
      var filled = first
      // Plain words: the loop that most of a text takes.
      while index < segmentCount {
        let segment = segments[index]
        let start = Int(segment.start)
        let end = Int(segment.end)
        if segment.flags != 0 {
          guard segment.flags == UInt32(CTEXT_HAS_NON_ASCII),
            folding.foldInPlace(bytes.assumingMemoryBound(to: UInt8.self) + start, end - start)
          else { break }
        }
        if end < count, triggers[Int(text[end])] & 1 != 0 { break }
        if start > 0, triggers[Int(text[start - 1])] & 2 != 0 { break }
        guard end - start <= Self.maximumTermBytes else { break }
        tokens[filled] = Token(
          start: segment.start, end: segment.end, termStart: segment.start,
          termLength: UInt16(truncatingIfNeeded: end - start), positionIncrement: 1, kind: .word,
          hash: TermHash.hash(padded: bytes + start, end - start))
        filled += 1
        index += 1
      }
      buffer.count = filled
      buffer.positionCount += filled - first
      if index < segmentCount { index = filter.addSpecial(index, &buffer) }
    }
  }
}
