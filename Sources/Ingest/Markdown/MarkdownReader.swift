import Documents

/// One Markdown file, one document: front matter, body through cmark-gfm, turns of speakers where there are any.
struct MarkdownReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    guard sink.begin(recordAt: 0) else { return }
    let bytes = try source.whole(limit: context.limits.recordBytes)
    let range = RecordRange(offset: 0, length: UInt64(bytes.count))
    let decoded = CharsetDecoder.decode(bytes)
    var (document, hasTitle) = try decoded.utf8.withUnsafeBufferPointer { try self.document($0, context) }
    document.record = range
    document.member = context.member
    document.take(decoded)
    // A title alone can be found; a file name alone is no document.
    if document.blocks.isEmpty, !hasTitle {
      sink.skipped(RecordProblem(member: context.member, record: range, reason: "no text"))
    } else {
      sink.document(document)
    }
  }

  private func document(_ text: UnsafeBufferPointer<UInt8>, _ context: ReadContext) throws -> (Document, hasTitle: Bool)
  {
    var document = Document(externalID: "", kind: .document)
    let front = FrontMatter.read(text)
    if let front { FrontMatterMapping.apply(front, to: &document) }
    let body = UnsafeBufferPointer(rebasing: text[(front?.bodyStart ?? 0)...])
    var blocks = try MarkdownBlocks.read(body)

    let hasTitle = !document.title.isEmpty
    let names = NameFacts(context.memberPath)
    if !hasTitle {
      document.title = Self.title(blocks) ?? Self.title(blocks, for: FileName(context.memberPath).stem) ?? names.title
    }
    if document.date == nil { document.date = names.date }
    let turns = MarkdownTurns.mark(&blocks, people: &document.people)
    if let summary = front.flatMap({ FrontMatterMapping.summary($0) }) {
      document.append(Block(.paragraph), WhiteSpace.collapse(summary).utf8)
    }
    for (block, text) in blocks { document.append(block, text) }
    document.markAnonymousSpeakers()

    document.kind =
      front.flatMap { FrontMatterMapping.kind($0) }
      ?? context.guessKind(title: document.title, headings: Self.headings(blocks), isDialogue: turns)
    return (document, hasTitle)
  }

  /// The first heading of level one; of level two if it opens the text.
  private static func title(_ blocks: [(block: Block, text: [UInt8])]) -> String? {
    let headings = blocks.prefix(50).enumerated().filter { $0.element.block.kind == .heading }
    let chosen = headings.first { $0.element.block.level == 1 } ?? headings.first { $0.offset == 0 }
    return chosen.map { String(decoding: $0.element.text, as: UTF8.self) }
  }

  /// For a file whose name tells nothing: any heading, else the first words.
  private static func title(_ blocks: [(block: Block, text: [UInt8])], for stem: String) -> String? {
    guard NameFacts.isOpaque(stem) else { return nil }
    if let heading = blocks.first(where: { $0.block.kind == .heading }) {
      return String(decoding: heading.text, as: UTF8.self)
    }
    return blocks.first { $0.block.kind == .paragraph }.map { FirstWords.of($0.text) }
  }

  private static func headings(_ blocks: [(block: Block, text: [UInt8])]) -> [String] {
    blocks.lazy.filter { $0.block.kind == .heading }.prefix(200)
      .map { String(decoding: $0.text, as: UTF8.self).lowercased() }
  }
}

extension Document {
  /// Notes how the bytes became text.
  mutating func take(_ decoded: DecodedText) {
    charset = decoded.charset.name
    charsetSource = decoded.source
    replacementCount = decoded.replacementCount
  }

  /// Machine-made labels stay speakers, and are named, so that nobody takes them for people (R25).
  mutating func markAnonymousSpeakers() {
    for person in people where person.role == .speaker && SpeakerName.isAnonymous(person.name) {
      attributes.append(Attribute("anonymous-speaker", person.name))
    }
  }

  /// The index of a speaker, added if new.
  mutating func speaker(_ name: String) -> Int {
    if let index = people.firstIndex(where: { $0.role == .speaker && $0.name == name }) { return index }
    people.append(PersonMention(name: name, role: .speaker))
    return people.count - 1
  }
}

extension ReadContext {
  /// The path that names the document: of the file in its source, or of the member in its archive.
  var memberPath: String { namePath ?? (member.isEmpty ? request.relativePath : member) }

  /// Folders from the source's own folder inwards, for guesses by name.
  var folders: [String] {
    let relative = memberPath.split(separator: "/").dropLast().map(String.init)
    guard member.isEmpty, request.path.hasSuffix("/" + request.relativePath) else { return relative }
    let root = request.path.dropLast(request.relativePath.utf8.count + 1).split(separator: "/").last
    return (root.map { [String($0)] } ?? []) + relative
  }

  func guessKind(title: String, headings: [String], isDialogue: Bool) -> DocumentKind {
    let kind = KindGuess.guess(folders: folders, stem: FileName(memberPath).stem, title: title, headings: headings)
    return kind == .document && isDialogue ? .transcript : kind
  }
}
