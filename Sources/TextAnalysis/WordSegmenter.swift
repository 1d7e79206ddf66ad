/// UAX #29 word boundaries, exactly those of the ICU that is linked: this layer knows nothing of identifiers, elisions
/// or terms, so that "zero differences from ICU" is a statement about one type.
///
/// A segmenter belongs to one thread.
final class WordSegmenter {
  /// A word-like segment of a text in bytes of its UTF-8.
  struct Segment: BitwiseCopyable, Hashable {
    var start: UInt32
    var end: UInt32
  }

  private let icu = BreakIterator(.words)
  private(set) var segments: [Segment] = []

  /// Fills `segments` with those that ICU calls word-like (rule status 100 and above) and those that hold an emoji.
  func segment(_ utf8: UnsafeRawBufferPointer) {
    segments.removeAll(keepingCapacity: true)
    icu.forEachSegment(utf8) { start, end, status in
      if status >= 100 { segments.append(Segment(start: start, end: end)) }
    }
  }
}
