import CKernels

extension TokenFilter {
  /// Cuts a segment at the separators inside it and appends the pieces to `parts`.
  mutating func split(_ segment: ctext_segment, _ separator: UInt8, _ buffer: inout TokenBuffer) {
    let start = Int(segment.start)
    let end = Int(segment.end)
    guard segment.flags & UInt32(CTEXT_HAS_PUNCTUATION) != 0 else {
      addPart(start, end, separator, segment.flags, &buffer)
      return
    }
    if splitNumber(start, end, separator, &buffer) { return }
    var separator = separator
    var from = start
    var apostrophes = false
    for at in start..<end {
      let byte = text[at]
      if byte == 0x5F || byte == 0x2E || byte == 0x40 || byte == 0x2C || byte == 0x3B || byte == 0x3A {  // _ . @ , ; :
        addPiece(from, at, separator, segment.flags, apostrophes, &buffer)
        separator = byte
        from = at + 1
        apostrophes = false
      } else if byte == 0x27 || byte >= 0xCA {
        apostrophes = true  // perhaps
      }
    }
    addPiece(from, end, separator, segment.flags, apostrophes, &buffer)
  }

  @inline(__always)
  private mutating func addPiece(
    _ start: Int, _ end: Int, _ separator: UInt8, _ flags: UInt32, _ apostrophes: Bool, _ buffer: inout TokenBuffer
  ) {
    guard end > start else { return }
    if apostrophes {
      addWithApostrophes(start, end, separator, flags, &buffer)
    } else {
      addPart(start, end, separator, flags, &buffer)
    }
  }

  /// Appends a part whose term is the folded text.
  mutating func addPart(
    _ start: Int, _ end: Int, _ separator: UInt8, _ flags: UInt32, _ buffer: inout TokenBuffer
  ) {
    guard end > start else { return }
    let term = term(start, end, isASCII: flags & UInt32(CTEXT_HAS_NON_ASCII) == 0, &buffer)
    guard term.length > 0 else { return }
    add(
      Part(
        start: start, end: end, termStart: term.start, termLength: term.length, kind: .word, separator: separator,
        mayHaveCaseParts: flags & UInt32(CTEXT_HAS_CASE_CHANGE | CTEXT_HAS_MIXED_DIGITS) != 0,
        isRelocated: term.start != start), &buffer)
  }

  /// Appends a part. Where the parts are full, those before go out without wholes.
  mutating func add(_ part: Part, _ buffer: inout TokenBuffer) {
    if partCount == Self.maximumParts {
      addParts(&buffer)
      partCount = 0
      overlapCount = 0
      isOverfull = true
    }
    parts[partCount] = part
    partCount += 1
  }

  mutating func add(_ overlap: Overlap) {
    guard overlapCount < Self.maximumOverlaps, allowedOverlaps.contains(Analyzer.Overlaps(overlap.kind)) else { return }
    overlaps[overlapCount] = overlap
    overlapCount += 1
  }

  /// The folded form of a piece of the text: in place where lengths stay, else by ICU behind the arena.
  func term(
    _ start: Int, _ end: Int, isASCII: Bool, _ buffer: inout TokenBuffer
  ) -> (start: Int, length: Int) {
    if isASCII || folding.foldInPlace(buffer.bytes.assumingMemoryBound(to: UInt8.self) + start, end - start) {
      return (start, end - start)
    }
    let folded = CaseFolding.fold(UnsafeRawBufferPointer(start: text + start, count: end - start))
    return (buffer.store(folded), folded.count)
  }

  /// Emits the parts in order, each followed by what overlaps it.
  mutating func addParts(_ buffer: inout TokenBuffer) {
    var next = 0
    for index in 0..<partCount {
      let part = parts[index]
      buffer.append(
        termStart: part.termStart, termLength: part.termLength, start: part.start, end: part.end, positionIncrement: 1,
        kind: part.kind)
      while next < overlapCount, overlaps[next].part <= index {
        let overlap = overlaps[next]
        buffer.append(
          termStart: overlap.termStart, termLength: overlap.termLength, start: overlap.start, end: overlap.end,
          positionIncrement: 0, kind: overlap.kind)
        next += 1
      }
      if part.mayHaveCaseParts, !part.isRelocated, allowedOverlaps.contains(.caseParts) {
        addCaseParts(part.start, part.end, &buffer)
      }
    }
  }

  // MARK: letter case and digits

  /// `getUserName`: get, user, name. `python3`: python. `v2`: 2. The arena holds them in lower case.
  func addCaseParts(_ start: Int, _ end: Int, _ buffer: inout TokenBuffer) {
    guard end - start <= 64 else { return }
    var cuts: UInt64 = 0  // bits of the places where a piece begins
    var changes = 0  // between letters and digits
    var letters = 0
    var digitBefore = Self.isDigit(text[start])
    for at in start..<end {
      let byte = text[at]
      if byte >= 0x80 { return }
      let isDigit = Self.isDigit(byte)
      if isDigit != digitBefore {
        changes += 1
        digitBefore = isDigit
      }
      if !isDigit { letters += 1 }
      guard at > start else { continue }
      let before = text[at - 1]
      if Self.isUpper(byte) {
        if Self.isLower(before) { cuts |= 1 << UInt64(at - start) }
      } else if Self.isUpper(before), Self.isLower(byte), at - start >= 2, Self.isUpper(text[at - 2]), at + 1 < end,
        Self.isLower(text[at + 1])  // `HTTPServer`, but neither `IPv6` nor `URLs`
      {
        cuts |= 1 << UInt64(at - 1 - start)
      }
    }
    // Letters and digits in turns: a hash or an encoded blob, not a name.
    guard changes <= 2, cuts.nonzeroBitCount <= 6 else { return }
    if cuts != 0 {
      var from = start
      while cuts != 0 {
        let at = start + cuts.trailingZeroBitCount
        addCasePart(from, at, 2, &buffer)
        from = at
        cuts &= cuts - 1
      }
      addCasePart(from, end, 2, &buffer)
      return
    }
    guard changes == 1, Self.isDigit(text[end - 1]) else { return }
    let digits = start + letters
    if letters >= 3 { addCasePart(start, digits, 2, &buffer) }
    if end - digits >= 2 || (letters == 1 && text[start] | 0x20 == 0x76) { addCasePart(digits, end, 1, &buffer) }
  }

  private func addCasePart(_ start: Int, _ end: Int, _ minimum: Int, _ buffer: inout TokenBuffer) {
    guard end - start >= minimum else { return }
    buffer.append(
      termStart: start, termLength: end - start, start: start, end: end, positionIncrement: 0, kind: .casePart)
  }

  static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
