import Documents

/// PresentationML (ECMA-376, part 1, §19): slides in their order, with tables and speaker's notes.
struct PowerPointSlides {
  private var blocks = OfficeBlocks()

  static func read(_ package: OfficePackage, into document: inout Document) throws {
    document.takeDublinCore(package.tree("docProps/core.xml")?.root)
    let main =
      package.relationships(of: "").values.first { $0.type.hasSuffix("/officeDocument") }?.path
      ?? "ppt/presentation.xml"
    let targets = package.relationships(of: main)
    var paths: [String] = []
    for element in package.tree(main)?.root?.child("sldIdLst")?.all("sldId") ?? [] {
      if let id = element.attribute("r:id"), let target = targets[id] { paths.append(target.path) }
    }
    if paths.isEmpty {
      // The list is lost: by their numbers.
      func number(_ path: String) -> Int { Int(path.filter(\.isNumber)) ?? 0 }
      paths = package.parts.keys.filter { $0.hasPrefix("ppt/slides/slide") }.sorted { number($0) < number($1) }
    }
    var slides = PowerPointSlides()
    for (index, path) in paths.enumerated() {
      try slides.slide(package, path, number: index + 1, &document)
    }
    slides.blocks.finish(into: &document)
  }

  private mutating func slide(
    _ package: OfficePackage, _ path: String, number: Int, _ document: inout Document
  ) throws {
    guard let root = package.tree(path)?.root else { return }
    var title = ""
    for shape in root.descendants where shape.name == "p:sp" && Self.isTitle(Self.placeholder(shape)) {
      title = WhiteSpace.collapse(Self.paragraphs(shape).map(\.text).joined(separator: [0x20]))
      if !title.isEmpty { break }
    }
    if document.title.isEmpty, number == 1, !title.isEmpty { document.title = title }
    blocks.add(
      Block(.heading, level: 2, anchor: "slide-\(number)"), Array((title.isEmpty ? "Slide \(number)" : title).utf8))
    body(root)
    guard let notes = package.relationships(of: path).values.first(where: { $0.type.hasSuffix("/notesSlide") }),
      let page = package.tree(notes.path)?.root
    else { return }
    for shape in page.descendants where shape.name == "p:sp" && Self.placeholder(shape) == "body" {
      for (text, _) in Self.paragraphs(shape) { blocks.add(Block(.paragraph), text) }
    }
  }

  private mutating func body(_ root: XMLElement) {
    for element in root.descendants {
      switch element.name {
      case "p:sp":
        let kind = Self.placeholder(element)
        if Self.isTitle(kind) || ["sldNum", "dt", "ftr", "hdr"].contains(kind) { continue }
        let isList = kind == "body" || kind == "obj"
        for (text, level) in Self.paragraphs(element) {
          blocks.add(isList ? Block(.listItem, level: UInt8(clamping: level + 1)) : Block(.paragraph), text)
        }
      case "a:tbl":
        blocks.beginTable()
        for row in element.all("tr") {
          blocks.beginRow()
          for cell in row.all("tc") {
            blocks.beginCell()
            for (text, _) in Self.paragraphs(cell) { blocks.add(Block(.paragraph), text) }
            blocks.endCell()
          }
          blocks.endRow()
        }
        blocks.endTable()
      default: break
      }
    }
  }

  private static func isTitle(_ placeholder: String) -> Bool { placeholder == "title" || placeholder == "ctrTitle" }

  /// `title`, `body`, …; empty for a text box, `obj` for a placeholder without a type.
  private static func placeholder(_ shape: XMLElement) -> String {
    guard let mark = shape.child("nvSpPr")?.child("nvPr")?.child("ph") else { return "" }
    return mark.attribute("type") ?? "obj"
  }

  private static func paragraphs(_ element: XMLElement) -> [(text: [UInt8], level: Int)] {
    var out: [(text: [UInt8], level: Int)] = []
    for paragraph in element.descendants where paragraph.name == "a:p" {
      var text: [UInt8] = []
      for part in paragraph.descendants {
        if part.name == "a:t" || part.name == "m:t" { text += part.text }
        if part.name == "a:br" || part.name == "a:tab" { text.append(0x20) }
      }
      out.append((text, paragraph.child("pPr")?.attribute("lvl").flatMap { Int($0) } ?? 0))
    }
    return out
  }
}
