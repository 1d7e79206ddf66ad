import Documents

/// The parts of a file that is a zip archive of XML: Office Open XML, OpenDocument, EPUB.
struct OfficePackage {
  /// By path inside the archive.
  private(set) var parts: [String: [UInt8]] = [:]
  private(set) var notes: [String] = []
  /// Bytes of all parts together.
  private static let mostBytes = 512 << 20

  /// - Parameter wants: Which parts are needed.
  /// - Throws: ``ReadError`` if the archive cannot be read at all, or is a bomb.
  init(_ source: any ByteSource, _ context: ReadContext, wants: (String) -> Bool) throws {
    let budget = context.budget ?? ExpansionBudget(fileBytes: source.byteCount ?? 0, context.limits)
    let bytes: any ByteSource =
      source.canGoBack ? source : MemorySource(try source.whole(limit: context.limits.recordBytes))
    let archive = try ArchiveHandle(bytes)
    var total = 0
    var count = 0
    do {
      while let member = try archive.next() {
        count += 1
        guard count <= 100_000 else { throw ReadError("over 100000 parts") }
        guard member.kind == .file, let path = member.path, parts[path] == nil, wants(path) else { continue }
        if member.isEncrypted { throw ReadError("encrypted") }
        let data = MemberSource(archive, budget, again: Again(source: bytes, member: count, budget: budget))
        let part = [UInt8](try data.whole(limit: context.limits.recordBytes))
        if let damage = data.damage { notes.append("\(path) is damaged (\(damage))") }
        total += part.count
        guard total <= Self.mostBytes else { throw ReadError("over \(Self.mostBytes >> 20) MiB of text") }
        parts[path] = part
      }
    } catch {
      // An index that is cut off: what came before it may be enough.
      guard !parts.isEmpty, !budget.isSpent else { throw error }
      notes.append("\(error)")
    }
  }

  /// A part as UTF-8; `nil` if it is not there.
  func text(_ path: String) -> [UInt8]? {
    parts[path].map { part in
      part.withUnsafeBytes { CharsetDecoder.decode($0, CharsetDecoder.Hints(isMarkup: true)).utf8 }
    }
  }

  /// A part as events. `body` is not called if the part is not there.
  func read(_ path: String, _ body: (XMLEvents) throws -> Void) throws {
    guard let text = text(path) else { return }
    try text.withUnsafeBytes { try body(try XMLEvents($0)) }
  }

  func tree(_ path: String) -> XMLTree? {
    text(path).flatMap { text in try? text.withUnsafeBytes { try XMLTree($0) } }
  }

  /// Targets of a part's relationships, by id: their path and type.
  func relationships(of path: String) -> [String: (path: String, type: String)] {
    let folder = Self.folder(path)
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    var out: [String: (path: String, type: String)] = [:]
    for element in tree("\(folder)_rels/\(name).rels")?.root?.all("Relationship") ?? [] {
      guard let id = element.attribute("Id"), let target = element.attribute("Target"),
        element.attribute("TargetMode") != "External"
      else { continue }
      out[id] = (Self.resolve(target, in: folder), element.attribute("Type") ?? "")
    }
    return out
  }

  static func folder(_ path: String) -> String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" }

  /// `../notes/n1.xml` as seen from `ppt/slides/`.
  static func resolve(_ target: String, in folder: String) -> String {
    var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
    for part in target.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}

extension Document {
  /// Title, people, dates from `docProps/core.xml` or ODF's `meta.xml`, or an EPUB's package: Dublin Core all of them.
  mutating func takeDublinCore(_ root: XMLElement?) {
    guard let root else { return }
    var created: DocumentDate?
    var changed: DocumentDate?
    var editors: [String] = []
    for element in root.descendants {
      let value = element.line
      guard !value.isEmpty else { continue }
      switch element.name {
      case "dc:title": if title.isEmpty, !OfficeTitle.isEmpty(value) { title = value }
      case "dc:creator" where root.first("initial-creator") != nil, "cp:lastModifiedBy": editors.append(value)
      case "dc:creator", "meta:initial-creator": people += PeopleParser.parse(value, role: .author)
      case "dcterms:created", "meta:creation-date": created = DateParser.parse(value)
      case "dcterms:modified", "dc:date":
        // An EPUB may list the dates of its original and of its making.
        if element.attribute("opf:event") == "creation" {
          created = DateParser.parse(value)
        } else {
          changed = changed ?? DateParser.parse(value)
        }
      case "dc:language": declaredLanguage = Feed.language(value)
      case "dc:subject", "meta:keyword": attributes.append(Attribute("tag", value))
      case "cp:keywords":
        for tag in value.split(whereSeparator: { $0 == "," || $0 == ";" }) {
          attributes.append(Attribute("tag", WhiteSpace.trim(tag)))
        }
      case "dc:publisher": attributes.append(Attribute("publisher", value))
      case "dc:contributor": people += PeopleParser.parse(value, role: .editor)
      default: break
      }
    }
    for name in editors where !people.contains(where: { $0.name == name }) {
      people += PeopleParser.parse(name, role: .editor)
    }
    people.removeAll { OfficeTitle.isNobody($0.name) }
    // What was said last is what the text says; templates carry the date of their own making.
    date = changed ?? created
  }
}

/// What programs write where people wrote nothing.
enum OfficeTitle {
  static func isEmpty(_ title: String) -> Bool {
    let lower = title.lowercased()
    return [
      "untitled", "document", "microsoft word", "powerpoint presentation", "powerpoint-präsentation", "presentation",
      "slide 1", "no slide title", "title", "unbenannt", "dokument", "présentation powerpoint", "folie 1",
    ].contains(lower) || lower.hasPrefix("microsoft word - ") || lower.hasSuffix(".doc") || lower.hasSuffix(".docx")
      || lower.hasSuffix(".indd") || lower.hasSuffix(".dvi") || lower.hasSuffix(".ppt") || lower.hasSuffix(".pptx")
  }

  static func isNobody(_ name: String) -> Bool {
    [
      "", "user", "admin", "administrator", "author", "unknown", "microsoft office user", "windows user", "python-docx",
      "openpyxl", "python-pptx", "owner", "pc", "home", "apache poi", "un-named", "unknown creator", "anonymous",
    ].contains(name.lowercased())
  }
}
