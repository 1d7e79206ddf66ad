import Documents

/// A run of lines without a blank one between them, as blocks: headings, list items, code, or a paragraph whose hard
/// breaks are taken out where they only served the width of a terminal.
struct MailParagraphs {
  var bytes: UnsafeRawBufferPointer
  var lines: ArraySlice<PlainLines.Line>
  var block: Block

  func write(to out: inout BlockWriter) {
    guard block.kind == .paragraph else { return prose(lines, block, to: &out) }
    var rest = lines
    if let underlined = heading(rest) {
      out.append(Block(.heading, level: 2), text(rest.first!))
      rest = rest.dropFirst(underlined)
    }
    while let line = rest.first {
      if isIndented(line) {
        let end = rest.firstIndex { !isIndented($0) } ?? rest.endIndex
        code(rest[rest.startIndex..<end], to: &out)
        rest = rest[end...]
      } else if bullet(line) != nil {
        var end = rest.startIndex + 1
        while end < rest.endIndex, bullet(rest[end]) == nil { end += 1 }
        prose(rest[rest.startIndex..<end], Block(.listItem, level: 1), to: &out)
        rest = rest[end...]
      } else {
        let end = rest.dropFirst().firstIndex { bullet($0) != nil || isIndented($0) } ?? rest.endIndex
        prose(rest[rest.startIndex..<end], block, to: &out)
        rest = rest[end...]
      }
    }
  }

  private func text(_ line: PlainLines.Line) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[line.start..<line.end])
  }

  /// A line underlined with `===` or `---`, or in capitals above text.
  ///
  /// - Returns: How many lines it takes, 0 or `nil` for no heading.
  private func heading(_ lines: ArraySlice<PlainLines.Line>) -> Int? {
    guard let first = lines.first, first.end - first.start <= 80, lines.count > 1, !isIndented(first) else {
      return nil
    }
    let second = lines[lines.startIndex + 1]
    let rule = text(second)
    if rule.count >= 3, let mark = rule.first, [0x3D, 0x2D, 0x7E, 0x2A, 0x23].contains(mark),
      rule.allSatisfy({ $0 == mark }), !text(first).allSatisfy({ $0 == mark }),
      abs(rule.count - (first.end - first.start)) <= 8
    {
      return 2
    }
    var letters = 0
    for byte in text(first) {
      if byte.isASCIILetter {
        if byte >= 0x61 { return nil }
        letters += 1
      } else if byte == 0x2E || byte == 0x3B {
        return nil
      }
    }
    return letters >= 4 && letters * 2 > first.end - first.start ? 1 : nil
  }

  private func isIndented(_ line: PlainLines.Line) -> Bool {
    let first = bytes[line.start]
    if first == 0x09 { return true }
    return line.end - line.start > 4 && first == 0x20 && bytes[line.start + 1] == 0x20 && bytes[line.start + 2] == 0x20
      && bytes[line.start + 3] == 0x20
  }

  /// Where the text of a list item begins: behind `-`, `*`, `•`, `1.`, `a)`.
  private func bullet(_ line: PlainLines.Line) -> Int? {
    var i = line.start
    while i < line.end, bytes[i] == 0x20, i - line.start < 4 { i += 1 }
    guard i + 2 < line.end else { return nil }
    if [0x2D, 0x2A, 0x2B, 0x6F].contains(bytes[i]), bytes[i + 1] == 0x20, bytes[i + 2] != 0x20 { return i + 2 }
    if bytes[i] == 0xE2, bytes[i + 1] == 0x80, bytes[i + 2] == 0xA2 { return i + 3 }
    let digits = i
    while i < line.end, bytes[i].isASCIIDigit { i += 1 }
    guard i > digits, i - digits <= 3, i + 1 < line.end, bytes[i] == 0x2E || bytes[i] == 0x29 else { return nil }
    return bytes[i + 1] == 0x20 ? i + 2 : nil
  }

  private func code(_ lines: ArraySlice<PlainLines.Line>, to out: inout BlockWriter) {
    out.begin(Block(.code))
    for (n, line) in lines.enumerated() {
      if n > 0 { out.write(0x0A) }
      out.write(text(line))
    }
    out.end()
  }

  private func prose(_ lines: ArraySlice<PlainLines.Line>, _ block: Block, to out: inout BlockWriter) {
    out.begin(block)
    // Signatures and footers are set by hand.
    let joins = block.kind != .signature && block.kind != .template
    let width = lines.dropLast().reduce(0) { max($0, $1.end - $1.start) }
    for i in lines.indices {
      var start = lines[i].start
      let end = lines[i].end
      while start < end, bytes[start] == 0x20 { start += 1 }
      if i > lines.startIndex { out.write(joins && isSoft(lines[i - 1], lines[i], width) ? 0x20 : 0x0A) }
      Self.copy(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), to: &out)
    }
    out.end()
  }

  /// Whether the break before `next` was forced by the width of the lines: its first word would not have fitted.
  private func isSoft(_ line: PlainLines.Line, _ next: PlainLines.Line, _ width: Int) -> Bool {
    guard width >= 45, width <= 120, next.start < next.end else { return false }
    let first = bytes[next.start]
    guard first.isASCIILetter || first.isASCIIDigit || first >= 0x80 || first == 0x22 || first == 0x28 || first == 0x27
    else { return false }
    var word = 0
    while next.start + word < next.end, bytes[next.start + word] != 0x20 { word += 1 }
    return line.end - line.start + 1 + word >= width - 6
  }

  private static func hasControls(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let blank = SIMD16<UInt8>(repeating: 0x20), tab = SIMD16<UInt8>(repeating: 0x09)
    let delete = SIMD16<UInt8>(repeating: 0x7F)
    var at = 0
    while at + 16 <= bytes.count {
      let some = bytes.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
      if any((some .< blank) .& (some .!= tab) .| (some .== delete)) { return true }
      at += 16
    }
    return bytes[at...].contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }
  }

  /// Copies text without control characters (tabs stay: they part columns).
  static func copy(_ bytes: UnsafeRawBufferPointer, to out: inout BlockWriter) {
    if !hasControls(bytes) { return out.write(bytes) }
    for byte in bytes where byte >= 0x20 && byte != 0x7F || byte == 0x09 { out.write(byte) }
  }
}
