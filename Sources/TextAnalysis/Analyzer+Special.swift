import CKernels

extension Analyzer {
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
    /// Whether ICU folded it: its term does not stand where the text has it.
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

  /// More parts than this: nobody's identifier, so no wholes.
  static let maximumParts = 32
  /// A longer whole is no identifier that anyone would type.
  static let maximumWholeBytes = 96

  /// Handles the segment at `index`, which is more than a plain word, and those that belong to it. Returns the index
  /// of the next segment.
  func addSpecial(
    _ index: Int, _ text: UnsafePointer<UInt8>, _ count: Int, _ buffer: inout TokenBuffer
  ) -> Int {
    let segment = segmenter.segments[index]
    if segment.flags & UInt32(CTEXT_IS_EMOJI) != 0 {
      addEmoji(segment, text, &buffer)
      return index + 1
    }
    if let match = protectedMatch(index, count, buffer) {
      return addProtected(index, match, text, &buffer)
    }
    if segment.flags & UInt32(CTEXT_HAS_CJK) != 0 {
      addCJK(segment, text, &buffer)
      return index + 1
    }
    let last = chainEnd(index, text, count, buffer)
    parts.removeAll(keepingCapacity: true)
    overlaps.removeAll(keepingCapacity: true)
    var separator: UInt8 = 0
    for position in index...last {
      split(segmenter.segments[position], separator, text, &buffer)
      separator = text[Int(segmenter.segments[position].end)]
      if separator >= 0x80 { separator = 0x2D }  // U+2010, U+2011
    }
    if parts.count <= Self.maximumParts { findWholes(text, &buffer) }
    addParts(text, &buffer)
    return last + 1
  }

  /// The last segment of the chain that begins at `index`: segments with one hyphen between them, or around an `@`
  /// also a plus sign.
  private func chainEnd(
    _ index: Int, _ text: UnsafePointer<UInt8>, _ count: Int, _ buffer: borrowing TokenBuffer
  ) -> Int {
    let segments = segmenter.segments
    var last = index
    var lastHyphenated = index
    var onlyHyphens = true
    var holdsAt = segments[index].flags & UInt32(CTEXT_HAS_PUNCTUATION) != 0 && holds(0x40, segments[index], text)
    while last + 1 < segmenter.count, last - index < Self.maximumParts {
      let end = Int(segments[last].end)
      let next = segments[last + 1]
      if next.flags & UInt32(CTEXT_IS_EMOJI | CTEXT_HAS_CJK) != 0 { break }
      let isHyphen: Bool
      switch Int(next.start) - end {
      case 1:
        guard text[end] == 0x2D || text[end] == 0x2B || text[end] == 0x40 else { return finish() }
        isHyphen = text[end] == 0x2D
        if text[end] == 0x40 { holdsAt = true }
      case 3:
        guard text[end] == 0xE2, text[end + 1] == 0x80, text[end + 2] == 0x90 || text[end + 2] == 0x91 else {
          return finish()
        }
        isHyphen = true
      default: return finish()
      }
      if protectedMatch(last + 1, count, buffer) != nil { break }
      last += 1
      onlyHyphens = onlyHyphens && isHyphen
      if onlyHyphens { lastHyphenated = last }
      if next.flags & UInt32(CTEXT_HAS_PUNCTUATION) != 0, holds(0x40, next, text) { holdsAt = true }
    }
    return finish()

    func finish() -> Int { holdsAt ? last : lastHyphenated }
  }

  private func holds(_ byte: UInt8, _ segment: ctext_segment, _ text: UnsafePointer<UInt8>) -> Bool {
    for at in Int(segment.start)..<Int(segment.end) where text[at] == byte { return true }
    return false
  }

  // MARK: protected words

  private func protectedMatch(_ index: Int, _ count: Int, _ buffer: borrowing TokenBuffer) -> Range<Int>? {
    let segment = segmenter.segments[index]
    let lower = UnsafePointer(buffer.bytes.assumingMemoryBound(to: UInt8.self))
    guard let match = protectedWords.match(lower, at: Int(segment.start), count: count) else { return nil }
    // It ends where a segment ends, or between two.
    var position = index
    while position < segmenter.count, Int(segmenter.segments[position].start) < match.upperBound {
      if Int(segmenter.segments[position].end) > match.upperBound { return nil }
      position += 1
    }
    return match
  }

  private func addProtected(
    _ index: Int, _ match: Range<Int>, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer
  ) -> Int {
    buffer.append(
      termStart: match.lowerBound, termLength: match.count, start: match.lowerBound, end: match.upperBound,
      positionIncrement: 1, kind: .protected)
    var next = index
    while next < segmenter.count, Int(segmenter.segments[next].start) < match.upperBound { next += 1 }
    let first = segmenter.segments[index]
    if next == index + 1, first.end - first.start >= 2 {
      buffer.append(
        termStart: Int(first.start), termLength: Int(first.end - first.start), start: Int(first.start),
        end: Int(first.end), positionIncrement: 0, kind: .casePart)
    }
    return next
  }
}
