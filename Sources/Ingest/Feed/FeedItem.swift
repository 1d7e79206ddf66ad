import Documents

/// One item of a feed as a document.
struct FeedItem {
  private let item: XMLElement
  private let feed: Feed

  init(_ item: XMLElement, _ feed: Feed) {
    self.item = item
    self.feed = feed
  }

  /// - Returns: `nil` if there is neither title nor text.
  func document() -> Document? {
    var document = Document(externalID: "", kind: .newsletter)
    document.title = item.named("title").map { FeedText($0).line } ?? ""
    write(to: &document)
    guard !document.title.isEmpty || !document.blocks.isEmpty else { return nil }
    if document.title.isEmpty, let first = document.blocks.first {
      document.title = FirstWords.of(Array(document.text[first.range]))
    }
    document.date = Self.date(item)
    document.people = Self.people(item)
    document.url = Self.link(item)
    document.externalID = identity ?? ""
    document.declaredLanguage =
      item.attribute("xml:lang").flatMap { Feed.language($0) } ?? item.named("language").flatMap {
        Feed.language($0.line)
      }
      ?? feed.language
    if !feed.title.isEmpty { document.attributes.append(Attribute("feed", feed.title)) }
    tags(&document)
    return document
  }

  /// The longest of what stands for the text: feeds give a teaser beside it, or instead of it.
  private func write(to document: inout Document) {
    var best: FeedText?
    for child in item.children {
      switch child.localName.lowercased() {
      case "encoded" where child.name != "excerpt:encoded", "content", "description", "summary", "body", "abstract",
        "fullitem",
        "div":
        // Media descriptions and pictures are named alike.
        if child.name.hasPrefix("media:") || child.attribute("src") != nil { continue }
        let text = FeedText(child)
        if !text.isEmpty, text.count > best?.count ?? 0 { best = text }
      default: break
      }
    }
    var out = BlockWriter()
    best?.write(to: &out)
    for comment in item.children where comment.name == "wp:comment" {
      guard let text = comment.named("comment_content"), !FeedText(text).isEmpty else { continue }
      let author = comment.named("comment_author")?.line ?? ""
      out.append(Block(.heading, level: 3), "Comment\(author.isEmpty ? "" : " by " + author)".utf8)
      FeedText(text).write(to: &out)
    }
    out.finish(into: &document)
  }

  private var identity: String? {
    let own = item.named("guid") ?? item.named("id")
    let id = own?.line ?? item.attribute("rdf:about") ?? ""
    return id.isEmpty ? Self.link(item) : id
  }

  private func tags(_ document: inout Document) {
    for child in item.children {
      let name = child.localName.lowercased()
      if name == "category" || name == "subject" || name == "keywords" {
        let text = child.attribute("label") ?? child.attribute("term") ?? child.line
        let parts = name == "keywords" ? text.split(separator: ",").map(String.init) : [text]
        for part in parts {
          let tag = WhiteSpace.collapse(part)
          if !tag.isEmpty, document.attributes.count < 64 { document.attributes.append(Attribute("tag", tag)) }
        }
      } else if name == "enclosure", let url = child.attribute("url") {
        document.attributes.append(Attribute("enclosure", url))
      }
    }
  }

  // MARK: What feeds and items share

  private static let dates = [
    "pubdate", "published", "issued", "date", "created", "updated", "modified", "lastmod", "lastbuilddate",
  ]

  static func date(_ element: XMLElement) -> DocumentDate? {
    for name in dates {
      for child in element.children where child.localName.lowercased() == name {
        let text = child.line
        if let date = DateParser.parse(text) ?? DateText.parse(text) { return date }
      }
    }
    return nil
  }

  static func link(_ element: XMLElement) -> String? {
    var fallback: String?
    for child in element.children where child.localName.lowercased() == "link" {
      let url = child.attribute("href") ?? child.line
      guard url.contains("://") else { continue }
      let relation = child.attribute("rel") ?? "alternate"
      if relation == "alternate" { return url }
      if fallback == nil, relation != "self", relation != "hub" { fallback = url }
    }
    if let fallback { return fallback }
    if let guid = element.named("guid"), guid.attribute("isPermaLink") != "false", guid.line.hasPrefix("http") {
      return guid.line
    }
    return element.attribute("HREF") ?? element.attribute("href")
  }

  static func people(_ element: XMLElement) -> [PersonMention] {
    var out: [PersonMention] = []
    func add(_ mention: PersonMention) {
      let isKnown = out.contains {
        $0.name == mention.name && ($0.address == mention.address || mention.address == nil)
      }
      if !isKnown, out.count < 32 { out.append(mention) }
    }
    for child in element.children {
      let role: PersonRole
      switch child.localName.lowercased() {
      case "author", "creator": role = .author
      case "contributor", "managingeditor", "editor": role = .editor
      default: continue
      }
      if let name = child.named("name") ?? child.named("email") {
        let address = child.named("email").flatMap { PeopleParser.address($0.line) }
        add(PersonMention(name: name.localName.lowercased() == "email" ? "" : name.line, address: address, role: role))
      } else {
        for person in PeopleParser.parse(HTMLFragment.line(child.text), role: role) { add(person) }
      }
    }
    return out.filter { !$0.name.isEmpty || $0.address != nil }
  }
}
