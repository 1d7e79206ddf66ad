/// Decides which adjacent segments become one: a pure function of the list of segments, so that the same input gives
/// the same segments, whoever built them and whenever.
///
/// Segments fall into levels by the logarithm of the size of their live documents. `factor` adjacent segments of one
/// level (smaller ones between them included) are merged, the oldest first: as O'Neil's log-structured merge tree, and
/// as Lucene's `LogMergePolicy`, which also keeps the order of documents. n batches leave at most about
/// (factor − 1) · log(n) segments, and every document is written again log(n) times, to the base of the factor.
public struct MergePolicy: Equatable, Sendable {
  /// How many segments of a level make one of the next.
  public var factor: Int
  /// Smaller segments count as this large, so that many small commits do not pile up. In bytes.
  public var floor: UInt64
  /// A segment with more than this share of deleted documents is written again, in percent.
  public var deletedPercent: Int

  public init(factor: Int = 8, floor: UInt64 = 1 << 20, deletedPercent: Int = 40) {
    self.factor = max(2, factor)
    self.floor = max(1, floor)
    self.deletedPercent = deletedPercent
  }

  /// The number of the level of a segment with live documents of `size` bytes: each is `factor` times the one before.
  private func level(_ size: UInt64) -> Int {
    var level = 0
    var bound = floor
    // Half a level of room, so that segments made of like batches are not split by small differences.
    while size > bound + bound / 2, level < 60 {
      level += 1
      bound = bound.multipliedReportingOverflow(by: UInt64(factor)).overflow ? .max / 2 : bound * UInt64(factor)
    }
    return level
  }

  /// The next merge, as a range of the list; nil where there is nothing to do. Ask again after each merge.
  func next(_ segments: [SegmentRecord]) -> Range<Int>? {
    for (i, segment) in segments.enumerated()
    where UInt64(segment.deletedCount) * 100 > UInt64(segment.documentCount) * UInt64(deletedPercent) {
      return i..<(i + 1)
    }
    return next(
      sizes: segments.map { segment in
        segment.size / UInt64(max(1, segment.documentCount)) * UInt64(segment.documentCount - segment.deletedCount)
      })
  }

  /// The same for segments without deleted documents, by their sizes.
  public func next(sizes: [UInt64]) -> Range<Int>? {
    let levels = sizes.map { level($0) }
    // From the end: a run of segments that are not above the level, with enough of the level itself.
    for level in Set(levels).sorted() {
      var end = sizes.count
      while end > 0, levels[end - 1] > level { end -= 1 }
      var start = end
      while start > 0, levels[start - 1] <= level { start -= 1 }
      if end - start >= factor { return start..<(start + factor) }
    }
    return nil
  }
}
