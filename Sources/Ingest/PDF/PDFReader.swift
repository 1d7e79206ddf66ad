import CPoppler
import Documents

/// PDF through Poppler: one file, one document; paragraphs, headings and running heads by the places of the lines.
struct PDFReader: RecordReader {
  init() {}

  /// Pages of one file; more is a catalogue of parts.
  private static let mostPages = 20_000

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    guard sink.begin(recordAt: 0) else { return }
    let bytes = try source.whole(limit: max(context.limits.recordBytes, 256 << 20))
    let record = RecordRange(offset: 0, length: UInt64(bytes.count))
    var reason: UnsafePointer<CChar>?
    guard let file = cpoppler_open(bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count, &reason) else {
      let why = reason.map { String(cString: $0) } ?? "unreadable"
      return sink.failed(RecordProblem(member: context.member, record: record, reason: why))
    }
    defer { cpoppler_close(file) }
    var document = Document(externalID: "", kind: .document)
    var pages: [PDFPage] = []
    let count = min(Int(cpoppler_page_count(file)), Self.mostPages)
    for number in 0..<count {
      sink.working()
      if let page = Self.page(file, number) { pages.append(page) }
    }
    PDFLayout.write(pages, to: &document)
    document.record = record
    document.member = context.member
    document.charsetSource = .declared
    if document.blocks.isEmpty {
      let reason = count == 0 ? "no pages in this PDF" : "no text in this PDF: \(count) pages of pictures"
      return sink.skipped(RecordProblem(member: context.member, record: record, reason: reason))
    }
    facts(file, context, &document)
    document.attributes.append(Attribute("pages", String(count)))
    sink.document(document)
  }

  private func facts(_ file: OpaquePointer, _ context: ReadContext, _ document: inout Document) {
    func fact(_ name: cpoppler_fact) -> String {
      cpoppler_read_fact(file, name).map { WhiteSpace.collapse(String(cString: $0)) } ?? ""
    }
    let title = fact(cpoppler_title)
    if !OfficeTitle.isEmpty(title), title.count > 2 { document.title = title }
    if document.title.isEmpty, let heading = document.blocks.prefix(12).first(where: { $0.kind == .heading }) {
      document.title = String(decoding: document.text[heading.range], as: UTF8.self)
    }
    let author = fact(cpoppler_author)
    if !OfficeTitle.isNobody(author) { document.people = PeopleParser.parse(author, role: .author) }
    let seconds = cpoppler_date(file)
    if seconds > 0 { document.date = DocumentDate(seconds: seconds) }
    for tag in fact(cpoppler_keywords).split(whereSeparator: { $0 == "," || $0 == ";" }).prefix(32) {
      document.attributes.append(Attribute("tag", WhiteSpace.trim(tag)))
    }
    document.nameByFile(context)
    document.kind = context.guessKind(title: document.title, headings: document.headings, isDialogue: false)
  }

  /// Tables of contents lead the eye with rows of dots.
  private static func withoutLeaders(_ line: String) -> [UInt8] {
    let bytes = Array(line.utf8)
    var out: [UInt8] = []
    var i = 0
    while i < bytes.count {
      var end = i
      var dots = 0
      while end < bytes.count, bytes[end] == 0x2E || bytes[end] == 0x20 {
        if bytes[end] == 0x2E { dots += 1 }
        end += 1
      }
      if dots >= 5 {
        out.append(0x20)
        i = end
      } else {
        out.append(bytes[i])
        i += 1
      }
    }
    return out
  }

  private static func page(_ file: OpaquePointer, _ number: Int) -> PDFPage? {
    var text: UnsafePointer<UInt8>?
    var textCount = 0
    var lines: UnsafePointer<cpoppler_line>?
    var lineCount = 0
    var height: Float = 0
    guard cpoppler_read_page(file, Int32(number), &text, &textCount, &lines, &lineCount, &height) != 0, let text,
      let lines
    else { return nil }
    let all = UnsafeBufferPointer(start: text, count: textCount)
    let found = UnsafeBufferPointer(start: lines, count: lineCount).map { line in
      PDFLine(
        text: withoutLeaders(WhiteSpace.collapse(all[Int(line.offset)..<Int(line.offset + line.length)])),
        left: line.left,
        top: line.top, right: line.right, bottom: line.bottom, size: line.size)
    }
    return PDFPage(number: number + 1, height: height, lines: found.filter { !$0.text.isEmpty })
  }
}

/// A page as its lines in reading order.
struct PDFPage {
  var number: Int
  var height: Float
  var lines: [PDFLine]
}

struct PDFLine {
  var text: [UInt8]
  var left: Float, top: Float, right: Float, bottom: Float
  /// Size of the type in points, 0 if unknown.
  var size: Float
}
