import Documents

/// `entities.xml` of a Confluence space or site export: current pages and blog posts, with their comments.
///
/// The file is a heap of database rows in no order (a page's text may stand anywhere), so what they hold is gathered
/// first; the limit is that of memory, and said.
struct ConfluenceReader: RecordReader {
  init() {}

  private static let mostBytes = 256 << 20

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    let bytes = try source.whole(limit: Self.mostBytes)
    let export: ConfluenceExport
    let check = UTF8Check.check(bytes)
    if check.validPrefix == bytes.count {
      export = try ConfluenceExport(bytes, sink.working)
    } else {
      export = try UTF8Check.repair(bytes).text.withUnsafeBytes { try ConfluenceExport($0, sink.working) }
    }
    for (number, id) in export.pages.enumerated() {
      // Rows have no places of their own to name: the number of the page stands for it.
      guard sink.begin(recordAt: UInt64(number)) else { continue }
      let record = RecordRange(offset: UInt64(number), length: 0)
      var document = export.document(id)
      document.record = record
      document.member = context.member
      document.charsetSource = .validUTF8
      if document.blocks.isEmpty, document.title.isEmpty {
        sink.skipped(RecordProblem(member: context.member, record: record, reason: "a page without title and text"))
      } else {
        sink.document(document)
      }
    }
    if export.pages.isEmpty, sink.begin(recordAt: 0) {
      let record = RecordRange(offset: 0, length: UInt64(bytes.count))
      sink.skipped(RecordProblem(member: context.member, record: record, reason: "no pages in this Confluence export"))
    }
  }
}

/// The rows of an export that matter.
struct ConfluenceExport {
  /// A row: its class, id, values and references by property.
  private struct Row {
    var id = ""
    var values: [String: [UInt8]] = [:]

    func text(_ name: String) -> String { values[name].map { WhiteSpace.collapse($0) } ?? "" }
  }

  /// Ids of current pages and blog posts in the order of the file.
  private(set) var pages: [String] = []
  private var rows: [String: Row] = [:]
  /// Text by the id of what it belongs to, and whether it is storage format.
  private var bodies: [String: (text: [UInt8], isMarkup: Bool)] = [:]
  private var comments: [String: [String]] = [:]
  private var labels: [String: [String]] = [:]
  private var labelNames: [String: String] = [:]
  private var users: [String: Row] = [:]
  private var spaces: [String: Row] = [:]

  private static let classes: Set<String> = [
    "Page", "BlogPost", "BodyContent", "Comment", "Label", "Labelling", "ConfluenceUserImpl", "InternalUser", "Space",
  ]

  init(_ utf8: UnsafeRawBufferPointer, _ working: () -> Void) throws {
    let events = try XMLEvents(utf8)
    var count = 0
    while try events.next() {
      guard events.kind == .start, events.name == "object" else { continue }
      let name = events.attribute("class") ?? ""
      guard Self.classes.contains(name) else {
        try events.skipElement()
        continue
      }
      count += 1
      if count % 256 == 0 { working() }
      take(name, try Self.row(events))
    }
  }

  /// Reads an `object` to its end.
  private static func row(_ events: XMLEvents) throws -> Row {
    var row = Row()
    let depth = events.depth
    var property = ""
    var text: [UInt8] = []
    while try events.next() {
      switch events.kind {
      case .start:
        if events.depth == depth + 1 {
          if events.name == "collection" {
            try events.skipElement()
            continue
          }
          property = events.attribute("name") ?? ""
        }
        text.removeAll(keepingCapacity: true)
      case .text: text += events.text
      case .end:
        if events.depth == depth { return row }
        if events.depth == depth + 1 {
          if events.name == "id" {
            row.id = WhiteSpace.collapse(text)
          } else if row.values[property] == nil {
            row.values[property] = text
          }
          text.removeAll(keepingCapacity: true)
        } else if events.depth == depth + 2, events.name == "id" {
          // A reference: the id of another row.
          row.values[property] = text
        }
      }
    }
    return row
  }

  private mutating func take(_ name: String, _ row: Row) {
    switch name {
    case "Page", "BlogPost":
      // Old versions point at the current one; drafts and deleted pages say what they are.
      let status = row.text("contentStatus")
      let isOld = !row.text("originalVersion").isEmpty || !row.text("originalVersionId").isEmpty
      guard !isOld, status.isEmpty || status == "current" else { return }
      rows[row.id] = row
      pages.append(row.id)
    case "BodyContent":
      let owner = row.text("content")
      guard let text = row.values["body"], !owner.isEmpty else { return }
      bodies[owner] = (text, row.text("bodyType") != "0")
    case "Comment":
      guard row.text("originalVersion").isEmpty, row.text("contentStatus") != "deleted" else { return }
      let owner = [row.text("containerContent"), row.text("owner"), row.text("page")].first { !$0.isEmpty } ?? ""
      rows[row.id] = row
      comments[owner, default: []].append(row.id)
    case "Label": labelNames[row.id] = row.text("name")
    case "Labelling": labels[row.text("content"), default: []].append(row.text("label"))
    case "ConfluenceUserImpl", "InternalUser":
      users[row.id] = row
      // People are referred to by key, described by name.
      if name == "InternalUser" { users["name:" + row.text("lowerName")] = row }
    default: spaces[row.id] = row
    }
  }

  func document(_ id: String) -> Document {
    guard let page = rows[id] else { return Document(externalID: id, kind: .wiki) }
    var document = Document(externalID: id, kind: .wiki, title: page.text("title"))
    var out = BlockWriter()
    write(id, to: &out)
    let said = (comments[id] ?? []).filter { bodies[$0] != nil }
    if !said.isEmpty { out.append(Block(.heading, level: 2, anchor: "comments"), "Comments".utf8) }
    for comment in said {
      guard let row = rows[comment] else { continue }
      let author = person(row.text("creator").isEmpty ? row.text("creatorName") : row.text("creator"))
      if let author {
        out.append(Block(.heading, level: 3), author.name.utf8)
        if !document.people.contains(where: { $0.name == author.name }) {
          document.people.append(PersonMention(name: author.name, address: author.address, role: .author))
        }
      }
      write(comment, to: &out)
    }
    out.finish(into: &document)
    let creator = person(page.text("creator").isEmpty ? page.text("creatorName") : page.text("creator"))
    let editor = person(page.text("lastModifier").isEmpty ? page.text("lastModifierName") : page.text("lastModifier"))
    var people: [PersonMention] = []
    if let creator { people.append(PersonMention(name: creator.name, address: creator.address, role: .author)) }
    if let editor, editor.name != creator?.name {
      people.append(PersonMention(name: editor.name, address: editor.address, role: .editor))
    }
    document.people = people + document.people.filter { mention in !people.contains { $0.name == mention.name } }
    document.date = DateParser.parse(page.text("lastModificationDate")) ?? DateParser.parse(page.text("creationDate"))
    facts(page, id, &document)
    return document
  }

  private func facts(_ page: Row, _ id: String, _ document: inout Document) {
    document.attributes.append(Attribute("page-id", id))
    if let space = spaces[page.text("space")] {
      document.attributes.append(
        Attribute("space", space.text("name").isEmpty ? space.text("key") : space.text("name")))
    }
    var trail: [String] = []
    var parent = page.text("parent")
    while let row = rows[parent], trail.count < 32 {
      trail.insert(row.text("title"), at: 0)
      parent = row.text("parent")
    }
    if !trail.isEmpty { document.attributes.append(Attribute("breadcrumb", trail.joined(separator: " > "))) }
    let version = page.text("version")
    if !version.isEmpty { document.attributes.append(Attribute("revision", version)) }
    for label in labels[id] ?? [] {
      if let name = labelNames[label], !name.isEmpty { document.attributes.append(Attribute("tag", name)) }
    }
  }

  private func write(_ id: String, to out: inout BlockWriter) {
    guard let body = bodies[id] else { return }
    if body.isMarkup {
      HTMLFragment.write(ConfluenceStorage.html(body.text), to: &out)
    } else {
      ConfluenceStorage.wikiMarkup(body.text, to: &out)
    }
  }

  private func person(_ key: String) -> (name: String, address: String?)? {
    guard !key.isEmpty else { return nil }
    // The list of users may be missing: their keys are no names.
    guard let user = users[key] else { return NameFacts.isOpaque(key) ? nil : (key, nil) }
    let login = user.text("name")
    let full = users["name:" + login.lowercased()] ?? user
    let name = [full.text("displayName"), full.text("fullName"), login].first { !$0.isEmpty } ?? key
    let address = [full.text("emailAddress"), full.text("email")].first { !$0.isEmpty }
    return (name, address.flatMap { PeopleParser.address($0) })
  }
}
