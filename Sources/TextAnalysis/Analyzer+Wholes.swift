extension Analyzer {
  /// Finds the tokens that overlap the parts of a chain: the whole identifier, address or hyphenated word. Ordered by
  /// the part at which they stand.
  func findWholes(_ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer) {
    guard let first = parts.first, let last = parts.last else { return }
    addSigil(first, last, text, &buffer)
    addDunder(first, last, text, &buffer)
    if parts.count > 1 {
      if let at = addressSign() {
        addWhole(0, 0, parts.count - 1, text, &buffer)
        addRuns(0..<at, isAddress: true, text, &buffer)
        addRuns(at..<parts.count, isAddress: true, text, &buffer)
      } else {
        addHyphenated(text, &buffer)
        addRuns(0..<parts.count, isAddress: false, text, &buffer)
      }
      // Few and nearly sorted; stable, because equal parts keep their order.
      for index in overlaps.indices.dropFirst() {
        var place = index
        while place > 0, overlaps[place - 1].part > overlaps[place].part {
          overlaps.swapAt(place - 1, place)
          place -= 1
        }
      }
    }
  }

  /// The index of the first part behind the only `@`, nil when there is none, several, or it touches no part.
  private func addressSign() -> Int? {
    var found: Int?
    for index in 1..<parts.count where parts[index].separator == 0x40 {
      if found != nil || parts[index].start != parts[index - 1].end + 1 { return nil }
      found = index
    }
    return found
  }

  /// `#1234`, `@user`: with the sign, where one identifier follows it and nothing stands before it.
  private func addSigil(
    _ first: Part, _ last: Part, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer
  ) {
    let sign = first.start - 1
    guard sign >= 0, text[sign] == 0x23 || text[sign] == 0x40 else { return }
    if sign > 0 {
      let before = text[sign - 1]
      if before >= 0x80 || before == 0x5F || before == text[sign] || ProtectedWords.isWordByte(before) { return }
    }
    for part in parts.dropFirst() where part.separator != 0x5F && part.separator != 0x2D { return }
    addWhole(0, from: sign, to: last.end, text, &buffer)
  }

  /// `__init__`, `__FILE__`: a word between double underscores.
  private func addDunder(
    _ first: Part, _ last: Part, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer
  ) {
    guard first.start >= 2, text[first.start - 1] == 0x5F, text[first.start - 2] == 0x5F, first.separator == 0x5F else {
      return
    }
    for part in parts.dropFirst() where part.separator != 0x5F { return }
    var end = last.end
    while end < last.end + 2, end < textCount, text[end] == 0x5F { end += 1 }
    addWhole(0, from: first.start - 2, to: end, text, &buffer)
  }

  /// A chain with hyphens. Words only: joined (`e-mail` is `email`). With dots or underscores in it: as it is.
  private func addHyphenated(_ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer) {
    var hyphens = 0
    var others = 0
    var allDigits = true
    for (index, part) in parts.enumerated() {
      if index > 0 {
        switch part.separator {
        case 0x2D: hyphens += 1
        case 0x2E, 0x5F: others += 1
        default: return
        }
      }
      allDigits = allDigits && (part.start..<part.end).allSatisfy { Self.isDigit(text[$0]) }
    }
    guard hyphens > 0 else { return }
    if others > 0 {
      addWhole(0, 0, parts.count - 1, text, &buffer)
      return
    }
    // `10-20` is a range; dates and numbers of telephones and books have three groups.
    if allDigits, parts.count < 3 { return }
    let length = parts.reduce(0) { $0 + $1.termLength }
    guard length <= Self.maximumWholeBytes else { return }
    buffer.reserveBytes(length)
    let start = buffer.byteCount
    for part in parts {
      (buffer.bytes + buffer.byteCount).copyMemory(from: buffer.bytes + part.termStart, byteCount: part.termLength)
      buffer.byteCount += part.termLength
    }
    overlaps.append(
      Overlap(
        part: 0, start: parts[0].start, end: parts[parts.count - 1].end, termStart: start, termLength: length,
        kind: .joined))
  }

  /// Wholes of the runs of parts that `_` and `.` join: `foo_bar`, `example.com`, `2.3.1`; `u.s.a` as `usa`.
  /// In an e-mail address hyphens and plus signs join as well.
  private func addRuns(
    _ range: Range<Int>, isAddress: Bool, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer
  ) {
    var from = range.lowerBound
    while from < range.upperBound {
      var to = from
      while to + 1 < range.upperBound, isJoin(to + 1, isAddress) { to += 1 }
      if to > from, !isAddress || range.count < parts.count {
        if parts[from...to].allSatisfy({ $0.end - $0.start == 1 && Self.isLower(text[$0.start] | 0x20) }),
          parts[from + 1...to].allSatisfy({ $0.separator == 0x2E })
        {
          addAcronym(from, to, text, &buffer)
        } else if isAddress || !isWholeChain(from, to) {
          addWhole(from, from, to, text, &buffer)
          addVersion(from, to, text, &buffer)
        }
      }
      from = to + 1
    }
  }

  private func isJoin(_ index: Int, _ isAddress: Bool) -> Bool {
    guard parts[index].start == parts[index - 1].end + 1 else { return false }
    switch parts[index].separator {
    case 0x5F, 0x2E: return true
    case 0x2D, 0x2B: return isAddress
    default: return false
    }
  }

  /// Whether `addHyphenated` or `addSigil` has taken the same range already.
  private func isWholeChain(_ from: Int, _ to: Int) -> Bool {
    overlaps.contains { $0.part == from && $0.start == parts[from].start && $0.end == parts[to].end }
  }

  private func addAcronym(_ from: Int, _ to: Int, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer) {
    let start = buffer.byteCount
    for part in parts[from...to] { buffer.store(text[part.start] | 0x20) }
    overlaps.append(
      Overlap(
        part: from, start: parts[from].start, end: parts[to].end, termStart: start, termLength: to - from + 1,
        kind: .joined))
  }

  /// `v2.3.1` is looked for as `2.3.1`, too.
  private func addVersion(_ from: Int, _ to: Int, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer) {
    let first = parts[from]
    guard text[first.start] | 0x20 == 0x76, first.end - first.start >= 2,
      (first.start + 1..<first.end).allSatisfy({ Self.isDigit(text[$0]) })
    else { return }
    addWhole(from, from: first.start + 1, to: parts[to].end, text, &buffer)
  }

  private func addWhole(
    _ part: Int, _ from: Int, _ to: Int, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer
  ) {
    addWhole(part, from: parts[from].start, to: parts[to].end, text, &buffer)
  }

  private func addWhole(
    _ part: Int, from: Int, to: Int, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer
  ) {
    guard to - from <= Self.maximumWholeBytes else { return }
    let isASCII = (from..<to).allSatisfy { text[$0] < 0x80 }
    let term = term(from, to, isASCII: isASCII, text, &buffer)
    overlaps.append(
      Overlap(part: part, start: from, end: to, termStart: term.start, termLength: term.length, kind: .identifier))
  }
}
