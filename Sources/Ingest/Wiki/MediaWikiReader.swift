import Documents

/// MediaWiki XML dumps (`Special:Export`, `dumpBackup.php`, dumps.wikimedia.org): every page is a record, found by its
/// tags and parsed alone, so that a dump of any size streams and damage costs one page.
struct MediaWikiReader: RecordReader {
  init() {}

  private static let open = Array("<page>".utf8), close = Array("</page>".utf8)
  /// As much of the dump as may stand before the first page.
  private static let headBytes = 1 << 20

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    var source = source
    let start = try source.window(from: 0, atLeast: 4096).bytes
    if ByteOrderMark.find(start) != nil || Self.isForeign(start) {
      // Another charset than UTF-8: such dumps are small and rare.
      let decoded = CharsetDecoder.decode(
        try source.whole(limit: context.limits.recordBytes), CharsetDecoder.Hints(isMarkup: true))
      source = MemorySource(decoded.utf8)
    }
    let aliases = try source.again().map { try RedirectTable($0, context.limits, working: sink.working) }
    let head = try source.window(from: 0, atLeast: Self.headBytes).bytes
    let headEnd = min(head.firstOffset(of: Self.open) ?? head.count, Self.headBytes)
    let site = MediaWikiSite(UnsafeRawBufferPointer(rebasing: head[..<min(headEnd, head.count)]))
    var pages = PageCursor(source, limit: context.limits.recordBytes)
    var count = 0
    while let page = try pages.next() {
      count += 1
      guard sink.begin(recordAt: page.offset) else { continue }
      let record = RecordRange(offset: page.offset, length: page.length)
      func problem(_ reason: String) -> RecordProblem {
        RecordProblem(member: context.member, record: record, reason: reason)
      }
      guard let bytes = page.bytes else {
        sink.failed(problem("a page of \(page.length) bytes, the limit is \(context.limits.recordBytes)"))
        continue
      }
      do {
        let parsed = try MediaWikiPage(bytes)
        if let reason = parsed.skipReason(hasAliases: aliases != nil) {
          sink.skipped(problem(reason))
          continue
        }
        var document = parsed.document(site, aliases: aliases?.aliases(of: parsed.title) ?? [])
        document.record = record
        document.member = context.member
        if page.isCut { document.notes.append("the dump ends inside this page") }
        sink.document(document)
      } catch {
        sink.failed(problem("\(error)"))
      }
    }
    if count == 0, sink.begin(recordAt: 0) {
      let record = RecordRange(offset: 0, length: UInt64(headEnd))
      sink.skipped(RecordProblem(member: context.member, record: record, reason: "a dump without pages"))
    }
  }

  private static func isForeign(_ head: UnsafeRawBufferPointer) -> Bool {
    if head.prefix(256).contains(0) { return true }
    guard let charset = MarkupCharset.find(head) else { return false }
    return charset != .utf8
  }
}

/// The pages of a dump, front to back.
struct PageCursor {
  struct Page {
    /// From `<page>` to behind `</page>`; `nil` if there are more than the limit.
    var bytes: UnsafeRawBufferPointer?
    var offset: UInt64
    var length: UInt64
    /// The source ends before the page does.
    var isCut = false
  }

  private let source: any ByteSource
  private let limit: Int
  private var position: UInt64 = 0
  private static let open = Array("<page>".utf8), close = Array("</page>".utf8)
  private static let stride = 1 << 20

  init(_ source: any ByteSource, limit: Int) {
    self.source = source
    self.limit = limit
  }

  /// - Returns: `nil` at the end.
  mutating func next() throws -> Page? {
    var minimum = Self.stride
    guard try findStart() else { return nil }
    while true {
      let window = try source.window(from: position, atLeast: minimum)
      // A mapped file shows all that is left: looking further than a record may be long helps nobody.
      let shown = min(window.bytes.count, limit + Self.close.count)
      let bytes = UnsafeRawBufferPointer(rebasing: window.bytes[..<shown])
      if let end = bytes.firstOffset(of: Self.close) {
        let page = UnsafeRawBufferPointer(rebasing: bytes[..<(end + Self.close.count)])
        defer { position += UInt64(page.count) }
        return Page(bytes: page, offset: position, length: UInt64(page.count))
      }
      if shown > limit { return try passOver() }
      if window.reachesEnd {
        defer { position += UInt64(bytes.count) }
        return bytes.count > Self.open.count
          ? Page(bytes: bytes, offset: position, length: UInt64(bytes.count), isCut: true) : nil
      }
      minimum = max(minimum * 2, bytes.count + 1)
    }
  }

  /// Goes to the next `<page>`.
  private mutating func findStart() throws -> Bool {
    while true {
      let window = try source.window(from: position, atLeast: Self.stride)
      let shown = UnsafeRawBufferPointer(rebasing: window.bytes.prefix(16 * Self.stride))
      if let at = shown.firstOffset(of: Self.open) {
        position += UInt64(at)
        return true
      }
      if window.reachesEnd, shown.count == window.bytes.count { return false }
      position += UInt64(max(shown.count - Self.open.count, 1))
    }
  }

  private mutating func passOver() throws -> Page {
    let offset = position
    position += UInt64(limit)
    while true {
      let window = try source.window(from: position, atLeast: Self.stride)
      let shown = UnsafeRawBufferPointer(rebasing: window.bytes.prefix(16 * Self.stride))
      if let at = shown.firstOffset(of: Self.close) {
        position += UInt64(at + Self.close.count)
        break
      }
      if window.reachesEnd, shown.count == window.bytes.count {
        position += UInt64(shown.count)
        break
      }
      position += UInt64(max(shown.count - Self.close.count, 1))
    }
    return Page(bytes: nil, offset: offset, length: position - offset)
  }
}
