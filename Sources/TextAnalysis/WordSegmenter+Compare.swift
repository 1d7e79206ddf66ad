import CKernels

extension WordSegmenter {
  /// Where two segmenters disagree about their last texts; nil when segments and flags are the same.
  ///
  /// Here and not in the tests, because the tests run it over a hundred megabytes.
  func firstDifference(from other: WordSegmenter) -> String? {
    for index in 0..<max(count, other.count) {
      let mine = index < count ? segments[index] : nil
      let others = index < other.count ? other.segments[index] : nil
      if let mine, let others, mine.start == others.start, mine.end == others.end, mine.flags == others.flags {
        continue
      }
      func say(_ segment: ctext_segment?) -> String {
        segment.map { "\($0.start)..<\($0.end) flags \($0.flags)" } ?? "none"
      }
      return "segment \(index): \(say(mine)) here, \(say(others)) there"
    }
    return nil
  }
}
