/// Breaks text into lines by the cells it fills.
enum TextLayout {
  /// A character as it will be drawn.
  struct Cell: Equatable {
    var text: String
    var width: Int
    var isMatch: Bool
    var isBlank: Bool { text == " " }
  }

  struct Run: Equatable {
    var text: String
    var isMatch: Bool
  }

  /// The characters of a text, neutralised, white space collapsed to single blanks and cut at both ends.
  ///
  /// - Parameter highlights: UTF-8 byte ranges, ascending; a character that one touches is a match as a whole.
  static func cells(_ text: String, highlights: [Range<Int>] = []) -> [Cell] {
    asciiCells(text, highlights) ?? clusterCells(text, highlights)
  }

  /// The same for text that is all ASCII without controls, which needs no grapheme clusters: most snippets, and a
  /// tenth of the instructions of a search otherwise. `nil` for any other text.
  static func asciiCells(_ text: String, _ highlights: [Range<Int>]) -> [Cell]? {
    var text = text
    return text.withUTF8 { bytes -> [Cell]? in
      guard bytes.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || ($0 >= 0x09 && $0 <= 0x0D) }) else { return nil }
      var cells: [Cell] = []
      cells.reserveCapacity(bytes.count)
      var next = 0
      var endsBlank = true
      for (i, byte) in bytes.enumerated() {
        while next < highlights.count, highlights[next].upperBound <= i { next += 1 }
        let isBlank = byte <= 0x20
        if isBlank, endsBlank { continue }
        endsBlank = isBlank
        let isMatch = next < highlights.count && highlights[next].lowerBound <= i
        cells.append(Cell(text: isBlank ? " " : String(Unicode.Scalar(byte)), width: 1, isMatch: isMatch))
      }
      if cells.last?.isBlank == true { cells.removeLast() }
      return cells
    }
  }

  static func clusterCells(_ text: String, _ highlights: [Range<Int>]) -> [Cell] {
    var cells: [Cell] = []
    var next = 0
    var offset = 0
    for character in text {
      let end = offset + character.utf8.count
      while next < highlights.count, highlights[next].upperBound <= offset { next += 1 }
      let isMatch = next < highlights.count && highlights[next].lowerBound < end
      offset = end
      let drawn = Neutralize.line(String(character))
      if drawn.allSatisfy({ $0 == " " || $0 == "\u{A0}" || $0 == "\u{3000}" }) {
        if drawn.isEmpty { continue }
        // Between two matches of one phrase the blank belongs to neither.
        if let last = cells.last, !last.isBlank { cells.append(Cell(text: " ", width: 1, isMatch: isMatch)) }
      } else {
        cells.append(Cell(text: drawn, width: CharacterWidth.of(drawn), isMatch: isMatch))
      }
    }
    if cells.last?.isBlank == true { cells.removeLast() }
    return cells
  }

  /// Lines of at most `width` cells. Breaks come at blanks and between ideographs, or inside a word that no line
  /// could hold. What does not fit in `maximumLines` is replaced by an ellipsis.
  static func wrap(_ cells: [Cell], width: Int, maximumLines: Int = .max) -> [ArraySlice<Cell>] {
    let width = max(width, 2)
    var lines: [ArraySlice<Cell>] = []
    var start = 0
    while start < cells.count {
      if lines.count + 1 == maximumLines, self.width(cells[start...]) > width {
        lines.append(cut(cells[start...], to: width))
        return lines
      }
      let end = lineEnd(cells, from: start, width: width)
      var visible = cells[start..<end]
      if visible.last?.isBlank == true { visible = visible.dropLast() }
      lines.append(visible)
      start = end
    }
    return lines
  }

  /// One line of a text, with an ellipsis where something is missing.
  static func line(_ text: String, highlights: [Range<Int>] = [], width: Int) -> ArraySlice<Cell> {
    wrap(cells(text, highlights: highlights), width: width, maximumLines: 1).first ?? []
  }

  /// Neighbours of the same style joined, so that a word is one escape sequence.
  static func runs(_ cells: ArraySlice<Cell>) -> [Run] {
    var runs: [Run] = []
    for cell in cells {
      if let last = runs.indices.last, runs[last].isMatch == cell.isMatch {
        runs[last].text += cell.text
      } else {
        runs.append(Run(text: cell.text, isMatch: cell.isMatch))
      }
    }
    return runs
  }

  static func width(_ cells: ArraySlice<Cell>) -> Int { cells.reduce(0) { $0 + $1.width } }

  /// Where the line that starts at `start` ends: behind the last opportunity that fits.
  private static func lineEnd(_ cells: [Cell], from start: Int, width: Int) -> Int {
    var used = 0
    var opportunity: Int?
    for i in start..<cells.count {
      let cell = cells[i]
      if used + cell.width > width {
        // A blank at the margin is swallowed.
        if cell.isBlank { return i + 1 }
        return opportunity ?? max(i, start + 1)
      }
      used += cell.width
      if mayBreak(cells, after: i) { opportunity = i + 1 }
    }
    return cells.count
  }

  private static func mayBreak(_ cells: [Cell], after i: Int) -> Bool {
    let cell = cells[i]
    if cell.isBlank { return true }
    guard i + 1 < cells.count else { return true }
    let next = cells[i + 1]
    if next.isBlank { return false }
    // Ideographs may part anywhere, but closing punctuation does not start a line and opening does not end one.
    guard cell.width == 2 || next.width == 2 else { return false }
    return !"、。，．・：；？！）］｝〉》」』】〕ー々".contains(next.text) && !"（［｛〈《「『【〔".contains(cell.text)
  }

  private static func cut(_ cells: ArraySlice<Cell>, to width: Int) -> ArraySlice<Cell> {
    var used = 0
    var kept: [Cell] = []
    for cell in cells {
      if used + cell.width > width - 1 { break }
      kept.append(cell)
      used += cell.width
    }
    while kept.last?.isBlank == true { kept.removeLast() }
    kept.append(Cell(text: "…", width: 1, isMatch: false))
    return kept[...]
  }
}
