internal import CKernels

/// Places at which a long text may be cut: ends of sentences, of lines, in need any white space.
///
/// A soft split needs a plausible place, not linguistics: a false end ("e.g. Foo") costs nothing, since passages that
/// continue each other are searched as one text. ICU's sentences would cost more than all the rest of splitting.
enum SoftBreaks {
  /// How good a place to cut is; larger is better.
  enum Quality: Int, Comparable {
    case anywhere, space, line, sentence, paragraph, block, speaker
    static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  /// A stretch that is not cut, up to the next break (white space before the break included).
  struct Atom {
    var start: Int
    var end: Int
    var weight: Int
    /// Of the break at `end`.
    var quality: Quality
  }

  /// Appends the atoms of `text[range]`. None weighs more than `limit` unless it is a single character.
  static func atoms(of text: UnsafeRawBufferPointer, _ range: Range<Int>, limit: Int, into atoms: inout [Atom]) {
    var start = range.lowerBound
    var position = start
    while position < range.upperBound {
      guard let (end, quality) = breakAfter(text, &position, range.upperBound) else { break }
      append(text, start..<end, quality, limit, &atoms)
      start = end
    }
    if start < range.upperBound { append(text, start..<range.upperBound, .paragraph, limit, &atoms) }
  }

  /// Scans forward to the next end of a sentence or line. `position` advances behind what was looked at.
  private static func breakAfter(
    _ text: UnsafeRawBufferPointer, _ position: inout Int, _ end: Int
  ) -> (end: Int, Quality)? {
    // One bounds check for the whole scan: every byte of long texts comes by here.
    precondition(position >= 0 && end <= text.count)
    guard let base = text.baseAddress else { return nil }
    let bytes = base.assumingMemoryBound(to: UInt8.self)
    while position < end {
      position = ctext_next_soft_break(bytes, position, end)
      guard position < end else { return nil }
      let byte = bytes[position]
      position += 1
      switch byte {
      case 0x0A:  // line feed
        let next = skipSpace(text, position, end)
        let blank = text[position..<next].contains(0x0A)
        position = next
        return (next, blank ? .paragraph : .line)
      case 0x2E, 0x21, 0x3F:  // . ! ?
        if let next = sentenceEnd(text, after: position, end) {
          position = next
          return (next, .sentence)
        }
      case 0x82 where isAt(text, position - 3, 0xE3, 0x80),  // 。
        0x81 where isAt(text, position - 3, 0xEF, 0xBC),  // ！
        0x9F where isAt(text, position - 3, 0xEF, 0xBC):  // ？
        let next = skipSpace(text, position, end)
        position = next
        return (next, .sentence)
      case 0xA4 where isAt(text, position - 3, 0xE0, 0xA5),  // danda
        0xA6 where isAt(text, position - 3, 0xE2, 0x80):  // …
        if let next = sentenceEnd(text, after: position, end) {
          position = next
          return (next, .sentence)
        }
      case 0x9F where position >= 2 && text[position - 2] == 0xD8:  // ؟
        if let next = sentenceEnd(text, after: position, end) {
          position = next
          return (next, .sentence)
        }
      default: break
      }
    }
    return nil
  }

  /// Behind a full stop: closing quotes and brackets, then white space, then no small letter.
  private static func sentenceEnd(_ text: UnsafeRawBufferPointer, after position: Int, _ end: Int) -> Int? {
    var p = position
    while p < end {
      switch text[p] {
      case 0x22, 0x27, 0x29, 0x5D, 0x7D: p += 1  // " ' ) ] }
      case 0xE2 where p + 2 < end && text[p + 1] == 0x80 && (0x98...0x9E).contains(text[p + 2]): p += 3  // ’ ”
      case 0xC2 where p + 1 < end && text[p + 1] == 0xBB: p += 2  // »
      default:
        let next = skipSpace(text, p, end)
        guard next > p, next < end, !(0x61...0x7A).contains(text[next]) else { return nil }
        // "J. Smith": one capital between white space and the stop.
        if position >= 3, (0x41...0x5A).contains(text[position - 2]), text[position - 3] <= 0x20 { return nil }
        return next
      }
    }
    return nil
  }

  /// Appends one atom, cut at white space (else between characters) into pieces that respect the limit.
  private static func append(
    _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ quality: Quality, _ limit: Int, _ atoms: inout [Atom]
  ) {
    var start = range.lowerBound
    while start < range.upperBound {
      // Look only so far ahead as a piece can reach, so that a gigabyte without a break costs linear time.
      let horizon = min(range.upperBound, start + limit * 64)
      let weight = WordWeight.of(UnsafeRawBufferPointer(rebasing: text[start..<horizon]))
      if horizon == range.upperBound, weight <= limit {
        atoms.append(Atom(start: start, end: horizon, weight: weight, quality: quality))
        return
      }
      let (cut, quality) = forcedCut(text, start..<range.upperBound, limit)
      let piece = WordWeight.of(UnsafeRawBufferPointer(rebasing: text[start..<cut]))
      atoms.append(Atom(start: start, end: cut, weight: piece, quality: quality))
      start = cut
    }
  }

  /// Where to cut a text without sentences so that the first part weighs two thirds of the limit or a little less.
  private static func forcedCut(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ limit: Int) -> (Int, Quality) {
    let target = max(1, limit * 2 / 3)
    var low = range.lowerBound
    var weight = 0
    let step = 64
    while low < range.upperBound {
      let next = min(low + step, range.upperBound)
      weight += max(1, WordWeight.of(UnsafeRawBufferPointer(rebasing: text[low..<next])))
      if weight >= target, low > range.lowerBound { break }
      low = next
    }
    guard low < range.upperBound else { return (low, .anywhere) }
    // Back to white space within the last kilobyte, else to the start of a character.
    var p = low
    while p > range.lowerBound + 1, p > low - 1024 {
      if text[p - 1] <= 0x20 { return (p, .space) }
      p -= 1
    }
    while low > range.lowerBound + 1, text[low] & 0xC0 == 0x80 { low -= 1 }
    return (low, .anywhere)
  }

  private static func skipSpace(_ text: UnsafeRawBufferPointer, _ position: Int, _ end: Int) -> Int {
    var p = position
    while p < end, text[p] <= 0x20 { p += 1 }
    return p
  }

  private static func isAt(_ text: UnsafeRawBufferPointer, _ position: Int, _ a: UInt8, _ b: UInt8) -> Bool {
    position >= 0 && text[position] == a && text[position + 1] == b
  }
}
