import Documents

/// Plain text, reStructuredText, Org mode, AsciiDoc: one file, one document.
struct TextReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    guard sink.begin(recordAt: 0) else { return }
    let bytes = try source.whole(limit: context.limits.recordBytes)
    let range = RecordRange(offset: 0, length: UInt64(bytes.count))
    let decoded = CharsetDecoder.decode(bytes)
    var document = try decoded.utf8.withUnsafeBufferPointer { try Self.document($0, context) }
    document.record = range
    document.member = context.member
    document.take(decoded)
    if document.blocks.isEmpty {
      sink.skipped(RecordProblem(member: context.member, record: range, reason: "no text: white space only"))
    } else {
      sink.document(document)
    }
  }

  private static func document(_ text: UnsafeBufferPointer<UInt8>, _ context: ReadContext) throws -> Document {
    let name = FileName(context.memberPath)
    var document = Document(externalID: "", kind: .document)
    let front = FrontMatter.read(text)
    if let front { FrontMatterMapping.apply(front, to: &document) }
    let body = UnsafeBufferPointer(rebasing: text[(front?.bodyStart ?? 0)...])
    let lines = try TextLines.split(body, limit: context.limits.lineBytes)
    if name.extension == "org" { orgKeywords(lines, &document) }
    TextBlocks.append(lines[...], to: &document, options: options(name))

    let names = NameFacts(context.memberPath)
    if document.title.isEmpty { document.title = title(document) ?? names.title }
    if document.date == nil { document.date = names.date }
    let headings = document.blocks.lazy.filter { $0.kind == .heading }.prefix(200)
      .map { String(decoding: document.text[$0.range], as: UTF8.self).lowercased() }
    document.kind =
      front.flatMap { FrontMatterMapping.kind($0) }
      ?? context.guessKind(title: document.title, headings: Array(headings), isDialogue: false)
    return document
  }

  private static func options(_ name: FileName) -> TextBlocks.Options {
    switch name.extension {
    case "rst", "rest": .structuredText
    case "org": .starHeadings
    case "adoc", "asciidoc", "wiki", "creole": .equalsHeadings
    default: .prose
    }
  }

  /// `#+TITLE: …`
  private static func orgKeywords(_ lines: [UnsafeBufferPointer<UInt8>], _ document: inout Document) {
    for line in lines.prefix(40) where line.starts(with: "#+".utf8) {
      let text = WhiteSpace.collapse(line)
      guard let colon = text.firstIndex(of: ":") else { continue }
      let value = WhiteSpace.trim(text[text.index(after: colon)...])
      switch text[..<colon].dropFirst(2).lowercased() {
      case "title": if document.title.isEmpty { document.title = value }
      case "date": document.date = document.date ?? DateParser.parse(value.filter { !"<>[]".contains($0) })
      case "author": document.people += PeopleParser.parse(value, role: .author)
      case "language": document.declaredLanguage = value
      case "filetags": document.attributes += value.split(separator: ":").map { Attribute("tag", String($0)) }
      default: break
      }
    }
  }

  /// The first block, if it is a heading or a short line that is no sentence.
  private static func title(_ document: Document) -> String? {
    guard let first = document.blocks.first, first.kind == .heading || first.kind == .paragraph else { return nil }
    let text = document.text[first.range]
    guard text.count <= 120, !text.contains(0x0A) || first.kind == .heading else { return nil }
    if first.kind == .paragraph {
      guard document.blocks.count > 1, let last = text.last, !".,;:!?".utf8.contains(last) else { return nil }
      guard !text.contains(UInt8(ascii: "=")), !text.contains(UInt8(ascii: "{")), !text.starts(with: "http".utf8) else {
        return nil
      }
    }
    return WhiteSpace.collapse(text)
  }
}
