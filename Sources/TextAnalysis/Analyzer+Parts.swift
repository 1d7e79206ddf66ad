import CKernels

extension Analyzer {
  /// Cuts a segment at the separators inside it and appends the pieces to `parts`.
  func split(
    _ segment: ctext_segment, _ separator: UInt8, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer
  ) {
    let start = Int(segment.start)
    let end = Int(segment.end)
    guard segment.flags & UInt32(CTEXT_HAS_PUNCTUATION) != 0 else {
      addPart(start, end, separator, segment.flags, text, &buffer)
      return
    }
    if splitNumber(start, end, separator, text, &buffer) { return }
    var separator = separator
    var from = start
    var at = start
    while at < end {
      switch text[at] {
      case 0x5F, 0x2E, 0x40, 0x3A, 0x2C, 0x3B:  // _ . @ : , ;
        addWithApostrophes(from, at, separator, segment.flags, text, &buffer)
        separator = text[at]
        from = at + 1
      default: break
      }
      at += 1
    }
    addWithApostrophes(from, end, separator, segment.flags, text, &buffer)
  }

  /// Appends a part whose term is the folded text.
  func addPart(
    _ start: Int, _ end: Int, _ separator: UInt8, _ flags: UInt32, _ text: UnsafePointer<UInt8>,
    _ buffer: inout TokenBuffer
  ) {
    guard end > start else { return }
    let term = term(start, end, isASCII: flags & UInt32(CTEXT_HAS_NON_ASCII) == 0, text, &buffer)
    guard term.length > 0 else { return }
    parts.append(
      Part(
        start: start, end: end, termStart: term.start, termLength: term.length, kind: .word, separator: separator,
        mayHaveCaseParts: flags & UInt32(CTEXT_HAS_CASE_CHANGE | CTEXT_HAS_MIXED_DIGITS) != 0,
        isRelocated: term.start != start))
  }

  /// The folded form of a piece of the text: in place where lengths stay, else by ICU behind the arena.
  func term(
    _ start: Int, _ end: Int, isASCII: Bool, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer
  ) -> (start: Int, length: Int) {
    if isASCII || folding.foldInPlace(buffer.bytes.assumingMemoryBound(to: UInt8.self) + start, end - start) {
      return (start, end - start)
    }
    let folded = CaseFolding.fold(UnsafeRawBufferPointer(start: text + start, count: end - start))
    return (buffer.store(folded), folded.count)
  }

  /// Emits the parts in order, each followed by what overlaps it.
  func addParts(_ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer) {
    var next = 0
    for index in parts.indices {
      let part = parts[index]
      buffer.append(
        termStart: part.termStart, termLength: part.termLength, start: part.start, end: part.end, positionIncrement: 1,
        kind: part.kind)
      while next < overlaps.count, overlaps[next].part <= index {
        let overlap = overlaps[next]
        buffer.append(
          termStart: overlap.termStart, termLength: overlap.termLength, start: overlap.start, end: overlap.end,
          positionIncrement: 0, kind: overlap.kind)
        next += 1
      }
      if part.mayHaveCaseParts, !part.isRelocated { addCaseParts(part, text, &buffer) }
    }
  }

  // MARK: letter case and digits

  /// `getUserName`: get, user, name. `python3`: python. `v2`: 2. The arena holds them in lower case.
  private func addCaseParts(_ part: Part, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer) {
    guard part.termLength <= 64, part.termLength == part.end - part.start else { return }
    var cuts = 0  // changes of case, as bits of the places where a piece begins
    var bits: UInt64 = 0
    var changes = 0  // between letters and digits
    var letters = 0
    for at in part.start..<part.end {
      let byte = text[at]
      if byte >= 0x80 { return }
      let isUpper = Self.isUpper(byte)
      let isLower = Self.isLower(byte)
      if isUpper || isLower { letters += 1 }
      guard at > part.start else { continue }
      let before = text[at - 1]
      if Self.isDigit(byte) != Self.isDigit(before) { changes += 1 }
      if isUpper, Self.isLower(before) {
        bits |= 1 << UInt64(at - part.start)
        cuts += 1
      } else if isLower, Self.isUpper(before), at - part.start >= 2, Self.isUpper(text[at - 2]), at + 1 < part.end,
        Self.isLower(text[at + 1])  // `HTTPServer`, but neither `IPv6` nor `URLs`
      {
        bits |= 1 << UInt64(at - 1 - part.start)
        cuts += 1
      }
    }
    // Letters and digits in turns: a hash or an encoded blob, not a name.
    guard changes <= 2, cuts <= 6 else { return }
    if cuts > 0 {
      var from = part.start
      for at in part.start + 1...part.end where at == part.end || bits >> UInt64(at - part.start) & 1 != 0 {
        addCasePart(from, at, &buffer)
        from = at
      }
      return
    }
    guard changes == 1, Self.isDigit(text[part.end - 1]) else { return }
    let digits = part.start + letters
    if letters >= 3 { addCasePart(part.start, digits, &buffer) }
    if part.end - digits >= 2 || (letters == 1 && text[part.start] | 0x20 == 0x76) {
      addCasePart(digits, part.end, minimum: 1, &buffer)
    }
  }

  private func addCasePart(_ start: Int, _ end: Int, minimum: Int = 2, _ buffer: inout TokenBuffer) {
    guard end - start >= minimum else { return }
    buffer.append(
      termStart: start, termLength: end - start, start: start, end: end, positionIncrement: 0, kind: .casePart)
  }

  static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
