import Documents

/// The second pass over wikitext: lines to blocks.
struct WikiTextBlocks {
  // What the first pass leaves at the start of a line; control bytes cannot come from a dump.
  static let row: UInt8 = 1, caption: UInt8 = 2, code: UInt8 = 3, references: UInt8 = 4
  /// A line feed inside a line of code.
  static let lineFeed: UInt8 = 5

  private var references: [[UInt8]]
  private var paragraph: [UInt8] = []
  private var codeLines: [UInt8] = []
  private var captions: [[UInt8]] = []
  private var tables = 0
  private var cells: [[UInt8]] = []
  private var anchors: [String: Int] = [:]
  private var out = BlockWriter()

  init(references: [[UInt8]]) { self.references = references }

  mutating func write(_ text: [UInt8], to document: inout Document) {
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) { self.line(line) }
    flushRow()
    flush()
    writeReferences()
    out.finish(into: &document)
  }

  private mutating func line(_ line: ArraySlice<UInt8>) {
    let trimmed = Self.trim(line)
    guard let first = trimmed.first else {
      if tables == 0 { flush() }
      return
    }
    switch first {
    case Self.row:
      flush()
      append(Block(.tableRow), trimmed.dropFirst())
      return
    case Self.caption:
      captions.append(Array(trimmed.dropFirst()))
      return
    case Self.code:
      flush()
      out.append(Block(.code), line.drop { $0 != Self.code }.dropFirst().map { $0 == Self.lineFeed ? 0x0A : $0 })
      return
    case Self.references: return writeReferences()
    default: break
    }
    if first == 0x7B, trimmed.dropFirst().first == 0x7C || Self.isIndentedTable(trimmed) { return openTable() }
    if first == 0x3A, Self.isIndentedTable(trimmed) { return openTable() }
    if tables > 0 { return tableLine(trimmed) }
    if first == 0x3D, heading(trimmed) { return }
    if first == 0x2D, trimmed.count >= 4, trimmed.prefix(4).allSatisfy({ $0 == 0x2D }) { return flush() }
    if line.first == 0x20, !line.dropFirst().isEmpty, paragraph.isEmpty {
      // A line that begins with a blank is shown as it is.
      if !codeLines.isEmpty { codeLines.append(0x0A) }
      codeLines += line.dropFirst()
      return
    }
    if "*#:;".utf8.contains(first) { return listItem(trimmed) }
    flushCode()
    if !paragraph.isEmpty { paragraph.append(0x20) }
    paragraph += trimmed
  }

  /// `:{|`
  private static func isIndentedTable(_ line: ArraySlice<UInt8>) -> Bool {
    line.drop { $0 == 0x3A }.starts(with: [0x7B, 0x7C])
  }

  private static func trim(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while let last = line.last, last.isWhiteSpace { line.removeLast() }
    while let first = line.first, first.isWhiteSpace { line.removeFirst() }
    return line
  }

  /// One space between words, no blanks left by what was taken out.
  private mutating func append(_ block: Block, _ text: some Sequence<UInt8>) {
    var clean: [UInt8] = []
    var pending = false
    for byte in text {
      if byte == 0x20 || byte == 0x0D {
        pending = true
      } else if byte > 8 {
        if pending, let last = clean.last, last != 0x09 { clean.append(0x20) }
        pending = false
        clean.append(byte)
      }
    }
    // "(born )": what stood in between is gone.
    let bare = clean.allSatisfy { $0.isWhiteSpace || "()[],;.:*#-|".utf8.contains($0) }
    if !bare { out.append(block, clean) }
  }

  private mutating func flushCode() {
    if !codeLines.isEmpty {
      let isBlank = codeLines.allSatisfy { $0.isWhiteSpace }
      if !isBlank { out.append(Block(.code), codeLines.filter { $0 > 8 }) }
    }
    codeLines = []
  }

  private mutating func flush() {
    flushCode()
    if !paragraph.isEmpty { append(Block(.paragraph), paragraph) }
    paragraph = []
    let waiting = captions
    captions = []
    for caption in waiting { append(Block(.caption), caption) }
  }

  private mutating func writeReferences() {
    flush()
    for reference in references { append(Block(.listItem, level: 1), reference) }
    references = []
  }

  // MARK: Headings and lists

  private mutating func heading(_ line: ArraySlice<UInt8>) -> Bool {
    let left = line.prefix { $0 == 0x3D }.count
    let right = line.reversed().prefix { $0 == 0x3D }.count
    let level = min(left, right, 6)
    guard level > 0, line.count > 2 * level else { return false }
    let text = WhiteSpace.collapse(line.dropFirst(level).dropLast(level))
    guard !text.isEmpty else { return false }
    flush()
    var anchor = text.replacing(" ", with: "_")
    let count = anchors[anchor, default: 0] + 1
    anchors[anchor] = count
    if count > 1 { anchor += "_\(count)" }
    append(Block(.heading, level: UInt8(level), anchor: anchor), text.utf8)
    return true
  }

  private mutating func listItem(_ line: ArraySlice<UInt8>) {
    flush()
    let marks = line.prefix { "*#:;".utf8.contains($0) }
    append(Block(.listItem, level: UInt8(clamping: marks.count)), Self.trim(line.dropFirst(marks.count)))
  }

  // MARK: Tables

  private mutating func openTable() {
    flushRow()
    flush()
    tables += 1
  }

  private mutating func tableLine(_ line: ArraySlice<UInt8>) {
    if line.starts(with: "|}".utf8) {
      flushRow()
      tables -= 1
      let rest = Self.trim(line.dropFirst(2))
      if tables == 0, !rest.isEmpty { paragraph += rest }
    } else if line.starts(with: "|-".utf8) {
      flushRow()
    } else if line.starts(with: "|+".utf8) {
      flushRow()
      append(Block(.caption), Self.content(line.dropFirst(2)))
    } else if line.first == 0x7C || line.first == 0x21 {
      for cell in Self.cells(line.dropFirst(), isHeader: line.first == 0x21) { cells.append(Self.content(cell)) }
    } else {
      let text = line.drop { "*#:;".utf8.contains($0) }
      if cells.isEmpty { cells.append([]) }
      if !cells[cells.count - 1].isEmpty { cells[cells.count - 1].append(0x20) }
      cells[cells.count - 1] += Self.trim(text)
    }
  }

  private static func cells(_ line: ArraySlice<UInt8>, isHeader: Bool) -> [ArraySlice<UInt8>] {
    var out: [ArraySlice<UInt8>] = []
    var start = line.startIndex
    var i = start
    while i + 1 < line.endIndex {
      let isBar = line[i] == 0x7C && line[i + 1] == 0x7C
      if isBar || isHeader && line[i] == 0x21 && line[i + 1] == 0x21 {
        out.append(line[start..<i])
        start = i + 2
        i += 2
      } else {
        i += 1
      }
    }
    out.append(line[start...])
    return out
  }

  /// Behind the attributes of a cell: `style="…" | text`.
  private static func content(_ cell: ArraySlice<UInt8>) -> [UInt8] {
    if let bar = cell.firstIndex(of: 0x7C), cell[..<bar].contains(0x3D) { return Array(trim(cell[(bar + 1)...])) }
    return Array(trim(cell))
  }

  private mutating func flushRow() {
    let row = cells
    cells = []
    guard row.contains(where: { !$0.isEmpty }) else { return }
    append(Block(.tableRow), row.joined(separator: [0x09]))
  }
}
