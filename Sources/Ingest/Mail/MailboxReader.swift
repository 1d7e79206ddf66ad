import Documents

/// Reads mbox files of every tradition (mboxo, mboxrd, mboxcl2, Thunderbird, Pipermail, bare separators): one record
/// a message, from its separator line to the next.
struct MailboxReader: RecordReader {
  private var splitter = MailboxSplitter()
  /// First look at a record; doubled until its end shows.
  var windowBytes = 1 << 18

  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    var offset = try start(source)
    guard let first = offset else { throw ReadError("no message: not one separator line followed by a mail header") }
    var isFirst = true
    while let at = offset {
      offset = try record(source, context, at, isFirst: isFirst, preamble: isFirst ? first : 0, into: sink)
      isFirst = false
    }
  }

  /// Offset of the first separator; junk before it (blank lines, a byte order mark, an exporter's comment) is passed
  /// over. A file that begins with a header and no separator is taken as it is.
  private mutating func start(_ source: any ByteSource) throws -> UInt64? {
    var minimum = windowBytes
    while true {
      let window = try source.window(from: 0, atLeast: minimum)
      let bytes = window.bytes
      var i = bytes.prefix(3).elementsEqual([0xEF, 0xBB, 0xBF]) ? 3 : 0
      while i < bytes.count, bytes[i].isASCIISpace { i += 1 }
      if MailboxSeparator.headerBelow(bytes, i, reachesEnd: window.reachesEnd).known >= 2 { return UInt64(i) }
      while let at = i == 3 && bytes.matches("from", at: 3) ? 3 : MailboxSplitter.nextFromLine(bytes, from: i) {
        let line = MailboxSeparator.shape(bytes, at, bytes.lineEnd(from: at))
        splitter.separator.isGitFile = line == .patch
        if splitter.separator.judge(bytes, at: at, reachesEnd: window.reachesEnd) == .yes { return UInt64(at) }
        splitter.separator.isGitFile = false
        i = at + 4
      }
      if window.reachesEnd || minimum >= 1 << 24 { return nil }
      minimum *= 2
    }
  }

  /// Reads the record at `offset`.
  ///
  /// - Returns: Where the next one starts; `nil` at the end of the file.
  private mutating func record(
    _ source: any ByteSource, _ context: ReadContext, _ offset: UInt64, isFirst: Bool, preamble: UInt64,
    into sink: any RecordSink
  ) throws -> UInt64? {
    let wanted = sink.begin(recordAt: offset)
    var minimum = windowBytes
    while true {
      let window = try source.window(from: offset, atLeast: minimum)
      let bytes = window.bytes
      guard !bytes.isEmpty else { return nil }
      let headerStart = Self.headerStart(bytes)
      let end = splitter.end(of: bytes, from: headerStart, reachesEnd: window.reachesEnd)
      let length: Int
      switch end {
      case .separator(let at): length = at
      case .endOfFile: length = bytes.count
      case .needMore:
        if bytes.count > context.limits.recordBytes { return try tooLong(source, context, offset, bytes.count, sink) }
        minimum = bytes.count * 2
        continue
      }
      if wanted {
        let message = UnsafeRawBufferPointer(rebasing: bytes[headerStart..<max(length, headerStart)])
        deliver(message, context, RecordRange(offset: offset, length: UInt64(length)), end, headerStart, into: sink)
      }
      return end == .endOfFile ? nil : offset + UInt64(length)
    }
  }

  /// Where the header starts: behind the separator line, if there is one.
  private static func headerStart(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard bytes.count >= 5, bytes.matches("from", at: 0), bytes[4].isASCIISpace else { return 0 }
    return min(bytes.lineEnd(from: 0) + 1, bytes.count)
  }

  private func deliver(
    _ message: UnsafeRawBufferPointer, _ context: ReadContext, _ record: RecordRange, _ end: MailboxSplitter.End,
    _ headerStart: Int, into sink: any RecordSink
  ) {
    guard message.count <= context.limits.recordBytes else {
      let reason = "message of \(message.count) bytes, the limit is \(context.limits.recordBytes)"
      return sink.failed(RecordProblem(member: context.member, record: record, reason: reason))
    }
    let result: Result<Document, MessageProblem>
    if let unescaped = FromEscaping.undo(message) {
      result = unescaped.withUnsafeBytes { MessageDocument.make($0) }
    } else {
      result = MessageDocument.make(message)
    }
    switch result {
    case .success(var document):
      document.record = record
      document.member = context.member
      for suspect in splitter.suspects.prefix(8) {
        document.notes.append("suspect boundary at byte \(record.offset + UInt64(suspect)): kept inside this message")
      }
      if end == .endOfFile, !message.isEmpty, let cut = Truncation.sign(message) { document.notes.append(cut) }
      sink.document(document)
    case .failure(let problem):
      let report = RecordProblem(member: context.member, record: record, reason: problem.reason)
      if problem.isFailure { sink.failed(report) } else { sink.skipped(report) }
    }
  }

  /// A message past the limit fails; the search for the next separator goes on behind it, window by window.
  private mutating func tooLong(
    _ source: any ByteSource, _ context: ReadContext, _ offset: UInt64, _ seen: Int, _ sink: any RecordSink
  ) throws -> UInt64? {
    var at = offset + UInt64(seen)
    var next: UInt64?
    while next == nil {
      let window = try source.window(from: at - 1, atLeast: 1 << 20)
      guard window.bytes.count > 1 else { break }
      var i = 1
      while next == nil, let line = MailboxSplitter.nextFromLine(window.bytes, from: i) {
        if splitter.separator.judge(window.bytes, at: line, reachesEnd: true) == .yes { next = at - 1 + UInt64(line) }
        i = line + 4
      }
      if window.reachesEnd { break }
      // The next window overlaps by what a separator and its header may take.
      at += UInt64(max(window.bytes.count - (64 << 10), 1))
    }
    let length = (next ?? at) - offset
    let reason = "message of over \(context.limits.recordBytes) bytes at byte \(offset)"
    sink.failed(
      RecordProblem(member: context.member, record: RecordRange(offset: offset, length: length), reason: reason))
    return next
  }
}

/// Signs that the last message of a file was cut off.
enum Truncation {
  static func sign(_ message: UnsafeRawBufferPointer) -> String? {
    let head = HeaderFields(message).bodyStart
    if head == message.count, !message.suffix(2).elementsEqual([0x0A, 0x0A]) {
      return "the file ends inside the header of this message"
    }
    guard message.last != 0x0A else { return nil }
    return "the file ends in the middle of a line: this message may be cut off"
  }
}

/// Undoes `>From ` (user-needs R2). A line is taken for escaped if its quote depth differs from that of the lines
/// around it by one: true for mboxrd and mboxo alike, and a reply that really quotes a "From …" line stays as it is.
enum FromEscaping {
  private static let escape = [UInt8](">From ".utf8)

  /// - Returns: `nil` if nothing is escaped.
  static func undo(_ message: UnsafeRawBufferPointer) -> [UInt8]? {
    guard message.firstOffset(of: escape) != nil else { return nil }
    let body = HeaderFields(message).bodyStart
    var out: [UInt8] = []
    var copied = 0
    var i = 0
    while i < message.count {
      let end = message.lineEnd(from: i)
      let depth = message[i..<end].prefix { $0 == 0x3E }.count
      if depth > 0, message.matches("from ", at: i + depth), message[i + depth] == 0x46 {
        out.append(contentsOf: UnsafeRawBufferPointer(rebasing: message[copied..<i]))
        // Inside the header such a line is an exporter's leftover separator: it goes.
        if i < body {
          copied = min(end + 1, message.count)
        } else if !isQuote(message, i, depth: depth, end) {
          copied = i + 1
        } else {
          copied = i
        }
      }
      i = end + 1
    }
    guard copied > 0 || !out.isEmpty else { return nil }
    out.append(contentsOf: UnsafeRawBufferPointer(rebasing: message[copied...]))
    return out
  }

  private static func isQuote(_ bytes: UnsafeRawBufferPointer, _ start: Int, depth: Int, _ end: Int) -> Bool {
    func markCount(_ i: Int) -> Int? {
      guard i < bytes.count, bytes[i] != 0x0A, bytes[i] != 0x0D else { return nil }
      return bytes[i...].prefix { $0 == 0x3E }.count
    }
    if start > 1 {
      var before = start - 1
      while before > 0, bytes[before - 1] != 0x0A { before -= 1 }
      if let count = markCount(before), before < start - 1 { return count == depth }
    }
    return markCount(end + 1) == depth
  }
}
