extension TokenFilter {
  /// Reads a segment of digits and marks as one number where it is one (user-needs R22): `1,000` and `1'000` are
  /// `1000`; `1,000.50` and `1.000,50` are `1000`, `50` and the whole `1000.50`; `3,14` is `3`, `14` and `3.14`.
  /// False for everything else (`1,2,3`, `10.0.0.1`): those are cut at their marks.
  mutating func splitNumber(_ start: Int, _ end: Int, _ separator: UInt8, _ buffer: inout TokenBuffer) -> Bool {
    guard Self.isDigit(text[start]), Self.isDigit(text[end - 1]), end - start <= 40 else { return false }
    var group: UInt8 = 0  // the mark between thousands
    var groups = 0
    var point = end  // where the fraction's mark stands
    var from = start  // of the current group of digits
    for at in start..<end where !Self.isDigit(text[at]) {
      let mark = text[at]
      guard mark == 0x2C || mark == 0x2E || mark == 0x27, point == end else { return false }
      if groups > 0, at - from != 3 { return false }
      if groups > 0, mark != group {
        guard mark != 0x27 else { return false }
        point = at
      } else if at - from <= 3, isThousand(at, end), mark != 0x2E || isEuropean(at, end) {
        group = mark
        groups += 1
        from = at + 1
      } else if mark == 0x2C, groups == 0 {
        point = at  // 3,14
      } else {
        return false
      }
    }
    if groups > 0, point == end, end - from != 3 { return false }
    guard groups > 0 || point != end else { return false }

    let whole = buffer.byteCount
    for at in start..<point where Self.isDigit(text[at]) { buffer.store(text[at]) }
    let integerLength = buffer.byteCount - whole
    if point == end {
      addNumber(start, end, separator, whole, integerLength, &buffer)
      return true
    }
    buffer.store(0x2E)
    for at in point + 1..<end { buffer.store(text[at]) }
    let wholeLength = buffer.byteCount - whole
    addNumber(start, point, separator, whole, integerLength, &buffer)
    add(
      Overlap(
        part: partCount - 1, start: start, end: end, termStart: whole, termLength: wholeLength, kind: .identifier))
    // A comma, whatever the text wrote: the fraction joins no identifier.
    addNumber(point + 1, end, 0x2C, whole + integerLength + 1, end - point - 1, &buffer)
    return true
  }

  /// Three digits behind the mark, and no fourth.
  private func isThousand(_ at: Int, _ end: Int) -> Bool {
    end - at > 3 && Self.isDigit(text[at + 1]) && Self.isDigit(text[at + 2]) && Self.isDigit(text[at + 3])
      && (at + 4 == end || !Self.isDigit(text[at + 4]))
  }

  /// A dot between thousands is one only when a comma follows the groups: `1.000,50`, but `1.000` may be a version.
  private func isEuropean(_ at: Int, _ end: Int) -> Bool {
    for later in at + 1..<end {
      if text[later] == 0x2C { return true }
      if text[later] != 0x2E, !Self.isDigit(text[later]) { return false }
    }
    return false
  }

  private mutating func addNumber(
    _ start: Int, _ end: Int, _ separator: UInt8, _ termStart: Int, _ termLength: Int, _ buffer: inout TokenBuffer
  ) {
    add(
      Part(
        start: start, end: end, termStart: termStart, termLength: termLength, kind: .number, separator: separator,
        mayHaveCaseParts: false, isRelocated: true), &buffer)
  }
}
