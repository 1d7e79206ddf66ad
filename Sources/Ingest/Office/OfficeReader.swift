import Documents

/// Word, Excel, PowerPoint, OpenDocument and EPUB files: one file, one document.
struct OfficeReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    guard sink.begin(recordAt: 0) else { return }
    let package = try OfficePackage(source, context) { path in
      if path.hasSuffix(".xml") || path.hasSuffix(".rels") || path.hasSuffix(".opf") { return true }
      let lower = path.lowercased()
      return context.format == .epub && (lower.hasSuffix("html") || lower.hasSuffix(".htm"))
    }
    let record = RecordRange(offset: 0, length: source.byteCount ?? 0)
    var document = Document(externalID: "", kind: .document)
    switch context.format {
    case .docx: try WordDocument.read(package, into: &document)
    case .xlsx: try ExcelWorkbook.read(package, into: &document)
    case .pptx: try PowerPointSlides.read(package, into: &document)
    case .epub: try EPUBBook.read(package, into: &document)
    default: try OpenDocument.read(package, into: &document)
    }
    document.record = record
    document.member = context.member
    document.charsetSource = .markup
    document.notes += package.notes
    if document.blocks.isEmpty {
      let reason = "no text in this \(context.format.name)"
      return sink.skipped(RecordProblem(member: context.member, record: record, reason: reason))
    }
    document.nameByFile(context)
    document.kind = context.guessKind(title: document.title, headings: document.headings, isDialogue: false)
    if context.format == .docx || context.format == .odt { try document.findTurns(context.limits) }
    sink.document(document)
  }
}

extension Document {
  /// The first headings in lower case, for guesses.
  var headings: [String] {
    let headings = blocks.filter { $0.kind == .heading }.prefix(200)
    return headings.map { String(decoding: text[$0.range], as: UTF8.self).lowercased() }
  }
}

/// Blocks of an office document as they are gathered: paragraphs go to the text, or into the cell of a table.
struct OfficeBlocks {
  private(set) var out = BlockWriter()
  private var slugger = HeadingSlugger()
  private var tables = 0
  private var cells: [[(block: Block, text: [UInt8])]] = []
  private var isInCell = false

  mutating func add(_ block: Block, _ text: [UInt8]) {
    let text = Self.clean(text, keepsLines: block.kind == .paragraph && !isInCell)
    guard !text.isEmpty else { return }
    if isInCell, !cells.isEmpty {
      cells[cells.count - 1].append((block, text))
    } else {
      emit(block, text)
    }
  }

  private mutating func emit(_ block: Block, _ text: [UInt8]) {
    var block = block
    if block.kind == .heading, block.anchor == nil {
      block.anchor = slugger.slug(String(decoding: text, as: UTF8.self))
    }
    out.append(block, text)
  }

  private static func clean(_ text: [UInt8], keepsLines: Bool) -> [UInt8] {
    let text = ZeroWidth.strip(text)
    guard keepsLines, text.contains(0x0A) else { return Array(WhiteSpace.collapse(text).utf8) }
    let lines = text.split(separator: 0x0A).map { Array(WhiteSpace.collapse($0).utf8) }
    return Array(lines.filter { !$0.isEmpty }.joined(separator: [0x0A]))
  }

  // Only the outermost table makes rows; what is nested is text of a cell.

  mutating func beginTable() { tables += 1 }
  mutating func endTable() {
    tables = max(0, tables - 1)
    if tables == 0 { isInCell = false }
  }
  mutating func beginRow() { if tables == 1 { cells = [] } }

  mutating func beginCell() {
    guard tables == 1, cells.count < 4096 else { return }
    cells.append([])
    isInCell = true
  }

  /// Closes a cell that says the same over several columns.
  mutating func endCell() { if tables == 1 { isInCell = false } }

  mutating func endRow() {
    guard tables == 1 else { return }
    isInCell = false
    let row = cells
    cells = []
    let filled = row.filter { !$0.isEmpty }
    // A row of one cell is a frame around paragraphs.
    if row.count <= 1 || (filled.count == 1 && filled[0].count > 1) {
      for (block, text) in filled.joined() { emit(block, text) }
    } else if !filled.isEmpty {
      var last = row.count
      while last > 0, row[last - 1].isEmpty { last -= 1 }
      let line = row[..<last].map { cell in Array(cell.map(\.text).joined(separator: [0x20])) }
      emit(Block(.tableRow), Array(line.joined(separator: [0x09])))
    }
  }

  consuming func finish(into document: inout Document) { out.finish(into: &document) }
}
