import Documents

/// TEI (Text Encoding Initiative, P4 and P5): editions, plays, letters, interviews and transcribed speech. A corpus is
/// as many records as it has texts.
struct TEIReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    let bytes = try source.whole(limit: context.limits.recordBytes)
    let byteCount = UInt64(bytes.count)
    let decoded = CharsetDecoder.decode(bytes, CharsetDecoder.Hints(isMarkup: true))
    let tree = try decoded.utf8.withUnsafeBytes { try XMLTree($0) }
    guard let root = tree.root else { throw ReadError("no element in this XML") }
    let isCorpus = root.localName.hasPrefix("teiCorpus")
    let texts = isCorpus ? root.children.filter { $0.localName == "TEI" || $0.localName == "TEI.2" } : [root]
    for (index, text) in texts.enumerated() {
      // Their places in the file are not known: their number stands for it.
      guard sink.begin(recordAt: UInt64(index)) else { continue }
      let record = RecordRange(offset: UInt64(index), length: isCorpus ? 0 : byteCount)
      var reading = TEIText(text)
      var document = reading.document(context)
      document.record = record
      document.member = context.member
      document.take(decoded)
      if let complaint = tree.complaint { document.notes.append("ill-formed XML: \(complaint)") }
      if document.blocks.isEmpty {
        sink.skipped(RecordProblem(member: context.member, record: record, reason: "no text in this TEI document"))
      } else {
        document.nameByFile(context)
        sink.document(document)
      }
    }
    if texts.isEmpty, sink.begin(recordAt: 0) {
      let record = RecordRange(offset: 0, length: byteCount)
      sink.skipped(RecordProblem(member: context.member, record: record, reason: "a TEI corpus without texts"))
    }
  }
}

/// One TEI text.
struct TEIText {
  private let root: XMLElement
  private var document = Document(externalID: "", kind: .document)
  private var people: [String: String] = [:]
  private var times: [String: UInt32] = [:]
  private var notes: [[UInt8]] = []
  private var divisions = 0

  init(_ root: XMLElement) { self.root = root }

  mutating func document(_ context: ReadContext) -> Document {
    if let header = root.child("teiHeader") { self.header(header) }
    for when in root.descendants where when.localName == "when" {
      guard let id = when.attribute("xml:id") else { continue }
      let clock = when.attribute("absolute") ?? when.attribute("interval") ?? ""
      if let time = TimeExpression(root).milliseconds(clock) { times[id] = time }
    }
    if let text = root.child("text") ?? root.child("standOff") { blocks(text) }
    for note in notes { document.append(Block(.listItem, level: 1), note) }
    return document
  }

  // MARK: Header

  private mutating func header(_ header: XMLElement) {
    let description = header.child("fileDesc")
    let statement = description?.child("titleStmt")
    document.title = statement?.child("title")?.line ?? ""
    for (name, role) in [("author", PersonRole.author), ("editor", .editor)] {
      for element in statement?.all(name) ?? [] {
        let person = element.first("persName")?.line ?? element.line
        if !person.isEmpty { document.people += PeopleParser.parse(person, role: role) }
      }
    }
    for person in header.descendants where person.localName == "person" {
      guard let id = person.attribute("xml:id") else { continue }
      people[id] = person.first("persName")?.line ?? person.child("p")?.line
    }
    let creation = header.child("profileDesc")?.child("creation")?.first("date")
    let recording = header.first("recording")?.first("date")
    let source = description?.child("sourceDesc")?.first("date")
    let publication = description?.child("publicationStmt")?.first("date")
    for date in [creation, recording, source, publication] {
      guard let date, document.date == nil else { continue }
      document.date =
        date.attribute("when").flatMap { DateParser.parse($0) } ?? date.attribute("from").flatMap {
          DateParser.parse($0)
        }
        ?? DateParser.parse(date.line)
    }
    let language = header.first("language")?.attribute("ident") ?? root.attribute("xml:lang")
    document.declaredLanguage = language.flatMap { Feed.language($0) }
    for term in header.child("profileDesc")?.child("textClass")?.descendants.filter({ $0.localName == "term" }) ?? [] {
      if !term.line.isEmpty { document.attributes.append(Attribute("tag", term.line)) }
    }
  }

  // MARK: Text

  private mutating func blocks(_ element: XMLElement, speaker: Int? = nil, quote: UInt8 = 0, depth: Int = 0) {
    // Deeper divisions are text of the one around them.
    guard depth < 64 else { return append(.paragraph, element, speaker: speaker) }
    for child in element.children {
      switch child.localName {
      case "head":
        let level = UInt8(clamping: min(max(divisions, 1), 6))
        let anchor = element.attribute("xml:id") ?? child.attribute("xml:id")
        let text = words(child)
        document.append(Block(.heading, level: level, anchor: anchor), text)
      case "div", "div1", "div2", "div3", "div4", "body", "front", "back", "group", "text", "lg", "floatingText",
        "argument",
        "opener", "closer", "postscript", "titlePage", "annotationBlock", "list", "listBibl", "castList", "set",
        "docTitle", "epigraph":
        let isDivision = child.localName.hasPrefix("div")
        if isDivision { divisions += 1 }
        if child.localName == "lg", !child.children.contains(where: { $0.localName == "lg" }) {
          verse(child, speaker)
        } else {
          blocks(child, speaker: speaker, quote: quote, depth: depth + 1)
        }
        if isDivision { divisions -= 1 }
      case "sp":
        let name = child.child("speaker")?.line ?? ""
        let who = name.isEmpty ? child.attribute("who").map { person($0) } ?? "" : name
        document.kind = .transcript
        blocks(child, speaker: who.isEmpty ? nil : document.speaker(trimmed(who)), depth: depth + 1)
      case "u": utterance(child)
      case "speaker", "teiHeader", "pb", "lb", "cb", "fw", "milestone", "timeline", "facsimile", "listPerson": break
      case "note": append(note: child)
      case "item", "bibl", "biblStruct", "biblFull", "castItem": append(.listItem, child, speaker: nil, level: 1)
      case "table": rows(child)
      case "quote", "q", "cit":
        if child.children.contains(where: { ["p", "lg", "l"].contains($0.localName) }) {
          blocks(child, speaker: speaker, quote: quote + 1, depth: depth + 1)
        } else {
          append(.quote, child, speaker: speaker, level: quote + 1)
        }
      case "figure":
        for part in child.children
        where part.localName == "head" || part.localName == "figDesc" || part.localName == "p" {
          append(.caption, part, speaker: nil)
        }
      case "code", "eg", "egXML": append(.code, child, speaker: nil)
      default: append(quote > 0 ? .quote : .paragraph, child, speaker: speaker, level: quote)
      }
    }
  }

  private mutating func append(_ kind: BlockKind, _ element: XMLElement, speaker: Int?, level: UInt8 = 0) {
    let text = words(element)
    let kind = speaker != nil && kind == .paragraph ? BlockKind.cue : kind
    document.append(Block(kind, level: level, anchor: element.attribute("xml:id"), speaker: speaker), text)
  }

  private mutating func append(note: XMLElement) {
    let text = words(note)
    if !text.isEmpty { notes.append(text) }
  }

  private mutating func utterance(_ element: XMLElement) {
    document.kind = .transcript
    let who = element.attribute("who").map { person($0) } ?? ""
    let speaker = who.isEmpty ? nil : document.speaker(who)
    func time(_ name: String) -> UInt32? {
      guard let value = element.attribute(name) else { return nil }
      return value.hasPrefix("#") ? times[String(value.dropFirst())] : TimeExpression(root).milliseconds(value)
    }
    let start = time("start")
    let range = start.map { TimeRange(start: $0, end: max($0, time("end") ?? $0)) }
    let anchor = range.map { Clock.anchor($0.start) } ?? element.attribute("xml:id")
    document.append(Block(.cue, anchor: anchor, time: range, speaker: speaker), words(element))
  }

  private mutating func verse(_ group: XMLElement, _ speaker: Int?) {
    let lines = group.children.filter { $0.localName == "l" }.map { words($0) }.filter { !$0.isEmpty }
    document.append(
      Block(speaker == nil ? .paragraph : .cue, anchor: group.attribute("xml:id"), speaker: speaker),
      Array(lines.joined(separator: [0x0A])))
  }

  private mutating func rows(_ table: XMLElement) {
    for row in table.children {
      if row.localName == "head" { append(.caption, row, speaker: nil) }
      guard row.localName == "row" else { continue }
      let cells = row.all("cell").map { words($0) }
      document.append(Block(.tableRow), Array(cells.joined(separator: [0x09])))
    }
  }

  private func person(_ reference: String) -> String {
    let id = reference.split(separator: " ").first.map { $0.hasPrefix("#") ? $0.dropFirst() : $0 } ?? ""
    return people[String(id)] ?? String(id)
  }

  private func trimmed(_ name: String) -> String {
    var name = name[...]
    while let last = name.last, last == "." || last == ":" || last == " " { name = name.dropLast() }
    return String(name)
  }

  /// The words of an element without its notes; of an original and its correction, the correction.
  private mutating func words(_ element: XMLElement) -> [UInt8] {
    var out: [UInt8] = []
    var i = element.index + 1
    let nodes = element.tree.nodes
    let end = nodes[element.index].end
    while i < end {
      let node = nodes[i]
      if node.name.isEmpty {
        out += node.text
        i += 1
        continue
      }
      switch XMLElement.local(node.name) {
      case "note":
        let text = Array(WhiteSpace.collapse(XMLElement(tree: element.tree, index: i).text).utf8)
        if !text.isEmpty { notes.append(text) }
        i = node.end
      case "sic", "orig", "abbr":
        let isChoice = i > 0 && Self.isInChoice(i, element)
        i = isChoice ? node.end : i + 1
      case "fw", "figDesc", "gap", "incident", "kinesic", "vocal": i = node.end
      case "lb", "pb", "cb", "pause", "l", "p", "seg", "label", "s":
        out.append(0x20)
        i += 1
      default: i += 1
      }
    }
    return Array(WhiteSpace.collapse(out).utf8)
  }

  private static func isInChoice(_ index: Int, _ element: XMLElement) -> Bool {
    var i = index - 1
    let nodes = element.tree.nodes
    while i > element.index {
      if !nodes[i].name.isEmpty, nodes[i].end > index { return XMLElement.local(nodes[i].name) == "choice" }
      i -= 1
      if index - i > 64 { return false }
    }
    return false
  }
}
