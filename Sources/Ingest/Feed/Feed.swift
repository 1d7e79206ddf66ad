import Documents

/// What a feed says of itself, and its items inherit.
struct Feed {
  let title: String
  let language: String?
  private let link: String?
  private let people: [PersonMention]
  private let date: DocumentDate?
  private let head: XMLElement

  init(_ root: XMLElement) {
    // RSS wraps its channel; Atom and CDF are theirs.
    head = root.children.first { $0.localName.lowercased() == "channel" } ?? root
    title = head.named("title").map { FeedText($0).line } ?? ""
    let declared = root.attribute("xml:lang") ?? head.attribute("xml:lang") ?? head.named("language")?.line
    language = declared.flatMap { Feed.language($0) }
    link = FeedItem.link(head)
    people = FeedItem.people(head)
    date = FeedItem.date(head)
  }

  static func language(_ text: String) -> String? {
    let code = WhiteSpace.trim(text)
    guard (2...12).contains(code.utf8.count),
      code.utf8.allSatisfy({ $0.isASCIILetter || $0 == 0x2D || $0.isASCIIDigit })
    else { return nil }
    return code
  }

  /// The feed itself, where it has no items.
  func document(_ context: ReadContext) -> Document? {
    var document = Document(externalID: "", kind: .newsletter, title: title)
    var out = BlockWriter()
    for name in ["description", "subtitle", "tagline", "abstract", "summary", "info"] {
      if let found = head.named(name) { FeedText(found).write(to: &out) }
    }
    out.finish(into: &document)
    guard !document.title.isEmpty || !document.blocks.isEmpty else { return nil }
    if document.title.isEmpty { document.title = NameFacts(context.memberPath).title }
    document.date = date
    document.people = people
    document.declaredLanguage = language
    document.url = link
    return document
  }
}

extension XMLElement {
  /// The first child of a local name, whatever its case.
  func named(_ name: String) -> XMLElement? { children.first { $0.localName.lowercased() == name } }
  /// The first child of a whole name.
  func qualified(_ name: String) -> XMLElement? { children.first { $0.name == name } }
}

/// A text construct: plain, HTML that is escaped, or XHTML that is not.
struct FeedText {
  private let bytes: [UInt8]
  private let isHTML: Bool

  init(_ element: XMLElement) {
    let type = element.attribute("type")?.lowercased() ?? ""
    let mode = element.attribute("mode")
    if !element.children.contains(where: { _ in true }) {
      bytes = element.text
      // RSS says nothing, and means HTML if it looks like it.
      isHTML =
        type == "html" || type.contains("/html") || type.contains("xhtml") || type == "text/html"
        || (type != "text" && type != "text/plain" && HTMLFragment.isLikely(bytes))
        || (mode == "escaped" && type.hasSuffix("html"))
    } else {
      bytes = element.markup
      isHTML = true
    }
  }

  var count: Int { bytes.count }
  var isEmpty: Bool { bytes.allSatisfy { $0.isWhiteSpace } }

  var line: String { isHTML ? HTMLFragment.line(bytes) : WhiteSpace.collapse(bytes) }

  func write(to out: inout BlockWriter) {
    if isHTML { return HTMLFragment.write(bytes, to: &out) }
    bytes.withUnsafeBufferPointer { text in
      Paragraphs.forEach(in: text) { out.append(Block(.paragraph), $0) }
    }
  }
}
