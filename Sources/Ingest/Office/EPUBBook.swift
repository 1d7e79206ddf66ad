import Documents

/// EPUB 2 and 3: the chapters of the spine in their order.
enum EPUBBook {
  static func read(_ package: OfficePackage, into document: inout Document) throws {
    if package.parts["META-INF/rights.xml"] != nil { throw ReadError("a book under copy protection") }
    let container = package.tree("META-INF/container.xml")?.root
    let path =
      container?.first("rootfile")?.attribute("full-path") ?? package.parts.keys.filter { $0.hasSuffix(".opf") }.min()
    guard let path, let root = package.tree(path)?.root else { throw ReadError("no table of contents in this EPUB") }
    document.takeDublinCore(root.child("metadata"))
    if let id = root.child("metadata")?.child("identifier")?.line, !id.isEmpty {
      document.attributes.append(Attribute("identifier", id))
    }
    let folder = OfficePackage.folder(path)
    var items: [String: (path: String, isNavigation: Bool)] = [:]
    for item in root.child("manifest")?.all("item") ?? [] {
      guard let id = item.attribute("id"), let href = item.attribute("href") else { continue }
      let properties = item.attribute("properties") ?? ""
      items[id] = (
        OfficePackage.resolve(percentDecoded(href), in: folder), properties.split(separator: " ").contains("nav")
      )
    }
    var out = BlockWriter()
    var missing = 0
    for reference in root.child("spine")?.all("itemref") ?? [] {
      guard let item = reference.attribute("idref").flatMap({ items[$0] }), !item.isNavigation else { continue }
      guard let text = package.text(item.path) else {
        missing += 1
        continue
      }
      HTMLFragment.write(text, to: &out)
    }
    if missing > 0 { document.notes.append("\(missing) chapters are missing") }
    out.finish(into: &document)
  }

  private static func percentDecoded(_ text: String) -> String {
    guard text.contains("%") else { return text }
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    var i = 0
    while i < bytes.count {
      if bytes[i] == 0x25, i + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[(i + 1)...(i + 2)], as: UTF8.self), radix: 16)
      {
        out.append(value)
        i += 3
      } else {
        out.append(bytes[i])
        i += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
