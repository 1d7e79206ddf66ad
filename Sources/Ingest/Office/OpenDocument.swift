import Documents

/// OpenDocument text, spreadsheets and presentations (ODF 1.3, part 3): all have one `content.xml`.
struct OpenDocument {
  private var blocks = OfficeBlocks()
  private var lists = 0
  private var slides = 0
  private var notes: [[UInt8]] = []
  private var annotations: [[UInt8]] = []
  /// Paragraphs that are open: notes and frames put one into another.
  private var open: [(text: [UInt8], level: Int?)] = []
  private var repeatedRows = 0

  static func read(_ package: OfficePackage, into document: inout Document) throws {
    if let manifest = package.text("META-INF/manifest.xml"), manifest.count < 1 << 20,
      String(decoding: manifest, as: UTF8.self).contains("encryption-data")
    {
      throw ReadError("encrypted")
    }
    document.takeDublinCore(package.tree("meta.xml")?.root)
    var content = OpenDocument()
    try package.read("content.xml") { try content.read($0) }
    for note in content.notes { content.blocks.add(Block(.listItem, level: 1), note) }
    for note in content.annotations { content.blocks.add(Block(.quote, level: 1), note) }
    content.blocks.finish(into: &document)
  }

  private mutating func read(_ events: XMLEvents) throws {
    while try events.next() {
      switch events.kind {
      case .text: append(events.text.map { $0 == 0x0A ? 0x20 : $0 })
      case .start: try start(events)
      case .end: end(events.name)
      }
    }
    while !open.isEmpty { closeParagraph() }
  }

  private mutating func start(_ events: XMLEvents) throws {
    switch events.name {
    case "text:p": open.append(([], nil))
    case "text:h": open.append(([], events.attribute("text:outline-level").flatMap { Int($0) } ?? 1))
    case "text:list": lists += 1
    case "text:s":
      let count = events.attribute("text:c").flatMap { Int($0) } ?? 1
      append(repeatElement(0x20, count: max(1, min(count, 64))))
    case "text:tab": append([0x20])
    case "text:line-break": append([0x0A])
    case "text:note-body": notes.append(try gather(events))
    case "office:annotation": annotations.append(try gather(events))
    case "text:note-citation", "text:tracked-changes", "text:table-of-content", "text:alphabetical-index",
      "office:scripts", "office:font-face-decls", "office:automatic-styles", "svg:title", "svg:desc",
      "text:bibliography",
      "presentation:settings", "table:content-validations", "office:binary-data", "text:illustration-index":
      try events.skipElement()
    case "table:table":
      // In spreadsheets tables are sheets.
      if events.depth == 4, let name = events.attribute("table:name"), slides == 0, isSpreadsheet {
        blocks.add(Block(.heading, level: 2), Array(name.utf8))
      }
      blocks.beginTable()
    case "office:spreadsheet": isSpreadsheet = true
    case "table:table-row": blocks.beginRow()
    case "table:table-cell", "table:covered-table-cell":
      blocks.beginCell()
    case "draw:page":
      slides += 1
      let name = events.attribute("draw:name") ?? ""
      let isGeneric = name.isEmpty || name.lowercased().hasPrefix("page") || name.lowercased().hasPrefix("slide")
      let title = isGeneric ? "Slide \(slides)" : name
      blocks.add(Block(.heading, level: 2, anchor: "slide-\(slides)"), Array(title.utf8))
    default: break
    }
  }

  private var isSpreadsheet = false

  private mutating func end(_ name: String) {
    switch name {
    case "text:p", "text:h": closeParagraph()
    case "text:list": lists = max(0, lists - 1)
    case "table:table": blocks.endTable()
    case "table:table-row": blocks.endRow()
    case "table:table-cell", "table:covered-table-cell": blocks.endCell()
    default: break
    }
  }

  private mutating func append(_ bytes: some Sequence<UInt8>) {
    if !open.isEmpty { open[open.count - 1].text += bytes }
  }

  private mutating func closeParagraph() {
    guard let (text, level) = open.popLast() else { return }
    if let level {
      blocks.add(Block(.heading, level: UInt8(min(max(level, 1), 6))), text)
    } else if lists > 0 {
      blocks.add(Block(.listItem, level: UInt8(clamping: lists)), text)
    } else {
      blocks.add(Block(.paragraph), text)
    }
  }

  /// The words of an element that has just begun, its end taken.
  private func gather(_ events: XMLEvents) throws -> [UInt8] {
    var out: [UInt8] = []
    let depth = events.depth
    var skipped = 0
    while try events.next() {
      switch events.kind {
      case .text: if skipped == 0 { out += events.text }
      case .start:
        if events.name == "dc:date" || events.name == "meta:date-string" { skipped += 1 }
        if events.name == "text:s" || events.name == "text:tab" || events.name == "text:line-break" { out.append(0x20) }
      case .end:
        if events.name == "dc:date" || events.name == "meta:date-string" { skipped -= 1 }
        if events.name == "dc:creator" { out += Array(": ".utf8) }
        if events.name == "text:p" { out.append(0x20) }
        if events.depth == depth { return out }
      }
    }
    return out
  }
}
