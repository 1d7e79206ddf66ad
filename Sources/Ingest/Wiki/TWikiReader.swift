import Documents

/// Topics of TWiki and Foswiki as they lie in the wiki's data folder (`Web/TopicName.txt`): the text and its `%META:…%`.
struct TWikiReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    guard sink.begin(recordAt: 0) else { return }
    let bytes = try source.whole(limit: context.limits.recordBytes)
    let range = RecordRange(offset: 0, length: UInt64(bytes.count))
    let decoded = CharsetDecoder.decode(bytes)
    let name = FileName(context.memberPath)
    var topic = TWikiTopic(name: name.stem, web: name.folders.last.map(String.init) ?? "")
    var document = try decoded.utf8.withUnsafeBufferPointer { text in
      topic.document(try TextLines.split(text, limit: context.limits.lineBytes))
    }
    document.record = range
    document.member = context.member
    document.take(decoded)
    if document.blocks.isEmpty {
      sink.skipped(RecordProblem(member: context.member, record: range, reason: "a topic without text"))
    } else {
      if document.date == nil { document.date = NameFacts(context.memberPath).date }
      sink.document(document)
    }
  }
}

/// One topic.
struct TWikiTopic {
  private let name: String
  private let web: String
  private var document = Document(externalID: "", kind: .wiki)
  private var fields: [(name: String, value: String)] = []
  private var paragraph: [UInt8] = []
  private var code: [UInt8]?
  private var anchor: String?

  init(name: String, web: String) {
    self.name = name
    self.web = web
  }

  mutating func document(_ lines: [UnsafeBufferPointer<UInt8>]) -> Document {
    document.title = name
    for line in lines { self.line(line) }
    flush()
    endCode()
    for field in fields where !field.value.isEmpty {
      document.append(Block(.tableRow), "\(field.name)\t\(field.value)".utf8)
    }
    if !web.isEmpty { document.attributes.append(Attribute("web", web)) }
    // A topic whose first words are a heading calls itself so.
    if let first = document.blocks.first, first.kind == .heading, first.level <= 2 {
      let heading = String(decoding: document.text[first.range], as: UTF8.self)
      if heading != name, heading.count <= 120 {
        document.attributes.append(Attribute("topic", name))
        document.title = heading
      }
    }
    return document
  }

  private mutating func line(_ line: UnsafeBufferPointer<UInt8>) {
    if line.starts(with: "%META:".utf8) { return meta(TWikiMeta(line)) }
    if code != nil { return codeLine(line) }
    let trimmed = WhiteSpace.trim(line)
    guard let first = trimmed.first else { return flush() }
    if let open = Self.codeStart(trimmed) {
      flush()
      code = []
      let rest = UnsafeBufferPointer(rebasing: trimmed[open...])
      if !rest.isEmpty { codeLine(rest) }
      return
    }
    if line.starts(with: "---+".utf8) { return heading(line) }
    if line.starts(with: "---".utf8), trimmed.allSatisfy({ $0 == 0x2D }) { return flush() }
    if first == 0x7C, trimmed.count > 1 { return tableRow(trimmed) }
    if line[0] == 0x23, line.count > 1, line[1].isASCIIUppercase {
      let name = line.dropFirst().prefix { $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x5F }
      anchor = String(decoding: name, as: UTF8.self)
      let rest = line.dropFirst(1 + name.count)
      if !rest.allSatisfy({ $0.isWhiteSpace }) { paragraph += rest }
      return
    }
    if let (level, start) = Self.listItem(line) {
      flush()
      emit(Block(.listItem, level: level), line[start...])
      return
    }
    signature(trimmed)
    if !paragraph.isEmpty { paragraph.append(0x20) }
    paragraph += trimmed
  }

  private mutating func emit(_ block: Block, _ text: some Sequence<UInt8>) {
    let words = TWikiMarkup.plain(Array(text), topic: name, web: web)
    guard !words.allSatisfy({ $0.isWhiteSpace || $0 == 0x7C }) else { return }
    var block = block
    if block.anchor == nil {
      block.anchor = anchor
      anchor = nil
    }
    document.append(block, words)
  }

  private mutating func flush() {
    if !paragraph.isEmpty { emit(Block(.paragraph), paragraph) }
    paragraph = []
  }

  // MARK: Lines

  private mutating func heading(_ line: UnsafeBufferPointer<UInt8>) {
    flush()
    let marks = line.dropFirst(3).prefix { $0 == 0x2B }.count
    let text = line.dropFirst(3 + marks).drop { $0 == 0x21 || $0.isWhiteSpace }
    let words = TWikiMarkup.plain(Array(text), topic: name, web: web)
    // TWiki's own anchors: what is no letter or digit becomes one underscore.
    var slug: [UInt8] = []
    for byte in words {
      if byte.isASCIILetter || byte.isASCIIDigit { slug.append(byte) } else if slug.last != 0x5F { slug.append(0x5F) }
    }
    document.append(
      Block(.heading, level: UInt8(clamping: min(max(marks, 1), 6)), anchor: String(decoding: slug, as: UTF8.self)),
      words)
  }

  private mutating func tableRow(_ line: UnsafeBufferPointer<UInt8>) {
    flush()
    var cells = line.dropFirst().split(separator: 0x7C, omittingEmptySubsequences: false)
    if line.last == 0x7C { cells.removeLast() }
    let row = cells.map { TWikiMarkup.plain(Array($0), topic: name, web: web) }
    guard row.contains(where: { !$0.isEmpty }) else { return }
    document.append(Block(.tableRow), Array(row.joined(separator: [0x09])))
  }

  /// Three blanks a level, then a bullet or a number.
  private static func listItem(_ line: UnsafeBufferPointer<UInt8>) -> (UInt8, Int)? {
    var i = 0
    var width = 0
    while i < line.count, line[i].isBlank {
      width += line[i] == 0x09 ? 3 : 1
      i += 1
    }
    guard width >= 3, i + 1 < line.count else { return nil }
    let level = UInt8(clamping: min(width / 3, 6))
    if line[i] == 0x2A || line[i] == 0x24, line[i + 1].isBlank { return (level, i + 2) }
    var k = i
    while k < line.count, line[k].isASCIIDigit, k - i < 3 { k += 1 }
    if k == i, line[i].isASCIILetter, line[i + 1] == 0x2E { k = i + 1 }
    guard k > i else { return nil }
    if k < line.count, line[k] == 0x2E { k += 1 }
    return k < line.count && line[k].isBlank ? (level, k + 1) : nil
  }

  private static func codeStart(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
    for tag in ["<verbatim>", "<pre>"] where line.starts(with: tag.utf8, by: { $0.asciiLowercased == $1 }) {
      return tag.utf8.count
    }
    return line.starts(with: "<verbatim ".utf8) ? line.firstIndex(of: 0x3E).map { $0 + 1 } : nil
  }

  private mutating func codeLine(_ line: UnsafeBufferPointer<UInt8>) {
    let raw = UnsafeRawBufferPointer(line)
    let end = raw.find("</verbatim>") ?? raw.find("</pre>")
    if code?.isEmpty == false { code?.append(0x0A) }
    code? += line[..<(end ?? line.count)]
    if end != nil { endCode() }
  }

  private mutating func endCode() {
    if var text = code, !text.allSatisfy({ $0.isWhiteSpace }) {
      while text.last?.isWhiteSpace ?? false { text.removeLast() }
      document.append(Block(.code), text)
    }
    code = nil
  }

  /// `-- Main.JaneDoe - 12 May 2006`
  private mutating func signature(_ line: UnsafeBufferPointer<UInt8>) {
    guard line.starts(with: "--".utf8), line.count < 120 else { return }
    let text = String(decoding: line, as: UTF8.self).replacing("%MAINWEB%", with: "Main")
    guard let dot = text.behind("Main.") ?? text.behind("Users.") else { return }
    person(String(text[dot...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }), .author)
  }

  private mutating func person(_ wikiName: String, _ role: PersonRole) {
    let name = TWikiMarkup.spaced(wikiName)
    guard !name.isEmpty,
      !["TWikiContributor", "TWikiGuest", "ProjectContributor", "guest", "WikiGuest", "UnknownUser"].contains(wikiName),
      !document.people.contains(where: { $0.name == name })
    else { return }
    document.people.append(PersonMention(name: name, role: role))
  }

  // MARK: Meta data

  private mutating func meta(_ meta: TWikiMeta) {
    switch meta.type {
    case "TOPICINFO":
      if let seconds = meta["date"].flatMap({ Double($0) }) { document.date = DateParser.parse(epoch: seconds) }
      let isFirst = meta["version"] == "1" || meta["version"] == "1.1"
      if let author = meta["author"] {
        person(author.split(separator: ".").last.map(String.init) ?? author, isFirst ? .author : .editor)
      }
      if let version = meta["version"] { document.attributes.append(Attribute("revision", version)) }
    case "TOPICPARENT":
      if let parent = meta["name"], !parent.isEmpty { document.attributes.append(Attribute("breadcrumb", parent)) }
    case "TOPICMOVED":
      if let old = meta["from"]?.split(separator: ".").last {
        document.attributes.append(Attribute("alias", String(old)))
      }
    case "FORM": if let form = meta["name"] { document.attributes.append(Attribute("form", form)) }
    case "FIELD":
      if let name = meta["title"] ?? meta["name"], let value = meta["value"] {
        fields.append((name, WhiteSpace.collapse(value)))
      }
    case "FILEATTACHMENT":
      if let name = meta["name"] {
        let comment = meta["comment"] ?? ""
        document.attributes.append(Attribute("attachment", comment.isEmpty ? name : "\(name): \(comment)"))
      }
    default: break
    }
  }
}

extension String {
  /// Behind the first occurrence of a text.
  fileprivate func behind(_ text: String) -> String.Index? {
    let bytes = Array(utf8), wanted = Array(text.utf8)
    guard bytes.count >= wanted.count else { return nil }
    for i in 0...(bytes.count - wanted.count) where bytes[i..<(i + wanted.count)].elementsEqual(wanted) {
      return utf8.index(startIndex, offsetBy: i + wanted.count)
    }
    return nil
  }
}
