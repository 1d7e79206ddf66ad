import Documents

/// WordprocessingML (ECMA-376, part 1, §17): body, tables, text boxes, footnotes, comments.
struct WordDocument {
  private var blocks = OfficeBlocks()
  private let styles: WordStyles
  private var title = ""
  private var notes: [[UInt8]] = []

  /// A paragraph; text boxes put paragraphs into paragraphs.
  private struct Paragraph {
    var text: [UInt8] = []
    var style = ""
    var outline: Int?
    var listLevel: Int?
  }

  static func read(_ package: OfficePackage, into document: inout Document) throws {
    let main =
      package.relationships(of: "").values.first { $0.type.hasSuffix("/officeDocument") }?.path ?? "word/document.xml"
    let related = package.relationships(of: main).values
    func part(_ type: String, _ name: String) -> String {
      related.first { $0.type.hasSuffix("/" + type) }?.path ?? OfficePackage.folder(main) + name
    }
    document.takeDublinCore(package.tree("docProps/core.xml")?.root)
    var word = WordDocument(styles: WordStyles(package.tree(part("styles", "styles.xml"))?.root))
    try package.read(main) { try word.body($0) }
    for (type, name) in [("footnotes", "footnotes.xml"), ("endnotes", "endnotes.xml")] {
      try package.read(part(type, name)) { try word.footnotes($0) }
    }
    try package.read(part("comments", "comments.xml")) { try word.comments($0) }
    if document.title.isEmpty { document.title = word.title }
    word.blocks.finish(into: &document)
  }

  private init(styles: WordStyles) { self.styles = styles }

  private mutating func body(_ events: XMLEvents) throws {
    var open: [Paragraph] = []
    var isText = false
    while try events.next() {
      switch events.kind {
      case .text:
        // Line feeds of the file are blanks; those of the text are elements.
        if isText, !open.isEmpty { open[open.count - 1].text += events.text.map { $0 == 0x0A ? 0x20 : $0 } }
      case .start:
        switch events.name {
        case "w:p": open.append(Paragraph())
        case "w:t", "m:t": isText = true
        // Deleted text stands in elements of its own; the older of two versions of a drawing goes.
        case "mc:Fallback", "w:del", "w:moveFrom", "w:sectPr", "w:instrText": try events.skipElement()
        case "w:tbl": blocks.beginTable()
        case "w:tr": blocks.beginRow()
        case "w:tc": blocks.beginCell()
        default: if !open.isEmpty { Self.property(events, &open[open.count - 1]) }
        }
      case .end:
        switch events.name {
        case "w:p": if let done = open.popLast() { paragraph(done) }
        case "w:t", "m:t": isText = false
        case "w:tbl": blocks.endTable()
        case "w:tr": blocks.endRow()
        case "w:tc": blocks.endCell()
        default: break
        }
      }
    }
    while let cut = open.popLast() { paragraph(cut) }
  }

  private static func property(_ events: XMLEvents, _ paragraph: inout Paragraph) {
    switch events.name {
    case "w:pStyle": paragraph.style = events.attribute("w:val") ?? ""
    case "w:outlineLvl": paragraph.outline = events.attribute("w:val").flatMap { Int($0) }
    case "w:numPr": paragraph.listLevel = paragraph.listLevel ?? 0
    case "w:ilvl": paragraph.listLevel = events.attribute("w:val").flatMap { Int($0) }
    case "w:numId": if events.attribute("w:val") == "0" { paragraph.listLevel = nil }
    case "w:tab", "w:ptab": paragraph.text.append(0x20)
    case "w:br", "w:cr": paragraph.text.append(0x0A)
    case "w:noBreakHyphen": paragraph.text.append(0x2D)
    default: break
    }
  }

  private mutating func paragraph(_ paragraph: Paragraph) {
    let style = styles[paragraph.style]
    if style.isTableOfContents { return }
    if style.isTitle, title.isEmpty {
      title = WhiteSpace.collapse(paragraph.text)
      return
    }
    if let level = paragraph.outline.map({ $0 + 1 }) ?? style.level, (1...9).contains(level) {
      blocks.add(Block(.heading, level: UInt8(min(level, 6))), paragraph.text)
    } else if let level = paragraph.listLevel ?? style.listLevel {
      blocks.add(Block(.listItem, level: UInt8(clamping: min(level, 8) + 1)), paragraph.text)
    } else if style.isCaption {
      blocks.add(Block(.caption), paragraph.text)
    } else if style.isQuote {
      blocks.add(Block(.quote, level: 1), paragraph.text)
    } else {
      blocks.add(Block(.paragraph), paragraph.text)
    }
  }

  private mutating func footnotes(_ events: XMLEvents) throws {
    try each(events, "w:footnote", "w:endnote") { blocks, events, text in
      // The lines between text and notes are notes too.
      if let type = events.type, type.hasPrefix("separator") || type.hasPrefix("continuation") { return }
      blocks.add(Block(.listItem, level: 1), text)
    }
  }

  private mutating func comments(_ events: XMLEvents) throws {
    try each(events, "w:comment", "w:comment") { blocks, events, text in
      let author = events.author ?? ""
      blocks.add(Block(.quote, level: 1), Array((author.isEmpty ? "" : author + ": ").utf8) + text)
    }
  }

  private struct NoteHead {
    var type: String?
    var author: String?
  }

  private mutating func each(
    _ events: XMLEvents, _ one: String, _ other: String, _ body: (inout OfficeBlocks, NoteHead, [UInt8]) -> Void
  ) throws {
    var head = NoteHead()
    var text: [UInt8] = []
    var isText = false
    while try events.next() {
      switch events.kind {
      case .text: if isText { text += events.text }
      case .start:
        if events.name == one || events.name == other {
          head = NoteHead(type: events.attribute("w:type"), author: events.attribute("w:author"))
          text = []
        }
        if events.name == "w:t" { isText = true }
        if events.name == "w:tab" || events.name == "w:br" { text.append(0x20) }
      case .end:
        if events.name == "w:t" { isText = false }
        if events.name == "w:p" { text.append(0x20) }
        if events.name == one || events.name == other { body(&blocks, head, text) }
      }
    }
  }
}

/// What paragraph styles mean, by their names and what they build on.
struct WordStyles {
  struct Style {
    var level: Int?
    var listLevel: Int?
    var isTitle = false, isCaption = false, isQuote = false, isTableOfContents = false
  }

  private var styles: [String: Style] = [:]

  init(_ root: XMLElement?) {
    guard let root else { return }
    var parents: [String: String] = [:]
    for element in root.all("style") {
      guard let id = element.attribute("w:styleId") else { continue }
      var style = Self.named(element.child("name")?.attribute("w:val") ?? id)
      if let outline = element.child("pPr")?.child("outlineLvl")?.attribute("w:val"), let level = Int(outline),
        level < 9
      {
        style.level = level + 1
      }
      if element.child("pPr")?.child("numPr") != nil, style.level == nil { style.listLevel = style.listLevel ?? 0 }
      styles[id] = style
      parents[id] = element.child("basedOn")?.attribute("w:val")
    }
    for (id, style) in styles where style.level == nil && !style.isTitle {
      var parent = parents[id]
      for _ in 0..<12 {
        guard let name = parent, let above = styles[name] else { break }
        if let level = above.level {
          styles[id]?.level = level
          break
        }
        parent = parents[name]
      }
    }
  }

  /// Built-in styles keep their English names in every language's Word.
  private static func named(_ name: String) -> Style {
    let lower = name.lowercased()
    var style = Style()
    if lower.hasPrefix("heading"), let level = lower.last?.wholeNumberValue { style.level = level }
    if lower == "title" { style.isTitle = true }
    if lower == "caption" { style.isCaption = true }
    if lower == "quote" || lower == "intense quote" || lower == "block text" { style.isQuote = true }
    if lower.hasPrefix("toc ") || lower == "table of figures" { style.isTableOfContents = true }
    if lower.hasPrefix("list bullet") || lower.hasPrefix("list number") || lower == "list paragraph" {
      style.listLevel = lower == "list paragraph" ? nil : (lower.last?.wholeNumberValue ?? 1) - 1
    }
    return style
  }

  subscript(_ id: String) -> Style { styles[id] ?? Self.named(id) }
}
