extension IndexWriter {
  /// Merges as the policy says, until it is content.
  func mergeByPolicy() throws(IndexError) {
    while let range = configuration.mergePolicy.next(segments.map { $0.record }) { try merge(range) }
  }

  /// Merges until at most `count` segments are left and no deleted document takes room. Commit afterwards.
  ///
  /// Of the adjacent pairs the one with the smallest sum is merged first, until the count is met; with 1 all are
  /// merged at once.
  public func merge(to count: Int) throws(IndexError) {
    precondition(count >= 1)
    if count == 1, segments.count > 1 {
      try merge(0..<segments.count)
    }
    while segments.count > count {
      var best = 0
      for i in 0..<(segments.count - 1) where pairSize(i) < pairSize(best) { best = i }
      try merge(best..<(best + 2))
    }
    var i = 0
    while i < segments.count {
      if segments[i].hasDeletions {
        let before = segments.count
        try merge(i..<(i + 1))
        if segments.count < before { continue }
      }
      i += 1
    }
  }

  private func pairSize(_ i: Int) -> UInt64 { segments[i].record.size + segments[i + 1].record.size }

  private func merge(_ range: Range<Int>) throws(IndexError) {
    let sources = Array(segments[range])
    guard sources.contains(where: { $0.liveCount > 0 }) else { return try replace(range, by: nil) }
    let record = try SegmentMerger(sources, self).merge()
    try replace(range, by: try WriterSegment(directory.path, record))
  }
}
