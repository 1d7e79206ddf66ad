extension ColumnsWriter {
  /// Appends one column of `documents` of another segment, which may not have it. A column that is new here begins with
  /// documents that have no value.
  mutating func append(
    _ name: String, _ encoding: ColumnEncoding, of source: ColumnDirectory, _ documents: [DocumentOrdinal]
  ) throws(IndexError) {
    let start = documentCount
    for _ in documents { try add(key: nil, values: [], mentions: []) }
    switch encoding {
    case .ordinals, .ordinalLists:
      guard source.has(name, encoding), let column = try source.keywords(name) else { return }
      appendKeywords(name, column, start, documents)
    case .invertedLists:
      guard let column = try source.inverted(name) else { return }
      try appendInverted(name, column, start, documents)
    case .mentions:
      guard source.has(name, encoding) else { return }
      try appendMentions(try source.mentions(), start, documents)
    case .packedIntegers, .strings, .rows: preconditionFailure("these are merged without being collected")
    }
  }

  private mutating func column(_ name: String, _ type: ColumnType) -> Int {
    if let found = columns.firstIndex(where: { $0.field.name == name && $0.field.type == type }) { return found }
    var column = ColumnBuffer(field: ColumnField(name: name, type: type))
    column.reserve(mentionStarts.capacity)
    column.endDocument(documentCount)
    columns.append(column)
    return columns.count - 1
  }

  private mutating func appendKeywords(
    _ name: String, _ source: KeywordColumn, _ start: Int, _ documents: [DocumentOrdinal]
  ) {
    let i = column(name, source.isMultiValued ? .keywords : .keyword)
    // A string gets its number here when the first live document shows it: deleted ones leave none behind.
    var ids = [Int](repeating: -1, count: Int(source.valueCount))
    func id(_ ordinal: UInt32, _ column: inout ColumnBuffer) -> Int {
      if ids[Int(ordinal)] < 0 { ids[Int(ordinal)] = column.id(source.value(ordinal)) }
      return ids[Int(ordinal)]
    }
    if source.isMultiValued {
      // The documents were added without values: their lists are all empty, and made anew here.
      columns[i].starts.removeLast(columns[i].starts.count - start - 1)
      for document in documents {
        source.forEach(document) { columns[i].values.append(id($0, &columns[i])) }
        columns[i].starts.append(columns[i].values.count)
      }
    } else {
      for (k, document) in documents.enumerated() {
        guard let ordinal = source[document] else { continue }
        columns[i].values[start + k] = id(ordinal, &columns[i]) + 1
        columns[i].present[start + k] = true
      }
    }
  }

  private mutating func appendInverted(
    _ name: String, _ source: InvertedColumn, _ start: Int, _ documents: [DocumentOrdinal]
  ) throws(IndexError) {
    let i = column(name, .inverted)
    var lists: [(place: Int, id: Int)] = []
    var places: [Int] = []
    for (place, document) in documents.enumerated() {
      while places.count < Int(document) { places.append(-1) }
      places.append(place)
    }
    for ordinal in 0..<source.valueCount {
      var id: Int?
      for document in try source.documents(ordinal) {
        guard Int(document) < places.count, places[Int(document)] >= 0 else { continue }
        if id == nil { id = columns[i].id(try source.value(ordinal)) }
        if let id { lists.append((places[Int(document)], id)) }
      }
    }
    lists.sort { $0.place != $1.place ? $0.place < $1.place : $0.id < $1.id }
    // The documents were added without values: their lists are all empty, and made anew here.
    columns[i].starts.removeLast(columns[i].starts.count - start - 1)
    var next = 0
    for place in documents.indices {
      while next < lists.count, lists[next].place == place {
        columns[i].values.append(lists[next].id)
        next += 1
      }
      columns[i].starts.append(columns[i].values.count)
    }
  }

  private mutating func appendMentions(
    _ source: MentionsColumn, _ start: Int, _ documents: [DocumentOrdinal]
  ) throws(IndexError) {
    var ids = [Int](repeating: -1, count: Int(source.count))
    var found: [(ordinal: UInt32, role: UInt8)] = []
    mentionStarts.removeLast(mentionStarts.count - start - 1)
    for document in documents {
      found.removeAll(keepingCapacity: true)
      source.forEach(document) { found.append(($0, $1)) }
      for (ordinal, role) in found {
        if ids[Int(ordinal)] < 0 {
          let (name, address) = try source.mention(ordinal)
          ids[Int(ordinal)] = pairID(Pair(name: name, address: address))
        }
        mentions.append(ids[Int(ordinal)])
        roles.append(role)
      }
      mentionStarts.append(mentions.count)
    }
  }
}
