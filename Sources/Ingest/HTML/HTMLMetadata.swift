import Documents

/// What a page says about itself: title, date, people, language, address, place in its wiki.
struct HTMLMetadata {
  var title = ""
  var siteName = ""
  var date: DocumentDate?
  var people: [PersonMention] = []
  var language: String?
  var url: String?
  var attributes: [Attribute] = []
  var generator: UnsafeRawBufferPointer?
  /// Title element and first heading, before one of them is chosen.
  private var titleElement = ""
  private var openGraphTitle = ""
  /// Date by the trust in where it stood: lower is better.
  private var dateRank = Int.max

  /// Reads the head and the markup that carries facts; the rules of wikis come later (``WikiMetadata``).
  static func read(_ tree: HTMLTree) -> HTMLMetadata {
    var out = HTMLMetadata()
    for i in tree.nodes.indices where tree.nodes[i].tag != .text { out.element(i, tree) }
    for text in tree.jsonTexts {
      let facts = LinkedData.read(UnsafeRawBufferPointer(rebasing: tree.arena[text]))
      if let date = facts.date { out.note(date, rank: 1) }
      for name in facts.authors { out.add(name, .author) }
    }
    return out
  }

  private mutating func element(_ i: Int, _ tree: HTMLTree) {
    switch tree.nodes[i].tag {
    case .meta: meta(i, tree)
    case .title: if titleElement.isEmpty { titleElement = tree.plainText(i, limit: 1024) }
    case .html, .body:
      if language == nil, let value = tree.string(.lang, of: i) ?? tree.string(.language, of: i) { setLanguage(value) }
    case .link:
      if let rel = tree.attribute(.rel, of: i), rel.count == 9, rel.matches("canonical", at: 0),
        let href = tree.string(.href, of: i)
      {
        setURL(href)
      }
    case .time: time(i, tree)
    default: if tree.nodes[i].attributeCount > 0 { microdata(i, tree) }
    }
  }

  private mutating func meta(_ i: Int, _ tree: HTMLTree) {
    guard let content = tree.attribute(.content, of: i), !content.isEmpty else { return }
    guard
      let key = tree.string(.property, of: i) ?? tree.string(.name, of: i) ?? tree.string(.itemprop, of: i)
        ?? tree.string(.httpEquiv, of: i)
    else { return }
    let value = String(decoding: HeaderText.collapse([UInt8](content)), as: UTF8.self)
    switch key.lowercased() {
    case "generator": if generator == nil { generator = content }
    case "og:title": openGraphTitle = value
    case "og:site_name", "application-name": if siteName.isEmpty { siteName = value }
    case "og:url": if url == nil { setURL(value) }
    case "og:locale": if language == nil { setLanguage(value) }
    case "content-language", "language", "dc.language": if language == nil { setLanguage(value) }
    case "article:published_time", "og:published_time", "og:article:published_time":
      note(DateText.parse(value), rank: 0)
    case "datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date",
      "date.issued", "citation_publication_date", "cxenseparse:recs:publishtime":
      note(DateText.parse(value), rank: 2)
    case "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date.created", "date", "created":
      note(DateText.parse(value), rank: 3)
    case "dcterms.modified", "article:modified_time", "last-modified", "revised", "og:updated_time":
      note(DateText.parse(value), rank: 8)
    case "author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "byl":
      for mention in Byline.people(value) { add(mention, .author) }
    case "article:author": if !value.contains("://") { add(value, .author) }
    case "article:tag": attributes.append(Attribute("tag", value))
    default: break
    }
  }

  private mutating func time(_ i: Int, _ tree: HTMLTree) {
    guard dateRank > 5 else { return }
    let text = tree.string(.datetime, of: i) ?? tree.plainText(i, limit: 64)
    let published = tree.attribute(.itemprop, of: i)?.matches("datepublished", at: 0) ?? false
    note(DateText.parse(text), rank: published ? 2 : 5)
  }

  private mutating func microdata(_ i: Int, _ tree: HTMLTree) {
    if let property = tree.attribute(.itemprop, of: i) {
      if property.matches("datepublished", at: 0) {
        note(DateText.parse(tree.string(.content, of: i) ?? tree.plainText(i, limit: 64)), rank: 2)
      } else if property.count == 6, property.matches("author", at: 0) {
        let name = tree.first(in: tree.subtree(i).dropFirst().clamped(to: tree.subtree(i))) {
          tree.attribute(.itemprop, of: $0)?.matches("name", at: 0) ?? false
        }
        for person in Byline.people(tree.plainText(name ?? i, limit: 200)) { add(person, .author) }
      }
    } else if tree.nodes[i].tag == .a, let rel = tree.attribute(.rel, of: i), rel.count == 6,
      rel.matches("author", at: 0)
    {
      for person in Byline.people(tree.plainText(i, limit: 200)) { add(person, .author) }
    } else if people.isEmpty, let name = tree.attribute(.class, of: i), name.find("byline") != nil {
      for person in Byline.people(tree.plainText(i, limit: 200)) { add(person, .author) }
    }
  }

  // MARK: Facts

  mutating func note(_ date: DocumentDate?, rank: Int) {
    guard let date, rank < dateRank, (1980...2060).contains(date.year) else { return }
    self.date = date
    dateRank = rank
  }

  mutating func add(_ name: String, _ role: PersonRole) {
    let clean = Byline.clean(name)
    guard !clean.isEmpty, people.count < 32 else { return }
    let mention = PersonMention(name: clean, role: role)
    if !people.contains(mention) { people.append(mention) }
  }

  private mutating func setLanguage(_ value: String) {
    let tag = value.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == " " }).first.map(String.init) ?? ""
    let code = String(tag.map { $0 == "_" ? "-" : $0 })
    guard (2...12).contains(code.utf8.count),
      code.utf8.allSatisfy({ $0.isASCIILetter || $0 == 0x2D || $0.isASCIIDigit })
    else { return }
    language = code
  }

  private mutating func setURL(_ value: String) {
    if value.hasPrefix("http://") || value.hasPrefix("https://"), value.utf8.count < 2048 { url = value }
  }

  /// Chooses the title: what the page calls itself, without the name of the site.
  ///
  /// - Parameter heading: First heading of the content, empty if there is none.
  mutating func chooseTitle(heading: String) {
    if !title.isEmpty { return }
    let page = openGraphTitle.isEmpty ? titleElement : openGraphTitle
    if page.isEmpty {
      title = heading
    } else if !heading.isEmpty, heading.utf8.count >= 4, page.hasPrefix(heading) || titleElement.hasPrefix(heading) {
      title = heading
    } else {
      title = SiteName.strip(page, siteName: siteName, other: titleElement)
    }
  }
}

/// Takes the name of the site off a title: `Alarm chain - Sternawiki`.
enum SiteName {
  static func strip(_ title: String, siteName: String, other: String) -> String {
    for separator in [" - ", " | ", " – ", " — ", " · ", " :: ", " « ", " » ", " • ", " : "] {
      guard let cut = title.lastRange(of: separator) else { continue }
      let head = String(title[..<cut.lowerBound]), tail = String(title[cut.upperBound...])
      if !siteName.isEmpty {
        if tail.lowercased() == siteName.lowercased() { return head }
        if head.lowercased() == siteName.lowercased() { return tail }
      }
      // A short tail behind a bar or at the end of a longer head is the site.
      let tailWords = tail.split(separator: " ").count, headWords = head.split(separator: " ").count
      let isBar = separator == " | " || separator == " – " || separator == " — " || separator == " :: "
      if isBar ? tailWords <= 5 && headWords >= 2 : tailWords <= 3 && headWords >= tailWords + 1 { return head }
    }
    return title
  }
}

extension String {
  fileprivate func lastRange(of text: String) -> Range<String.Index>? {
    let pattern = Array(text.utf8), bytes = Array(utf8)
    guard bytes.count > pattern.count else { return nil }
    for start in stride(from: bytes.count - pattern.count, through: 1, by: -1)
    where bytes[start..<(start + pattern.count)].elementsEqual(pattern) {
      return utf8.index(startIndex, offsetBy: start)..<utf8.index(startIndex, offsetBy: start + pattern.count)
    }
    return nil
  }
}
