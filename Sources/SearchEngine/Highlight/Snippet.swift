internal import TextAnalysis

/// A piece of a passage that shows why it was found.
public struct Snippet: Sendable, Equatable {
  /// The piece, unchanged text of the passage (ill-formed bytes read as U+FFFD).
  public var text: String
  /// Where it stands in the passage, in bytes of UTF-8.
  public var range: Range<Int>
  /// The query's words in `text`, in bytes of UTF-8; ascending, not overlapping.
  public var highlights: [Range<Int>]
  /// The same places in the passage.
  public var highlightsInPassage: [Range<Int>]
}

extension Highlighter {
  /// The best window of whole sentences of about `bytes` bytes; of whole words in a sentence that is longer.
  ///
  /// Best is the window with the most different parts of the query, then with the most occurrences, then the first.
  /// A passage without any shows its beginning.
  public func snippet(_ utf8: [UInt8], bytes: Int = 240) -> Snippet {
    let matches = matches(in: utf8)
    let bytes = max(bytes, 16)
    let cuts = passages.sentences(of: utf8)
    let anchors = matches.isEmpty ? [0] : matches.prefix(Self.maximumAnchors).map(\.range.lowerBound)
    var best: (window: Range<Int>, score: (Int, Int)) = (0..<0, (-1, 0))
    var lastWindow: Range<Int>?
    for anchor in anchors {
      let window = Self.window(around: anchor, cuts, utf8, bytes)
      if window == lastWindow { continue }
      lastWindow = window
      let score = Self.score(window, matches)
      if score > best.score { best = (window, score) }
    }
    return Self.cut(utf8, best.window, Self.merged(matches.filter { best.window.covers($0.range) }))
  }

  /// In a very long text with very many occurrences the first ones are shown.
  private static let maximumAnchors = 400

  private static func score(_ window: Range<Int>, _ matches: [Match]) -> (Int, Int) {
    // Matches are sorted by start: halve to the first one in the window.
    var low = 0
    var high = matches.count
    while low < high {
      let middle = (low + high) / 2
      if matches[middle].range.lowerBound < window.lowerBound { low = middle + 1 } else { high = middle }
    }
    var units: [Int] = []
    var count = 0
    while low < matches.count, matches[low].range.lowerBound < window.upperBound {
      if window.covers(matches[low].range) {
        if !units.contains(matches[low].unit) { units.append(matches[low].unit) }
        count += 1
      }
      low += 1
    }
    return (units.count, count)
  }

  // MARK: Windows

  /// Whole sentences from that of `anchor` on, or a stretch of words around it.
  private static func window(around anchor: Int, _ sentences: [Range<Int>], _ utf8: [UInt8], _ bytes: Int) -> Range<Int>
  {
    guard var index = sentences.lastIndex(upTo: anchor) else { return 0..<0 }
    let sentence = trimmed(sentences[index], utf8)
    if sentence.count > bytes { return words(around: anchor, sentence, utf8, bytes) }
    var window = sentence
    while index + 1 < sentences.count {
      index += 1
      let next = trimmed(window.lowerBound..<sentences[index].upperBound, utf8)
      if next.count > bytes { break }
      window = next
    }
    return window
  }

  /// About `bytes` bytes of a long sentence, a third of them in front of the anchor, cut at spaces where there are any.
  private static func words(around anchor: Int, _ sentence: Range<Int>, _ utf8: [UInt8], _ bytes: Int) -> Range<Int> {
    var start = max(sentence.lowerBound, min(anchor - bytes / 3, sentence.upperBound - bytes))
    var end = min(sentence.upperBound, start + bytes)
    if start > sentence.lowerBound {
      let limit = max(start, min(anchor, start + bytes / 4))
      start = utf8[start..<limit].firstIndex(where: isSpace) ?? characterEnd(start, utf8)
    }
    if end < sentence.upperBound {
      let limit = min(end, max(anchor, end - bytes / 4))
      end = utf8[limit..<end].lastIndex(where: isSpace) ?? characterStart(end, utf8)
    }
    return trimmed(start..<max(start, end), utf8)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

  /// The start of the character that `index` stands in.
  private static func characterStart(_ index: Int, _ utf8: [UInt8]) -> Int {
    var index = index
    var steps = 0
    while index > 0, index < utf8.count, utf8[index] & 0xC0 == 0x80, steps < 3 {
      index -= 1
      steps += 1
    }
    return index
  }

  /// The end of the character that `index` stands in, or `index` between characters.
  private static func characterEnd(_ index: Int, _ utf8: [UInt8]) -> Int {
    var index = index
    var steps = 0
    while index < utf8.count, utf8[index] & 0xC0 == 0x80, steps < 3 {
      index += 1
      steps += 1
    }
    return index
  }

  private static func trimmed(_ range: Range<Int>, _ utf8: [UInt8]) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, isSpace(utf8[start]) { start += 1 }
    while end > start, isSpace(utf8[end - 1]) { end -= 1 }
    return start..<end
  }

  /// Text and places. Decoded piece by piece, so that places are right even where bytes are not UTF-8.
  private static func cut(_ utf8: [UInt8], _ window: Range<Int>, _ places: [Range<Int>]) -> Snippet {
    var snippet = Snippet(text: "", range: window, highlights: [], highlightsInPassage: places)
    var at = window.lowerBound
    for place in places {
      snippet.text += String(decoding: utf8[at..<place.lowerBound], as: UTF8.self)
      let start = snippet.text.utf8.count
      snippet.text += String(decoding: utf8[place], as: UTF8.self)
      snippet.highlights.append(start..<snippet.text.utf8.count)
      at = place.upperBound
    }
    snippet.text += String(decoding: utf8[at..<window.upperBound], as: UTF8.self)
    return snippet
  }
}

extension [Range<Int>] {
  /// The index of the last range that starts at or before `place`. Ranges ascend.
  fileprivate func lastIndex(upTo place: Int) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].lowerBound <= place { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
