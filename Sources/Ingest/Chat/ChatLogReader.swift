import Documents

/// Logs of IRC clients and bouncers (irssi, WeeChat, ZNC, HexChat, ZNC-like `[12:34:56] <nick> words`): a day is a
/// document, joins and parts are left out.
struct ChatLogReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    var lines = LineCursor(source, limit: context.limits.lineBytes)
    let names = NameFacts(context.memberPath)
    var day = ChatLogDay(names.date)
    func close(_ end: UInt64) {
      guard !day.isEmpty, sink.begin(recordAt: day.start) else { return }
      var document = day.document(names)
      document.record = RecordRange(offset: day.start, length: end - day.start)
      document.member = context.member
      sink.document(document)
    }
    var end: UInt64 = 0
    while let line = try lines.next() {
      if line.isTooLong { continue }
      let decoded = CharsetDecoder.decode(line.bytes)
      let date = decoded.utf8.withUnsafeBufferPointer { ChatLogLine.date($0) }
      if let date, date != day.date {
        close(line.offset)
        day = ChatLogDay(date, start: line.offset)
      }
      decoded.utf8.withUnsafeBufferPointer { day.add(ChatLogLine($0), $0) }
      day.take(decoded)
      end = line.offset + line.length
    }
    let isEmpty = day.isEmpty
    close(end)
    if isEmpty, end == 0 || day.start == 0, sink.begin(recordAt: end) {
      let record = RecordRange(offset: end, length: 0)
      sink.skipped(RecordProblem(member: context.member, record: record, reason: "no messages in this chat log"))
    }
  }
}

/// A line in which somebody says something.
struct ChatLogLine {
  var clock: Int
  var nick: String
  /// Where the words start.
  var words: Int

  init?(_ line: UnsafeBufferPointer<UInt8>) {
    var i = 0
    func digits(_ n: Int) -> Int? {
      guard i + n <= line.count, line[i..<(i + n)].allSatisfy({ $0.isASCIIDigit }) else { return nil }
      defer { i += n }
      return line[i..<(i + n)].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    if i < line.count, line[i] == 0x5B || line[i] == 0x28 { i += 1 }
    // A date may stand before the clock.
    if line.count > i + 11, line[i + 4] == 0x2D, line[i + 7] == 0x2D, line[i + 10] == 0x20 || line[i + 10] == 0x54 {
      i += 11
    }
    guard let hour = digits(2), hour < 24, i < line.count, line[i] == 0x3A else { return nil }
    i += 1
    guard let minute = digits(2), minute < 60 else { return nil }
    if i < line.count, line[i] == 0x3A {
      i += 1
      guard digits(2) != nil else { return nil }
    }
    while i < line.count, line[i] != 0x5D, line[i] != 0x29, !line[i].isBlank { i += 1 }
    if i < line.count, line[i] == 0x5D || line[i] == 0x29 { i += 1 }
    let isTabbed = i < line.count && line[i] == 0x09
    while i < line.count, line[i].isBlank { i += 1 }
    clock = hour * 60 + minute
    if i < line.count, line[i] == 0x3C {
      // `<@nick>`, `< nick>`
      guard let close = line[i...].prefix(40).firstIndex(of: 0x3E) else { return nil }
      var name = line[(i + 1)..<close]
      while let first = name.first,
        first == 0x20 || first == 0x40 || first == 0x2B || first == 0x25 || first == 0x26 || first == 0x7E
      {
        name = name.dropFirst()
      }
      guard !name.isEmpty, !name.contains(0x20) else { return nil }
      nick = String(decoding: name, as: UTF8.self)
      words = close + 1
    } else if i + 2 < line.count, line[i] == 0x2A, line[i + 1] == 0x20 {
      // `* nick waves`
      let name = line[(i + 2)...].prefix { !$0.isBlank }
      guard !name.isEmpty, name.first?.isASCIILetter ?? false else { return nil }
      nick = String(decoding: name, as: UTF8.self)
      words = i + 2 + name.count
    } else if isTabbed, let tab = line[i...].prefix(40).firstIndex(of: 0x09), tab > i {
      // WeeChat; signs in place of a nick are events.
      let name = line[i..<tab].drop { $0 == 0x40 || $0 == 0x2B || $0 == 0x25 || $0 == 0x26 || $0 == 0x7E }
      guard let first = name.first, first.isASCIILetter || first >= 0x80 || first == 0x5F || first == 0x5B,
        !name.contains(0x20), name.last != 0x3A
      else {
        return nil
      }
      nick = String(decoding: name, as: UTF8.self)
      words = tab + 1
    } else {
      return nil
    }
    guard words <= line.count else { return nil }
  }

  /// `--- Day changed Mon May 01 2021`, `--- Log opened …`, or a date before the clock.
  static func date(_ line: UnsafeBufferPointer<UInt8>) -> DocumentDate? {
    if line.starts(with: "--- ".utf8) || line.starts(with: "**** BEGIN LOGGING AT ".utf8)
      || line.starts(with: "Session Start: ".utf8)
    {
      let text = String(decoding: line, as: UTF8.self)
      guard let found = DateText.parse(text), found.precision.rawValue >= DocumentDate.Precision.day.rawValue else {
        return nil
      }
      return DocumentDate(seconds: found.seconds / 86_400 * 86_400, precision: .day)
    }
    let start = line.first == 0x5B || line.first == 0x28 ? 1 : 0
    guard line.count > start + 11, line[start + 4] == 0x2D, line[start].isASCIIDigit else { return nil }
    let found = DateParser.parse(String(decoding: line[start..<(start + 10)], as: UTF8.self))
    return found?.precision == .day ? found : nil
  }
}

/// The messages of one day.
private struct ChatLogDay {
  let date: DocumentDate?
  let start: UInt64
  private var built = Document(externalID: "", kind: .transcript)
  private var speaker: Int?
  private var text: [UInt8] = []
  private var clock = 0

  init(_ date: DocumentDate?, start: UInt64 = 0) {
    self.date = date
    self.start = start
  }

  var isEmpty: Bool { built.blocks.isEmpty && text.isEmpty }

  mutating func add(_ line: ChatLogLine?, _ bytes: UnsafeBufferPointer<UInt8>) {
    guard let line else { return }
    let words = WhiteSpace.collapse(bytes[line.words...].filter { $0 >= 0x20 })
    guard !words.isEmpty else { return }
    let speaker = built.speaker(line.nick)
    // What one says in a row is one turn.
    if speaker == self.speaker, line.clock - clock <= 2, line.clock >= clock, text.count < 1500 {
      text.append(0x0A)
      text += words.utf8
    } else {
      flush()
      self.speaker = speaker
      text = Array(words.utf8)
      clock = line.clock
    }
  }

  mutating func take(_ decoded: DecodedText) {
    // Clients of many charsets speak in one log: that of the last foreign line is named.
    if decoded.charset != .ascii { built.take(decoded) }
  }

  private mutating func flush() {
    guard !text.isEmpty else { return }
    func pad(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    let anchor = (date.map { $0.iso8601.prefix(10) + "T" } ?? "") + "\(pad(clock / 60)):\(pad(clock % 60))"
    built.append(Block(.cue, anchor: anchor, speaker: speaker), text)
    text = []
  }

  mutating func document(_ names: NameFacts) -> Document {
    flush()
    built.date = date ?? names.date
    built.title = names.title
    if let date, names.date == nil { built.title += ", " + date.iso8601.prefix(10) }
    return built
  }
}
