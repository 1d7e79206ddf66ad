import CICU

/// ICU's break iterator over UTF-8, a whole text per call. Opening touches no data: ICU is loaded at the first text.
///
/// Belongs to one thread.
final class BreakIterator {
  enum Kind { case words, sentences }

  private let breaker: OpaquePointer

  init(_ kind: Kind) {
    guard let breaker = kind == .words ? cicu_words_open() : cicu_sentences_open() else {
      fatalError("out of memory for a break iterator")
    }
    self.breaker = breaker
  }

  deinit { cicu_breaker_close(breaker) }

  /// Calls `body` for every segment of the text, in order, with its place in bytes and ICU's rule status.
  /// Ill-formed sequences count as U+FFFD.
  func forEachSegment(_ utf8: UnsafeRawBufferPointer, _ body: (_ start: UInt32, _ end: UInt32, _ status: Int32) -> Void)
  {
    guard let base = utf8.baseAddress, utf8.count > 0 else { return }
    var segments: UnsafePointer<cicu_segment>?
    let count = cicu_segments(breaker, base.assumingMemoryBound(to: UInt8.self), utf8.count, &segments)
    guard count >= 0, let segments else {
      fatalError("ICU \(String(cString: cicu_version())) could not segment a text of \(utf8.count) bytes")
    }
    for index in 0..<Int(count) {
      body(segments[index].start, segments[index].end, segments[index].status)
    }
  }
}
