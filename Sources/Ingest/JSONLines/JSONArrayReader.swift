import Documents

/// JSON that is not one object a line: an array of records, an object around one, pretty-printed objects one after the
/// other, or a single record. Elements are found by their brackets, so that an array of any size streams.
struct JSONArrayReader: RecordReader {
  private var mapper = JSONRecordMapper()

  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    let parser = try JSONParser()
    var cursor = JSONElementCursor(source, limit: context.limits.recordBytes)
    while let element = try cursor.next() {
      guard sink.begin(recordAt: element.offset) else { continue }
      let range = RecordRange(offset: element.offset, length: UInt64(element.bytes.count))
      func problem(_ reason: String) -> RecordProblem {
        RecordProblem(member: context.member, record: range, reason: "byte \(element.offset): \(reason)")
      }
      do {
        let tree = try parser.parse(element.bytes, readable: element.bytes.count)
        guard tree.root.isObject else {
          sink.skipped(problem("not an object"))
          continue
        }
        var found = WhisperTranscript.document(tree.root, context) ?? mapper.document(tree.root)
        found?.record = range
        found?.member = context.member
        found?.charsetSource = .validUTF8
        if element.isRoot { found?.nameByFile(context) }
        if let document = found, !document.blocks.isEmpty || !document.title.isEmpty {
          sink.document(document)
        } else {
          sink.skipped(problem("no text and no title in this record"))
        }
      } catch {
        sink.failed(problem("\(error)"))
      }
    }
  }
}

extension Document {
  /// Title and date from the file's name where the content has none.
  mutating func nameByFile(_ context: ReadContext) {
    let names = NameFacts(context.memberPath)
    if title.isEmpty { title = names.title }
    if date == nil { date = names.date }
  }
}

/// The records of a JSON text, front to back.
struct JSONElementCursor {
  struct Element {
    var bytes: UnsafeRawBufferPointer
    var offset: UInt64
    /// The value stands in no array: it is what the file is about.
    var isRoot: Bool
  }

  private let source: any ByteSource
  private let limit: Int
  private var position: UInt64 = 0
  private var isFirst = true
  private var isDone = false
  private var inArray = false

  init(_ source: any ByteSource, limit: Int) {
    self.source = source
    self.limit = limit
  }

  /// Behind what was read so far.
  var end: UInt64 { position }

  /// - Throws: ``ReadError`` for a record that does not end, or that is longer than the limit: where the next one
  ///   starts is then unknown.
  mutating func next() throws -> Element? {
    guard !isDone else { return nil }
    var minimum = 256 << 10
    while true {
      let window = try source.window(from: position, atLeast: minimum)
      let bytes = window.bytes
      var start = skip(bytes)
      if start == bytes.count {
        if window.reachesEnd { return nil }
        position += UInt64(start)
        continue
      }
      if isFirst {
        isFirst = false
        // An array is opened; so is the array in a wrapper, if it comes soon enough to be seen.
        if bytes[start] == UInt8(ascii: "[") {
          position += UInt64(start) + 1
          inArray = true
          continue
        }
        if let inner = JSONValueScanner.records(bytes, from: start) {
          position += UInt64(inner) + 1
          inArray = true
          continue
        }
      }
      if bytes[start] == UInt8(ascii: "]") || bytes[start] == UInt8(ascii: "}") {
        isDone = true
        return nil
      }
      if let end = JSONValueScanner.end(bytes, from: start) {
        guard end - start <= limit else { throw ReadError.tooLarge(UInt64(end - start), limit: limit) }
        let element = Element(
          bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<end]), offset: position + UInt64(start),
          isRoot: !inArray)
        position += UInt64(end)
        return element
      }
      if bytes.count - start > limit { throw ReadError.tooLarge(UInt64(bytes.count - start), limit: limit) }
      guard !window.reachesEnd else {
        throw ReadError(
          "the JSON value at byte \(position + UInt64(start)) does not end: the file is cut off or damaged")
      }
      start = 0
      minimum = max(minimum * 2, bytes.count + 1)
    }
  }

  private func skip(_ bytes: UnsafeRawBufferPointer) -> Int {
    var i = 0
    if position == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { i = 3 }
    while i < bytes.count, bytes[i].isWhiteSpace || bytes[i] == UInt8(ascii: ",") { i += 1 }
    return i
  }
}
