import CKernels

/// Turns text into tokens: words found, normalised and hashed, with positions and offsets.
///
/// One analyzer per thread (it holds scratch memory and break iterators, and opens ICU only when a text needs it).
/// The token stream does not depend on the language; only stems do (see `Stemmer`).
public final class Analyzer {
  /// A longer term is cut here, at a character's border: hostile or binary text must not fill the dictionary.
  public static let maximumTermBytes = 128

  private let segmenter = WordSegmenter()

  public init() {}

  /// Replaces the buffer's content by the tokens of `utf8`.
  ///
  /// Offsets refer to `utf8` as it is. Ill-formed sequences separate words, they never trap.
  /// - Precondition: the text has less than 2 GiB.
  public func analyze(_ utf8: UnsafeRawBufferPointer, into buffer: inout TokenBuffer) {
    precondition(utf8.count < Int(Int32.max), "a text of 2 GiB or more must be cut into passages")
    buffer.removeAll()
    segmenter.segment(utf8)
    for index in 0..<segmenter.count {
      let segment = segmenter.segments[index]
      let slice = UnsafeRawBufferPointer(rebasing: utf8[Int(segment.start)..<Int(segment.end)])
      let term = TermNormalizer.normalize(slice)
      buffer.append(
        term, start: segment.start, end: segment.end, positionIncrement: 1, kind: .word)
    }
  }
}
