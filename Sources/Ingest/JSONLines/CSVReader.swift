import Documents

/// Tables with a header line (RFC 4180 and what spreadsheets make of it): one row, one document, columns by the names
/// that JSON records use. A table without a text or title column is data: one document of table rows.
struct CSVReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    let bytes = try source.whole(limit: context.limits.recordBytes)
    let decoded = CharsetDecoder.decode(bytes)
    try decoded.utf8.withUnsafeBufferPointer { text in
      var rows = CSVRows(text)
      guard let header = rows.next() else { return }
      let roles = header.fields.map { JSONFieldRole.named($0) }
      let isRecords =
        roles.contains { $0 == .text || $0 == .lessonSection || $0 == .section }
        || (roles.contains { $0 == .title } && roles.contains { $0 == .id || $0 == .url })
      if let columns = CSVTranscript.Columns(header.fields, roles) {
        guard sink.begin(recordAt: 0) else { return }
        var document = CSVTranscript.document(columns, &rows, context)
        document.record = RecordRange(offset: 0, length: UInt64(bytes.count))
        document.member = context.member
        document.take(decoded)
        sink.document(document)
      } else if isRecords {
        try readRecords(&rows, header.fields, roles, decoded, context, into: sink)
      } else {
        table(header, &rows, decoded, UInt64(bytes.count), context, into: sink)
      }
    }
  }

  private func readRecords(
    _ rows: inout CSVRows, _ names: [[UInt8]], _ roles: [JSONFieldRole], _ decoded: DecodedText, _ context: ReadContext,
    into sink: any RecordSink
  ) throws {
    while let row = rows.next() {
      guard sink.begin(recordAt: UInt64(row.start)) else { continue }
      let range = RecordRange(offset: UInt64(row.start), length: UInt64(row.end - row.start))
      var document = CSVRecord.document(row.fields, names, roles)
      document.record = range
      document.member = context.member
      document.take(decoded)
      if document.blocks.isEmpty && document.title.isEmpty {
        sink.skipped(
          RecordProblem(member: context.member, record: range, reason: "line \(row.line): no text in this row"))
      } else {
        sink.document(document)
      }
    }
  }

  private func table(
    _ header: CSVRows.Row, _ rows: inout CSVRows, _ decoded: DecodedText, _ count: UInt64, _ context: ReadContext,
    into sink: any RecordSink
  ) {
    guard sink.begin(recordAt: 0) else { return }
    var document = Document(externalID: "", kind: .document)
    let names = NameFacts(context.memberPath)
    document.title = names.title
    document.date = names.date
    document.record = RecordRange(offset: 0, length: count)
    document.member = context.member
    document.take(decoded)
    var row: CSVRows.Row? = header
    while let current = row {
      let cells = current.fields.map { WhiteSpace.collapse($0) }
      if cells.contains(where: { !$0.isEmpty }) {
        document.append(Block(.tableRow), cells.joined(separator: "\t").utf8)
      }
      row = rows.next()
    }
    sink.document(document)
  }
}

/// The rows of a table in text.
struct CSVRows {
  struct Row {
    var fields: [[UInt8]]
    /// Byte range in the decoded text.
    var start: Int
    var end: Int
    /// Line of the file, from 1.
    var line: Int
  }

  private let text: UnsafeBufferPointer<UInt8>
  private let separator: UInt8
  private var position = 0
  private var line = 1

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    separator = Self.separator(text)
  }

  /// The most frequent of comma, semicolon, tab and bar outside quotes on the first line.
  private static func separator(_ text: UnsafeBufferPointer<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var quoted = false
    for byte in text {
      if byte == 0x22 { quoted.toggle() }
      if byte == 0x0A, !quoted { break }
      if !quoted, ",;\t|".utf8.contains(byte) { counts[byte, default: 0] += 1 }
    }
    return Array(",;\t|".utf8).max { counts[$0] ?? 0 < counts[$1] ?? 0 }.flatMap { counts[$0] == nil ? nil : $0 }
      ?? 0x2C
  }

  /// The next row that is not blank. A quote that never closes ends with the text.
  mutating func next() -> Row? {
    while position < text.count, text[position] == 0x0A || text[position] == 0x0D {
      if text[position] == 0x0A { line += 1 }
      position += 1
    }
    guard position < text.count else { return nil }
    var row = Row(fields: [], start: position, end: position, line: line)
    while true {
      row.fields.append(field())
      guard position < text.count, text[position] == separator else { break }
      position += 1
    }
    row.end = position
    return row
  }

  private mutating func field() -> [UInt8] {
    var out: [UInt8] = []
    if position < text.count, text[position] == 0x22 {
      position += 1
      while position < text.count {
        let byte = text[position]
        if byte == 0x22 {
          guard position + 1 < text.count, text[position + 1] == 0x22 else {
            position += 1
            break
          }
          position += 1
        }
        if byte == 0x0A { line += 1 }
        out.append(byte)
        position += 1
      }
    }
    while position < text.count, text[position] != separator, text[position] != 0x0A, text[position] != 0x0D {
      out.append(text[position])
      position += 1
    }
    return out
  }
}

/// A row as a document.
enum CSVRecord {
  static func document(_ fields: [[UInt8]], _ names: [[UInt8]], _ roles: [JSONFieldRole]) -> Document {
    var document = Document(externalID: "", kind: .document)
    var isLesson = false
    var hasText = false
    var address: String?
    for (field, (name, role)) in zip(fields, zip(names, roles)) {
      let value = WhiteSpace.collapse(field)
      guard !value.isEmpty else { continue }
      switch role {
      case .id where document.externalID.isEmpty: document.externalID = value
      case .title where document.title.isEmpty: document.title = value
      case .text where !hasText:
        hasText = true
        field.withUnsafeBufferPointer { document.appendParagraphs($0) }
      case .author: document.people += PeopleParser.parse(value, role: .author)
      case .speaker: document.people += PeopleParser.parse(value, role: .speaker)
      case .editor: document.people += PeopleParser.parse(value, role: .editor)
      case .authorAddress: address = PeopleParser.address(value)
      case .date where document.date == nil && DateParser.parse(value) != nil: document.date = DateParser.parse(value)
      case .kind: document.kind = DocumentKind(rawValue: value.lowercased())
      case .url where document.url == nil: document.url = value
      case .language: document.declaredLanguage = value
      case .tags:
        for tag in value.split(whereSeparator: { $0 == "," || $0 == ";" }) {
          document.attributes.append(Attribute("tag", WhiteSpace.collapse(tag)))
        }
      default:
        if role == .lessonSection { isLesson = true }
        if role == .section || role == .lessonSection || role == .text || field.count > 120 {
          document.appendHeading(JSONFieldRole.heading(name), level: 2)
          field.withUnsafeBufferPointer { document.appendParagraphs($0) }
        } else {
          document.attributes.append(Attribute(String(decoding: name, as: UTF8.self), value))
        }
      }
    }
    if let address {
      if let index = document.people.firstIndex(where: { $0.role == .author && $0.address == nil }) {
        document.people[index].address = address
      } else {
        document.people.append(PersonMention(name: "", address: address, role: .author))
      }
    }
    if isLesson, document.kind == .document { document.kind = .lesson }
    return document
  }
}
