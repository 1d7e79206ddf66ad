import Documents

/// Reads an HTML page: one record, one document.
struct HTMLReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    guard sink.begin(recordAt: 0) else { return }
    let bytes = try source.whole(limit: context.limits.recordBytes)
    let record = RecordRange(offset: 0, length: UInt64(bytes.count))
    let text = CharsetDecoder.decode(bytes, CharsetDecoder.Hints(isMarkup: true))
    guard var document = ArchivedMail(text.utf8)?.document() ?? HTMLDocument.make(text.utf8) else {
      return sink.failed(
        RecordProblem(member: context.member, record: record, reason: "not enough memory for this page"))
    }
    document.record = record
    document.member = context.member
    document.charset = text.charset.name
    document.charsetSource = text.source
    document.replacementCount = text.replacementCount
    if document.blocks.isEmpty {
      let reason = "no text in this page"
      return sink.skipped(RecordProblem(member: context.member, record: record, reason: reason))
    }
    if document.title.isEmpty { document.title = String(context.fileName.prefix { $0 != "." }) }
    sink.document(document)
  }
}

/// Makes a document of one page.
enum HTMLDocument {
  /// - Parameter utf8: Valid UTF-8.
  /// - Returns: `nil` if memory is short. No blocks if there is no text.
  static func make(_ utf8: [UInt8]) -> Document? {
    guard let tree = utf8.withUnsafeBytes({ HTMLTree($0) }) else { return nil }
    var facts = HTMLMetadata.read(tree)
    var document = Document(externalID: "", kind: .document)
    let isMail = NewsletterContent.isMailLayout(tree)
    HTMLVisibility(isMail: isMail).mark(tree)
    let match = ContentMatch.find(tree, generator: facts.generator)
    if let match {
      WikiMetadata.read(tree, match.rule, into: &facts)
      match.mark(tree)
      switch match.rule.kind {
      case .wiki: document.kind = .wiki
      case .newsletter:
        document.kind = .newsletter
        NewsletterContent.mark(tree)
      case .document: break
      }
    } else if isMail {
      if NewsletterContent.mark(tree) { document.kind = .newsletter }
    } else {
      MainContent.mark(tree)
    }
    let heading = firstHeading(tree)
    facts.chooseTitle(heading: heading.map { tree.plainText($0, limit: 512) } ?? "")
    // The title is kept as the title; as a heading it would count twice.
    if let heading, tree.nodes[heading].tag == .h1, tree.plainText(heading, limit: 512) == facts.title {
      tree.nodes[heading].mark = .hidden
    }
    var out = BlockWriter()
    HTMLBlocks.write(tree, to: &out)
    out.finish(into: &document)
    document.title = facts.title
    document.date = facts.date
    document.people = facts.people
    document.declaredLanguage = facts.language
    document.url = facts.url
    document.attributes = facts.attributes
    if let match { document.attributes.append(Attribute("layout", match.rule.name)) }
    if tree.isTruncated { document.notes.append("page cut off: more markup than is read") }
    return document
  }

  /// The first `h1` of the content, or the first heading at all.
  private static func firstHeading(_ tree: HTMLTree) -> Int? {
    var first: Int?
    var i = 0
    while i < tree.nodes.count {
      let node = tree.nodes[i]
      if node.mark != .none {
        i = Int(node.end)
        continue
      }
      if node.tag == .h1 { return i }
      if first == nil, node.tag == .h2 { first = i }
      i += 1
    }
    return first
  }
}
