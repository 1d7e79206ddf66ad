/// How a column is written. A reader that does not know an encoding treats the column as absent.
enum ColumnEncoding: UInt8, Sendable {
  /// Values (missing ones as the minimum); which documents have one (one bit each; no bytes where all have).
  case packedIntegers = 1
  /// A sorted table of strings; the ordinal plus one of each document, 0 for none.
  case ordinals = 2
  /// A sorted table of strings; the start of each document's list, and the end; ordinals.
  case ordinalLists = 3
  /// A table of strings, one a document; which documents have one (no bytes where all have).
  case strings = 4
  /// Names and addresses of the distinct pairs, sorted; starts of the documents' lists; ordinals; roles.
  case mentions = 5
  /// A sorted table of strings; the start of each string's list, and the end; documents.
  case invertedLists = 6
  /// As many bytes for each document, zeros where it has no value.
  case rows = 7
}

/// The columns of a segment, which describe themselves: name, type, encoding, parts (offset and size in the file).
struct ColumnDirectory: Sendable {
  struct Entry: Sendable {
    var name: [UInt8]
    var type: UInt8
    var encoding: UInt8
    var parts: [Section]
  }
  let file: MappedFile
  let documentCount: UInt32
  let entries: [Entry]

  init(_ file: MappedFile, documentCount: UInt32) throws(IndexError) {
    self.file = file
    self.documentCount = documentCount
    guard let section = file.section("COLS") else {
      entries = []
      return
    }
    var reader = ByteReader(try file.bytes(section.offset, section.count))
    var entries: [Entry] = []
    let count = reader.varint()
    while entries.count < count, !reader.failed {
      let name = reader.lengthPrefixed()
      let type: UInt8 = reader.fixed()
      let encoding: UInt8 = reader.fixed()
      let partCount: UInt8 = reader.fixed()
      var parts: [Section] = []
      for _ in 0..<partCount {
        let part = Section(offset: reader.varint(), count: reader.varint())
        guard part.offset <= file.count, part.count <= file.count - part.offset else {
          throw file.corrupt(section.offset, "a column is outside of its file")
        }
        parts.append(part)
      }
      entries.append(Entry(name: name, type: type, encoding: encoding, parts: parts))
    }
    if reader.failed { throw file.corrupt(section.offset, "the list of columns is not sound") }
    self.entries = entries
  }

  func has(_ name: String, _ encoding: ColumnEncoding) -> Bool {
    entries.contains { $0.encoding == encoding.rawValue && $0.name.elementsEqual(name.utf8) }
  }

  /// The parts of a column of this name and encoding, where there is one.
  private func parts(_ name: String, _ encoding: ColumnEncoding, _ count: Int) throws(IndexError) -> [Section]? {
    guard let entry = entries.first(where: { $0.encoding == encoding.rawValue && $0.name.elementsEqual(name.utf8) })
    else { return nil }
    guard entry.parts.count == count else {
      throw file.corrupt(0, "column \(name) has \(entry.parts.count) parts instead of \(count)")
    }
    return entry.parts
  }

  private func packed(_ part: Section, _ count: Int?) throws(IndexError) -> PackedIntegers {
    guard let array = try PackedIntegers(file, part.offset, part.count), count == nil || array.count == count else {
      throw file.corrupt(part.offset, "an array of a column is not sound")
    }
    return array
  }

  private func presence(_ part: Section) throws(IndexError) -> PackedIntegers? {
    part.count == 0 ? nil : try packed(part, Int(documentCount))
  }

  func integers(_ name: String) throws(IndexError) -> IntegerColumn? {
    guard let parts = try parts(name, .packedIntegers, 2) else { return nil }
    return IntegerColumn(try packed(parts[0], Int(documentCount)), present: try presence(parts[1]))
  }

  func keywords(_ name: String) throws(IndexError) -> KeywordColumn? {
    if let parts = try parts(name, .ordinals, 2) {
      return try KeywordColumn(
        try StringTable(file, parts[0]), starts: nil, try packed(parts[1], Int(documentCount)))
    }
    guard let parts = try parts(name, .ordinalLists, 3) else { return nil }
    let starts = try packed(parts[1], Int(documentCount) + 1)
    let ordinals = try packed(parts[2], nil)
    guard starts[Int(documentCount)] == Int64(ordinals.count) else {
      throw file.corrupt(parts[1].offset, "the lists of column \(name) do not end with its values")
    }
    return try KeywordColumn(try StringTable(file, parts[0]), starts: starts, ordinals)
  }

  func bytes(_ name: String) throws(IndexError) -> BytesColumn? {
    guard let parts = try parts(name, .strings, 2) else { return nil }
    let table = try StringTable(file, parts[0])
    guard table.count == Int(documentCount) else { throw file.corrupt(parts[0].offset, "column \(name) is too short") }
    return BytesColumn(table, present: try presence(parts[1]))
  }

  func inverted(_ name: String) throws(IndexError) -> InvertedColumn? {
    guard let parts = try parts(name, .invertedLists, 3) else { return nil }
    let table = try StringTable(file, parts[0])
    let starts = try packed(parts[1], nil)
    let lists = try packed(parts[2], nil)
    guard starts.count == table.count + 1, UInt64(table.count) <= table.byteCount + 1 else {
      throw file.corrupt(parts[1].offset, "the lists of column \(name) do not fit its values")
    }
    return InvertedColumn(table, starts: starts, lists, documentCount: documentCount)
  }

  func fixed(_ name: String) throws(IndexError) -> FixedColumn? {
    guard let parts = try parts(name, .rows, 1) else { return nil }
    let width = parts[0].count / UInt64(max(1, documentCount))
    guard width > 0, width * UInt64(documentCount) == parts[0].count else {
      throw file.corrupt(parts[0].offset, "the rows of column \(name) are not of one length")
    }
    return FixedColumn(file, parts[0], width: Int(width))
  }

  func mentions() throws(IndexError) -> MentionsColumn {
    guard let parts = try parts("mentions", .mentions, 5) else { return MentionsColumn() }
    let names = try StringTable(file, parts[0])
    let addresses = try StringTable(file, parts[1])
    let starts = try packed(parts[2], Int(documentCount) + 1)
    let ordinals = try packed(parts[3], nil)
    let roles = try packed(parts[4], ordinals.count)
    // The pairs are distinct: only one can be without a byte.
    guard names.count == addresses.count, UInt64(names.count) <= names.byteCount + addresses.byteCount + 1,
      starts[Int(documentCount)] == Int64(ordinals.count)
    else {
      throw file.corrupt(parts[0].offset, "the parts of the mentions do not fit each other")
    }
    return MentionsColumn(names, addresses, starts: starts, ordinals, roles: roles)
  }
}
