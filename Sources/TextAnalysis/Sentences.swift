/// Sentence boundaries of a text, by ICU (UAX #29). One per thread.
public final class Sentences {
  private let icu = BreakIterator(.sentences)

  public init() {}

  /// The sentences of a text in order, without gaps, as ranges of bytes (trailing white space belongs to the sentence
  /// before it). O(text).
  public func ranges(_ utf8: UnsafeRawBufferPointer) -> [Range<Int>] {
    var result: [Range<Int>] = []
    icu.forEachSegment(utf8) { start, end, _ in result.append(Int(start)..<Int(end)) }
    return result
  }

  public func ranges(_ text: String) -> [Range<Int>] {
    var text = text
    return text.withUTF8 { ranges(UnsafeRawBufferPointer($0)) }
  }
}
