import Documents

/// What stands around a lesson: text before and behind it, and the heading over it. Passages would say nearly the same,
/// but cutting a long document into passages costs more than all the rest of ranking its lessons.
enum LessonSurroundings {
  /// On each side, in bytes; a little less, to cut between words.
  private static let reach = 1500

  /// Ranges of the document's text, the lesson itself left out. O(log blocks).
  static func of(_ lesson: Range<Int>, in document: Document) -> [Range<Int>] {
    let text = document.text
    var start = max(0, lesson.lowerBound - reach)
    while start > 0, start < lesson.lowerBound, text[start - 1] > 0x20 { start += 1 }
    var end = min(text.count, lesson.upperBound + reach)
    while end < text.count, end > lesson.upperBound, text[end] > 0x20 { end -= 1 }
    var ranges: [Range<Int>] = []
    if let heading = heading(over: lesson.lowerBound, document.blocks), heading.lowerBound < start {
      ranges.append(heading)
    }
    if start < lesson.lowerBound { ranges.append(start..<lesson.lowerBound) }
    if lesson.upperBound < end { ranges.append(lesson.upperBound..<end) }
    return ranges
  }

  /// Headings further away are not looked for.
  private static let blocks = 200

  private static func heading(over place: Int, _ blocks: [Block]) -> Range<Int>? {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if Int(blocks[middle].start) <= place { low = middle + 1 } else { high = middle }
    }
    return blocks[..<low].suffix(Self.blocks).last { $0.kind == .heading }.map(\.range)
  }
}
