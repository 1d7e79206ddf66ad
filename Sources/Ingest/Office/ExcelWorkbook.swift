import Documents

/// SpreadsheetML (ECMA-376, part 1, §18): every sheet a heading, every row with text or numbers a row.
struct ExcelWorkbook {
  private let strings: [[UInt8]]
  private let dateStyles: Set<Int>
  private let is1904: Bool
  private var blocks = OfficeBlocks()
  private var cellCount = 0
  /// Cells of one workbook; what is beyond is data, not text.
  private static let mostCells = 2_000_000

  static func read(_ package: OfficePackage, into document: inout Document) throws {
    document.takeDublinCore(package.tree("docProps/core.xml")?.root)
    let main =
      package.relationships(of: "").values.first { $0.type.hasSuffix("/officeDocument") }?.path ?? "xl/workbook.xml"
    let targets = package.relationships(of: main)
    let book = package.tree(main)?.root
    let folder = OfficePackage.folder(main)
    func part(_ type: String, _ name: String) -> String {
      targets.values.first { $0.type.hasSuffix("/" + type) }?.path ?? folder + name
    }
    var workbook = ExcelWorkbook(
      strings: try Self.strings(package, part("sharedStrings", "sharedStrings.xml")),
      dateStyles: Self.dateStyles(package.tree(part("styles", "styles.xml"))?.root),
      is1904: ["1", "true"].contains(book?.child("workbookPr")?.attribute("date1904") ?? ""))
    for sheet in book?.child("sheets")?.all("sheet") ?? [] {
      guard let id = sheet.attribute("r:id"), let target = targets[id] else { continue }
      let state = sheet.attribute("state") ?? "visible"
      if state != "visible" { document.notes.append("a hidden sheet: \(sheet.attribute("name") ?? id)") }
      workbook.blocks.add(Block(.heading, level: 2), Array((sheet.attribute("name") ?? "").utf8))
      try package.read(target.path) { try workbook.sheet($0) }
    }
    if workbook.cellCount >= mostCells { document.notes.append("more than \(mostCells) cells: the rest is left out") }
    workbook.blocks.finish(into: &document)
    // Names of empty sheets are no text.
    if document.blocks.allSatisfy({ $0.kind == .heading }) { document.blocks = [] }
  }

  private init(strings: [[UInt8]], dateStyles: Set<Int>, is1904: Bool) {
    self.strings = strings
    self.dateStyles = dateStyles
    self.is1904 = is1904
  }

  private static func strings(_ package: OfficePackage, _ path: String) throws -> [[UInt8]] {
    var out: [[UInt8]] = []
    try package.read(path) { events in
      var isText = false
      while try events.next() {
        switch events.kind {
        case .text: if isText, !out.isEmpty { out[out.count - 1] += events.text }
        case .start:
          if events.name == "si" { out.append([]) }
          // Readings of East Asian words stand beside them.
          if events.name == "rPh" { try events.skipElement() } else if events.name == "t" { isText = true }
        case .end: if events.name == "t" { isText = false }
        }
      }
    }
    return out
  }

  /// Cell formats that show a number as a date.
  private static func dateStyles(_ root: XMLElement?) -> Set<Int> {
    var custom: [Int: Bool] = [:]
    for format in root?.child("numFmts")?.all("numFmt") ?? [] {
      guard let id = format.attribute("numFmtId").flatMap({ Int($0) }), let code = format.attribute("formatCode") else {
        continue
      }
      custom[id] = isDateFormat(code)
    }
    var out: Set<Int> = []
    for (index, format) in (root?.child("cellXfs")?.all("xf") ?? []).enumerated() {
      let id = format.attribute("numFmtId").flatMap { Int($0) } ?? 0
      if custom[id] ?? ((14...17).contains(id) || id == 22 || (27...36).contains(id) || (50...58).contains(id)) {
        out.insert(index)
      }
    }
    return out
  }

  private static func isDateFormat(_ code: String) -> Bool {
    var isQuoted = false
    var isBracketed = false
    for character in code.lowercased() {
      if character == "\"" { isQuoted.toggle() }
      if character == "[" { isBracketed = true }
      if character == "]" { isBracketed = false }
      if !isQuoted, !isBracketed, character == "y" || character == "d" { return true }
    }
    return false
  }

  private mutating func sheet(_ events: XMLEvents) throws {
    var type = ""
    var style = 0
    var value: [UInt8] = []
    var isValue = false
    var column = 0
    blocks.beginTable()
    while try events.next(), cellCount < Self.mostCells {
      switch events.kind {
      case .text: if isValue { value += events.text }
      case .start:
        switch events.name {
        case "row":
          blocks.beginRow()
          column = 0
        case "c":
          type = events.attribute("t") ?? "n"
          style = events.attribute("s").flatMap { Int($0) } ?? 0
          value = []
          // Empty cells are left out of the file.
          let here = events.attribute("r").map { Self.column($0) } ?? column + 1
          while column + 1 < min(here, 200) {
            column += 1
            blocks.beginCell()
            blocks.endCell()
          }
          column = here
          cellCount += 1
        case "v", "t": isValue = true
        case "f", "rPh", "extLst": try events.skipElement()
        default: break
        }
      case .end:
        switch events.name {
        case "v", "t": isValue = false
        case "c":
          blocks.beginCell()
          blocks.add(Block(.paragraph), shown(value, type, style))
          blocks.endCell()
        case "row": blocks.endRow()
        default: break
        }
      }
    }
    blocks.endTable()
  }

  /// `C7` is the third.
  private static func column(_ reference: String) -> Int {
    reference.utf8.prefix { $0.isASCIILetter }.prefix(4).reduce(0) { $0 * 26 + Int($1.asciiLowercased &- 0x60) }
  }

  private func shown(_ value: [UInt8], _ type: String, _ style: Int) -> [UInt8] {
    switch type {
    case "s":
      guard let index = Int(String(decoding: value, as: UTF8.self)), strings.indices.contains(index) else { return [] }
      return strings[index]
    case "b": return Array((value == [0x31] ? "TRUE" : "FALSE").utf8)
    case "e": return []
    case "n" where dateStyles.contains(style):
      guard let days = Double(String(decoding: value, as: UTF8.self)), days >= 1, days < 2_958_466 else { return value }
      // Day 60 of 1900 never was; nobody has dates before it.
      let epoch = is1904 ? -24_107.0 : -25_569.0
      let seconds = ((days + epoch) * 86_400).rounded()
      let whole = days == days.rounded()
      return Array(DocumentDate(seconds: Int64(seconds), precision: whole ? .day : .second).iso8601.utf8)
    default: return value
    }
  }
}
