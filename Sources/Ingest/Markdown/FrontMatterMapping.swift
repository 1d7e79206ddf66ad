import Documents

/// Front matter as fields of a document.
enum FrontMatterMapping {
  static func apply(_ front: FrontMatter, to document: inout Document) {
    if let title = front.text("title", "subject", "name", "heading") { document.title = WhiteSpace.collapse(title) }
    let subtitle = front.text("subtitle")
    if let subtitle { document.attributes.append(Attribute("subtitle", WhiteSpace.collapse(subtitle))) }
    document.date = date(front)
    document.declaredLanguage = front.text("lang", "language", "locale").flatMap { $0.utf8.count <= 35 ? $0 : nil }
    document.url = front.text("url", "permalink", "canonical_url", "canonicalurl", "source_url", "link", "original_url")
    if let id = front.text("id", "uuid", "uid", "guid") { document.externalID = WhiteSpace.collapse(id) }
    people(front, into: &document)
    for key in ["tags", "tag", "categories", "category", "keywords", "topics", "labels"] {
      for tag in list(front.value(key)) { document.attributes.append(Attribute("tag", tag)) }
    }
    for alias in list(front.value("aliases")) { document.attributes.append(Attribute("alias", alias)) }
    for entry in front.entries where !mapped.contains(entry.key) {
      if let text = entry.value.text, text.utf8.count <= 200 {
        document.attributes.append(Attribute(entry.key, WhiteSpace.collapse(text)))
      }
    }
    if let note = front.note { document.notes.append(note) }
  }

  /// The kind that the front matter names: `kind` is believed, other words only if they mean a kind.
  static func kind(_ front: FrontMatter) -> DocumentKind? {
    if let kind = front.text("kind") { return DocumentKind(rawValue: WhiteSpace.collapse(kind).lowercased()) }
    for key in ["type", "layout", "document_type", "doc_type", "category", "categories"] {
      for word in front.value(key)?.texts ?? [] {
        if let kind = KindGuess.named(word) { return kind }
      }
    }
    if front.text("transcript_by", "transcribed_by", "transcriber") != nil { return .transcript }
    return nil
  }

  /// Text about the document that its body does not hold.
  static func summary(_ front: FrontMatter) -> String? {
    front.text("summary", "description", "abstract", "excerpt", "lead")
  }

  private static func date(_ front: FrontMatter) -> DocumentDate? {
    for key in [
      "date", "published", "publishdate", "publish_date", "pubdate", "published_at", "source_published_at",
      "start_time", "created", "created_at", "datetime", "year", "updated", "modified", "lastmod",
    ] {
      for text in front.value(key)?.texts ?? [] {
        if let date = DateParser.parse(text) { return date }
      }
    }
    return nil
  }

  private static let mapped: Set<String> = [
    "title", "subject", "subtitle", "name", "heading", "date", "published", "lang", "language", "locale", "url",
    "permalink", "id", "uuid", "uid", "guid", "tags", "tag", "categories", "category", "keywords", "topics", "labels",
    "aliases", "author", "authors", "by", "creator", "creators", "editor", "editors", "speaker", "speakers",
    "presenter", "presenters", "transcript_by", "transcribed_by", "transcriber", "kind", "summary", "description",
    "abstract", "excerpt", "lead", "author_email", "email", "draft", "translator", "guests", "guest", "host", "hosts",
    "interviewer", "interviewee", "maintainer",
  ]

  private static func people(_ front: FrontMatter, into document: inout Document) {
    let roles: [(PersonRole, [String])] = [
      (.author, ["author", "authors", "by", "creator", "creators"]),
      (
        .speaker,
        [
          "speaker", "speakers", "presenter", "presenters", "guest", "guests", "host", "hosts", "interviewer",
          "interviewee",
        ]
      ),
      (.editor, ["editor", "editors", "transcript_by", "transcribed_by", "transcriber", "translator", "maintainer"]),
    ]
    for (role, keys) in roles {
      for key in keys {
        guard let value = front.value(key) else { continue }
        for person in people(value, role) where !document.people.contains(person) { document.people.append(person) }
      }
    }
    if let address = front.text("author_email", "email").flatMap({ PeopleParser.address($0) }),
      let index = document.people.firstIndex(where: { $0.role == .author }), document.people[index].address == nil
    {
      document.people[index].address = address
    }
  }

  private static func people(_ value: FrontMatterValue, _ role: PersonRole) -> [PersonMention] {
    switch value {
    case .scalar(let text):
      // `Jane Doe via some-tool v1.0`: the tool is nobody.
      let words = text.split(separator: " ")
      let by = words.prefix { $0 != "via" }.joined(separator: " ")
      return PeopleParser.parse(by.hasPrefix("@") ? String(by.dropFirst()) : by, role: role)
    case .list(let values): return values.flatMap { people($0, role) }
    case .map(let entries):
      let name = entries.first { ["name", "display_name"].contains($0.key.lowercased()) }?.value.text
      let address = entries.first { ["email", "mail", "address"].contains($0.key.lowercased()) }?.value.text
      guard name != nil || address != nil else { return [] }
      let clean = WhiteSpace.collapse(name ?? "")
      return [PersonMention(name: clean, address: address.flatMap { PeopleParser.address($0) }, role: role)]
    }
  }

  /// A list, or a scalar with commas (Pelican's `Tags: a, b`).
  private static func list(_ value: FrontMatterValue?) -> [String] {
    guard let value else { return [] }
    if let text = value.text {
      return text.split(separator: ",").map { WhiteSpace.collapse($0) }.filter { !$0.isEmpty }
    }
    return value.texts.map { WhiteSpace.collapse($0) }
  }
}
