extension TokenFilter {
  /// Finds the tokens that overlap the parts of a chain: the whole identifier, address or hyphenated word. Leaves
  /// `overlaps` ordered by the part at which they stand.
  mutating func findWholes(_ buffer: inout TokenBuffer) {
    addSigil(&buffer)
    if partCount > 1 {
      addDunder(&buffer)
      if let at = addressSign() {
        addWhole(0, 0, partCount - 1, &buffer)
        addRuns(0..<at, isAddress: true, &buffer)
        addRuns(at..<partCount, isAddress: true, &buffer)
      } else {
        addHyphenated(&buffer)
        addRuns(0..<partCount, isAddress: false, &buffer)
      }
    } else if parts[0].separator == 0x5F {
      addDunder(&buffer)
    }
    // Few and nearly sorted; stable: equal parts keep their order.
    var index = 1
    while index < overlapCount {
      var place = index
      while place > 0, overlaps[place - 1].part > overlaps[place].part {
        let overlap = overlaps[place]
        overlaps[place] = overlaps[place - 1]
        overlaps[place - 1] = overlap
        place -= 1
      }
      index += 1
    }
  }

  /// The index of the first part behind the only `@`, nil when there is none, several, or it touches no part.
  private func addressSign() -> Int? {
    var found: Int?
    for index in 1..<partCount where parts[index].separator == 0x40 {
      if found != nil || parts[index].start != parts[index - 1].end + 1 { return nil }
      found = index
    }
    return found
  }

  /// `#1234`, `@user`: with the sign, where one identifier follows it and nothing stands before it.
  private mutating func addSigil(_ buffer: inout TokenBuffer) {
    let sign = parts[0].start - 1
    guard sign >= 0, text[sign] == 0x23 || text[sign] == 0x40 else { return }
    if sign > 0 {
      let before = text[sign - 1]
      if before >= 0x80 || before == 0x5F || before == text[sign] || ProtectedWords.isWordByte(before) { return }
    }
    var index = 1
    while index < partCount {
      if parts[index].separator != 0x5F, parts[index].separator != 0x2D { return }
      index += 1
    }
    addWhole(0, from: sign, to: parts[partCount - 1].end, &buffer)
  }

  /// `__init__`, `__FILE__`: a word between double underscores.
  private mutating func addDunder(_ buffer: inout TokenBuffer) {
    let start = parts[0].start
    guard parts[0].separator == 0x5F, start >= 2, text[start - 1] == 0x5F, text[start - 2] == 0x5F else { return }
    var index = 1
    while index < partCount {
      if parts[index].separator != 0x5F { return }
      index += 1
    }
    let last = parts[partCount - 1].end
    var end = last
    while end < last + 2, end < count, text[end] == 0x5F { end += 1 }
    addWhole(0, from: start - 2, to: end, &buffer)
  }

  /// A chain with hyphens. Words only: joined (`e-mail` is `email`). With dots or underscores in it: as it is.
  private mutating func addHyphenated(_ buffer: inout TokenBuffer) {
    var hyphens = 0
    var others = 0
    for index in 1..<partCount {
      switch parts[index].separator {
      case 0x2D: hyphens += 1
      case 0x2E, 0x5F: others += 1
      default: return
      }
    }
    guard hyphens > 0 else { return }
    if others > 0 {
      addWhole(0, 0, partCount - 1, &buffer)
      return
    }
    // `10-20` is a range; dates and numbers of telephones and books have three groups.
    if partCount < 3, isNumber(parts[0]), isNumber(parts[1]) { return }
    var length = 0
    for index in 0..<partCount { length += parts[index].termLength }
    guard length <= Self.maximumWholeBytes else { return }
    buffer.reserveBytes(length)
    let start = buffer.byteCount
    for index in 0..<partCount {
      let part = parts[index]
      (buffer.bytes + buffer.byteCount).copyMemory(from: buffer.bytes + part.termStart, byteCount: part.termLength)
      buffer.byteCount += part.termLength
    }
    add(
      Overlap(
        part: 0, start: parts[0].start, end: parts[partCount - 1].end, termStart: start, termLength: length,
        kind: .joined))
  }

  private func isNumber(_ part: Part) -> Bool {
    for at in part.start..<part.end where !Self.isDigit(text[at]) { return false }
    return true
  }

  /// Wholes of the runs of parts that `_` and `.` join: `foo_bar`, `example.com`, `2.3.1`; `u.s.a` as `usa`.
  /// In an e-mail address hyphens and plus signs join as well.
  private mutating func addRuns(_ range: Range<Int>, isAddress: Bool, _ buffer: inout TokenBuffer) {
    var from = range.lowerBound
    while from < range.upperBound {
      var to = from
      var isAcronym = isLetter(from)
      while to + 1 < range.upperBound, isJoin(to + 1, isAddress) {
        to += 1
        isAcronym = isAcronym && parts[to].separator == 0x2E && isLetter(to)
      }
      if to > from {
        if isAcronym {
          addAcronym(from, to, &buffer)
        } else if isAddress || !(isWholeChain(from, to) || isSentenceBorder(from, to)) {
          addWhole(from, from, to, &buffer)
          addVersion(from, to, &buffer)
        }
      }
      from = to + 1
    }
  }

  /// `done.The`: a space forgotten between two sentences, no identifier.
  private func isSentenceBorder(_ from: Int, _ to: Int) -> Bool {
    guard to == from + 1, parts[to].separator == 0x2E, Self.isUpper(text[parts[to].start]) else { return false }
    for at in parts[from].start..<parts[from].end where !Self.isLower(text[at]) { return false }
    for at in parts[to].start + 1..<parts[to].end where !Self.isLower(text[at]) { return false }
    return true
  }

  private func isLetter(_ index: Int) -> Bool {
    parts[index].end - parts[index].start == 1 && Self.isLower(text[parts[index].start] | 0x20)
  }

  private func isJoin(_ index: Int, _ isAddress: Bool) -> Bool {
    guard parts[index].start == parts[index - 1].end + 1 else { return false }
    switch parts[index].separator {
    case 0x5F, 0x2E: return true
    case 0x2D, 0x2B: return isAddress
    default: return false
    }
  }

  /// Whether another rule has taken the same range already.
  private func isWholeChain(_ from: Int, _ to: Int) -> Bool {
    for index in 0..<overlapCount where overlaps[index].part == from {
      if overlaps[index].start == parts[from].start, overlaps[index].end == parts[to].end { return true }
    }
    return false
  }

  private mutating func addAcronym(_ from: Int, _ to: Int, _ buffer: inout TokenBuffer) {
    let start = buffer.byteCount
    for index in from...to { buffer.store(text[parts[index].start] | 0x20) }
    add(
      Overlap(
        part: from, start: parts[from].start, end: parts[to].end, termStart: start, termLength: to - from + 1,
        kind: .joined))
  }

  /// `v2.3.1` is looked for as `2.3.1`, too.
  private mutating func addVersion(_ from: Int, _ to: Int, _ buffer: inout TokenBuffer) {
    let first = parts[from]
    guard text[first.start] | 0x20 == 0x76, first.end - first.start >= 2 else { return }
    for at in first.start + 1..<first.end where !Self.isDigit(text[at]) { return }
    addWhole(from, from: first.start + 1, to: parts[to].end, &buffer)
  }

  private mutating func addWhole(_ part: Int, _ from: Int, _ to: Int, _ buffer: inout TokenBuffer) {
    addWhole(part, from: parts[from].start, to: parts[to].end, &buffer)
  }

  private mutating func addWhole(_ part: Int, from: Int, to: Int, _ buffer: inout TokenBuffer) {
    guard to - from <= Self.maximumWholeBytes else { return }
    var seen: UInt8 = 0
    for at in from..<to { seen |= text[at] }
    let term = term(from, to, isASCII: seen < 0x80, &buffer)
    add(Overlap(part: part, start: from, end: to, termStart: term.start, termLength: term.length, kind: .identifier))
  }
}
