/// What counts as a heading in plain text.
extension TextBlocks {
  struct Heading {
    var line: Int
    /// Where the words begin in the line.
    var start: Int
    var level: UInt8
    /// First line behind the heading and its ornaments.
    var next: Int
  }

  /// The heading that opens a stretch of lines between blank ones.
  mutating func heading(_ range: Range<Int>) -> Heading? {
    let first = range.lowerBound
    let line = lines[first]
    guard line.count <= 200 else { return nil }
    // ===== Title ===== on three lines.
    if range.count >= 3, let mark = Self.ornament(line), Self.ornament(lines[first + 2]) == mark,
      Self.ornament(lines[first + 1]) == nil
    {
      return Heading(line: first + 1, start: 0, level: level(mark &+ 0x80), next: first + 3)
    }
    if range.count >= 2, let mark = Self.ornament(lines[first + 1]), Self.ornament(line) == nil,
      fits(line, lines[first + 1]),
      options.contains(.structuredText) || mark == 0x3D || mark == 0x2D || mark == 0x7E
    {
      return Heading(line: first, start: 0, level: level(mark), next: first + 2)
    }
    if options.contains(.starHeadings), let marked = Self.marked(line, 0x2A) {
      return Heading(line: first, start: marked, level: UInt8(clamping: marked - 1), next: first + 1)
    }
    if options.contains(.equalsHeadings), let marked = Self.marked(line, 0x3D) {
      return Heading(line: first, start: marked, level: UInt8(clamping: marked - 1), next: first + 1)
    }
    // `# Heading` outside Markdown: notes that somebody keeps in text files.
    if let marked = Self.marked(line, 0x23), marked <= 7 {
      return Heading(line: first, start: marked, level: UInt8(clamping: marked - 1), next: first + 1)
    }
    // A line alone between blank ones, and text behind it.
    guard range.count == 1, range.upperBound < lines.endIndex, line.first?.isBlank == false else { return nil }
    if let level = Self.numbered(line) { return Heading(line: first, start: 0, level: level, next: first + 1) }
    if Self.isCapitals(line) { return Heading(line: first, start: 0, level: 2, next: first + 1) }
    return nil
  }

  private mutating func level(_ mark: UInt8) -> UInt8 {
    if let known = underlineLevel(mark) { return known }
    return addUnderline(mark)
  }

  /// An underline reaches about as far as its title.
  private func fits(_ title: UnsafeBufferPointer<UInt8>, _ underline: UnsafeBufferPointer<UInt8>) -> Bool {
    let letters = WhiteSpace.trim(title)
    let width = letters.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    let line = WhiteSpace.trim(underline).count
    return width > 0 && line >= 3 && line * 10 >= width * 7 && (line <= width * 2 + 8 || line >= 40)
      && title.first?.isBlank != true
  }

  /// A line of one repeated mark, at least three times.
  private static func ornament(_ line: UnsafeBufferPointer<UInt8>) -> UInt8? {
    let marks = WhiteSpace.trim(line)
    guard marks.count >= 3, let first = marks.first, "=-~^\"'`#*+.:_".utf8.contains(first) else { return nil }
    return marks.allSatisfy { $0 == first } ? first : nil
  }

  /// Behind `***` and the blank that follows it, at the start of a line with words.
  private static func marked(_ line: UnsafeBufferPointer<UInt8>, _ mark: UInt8) -> Int? {
    let count = line.prefix { $0 == mark }.count
    guard count > 0, count + 1 < line.count, line[count].isBlank, line.count <= 100 else { return nil }
    return count + 1
  }

  /// `1. Introduction`, `2.3 The second try`, `IV. Findings`: short, a capital behind the number, no full stop.
  private static func numbered(_ line: UnsafeBufferPointer<UInt8>) -> UInt8? {
    guard line.count <= 80, let blank = line.firstIndex(where: { $0.isBlank }), blank <= 8 else { return nil }
    let number = line[..<blank]
    let dots = number.filter { $0 == 0x2E }.count
    let digits = number.filter { $0.isASCIIDigit }.count
    let isRoman = number.last == 0x2E && number.dropLast().allSatisfy { "IVX".utf8.contains($0) } && number.count >= 2
    guard isRoman || (digits + dots == number.count && digits > 0 && dots > 0) else { return nil }
    let words = line[blank...].drop { $0.isBlank }
    guard let first = words.first, first.isASCIIUppercase || first >= 0xC3, let last = words.last else { return nil }
    guard last != 0x2E, last != 0x2C, last != 0x3B, last != 0x3A else { return nil }
    let depth = number.last == 0x2E ? dots - 1 : dots
    return UInt8(clamping: isRoman ? 1 : depth + 1)
  }

  /// `WAS PASSIERT IST`: at least four letters, none of them small, few digits, no sentence.
  private static func isCapitals(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.count <= 80 else { return false }
    var capitals = 0
    for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
      if scalar.properties.isLowercase { return false }
      if scalar.properties.isUppercase {
        capitals += 1
      } else if "=<>{}[]|;".unicodeScalars.contains(scalar) {
        return false
      }
    }
    return capitals >= 4 && capitals * 2 >= line.count
  }
}
