import CKernels

/// Makes tokens of the segments that are more than plain words: the filter layer over `WordSegmenter`.
///
/// A value on the stack for the time of one text, with scratch memory of the analyzer: no reference counting, no
/// dynamic exclusivity checks in what runs for every seventh word of a text.
struct TokenFilter {
  let text: UnsafePointer<UInt8>
  let count: Int
  let segments: UnsafeMutablePointer<ctext_segment>
  let segmentCount: Int
  /// Of the word kernel.
  let classes: UnsafePointer<UInt8>
  let folding: CaseFolding
  let protectedWords: ProtectedWords
  let allowedOverlaps: Analyzer.Overlaps
  let triggers: UnsafeMutablePointer<UInt8>
  /// The pieces of the chain at hand, and what overlaps them.
  let parts: UnsafeMutablePointer<Part>
  let overlaps: UnsafeMutablePointer<Overlap>
  var partCount = 0
  var overlapCount = 0
  /// Set when the chain at hand has had more parts than fit: nobody's identifier, so no wholes.
  var isOverfull = false

  /// A piece of a segment that takes a position of its own.
  struct Part: BitwiseCopyable {
    var start: Int
    var end: Int
    var termStart: Int
    var termLength: Int
    var kind: TokenKind
    /// The byte before the part inside its chain (`-`, `_`, `.`, `@` …), 0 for the first.
    var separator: UInt8
    /// Whether the segment it comes from has changes of case or digits beside letters.
    var mayHaveCaseParts: Bool
    /// Whether its term does not stand where the text has it.
    var isRelocated: Bool
  }

  /// A token at the position of a part.
  struct Overlap: BitwiseCopyable {
    var part: Int
    var start: Int
    var end: Int
    var termStart: Int
    var termLength: Int
    var kind: TokenKind
  }

  static let maximumParts = 32
  /// Every part can be the start of a whole, a joined form and a version; and the chain of three more.
  static let maximumOverlaps = 3 * maximumParts + 8
  /// A longer whole is no identifier that anyone would type.
  static let maximumWholeBytes = 96

  /// What a byte beside a segment can mean (`triggers`).
  enum Trigger {
    /// Behind a word: it may go on, or be protected.
    static let behind: UInt8 = 1
    /// Before a word: it may be a tag, a name, or protected.
    static let before: UInt8 = 2
    static let protectedBehind: UInt8 = 4
    static let protectedBefore: UInt8 = 8
    /// Somewhere in a protected word, and part of a segment to UAX #29 (`node.js`).
    static let protectedInside: UInt8 = 16
  }

  static func makeTriggers(_ protectedWords: ProtectedWords) -> UnsafeMutablePointer<UInt8> {
    let triggers = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    triggers.initialize(repeating: 0, count: 256)
    protectedWords.forEachTrigger { symbol in
      triggers[Int(symbol)] |= Trigger.behind | Trigger.protectedBehind
      switch symbol {
      case 0x2E, 0x5F, 0x27, 0x2C, 0x3B, 0x3A, 0x40: triggers[0] |= Trigger.protectedInside  // . _ ' , ; : @
      default: break
      }
    } before: { symbol in
      triggers[Int(symbol)] |= Trigger.before | Trigger.protectedBefore
    }
    for byte in [0x2D, 0x2B, 0x40, 0xE2] { triggers[byte] |= Trigger.behind }  // - + @ and U+2010, U+2011
    for byte in [0x23, 0x40] { triggers[byte] |= Trigger.before }  // # @
    return triggers
  }

  private static let caseFlags = UInt32(CTEXT_HAS_CASE_CHANGE | CTEXT_HAS_MIXED_DIGITS)

  /// Handles the segment at `index`, which is more than a plain word, and those that belong to it. Returns the index
  /// of the next segment.
  mutating func addSpecial(_ index: Int, _ buffer: inout TokenBuffer) -> Int {
    let segment = segments[index]
    let start = Int(segment.start)
    let end = Int(segment.end)
    let behind = end < count ? triggers[Int(text[end])] : 0
    let before = start > 0 ? triggers[Int(text[start - 1])] : 0
    if segment.flags & ~Self.caseFlags == 0, behind & Trigger.behind == 0 || !isChained(index),
      (behind & Trigger.protectedBehind) | (before & Trigger.before) == 0
    {
      // A plain word after all, perhaps with a change of case.
      buffer.append(
        termStart: start, termLength: end - start, start: start, end: end, positionIncrement: 1, kind: .word)
      if segment.flags != 0, allowedOverlaps.contains(.caseParts) { addCaseParts(start, end, &buffer) }
      return index + 1
    }
    if segment.flags == 0, (behind & Trigger.protectedBehind) | (before & Trigger.before) == 0 {
      let next = addPlainHyphenated(index, &buffer)
      if next > index { return next }
    }
    if segment.flags & UInt32(CTEXT_IS_EMOJI) != 0 {
      addEmoji(segment, &buffer)
      return index + 1
    }
    if let match = protectedMatch(index, buffer) { return addProtected(index, match, &buffer) }
    partCount = 0
    overlapCount = 0
    isOverfull = false
    if segment.flags & UInt32(CTEXT_HAS_CJK) != 0 {
      addCJK(segment, &buffer)
      return index + 1
    }
    let last = chainEnd(index, buffer)
    var separator: UInt8 = 0
    for position in index...last {
      split(segments[position], separator, &buffer)
      if position < last {
        separator = text[Int(segments[position].end)]
        if separator >= 0x80 { separator = 0x2D }  // U+2010, U+2011
      }
    }
    if partCount > 0 {
      if !isOverfull { findWholes(&buffer) }
      addParts(&buffer)
    }
    return last + 1
  }

  /// Whether exactly one connector stands between a segment and the next.
  @inline(__always)
  private func isChained(_ index: Int) -> Bool {
    guard index + 1 < segmentCount else { return false }
    let gap = Int(segments[index + 1].start) - Int(segments[index].end)
    return gap == 1 || (gap == 3 && text[Int(segments[index].end)] == 0xE2)
  }

  /// The common case of a hyphenated word: plain words with one ASCII hyphen between them and nothing special around
  /// them. Returns the index of the next segment, or `index` when it is another case. Gives what `findWholes` would.
  private mutating func addPlainHyphenated(_ index: Int, _ buffer: inout TokenBuffer) -> Int {
    var last = index
    var length = 0
    var allDigits = true
    while true {
      let segment = segments[last]
      let end = Int(segment.end)
      length += end - Int(segment.start)
      allDigits = allDigits && Self.isDigit(text[Int(segment.start)])  // no mixture: the segment is plain
      guard end < count, triggers[Int(text[end])] & Trigger.behind != 0 else { break }
      guard isChained(last) else {
        if triggers[Int(text[end])] & Trigger.protectedBehind != 0 { return index }
        break
      }
      guard text[end] == 0x2D, segments[last + 1].flags == 0, last - index < 8 else { return index }
      last += 1
    }
    guard last > index, length <= Self.maximumWholeBytes else { return index }
    let first = segments[index]
    buffer.append(
      termStart: Int(first.start), termLength: Int(first.end - first.start), start: Int(first.start),
      end: Int(first.end), positionIncrement: 1, kind: .word)
    if last > index + 1 || !allDigits, allowedOverlaps.contains(.joined) {
      buffer.reserveBytes(length)
      let start = buffer.byteCount
      for position in index...last {
        let segment = segments[position]
        (buffer.bytes + buffer.byteCount).copyMemory(
          from: buffer.bytes + Int(segment.start), byteCount: Int(segment.end - segment.start))
        buffer.byteCount += Int(segment.end - segment.start)
      }
      buffer.append(
        termStart: start, termLength: length, start: Int(first.start), end: Int(segments[last].end),
        positionIncrement: 0, kind: .joined)
    }
    for position in index + 1...last {
      let segment = segments[position]
      buffer.append(
        termStart: Int(segment.start), termLength: Int(segment.end - segment.start), start: Int(segment.start),
        end: Int(segment.end), positionIncrement: 1, kind: .word)
    }
    return last + 1
  }

  /// The last segment of the chain that begins at `index`: segments with one hyphen between them, or around an `@`
  /// also a plus sign.
  private func chainEnd(_ index: Int, _ buffer: borrowing TokenBuffer) -> Int {
    var last = index
    var lastHyphenated = index
    var onlyHyphens = true
    var holdsAt = holdsAtSign(segments[index])
    while last + 1 < segmentCount, last - index < Self.maximumParts {
      let end = Int(segments[last].end)
      let next = segments[last + 1]
      if next.flags & UInt32(CTEXT_IS_EMOJI | CTEXT_HAS_CJK) != 0 { break }
      let isHyphen: Bool
      let gap = Int(next.start) - end
      if gap == 1, text[end] == 0x2D || text[end] == 0x2B || text[end] == 0x40 {
        isHyphen = text[end] == 0x2D
        if text[end] == 0x40 { holdsAt = true }
      } else if gap == 3, text[end] == 0xE2, text[end + 1] == 0x80, text[end + 2] == 0x90 || text[end + 2] == 0x91 {
        isHyphen = true
      } else {
        break
      }
      if protectedMatch(last + 1, buffer) != nil { break }
      last += 1
      onlyHyphens = onlyHyphens && isHyphen
      if onlyHyphens { lastHyphenated = last }
      if holdsAtSign(next) { holdsAt = true }
    }
    return holdsAt ? last : lastHyphenated
  }

  private func holdsAtSign(_ segment: ctext_segment) -> Bool {
    guard segment.flags & UInt32(CTEXT_HAS_PUNCTUATION) != 0 else { return false }
    for at in Int(segment.start)..<Int(segment.end) where text[at] == 0x40 { return true }
    return false
  }

  // MARK: protected words

  private func protectedMatch(_ index: Int, _ buffer: borrowing TokenBuffer) -> Range<Int>? {
    let segment = segments[index]
    let start = Int(segment.start)
    let end = Int(segment.end)
    var may = segment.flags & UInt32(CTEXT_HAS_PUNCTUATION) != 0 ? triggers[0] & Trigger.protectedInside : 0
    if end < count { may |= triggers[Int(text[end])] & Trigger.protectedBehind }
    if start > 0 { may |= triggers[Int(text[start - 1])] & Trigger.protectedBefore }
    guard may != 0 else { return nil }
    let lower = UnsafePointer(buffer.bytes.assumingMemoryBound(to: UInt8.self))
    guard let match = protectedWords.match(lower, at: start, count: count) else { return nil }
    // It ends where a segment ends, or between two.
    var position = index
    while position < segmentCount, Int(segments[position].start) < match.upperBound {
      if Int(segments[position].end) > match.upperBound { return nil }
      position += 1
    }
    return match
  }

  private func addProtected(_ index: Int, _ match: Range<Int>, _ buffer: inout TokenBuffer) -> Int {
    buffer.append(
      termStart: match.lowerBound, termLength: match.count, start: match.lowerBound, end: match.upperBound,
      positionIncrement: 1, kind: .protected)
    var next = index
    while next < segmentCount, Int(segments[next].start) < match.upperBound { next += 1 }
    let first = segments[index]
    if next == index + 1, first.end - first.start >= 2, allowedOverlaps.contains(.caseParts) {
      buffer.append(
        termStart: Int(first.start), termLength: Int(first.end - first.start), start: Int(first.start),
        end: Int(first.end), positionIncrement: 0, kind: .casePart)
    }
    return next
  }
}
