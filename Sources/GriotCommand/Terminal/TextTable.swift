/// Columns of text, as wide as their widest cell; the first row is the header.
struct TextTable {
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  init(alignments: [Alignment]) { self.alignments = alignments }

  /// - Parameter row: As many cells as there are alignments.
  mutating func append(_ row: [String]) {
    precondition(row.count == alignments.count)
    rows.append(row.map(Neutralize.line))
  }

  /// Columns are parted by two blanks. Where the terminal is too narrow, the widest left-aligned column is cut.
  func write(to terminal: TerminalWriter) {
    guard !rows.isEmpty else { return }
    var widths = alignments.indices.map { column in rows.map { CharacterWidth.of($0[column]) }.max()! }
    let gaps = 2 * (alignments.count - 1)
    let excess = widths.reduce(gaps, +) - terminal.terminal.columns
    if excess > 0 {
      let left = alignments.indices.filter { alignments[$0] == .left }
      if let widest = left.max(by: { widths[$0] < widths[$1] }) { widths[widest] = max(8, widths[widest] - excess) }
    }
    for (i, row) in rows.enumerated() {
      var line = ""
      for column in alignments.indices {
        let text = TerminalWriter.truncate(row[column], to: widths[column])
        let pad = String(repeating: " ", count: widths[column] - CharacterWidth.of(text))
        let isLast = column == alignments.count - 1
        line += alignments[column] == .right ? pad + text : isLast ? text : text + pad
        if !isLast { line += "  " }
      }
      terminal.raw(line, i == 0 ? .detail : .plain)
      terminal.newline()
    }
  }
}
