/// The values of one column on their way to the disk.
struct ColumnBuffer {
  var field: ColumnField
  var integers: [Int64] = []
  var present: [Bool] = []
  /// `bytes` and `fixed`: the strings; other kinds: the distinct strings by their first appearance.
  var strings: [[UInt8]] = []
  var ids: [[UInt8]: Int] = [:]
  /// The id asked for last: values come in rows.
  var lastID: Int?
  /// `keyword`: id plus one; `keywords` and `inverted`: ids of all documents.
  var values: [Int] = []
  var starts: [Int] = [0]

  /// `fixed`: bytes of a value, nil before the first.
  var width: Int?

  /// Whether a segment does without the column.
  var isEmpty: Bool {
    switch field.type {
    case .integer: false
    case .fixed: width == nil
    case .keyword, .keywords, .bytes, .inverted: strings.isEmpty
    }
  }

  /// Whether a document can have several values.
  var hasLists: Bool { field.type == .keywords || field.type == .inverted }
}

extension ColumnBuffer {
  /// Makes room for what is kept of every document, values of lists apart.
  mutating func reserve(_ documents: Int) {
    if hasLists { return starts.reserveCapacity(documents + 1) }
    present.reserveCapacity(documents)
    // The only other kind that merges collect.
    if field.type == .keyword { values.reserveCapacity(documents) }
  }

  /// Makes room for the document's value; others before it have none. A second value replaces the first.
  mutating func begin(_ documents: Int) {
    if present.count == documents { return }
    endDocument(documents - 1)
    switch field.type {
    case .integer: integers.append(0)
    case .keyword: values.append(0)
    case .bytes, .fixed: strings.append([])
    case .keywords, .inverted: break
    }
    present.append(true)
  }

  /// Fills up the documents that have no value.
  mutating func endDocument(_ documents: Int) {
    if hasLists {
      while starts.count <= documents {
        // Rising ordinals cannot be had before the dictionary is sorted; `write` sorts each list.
        starts.append(values.count)
      }
      return
    }
    while present.count < documents {
      present.append(false)
      switch field.type {
      case .integer: integers.append(0)
      case .keyword: values.append(0)
      case .bytes, .fixed: strings.append([])
      case .keywords, .inverted: break
      }
    }
  }

  mutating func id(_ string: [UInt8]) -> Int {
    // Arrays that are one and the same are equal at a glance.
    if let lastID, strings[lastID] == string { return lastID }
    if let id = ids[string] {
      lastID = id
      return id
    }
    ids[string] = strings.count
    strings.append(string)
    lastID = strings.count - 1
    return strings.count - 1
  }

  func write(to writer: ContentWriter) -> ColumnDirectory.Entry {
    var parts: [Section] = []
    let encoding: ColumnEncoding
    func writePresence() {
      parts.append(
        writer.part {
          guard present.contains(false) else { return }
          PackedIntegers.write(present.lazy.map { $0 ? 1 : 0 }, to: writer)
        })
    }
    switch field.type {
    case .integer:
      encoding = .packedIntegers
      let least = zip(integers, present).lazy.filter { $0.1 }.map { $0.0 }.min() ?? 0
      parts.append(
        writer.part {
          PackedIntegers.write(integers.indices.lazy.map { present[$0] ? integers[$0] : least }, to: writer)
        })
      writePresence()
    case .bytes:
      encoding = .strings
      parts.append(writer.part { StringTable.write(strings, to: writer) })
      writePresence()
    case .fixed:
      encoding = .rows
      let width = strings.lazy.map(\.count).max() ?? 0
      let none = [UInt8](repeating: 0, count: width)
      parts.append(writer.part { for string in strings { writer.append(string.isEmpty ? none : string) } })
    case .inverted:
      encoding = .invertedLists
      let (order, ordinals) = sorted()
      parts.append(writer.part { StringTable.write(order.map { strings[$0] }, to: writer) })
      let (ends, documents) = inverted(ordinals)
      parts.append(writer.part { PackedIntegers.write(ends, to: writer) })
      parts.append(writer.part { PackedIntegers.write(documents, to: writer) })
    case .keyword, .keywords:
      let (order, ordinals) = sorted()
      parts.append(writer.part { StringTable.write(order.map { strings[$0] }, to: writer) })
      if field.type == .keyword {
        encoding = .ordinals
        parts.append(
          writer.part {
            PackedIntegers.write(values.lazy.map { Int64($0 == 0 ? 0 : ordinals[$0 - 1] + 1) }, to: writer)
          })
      } else {
        encoding = .ordinalLists
        var lists: [Int64] = []
        lists.reserveCapacity(values.count)
        for i in 0..<(starts.count - 1) {
          lists.append(contentsOf: values[starts[i]..<starts[i + 1]].map { Int64(ordinals[$0]) }.sorted())
        }
        parts.append(writer.part { PackedIntegers.write(starts.lazy.map { Int64($0) }, to: writer) })
        parts.append(writer.part { PackedIntegers.write(lists, to: writer) })
      }
    }
    return ColumnDirectory.Entry(
      name: [UInt8](field.name.utf8), type: field.type.rawValue, encoding: encoding.rawValue, parts: parts)
  }

  /// The ids of the strings in their order, and the ordinal of each id.
  private func sorted() -> (order: [Int], ordinals: [Int]) {
    let order = strings.indices.sorted { strings[$0].lexicographicallyPrecedes(strings[$1]) }
    var ordinals = [Int](repeating: 0, count: strings.count)
    for (ordinal, id) in order.enumerated() { ordinals[id] = ordinal }
    return (order, ordinals)
  }

  /// Where the documents of each ordinal start, and the end; the documents, rising, each once a value.
  private func inverted(_ ordinals: [Int]) -> (starts: [Int64], documents: [Int64]) {
    var pairs: [UInt64] = []
    pairs.reserveCapacity(values.count)
    for document in 0..<(starts.count - 1) {
      for id in values[starts[document]..<starts[document + 1]] {
        pairs.append(UInt64(ordinals[id]) << 32 | UInt64(document))
      }
    }
    pairs.sort()
    var listStarts: [Int64] = []
    var documents: [Int64] = []
    var last: UInt64?
    for pair in pairs where pair != last {
      while listStarts.count <= Int(pair >> 32) { listStarts.append(Int64(documents.count)) }
      documents.append(Int64(pair & 0xFFFF_FFFF))
      last = pair
    }
    while listStarts.count <= ordinals.count { listStarts.append(Int64(documents.count)) }
    return (listStarts, documents)
  }
}
