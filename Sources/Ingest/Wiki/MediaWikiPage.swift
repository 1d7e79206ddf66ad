import Documents

/// One page of a dump: its last revision is the text, all its revisions name contributors.
struct MediaWikiPage {
  struct Revision {
    var id = ""
    var parent = ""
    var date: DocumentDate?
    var contributor = ""
    var model = ""
    var text: [UInt8] = []
    var isDeleted = false
  }

  private(set) var title = ""
  private var namespace = ""
  private var id = ""
  private var redirect: String?
  private var last = Revision()
  private var first: Revision?
  private var contributors: [String] = []
  private var revisions = 0
  private var complaint: String?

  /// - Parameter xml: From `<page>` to `</page>`.
  /// - Throws: ``ReadError`` if memory is short.
  init(_ xml: UnsafeRawBufferPointer) throws {
    let check = UTF8Check.check(xml)
    if check.validPrefix == xml.count {
      try read(xml)
    } else {
      try UTF8Check.repair(xml).text.withUnsafeBytes { try read($0) }
    }
  }

  private mutating func read(_ utf8: UnsafeRawBufferPointer) throws {
    let events = try XMLEvents(utf8)
    var revision: Revision?
    var path: [String] = []
    var text: [UInt8] = []
    while try events.next() {
      switch events.kind {
      case .start:
        path.append(events.name)
        text.removeAll(keepingCapacity: true)
        switch events.name {
        case "revision", "upload": if events.name == "revision" { revision = Revision() }
        case "redirect": redirect = events.attribute("title") ?? ""
        case "text": revision?.isDeleted = events.attribute("deleted") != nil
        default: break
        }
      case .text: text.append(contentsOf: events.text)
      case .end:
        _ = path.popLast()
        if events.name == "revision", let done = revision {
          take(done)
          revision = nil
        } else if path.last == "contributor" {
          // An address of the network is nobody.
          if events.name == "username" { revision?.contributor = WhiteSpace.collapse(text) }
        } else if revision == nil {
          take(events.name, text)
        } else {
          Self.take(events.name, &text, into: &revision!)
        }
      }
    }
    complaint = events.complaint
    // A page that is cut off keeps what was read of it.
    if let revision {
      var cut = revision
      if path.last == "text" { cut.text = text }
      take(cut)
    }
  }

  private mutating func take(_ element: String, _ text: [UInt8]) {
    switch element {
    case "title": title = WhiteSpace.collapse(text)
    case "ns": namespace = WhiteSpace.collapse(text)
    case "id": if id.isEmpty { id = WhiteSpace.collapse(text) }
    default: break
    }
  }

  private static func take(_ element: String, _ text: inout [UInt8], into revision: inout Revision) {
    switch element {
    case "id": if revision.id.isEmpty { revision.id = WhiteSpace.collapse(text) }
    case "parentid": revision.parent = WhiteSpace.collapse(text)
    case "timestamp": revision.date = DateParser.parse(WhiteSpace.collapse(text))
    case "model": revision.model = WhiteSpace.collapse(text)
    case "text":
      // A second slot of the page (captions, structured data) is not its text.
      if revision.text.isEmpty { swap(&revision.text, &text) }
    default: break
    }
  }

  private mutating func take(_ revision: Revision) {
    revisions += 1
    if first == nil { first = revision }
    if !revision.contributor.isEmpty {
      contributors.removeAll { $0 == revision.contributor }
      contributors.append(revision.contributor)
      if contributors.count > 64 { contributors.removeFirst() }
    }
    // Exports list revisions from the oldest on, or from the newest.
    if revisions == 1 || (revision.date?.seconds ?? .min) >= (last.date?.seconds ?? .min) { last = revision }
    if let date = revision.date, let old = first?.date, date < old { first = revision }
  }

  func skipReason(hasAliases: Bool) -> String? {
    if redirect != nil, hasAliases { return "redirect: kept as an alias of its target" }
    if title.isEmpty { return "a page without title" }
    if revisions == 0 || last.isDeleted { return "no text: the revision is deleted or missing" }
    if !last.model.isEmpty, last.model != "wikitext", last.model != "flow-board" {
      return "not a wiki page (\(last.model))"
    }
    return nil
  }

  func document(_ site: MediaWikiSite, aliases: [String]) -> Document {
    var document = Document(externalID: title, kind: .wiki, title: title)
    var wikitext = WikiText(last.text, page: title)
    wikitext.write(to: &document)
    document.date = last.date
    document.declaredLanguage = site.language
    document.charsetSource = .validUTF8
    document.url = site.url(title)
    people(&document)
    func fact(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { document.attributes.append(Attribute(name, value)) }
    }
    fact("page-id", id)
    fact("revision", last.id)
    fact("namespace", namespace == "0" ? nil : site.namespace(namespace) ?? namespace)
    fact("wiki", site.name)
    if let target = redirect { fact("redirect", target) }
    for alias in aliases.prefix(256) { fact("alias", alias) }
    for tag in wikitext.categories.prefix(256) { fact("tag", tag) }
    document.notes += wikitext.notes
    if let complaint { document.notes.append("ill-formed XML: \(complaint)") }
    return document
  }

  /// Who began the page wrote it; the others worked on it, the last one first.
  private func people(_ document: inout Document) {
    var author: String?
    if let first, first.parent.isEmpty || first.parent == "0", !first.contributor.isEmpty { author = first.contributor }
    if let author { document.people.append(PersonMention(name: author, role: .author)) }
    for name in contributors.reversed() where name != author {
      document.people.append(PersonMention(name: name, role: .editor))
    }
  }
}
