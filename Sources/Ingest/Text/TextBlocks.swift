import Documents

/// Plain text as blocks: paragraphs by blank lines, headings where the text marks them, list items, quoted lines.
///
/// Conservative: a wrong heading hurts more than a missed one.
struct TextBlocks {
  struct Options: OptionSet {
    let rawValue: Int
    /// Underlines of punctuation make headings of any level; indented stretches are code (reStructuredText).
    static let structuredText = Options(rawValue: 1)
    /// `* Heading` (Org mode), `== Heading` (AsciiDoc).
    static let starHeadings = Options(rawValue: 2)
    static let equalsHeadings = Options(rawValue: 4)
    static let prose: Options = []
  }

  let lines: ArraySlice<UnsafeBufferPointer<UInt8>>
  let options: Options
  private var slugger = HeadingSlugger()
  /// Underlines in order of appearance: the first kind is level 1.
  private var underlines: [UInt8] = []

  static func append(
    _ lines: ArraySlice<UnsafeBufferPointer<UInt8>>, to document: inout Document, options: Options
  ) {
    var blocks = TextBlocks(lines: lines, options: options)
    blocks.run(&document)
  }

  private init(lines: ArraySlice<UnsafeBufferPointer<UInt8>>, options: Options) {
    self.lines = lines
    self.options = options
  }

  func underlineLevel(_ mark: UInt8) -> UInt8? {
    underlines.firstIndex(of: mark).map { UInt8(clamping: min($0 + 1, 6)) }
  }

  mutating func addUnderline(_ mark: UInt8) -> UInt8 {
    underlines.append(mark)
    return UInt8(clamping: min(underlines.count, 6))
  }

  private static func isEmpty(_ line: UnsafeBufferPointer<UInt8>) -> Bool { line.allSatisfy { $0.isWhiteSpace } }

  private mutating func run(_ document: inout Document) {
    var index = lines.startIndex
    while index < lines.endIndex {
      if Self.isEmpty(lines[index]) {
        index += 1
        continue
      }
      var end = index + 1
      while end < lines.endIndex, !Self.isEmpty(lines[end]) { end += 1 }
      paragraph(index..<end, &document)
      index = end
    }
  }

  /// A stretch of lines between blank ones.
  private mutating func paragraph(_ range: Range<Int>, _ document: inout Document) {
    var range = range
    // Headings stand at the head of a stretch; more than one may (a title with a subtitle).
    while let heading = heading(range) {
      let name = WhiteSpace.collapse(lines[heading.line][heading.start...])
      document.append(Block(.heading, level: heading.level, anchor: slugger.slug(name)), name.utf8)
      range = heading.next..<range.upperBound
      if range.isEmpty { return }
    }
    if options.contains(.structuredText), range.allSatisfy({ lines[$0].first?.isBlank == true && lines[$0].count > 4 }),
      range.allSatisfy({ Self.indent(lines[$0]) >= 3 })
    {
      document.append(Block(.code), joined(range, trimming: false))
      return
    }
    if range.allSatisfy({ Self.quoteDepth(lines[$0]) > 0 }) {
      let depth = range.map { Self.quoteDepth(lines[$0]) }.min() ?? 1
      document.append(Block(.quote, level: UInt8(clamping: depth)), unquoted(range))
      return
    }
    items(range, &document)
  }

  /// Lines that begin with `- `, `* ` or `• ` are items; what follows one without a mark goes on with it.
  private func items(_ range: Range<Int>, _ document: inout Document) {
    var start = range.lowerBound
    var inItem = false
    for line in range {
      guard Self.isItem(lines[line]) else { continue }
      emit(start..<line, isItem: inItem, &document)
      start = line
      inItem = true
    }
    emit(start..<range.upperBound, isItem: inItem, &document)
  }

  private func emit(_ range: Range<Int>, isItem: Bool, _ document: inout Document) {
    guard !range.isEmpty else { return }
    var text = joined(range, trimming: true)
    if isItem {
      // The mark alone: what follows may begin with bytes of `•`, as quotation marks do.
      text = Array(text.dropFirst(text.first == 0xE2 ? 3 : 1).drop { $0.isBlank })
    }
    let depth = isItem ? UInt8(clamping: 1 + Self.indent(lines[range.lowerBound]) / 2) : 0
    document.append(Block(isItem ? .listItem : .paragraph, level: isItem ? depth : 0), text)
  }

  private func joined(_ range: Range<Int>, trimming: Bool) -> [UInt8] {
    var out: [UInt8] = []
    for line in range {
      if !out.isEmpty { out.append(0x0A) }
      out.append(contentsOf: trimming ? WhiteSpace.trim(lines[line]) : Self.trimEnd(lines[line]))
    }
    return out
  }

  private func unquoted(_ range: Range<Int>) -> [UInt8] {
    var out: [UInt8] = []
    for line in range {
      if !out.isEmpty { out.append(0x0A) }
      let words = lines[line].drop { $0 == 0x3E || $0.isBlank }
      out.append(contentsOf: WhiteSpace.trim(UnsafeBufferPointer(rebasing: words)))
    }
    return out
  }

  private static func trimEnd(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var end = line.count
    while end > 0, line[end - 1].isWhiteSpace { end -= 1 }
    return UnsafeBufferPointer(rebasing: line[..<end])
  }

  static func indent(_ line: UnsafeBufferPointer<UInt8>) -> Int {
    line.prefix { $0.isBlank }.reduce(0) { $0 + ($1 == 0x09 ? 8 : 1) }
  }

  static func quoteDepth(_ line: UnsafeBufferPointer<UInt8>) -> Int {
    var depth = 0
    for byte in line {
      if byte == 0x3E { depth += 1 } else if !byte.isBlank { break }
    }
    return depth
  }

  private static func isItem(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let words = line.drop { $0.isBlank }
    guard words.count >= 3 else { return false }
    let first = words[words.startIndex]
    if first == 0x2D || first == 0x2A { return words[words.startIndex + 1].isBlank }
    return words.starts(with: [0xE2, 0x80, 0xA2])
  }
}
