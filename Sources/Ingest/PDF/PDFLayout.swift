import Documents

/// Makes paragraphs and headings of the lines of a PDF, which knows neither.
struct PDFLayout {
  private let pages: [PDFPage]
  /// Size of the type that most of the text is set in.
  private let bodySize: Float
  /// Running heads and feet, by their text without numbers.
  private let running: Set<[UInt8]>
  private var out = BlockWriter()
  private var slugger = HeadingSlugger()
  private var paragraph: [UInt8] = []
  private var kind = Block(.paragraph)
  private var last: PDFLine?

  static func write(_ pages: [PDFPage], to document: inout Document) {
    var layout = PDFLayout(pages)
    for page in pages { layout.page(page) }
    layout.flush()
    layout.out.finish(into: &document)
  }

  private init(_ pages: [PDFPage]) {
    self.pages = pages
    var sizes: [Int: Int] = [:]
    for line in pages.lazy.flatMap(\.lines) { sizes[Int((line.size * 2).rounded()), default: 0] += line.text.count }
    bodySize = Float(sizes.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0) / 2
    running = Self.runningLines(pages)
  }

  /// The first and last two lines of pages, if they stand on many: numbers in them count for nothing.
  private static func runningLines(_ pages: [PDFPage]) -> Set<[UInt8]> {
    var counts: [[UInt8]: Int] = [:]
    for page in pages {
      for key in Set(margins(page).map(key)) { counts[key, default: 0] += 1 }
    }
    let least = max(3, pages.count / 4)
    return Set(counts.filter { $0.value >= least }.keys)
  }

  private static func margins(_ page: PDFPage) -> [PDFLine] {
    page.lines.filter { isMargin($0, page) }
  }

  private static func isMargin(_ line: PDFLine, _ page: PDFPage) -> Bool {
    page.height > 0 && (line.bottom < page.height * 0.1 || line.top > page.height * 0.9)
  }

  private static func key(_ line: PDFLine) -> [UInt8] { line.text.filter { !$0.isASCIIDigit } }

  private mutating func page(_ page: PDFPage) {
    var isFirst = true
    for line in page.lines {
      if Self.isMargin(line, page) {
        let isNumber = line.text.allSatisfy { $0.isASCIIDigit || $0.isWhiteSpace || $0 == 0x2D || $0 == 0x2F }
        if isNumber || running.contains(Self.key(line)) { continue }
      }
      add(line, page, isFirstOfPage: isFirst)
      isFirst = false
    }
  }

  private mutating func add(_ line: PDFLine, _ page: PDFPage, isFirstOfPage: Bool) {
    let level = headingLevel(line)
    let isItem = Self.isListItem(line.text)
    if let last, continues(last, line, isFirstOfPage), !isItem,
      level == nil && kind.kind != .heading || level == kind.headingLevel
    {
      join(line.text)
    } else {
      flush()
      kind =
        level.map { Block(.heading, level: $0) } ?? (isItem ? Block(.listItem, level: 1) : Block(.paragraph))
      kind.anchor = "page=\(page.number)"
      paragraph = isItem ? Self.withoutBullet(line.text) : line.text
    }
    last = line
  }

  /// Clearly larger than the body, and not as long as a paragraph.
  private func headingLevel(_ line: PDFLine) -> UInt8? {
    guard bodySize > 0, line.size > bodySize * 1.12, line.text.count < 200 else { return nil }
    guard line.text.contains(where: { $0.isASCIILetter || $0 >= 0x80 }) else { return nil }
    return line.size > bodySize * 1.6 ? 1 : line.size > bodySize * 1.3 ? 2 : 3
  }

  /// Whether a line goes on with the paragraph of the one before.
  private func continues(_ last: PDFLine, _ line: PDFLine, _ isFirstOfPage: Bool) -> Bool {
    let endsSentence = TurnBuilder.endsSentence(last.text)
    guard last.bottom > 0, line.bottom > 0 else { return !endsSentence }
    // A page or column begins: only an unfinished sentence goes on.
    if isFirstOfPage || line.top < last.top - 2 { return !endsSentence && !(line.text.first?.isASCIIUppercase ?? true) }
    let height = max(last.bottom - last.top, 1)
    if line.top - last.bottom > height * 0.7 { return false }
    // The last line of a paragraph is short, the first of the next one indented.
    if endsSentence, line.left > last.left + height * 0.8 { return false }
    return abs(line.size - last.size) < 1.2
  }

  private static func isListItem(_ text: [UInt8]) -> Bool {
    for bullet in ["•", "–", "▪", "◦", "‣", "●", "○", "■", "∙", "·", "\u{F0B7}", "- ", "* "]
    where text.starts(with: bullet.utf8) {
      return text.count > bullet.utf8.count + 1
    }
    let digits = text.prefix { $0.isASCIIDigit }.count
    guard (1...2).contains(digits), text.count > digits + 2 else { return false }
    return (text[digits] == 0x2E || text[digits] == 0x29) && text[digits + 1] == 0x20
  }

  private static func withoutBullet(_ text: [UInt8]) -> [UInt8] {
    if text[0].isASCIIDigit { return text }
    return Array(text.drop { $0 >= 0x80 || $0 == 0x2D || $0 == 0x2A || $0 == 0x20 })
  }

  /// A word that was parted at the end of the line is joined, if it goes on in small letters.
  private mutating func join(_ line: [UInt8]) {
    if paragraph.last == 0x2D, paragraph.count > 2, paragraph[paragraph.count - 2].isASCIILetter,
      let first = line.first, first &- 0x61 < 26 || first >= 0xC3
    {
      paragraph.removeLast()
    } else if paragraph.suffix(2).elementsEqual([0xC2, 0xAD]) {
      paragraph.removeLast(2)
    } else if !paragraph.isEmpty {
      paragraph.append(0x20)
    }
    paragraph += line
  }

  private mutating func flush() {
    defer {
      paragraph = []
      last = nil
    }
    guard !paragraph.isEmpty else { return }
    out.append(kind, InvisibleText.clean(paragraph))
  }
}

extension Block {
  /// Of a heading; `nil` for everything else.
  fileprivate var headingLevel: UInt8? { kind == .heading ? level : nil }
}
