/// Writes the file of columns of a merged segment, one column after another: what is in memory at a time is the numbers of
/// one column, and of its strings only where they end. (Millions of documents with all their columns took 300 bytes
/// each.)
struct ColumnsMerger {
  struct Source {
    var columns: ColumnDirectory
    var keys: KeyTable?
    /// The documents that are kept, in their order.
    var documents: [DocumentOrdinal]
  }
  let sources: [Source]
  private var total: Int { sources.reduce(0) { $0 + $1.documents.count } }

  func write(to writer: ContentWriter) throws(IndexError) {
    try writeKeys(to: writer)
    var entries: [ColumnDirectory.Entry] = []
    writer.begin(SectionID("CDAT"))
    var hasMentions = false
    for (name, encoding) in try columns() {
      switch encoding {
      case .mentions: hasMentions = true
      case .rows: if let entry = try writeRows(name, to: writer) { entries.append(entry) }
      case .strings: entries.append(try writeStrings(name, to: writer))
      case .packedIntegers: entries.append(try writeIntegers(name, to: writer))
      default: entries += try collect(name, encoding).writeColumns(to: writer)
      }
    }
    if hasMentions { entries += try collect("mentions", .mentions).writeColumns(to: writer) }
    writer.end()
    ColumnsWriter.write(entries, to: writer)
  }

  /// The columns of all sources by their first appearance.
  private func columns() throws(IndexError) -> [(String, ColumnEncoding)] {
    var found: [(String, ColumnEncoding)] = []
    for source in sources {
      for entry in source.columns.entries {
        let name = String(decoding: entry.name, as: UTF8.self)
        guard let encoding = ColumnEncoding(rawValue: entry.encoding) else {
          throw .invalid("column \(name) is encoded in a way that this version does not know: it cannot be merged")
        }
        if !found.contains(where: { $0 == (name, encoding) }) { found.append((name, encoding)) }
      }
    }
    return found
  }

  private func collect(_ name: String, _ encoding: ColumnEncoding) throws(IndexError) -> ColumnsWriter {
    var column = ColumnsWriter(Schema())
    column.reserve(total)
    for source in sources { try column.append(name, encoding, of: source.columns, source.documents) }
    return column
  }

  private func writeKeys(to writer: ContentWriter) throws(IndexError) {
    var keys: [DocumentKey] = []
    var documents = 0
    for source in sources {
      guard source.documents.isEmpty || (source.keys == nil ? keys.isEmpty : keys.count == documents) else {
        throw .invalid("all documents of a segment have a key, or none has")
      }
      documents += source.documents.count
      guard let table = source.keys else { continue }
      keys.reserveCapacity(total)
      for document in source.documents { keys.append(try table.key(document)) }
    }
    if !keys.isEmpty { KeyTable.write(keys, to: writer) }
  }

  /// nil where no document has a value.
  private func writeRows(_ name: String, to writer: ContentWriter) throws(IndexError) -> ColumnDirectory.Entry? {
    var width: Int?
    for source in sources {
      guard let column = try source.columns.fixed(name) else { continue }
      guard width ?? column.width == column.width else {
        throw .invalid("column \(name) has values of \(column.width) bytes here and of others elsewhere")
      }
      for document in source.documents where width == nil {
        if try column.value(document) != nil { width = column.width }
      }
    }
    guard let width else { return nil }
    let none = [UInt8](repeating: 0, count: width)
    let start = writer.offset
    for source in sources {
      let column = try source.columns.fixed(name)
      for document in source.documents {
        if let column { column.withRow(document) { writer.append($0) } } else { writer.append(none) }
      }
    }
    return ColumnDirectory.Entry(
      name: [UInt8](name.utf8), type: ColumnType.fixed.rawValue, encoding: ColumnEncoding.rows.rawValue,
      parts: [Section(offset: start, count: writer.offset - start)])
  }

  private func writeStrings(_ name: String, to writer: ContentWriter) throws(IndexError) -> ColumnDirectory.Entry {
    var ends: [Int64] = [0]
    ends.reserveCapacity(total + 1)
    var present: [Bool] = []
    present.reserveCapacity(total)
    for source in sources {
      let column = try source.columns.bytes(name)
      for document in source.documents {
        let count = try column?.count(document)
        present.append(count != nil)
        ends.append(ends[ends.count - 1] + Int64(count ?? 0))
      }
    }
    let start = writer.offset
    PackedIntegers.write(ends, to: writer)
    for source in sources {
      guard let column = try source.columns.bytes(name) else { continue }
      for document in source.documents { try column.withValue(document) { writer.append($0) } }
    }
    let parts = [
      Section(offset: start, count: writer.offset - start),
      writer.part {
        guard present.contains(false) else { return }
        PackedIntegers.write(present.lazy.map { $0 ? 1 : 0 }, to: writer)
      },
    ]
    return ColumnDirectory.Entry(
      name: [UInt8](name.utf8), type: ColumnType.bytes.rawValue, encoding: ColumnEncoding.strings.rawValue,
      parts: parts)
  }

  /// Walks the values where they are, once for each thing that has to be known of all.
  private func writeIntegers(_ name: String, to writer: ContentWriter) throws(IndexError) -> ColumnDirectory.Entry {
    var columns: [(column: IntegerColumn?, documents: [DocumentOrdinal])] = []
    for source in sources { columns.append((try source.columns.integers(name), source.documents)) }
    let values = columns.lazy.map { part in part.documents.lazy.map { part.column?[$0] } }.joined()
    var least: Int64?
    var isComplete = true
    for value in values {
      if let value { least = min(least ?? value, value) } else { isComplete = false }
    }
    let none = least ?? 0
    let parts = [
      writer.part { PackedIntegers.write(values.lazy.map { $0 ?? none }, to: writer) },
      writer.part {
        if !isComplete { PackedIntegers.write(values.lazy.map { $0 == nil ? 0 : 1 }, to: writer) }
      },
    ]
    return ColumnDirectory.Entry(
      name: [UInt8](name.utf8), type: ColumnType.integer.rawValue, encoding: ColumnEncoding.packedIntegers.rawValue,
      parts: parts)
  }
}
