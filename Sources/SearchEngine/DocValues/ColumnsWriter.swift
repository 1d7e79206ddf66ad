/// Collects the columns of a segment's documents, document by document, and writes the file of columns.
struct ColumnsWriter {
  struct Pair: Hashable {
    var name: [UInt8]
    var address: [UInt8]
  }
  var columns: [ColumnBuffer]
  private var keys: [DocumentKey] = []
  private(set) var documentCount = 0
  private var pairs: [Pair] = []
  private var pairIDs: [Pair: Int] = [:]
  var mentionStarts: [Int] = [0]
  var mentions: [Int] = []
  var roles: [UInt8] = []

  init(_ schema: Schema) { columns = schema.columns.map { ColumnBuffer(field: $0) } }

  /// Makes room where it is known how many documents there will be.
  mutating func reserve(_ documents: Int) { mentionStarts.reserveCapacity(documents + 1) }

  /// Adds the next document's columns.
  mutating func add(key: DocumentKey?, values: [ColumnValue], mentions: [Mention]) throws(IndexError) {
    guard key == nil ? keys.isEmpty : keys.count == documentCount else {
      throw .invalid("all documents of a segment have a key, or none has")
    }
    for value in values where !columns.indices.contains(value.column) {
      throw .invalid("column \(value.column) is not in the schema")
    }
    for mention in mentions where mention.role >= 64 { throw .invalid("role \(mention.role) is not below 64") }
    guard values.count <= PackedIntegers.longestList, mentions.count <= PackedIntegers.longestList else {
      throw .invalid("a document has more than \(PackedIntegers.longestList) mentions or column values")
    }
    if let key { keys.append(key) }
    documentCount += 1
    for value in values { try set(value) }
    for i in columns.indices { columns[i].endDocument(documentCount) }
    for mention in mentions {
      self.mentions.append(pairID(Pair(name: mention.name, address: mention.address)))
      roles.append(mention.role)
    }
    mentionStarts.append(self.mentions.count)
  }

  mutating func pairID(_ pair: Pair) -> Int {
    if let id = pairIDs[pair] { return id }
    pairIDs[pair] = pairs.count
    pairs.append(pair)
    return pairs.count - 1
  }

  private mutating func set(_ value: ColumnValue) throws(IndexError) {
    let i = value.column
    switch (columns[i].field.type, value.value) {
    case (.integer, .integer(let number)):
      columns[i].begin(documentCount)
      columns[i].integers[documentCount - 1] = number
    case (.keyword, .bytes(let bytes)):
      columns[i].begin(documentCount)
      columns[i].values[documentCount - 1] = columns[i].id(bytes) + 1
    case (.keywords, .bytes(let bytes)), (.inverted, .bytes(let bytes)):
      columns[i].values.append(columns[i].id(bytes))
    case (.bytes, .bytes(let bytes)):
      columns[i].begin(documentCount)
      columns[i].strings[documentCount - 1] = bytes
    case (.fixed, .bytes(let bytes)):
      columns[i].begin(documentCount)
      let width = columns[i].width ?? bytes.count
      guard bytes.count == width, bytes.contains(where: { $0 != 0 }) else {
        throw .invalid("a value of column \(columns[i].field.name) has not \(width) bytes, or is of zeros only")
      }
      columns[i].width = width
      columns[i].strings[documentCount - 1] = bytes
    default: throw .invalid("a value of column \(columns[i].field.name) is not of the column's type")
    }
  }

  /// Writes all sections.
  func write(to writer: ContentWriter) {
    if !keys.isEmpty { KeyTable.write(keys, to: writer) }
    writer.begin(SectionID("CDAT"))
    let entries = writeColumns(to: writer)
    writer.end()
    Self.write(entries, to: writer)
  }

  /// Writes what the columns hold, and answers where.
  func writeColumns(to writer: ContentWriter) -> [ColumnDirectory.Entry] {
    var entries: [ColumnDirectory.Entry] = []
    for column in columns where !column.isEmpty { entries.append(column.write(to: writer)) }
    if !mentions.isEmpty { entries.append(writeMentions(to: writer)) }
    return entries
  }

  /// Writes the directory of columns.
  static func write(_ entries: [ColumnDirectory.Entry], to writer: ContentWriter) {
    writer.begin(SectionID("COLS"))
    writer.appendVarint(UInt64(entries.count))
    for entry in entries {
      writer.appendVarint(UInt64(entry.name.count))
      writer.append(entry.name)
      writer.append([entry.type, entry.encoding, UInt8(entry.parts.count)])
      for part in entry.parts {
        writer.appendVarint(part.offset)
        writer.appendVarint(part.count)
      }
    }
    writer.end()
  }

  private func writeMentions(to writer: ContentWriter) -> ColumnDirectory.Entry {
    let order = pairs.indices.sorted {
      pairs[$0].name != pairs[$1].name
        ? pairs[$0].name.lexicographicallyPrecedes(pairs[$1].name)
        : pairs[$0].address.lexicographicallyPrecedes(pairs[$1].address)
    }
    var ordinals = [Int](repeating: 0, count: pairs.count)
    for (ordinal, id) in order.enumerated() { ordinals[id] = ordinal }
    let parts = [
      writer.part { StringTable.write(order.map { pairs[$0].name }, to: writer) },
      writer.part { StringTable.write(order.map { pairs[$0].address }, to: writer) },
      writer.part { PackedIntegers.write(mentionStarts.lazy.map { Int64($0) }, to: writer) },
      writer.part { PackedIntegers.write(mentions.lazy.map { Int64(ordinals[$0]) }, to: writer) },
      writer.part { PackedIntegers.write(roles.lazy.map { Int64($0) }, to: writer) },
    ]
    return ColumnDirectory.Entry(
      name: [UInt8]("mentions".utf8), type: 0, encoding: ColumnEncoding.mentions.rawValue, parts: parts)
  }
}

extension ContentWriter {
  /// Where `body` writes.
  func part(_ body: () -> Void) -> Section {
    let start = offset
    body()
    return Section(offset: start, count: offset - start)
  }
}
