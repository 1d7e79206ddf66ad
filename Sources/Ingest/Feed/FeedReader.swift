import Documents

/// RSS (0.9 to 2.0, RDF), Atom and CDF files, blog exports in the shape of RSS: every item is a record.
struct FeedReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    let bytes = try source.whole(limit: context.limits.recordBytes)
    let offsets = Self.offsets(bytes)
    let byteCount = UInt64(bytes.count)
    let decoded = CharsetDecoder.decode(bytes, CharsetDecoder.Hints(isMarkup: true))
    let tree = try decoded.utf8.withUnsafeBytes { try XMLTree($0) }
    guard let root = tree.root else { throw ReadError("no element in this XML: \(tree.complaint ?? "empty")") }
    let feed = Feed(root)
    let items = Self.items(root)
    if items.isEmpty {
      guard sink.begin(recordAt: 0) else { return }
      let record = RecordRange(offset: 0, length: byteCount)
      guard var document = feed.document(context) else {
        let reason = "a feed without items, title and description"
        return sink.skipped(RecordProblem(member: context.member, record: record, reason: reason))
      }
      document.record = record
      document.member = context.member
      document.take(decoded)
      return sink.document(document)
    }
    // Comments may hold items too: then the number of the item stands for its place.
    let places = offsets.count == items.count ? offsets : items.indices.map { UInt64($0) }
    for (index, item) in items.enumerated() {
      guard sink.begin(recordAt: places[index]) else { continue }
      let end = index + 1 < places.count ? places[index + 1] : max(byteCount, places[index])
      let record = RecordRange(offset: places[index], length: end - places[index])
      guard var document = FeedItem(item, feed).document() else {
        sink.skipped(RecordProblem(member: context.member, record: record, reason: "an item without title and text"))
        continue
      }
      document.record = record
      document.member = context.member
      document.take(decoded)
      if let complaint = tree.complaint { document.notes.append("ill-formed XML: \(complaint)") }
      sink.document(document)
    }
  }

  /// Items stand in the channel, beside it (RDF), or in lists (CDF).
  private static func items(_ root: XMLElement) -> [XMLElement] {
    var out: [XMLElement] = []
    var i = root.index + 1
    let end = root.tree.nodes[root.index].end
    while i < end {
      let node = root.tree.nodes[i]
      let name = XMLElement.local(node.name).lowercased()
      if name == "item" || name == "entry" {
        out.append(XMLElement(tree: root.tree, index: i))
        i = node.end
      } else {
        i += 1
      }
    }
    return out
  }

  /// Where the start tags of items stand.
  private static func offsets(_ bytes: UnsafeRawBufferPointer) -> [UInt64] {
    var out: [UInt64] = []
    var i = 0
    while let at = bytes.firstOffset(of: [0x3C], from: i) {
      i = at + 1
      var name = i
      while name < bytes.count, bytes[name].isASCIILetter || bytes[name] == 0x3A || bytes[name].isASCIIDigit {
        name += 1
      }
      let local = bytes[i..<name].split(separator: 0x3A).last.map { String(decoding: $0, as: UTF8.self).lowercased() }
      guard local == "item" || local == "entry", name < bytes.count else { continue }
      if bytes[name].isASCIISpace || bytes[name] == 0x3E || bytes[name] == 0x2F { out.append(UInt64(at)) }
    }
    return out
  }
}
