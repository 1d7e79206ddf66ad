extension SegmentContext {
  /// The documents that pass the filter, deleted ones included. O(documents), one pass over the column.
  func bits(_ filter: Filter) throws(IndexError) -> DocumentBits {
    let count = Int(reader.documentCount)
    switch filter {
    case .keyword(let column, let values):
      let bits = DocumentBits(count: count)
      guard let keywords = try reader.keywords(column) else { return bits }
      let wanted = Set(values.compactMap { keywords.ordinal(of: $0) })
      if wanted.isEmpty { return bits }
      keywords.forEachDocument(holding: wanted, count: count) { bits.insert($0) }
      return bits
    case .range(let column, let from, let below):
      let bits = DocumentBits(count: count)
      guard let integers = try reader.integers(column), let bounds = integers.bounds else { return bits }
      let from = from ?? .min
      if bounds.upperBound < from { return bits }
      if let below, bounds.lowerBound >= below { return bits }
      for document in 0..<DocumentOrdinal(count) {
        if let value = integers[document], value >= from, below == nil || value < below! { bits.insert(document) }
      }
      return bits
    case .mentions(let names, let roles):
      let bits = DocumentBits(count: count)
      let mentions = try reader.mentions()
      var wanted: Set<UInt32> = []
      for name in names {
        if let ordinal = try mentions.ordinal(of: name) { wanted.insert(ordinal) }
      }
      if wanted.isEmpty { return bits }
      for document in 0..<DocumentOrdinal(count) {
        mentions.forEach(document) { ordinal, role in
          if roles &>> UInt64(role) & 1 == 1, wanted.contains(ordinal) { bits.insert(document) }
        }
      }
      return bits
    case .keys(let keys):
      let bits = DocumentBits(count: count)
      for key in keys {
        if let document = try reader.document(key) { bits.insert(document) }
      }
      return bits
    case .sequence(let from):
      if try reader.sequenceEnd <= from { return DocumentBits(count: count) }
      if reader.firstSequence >= from { return DocumentBits.all(count: count) }
      let bits = DocumentBits(count: count)
      // Sequence numbers rise with the ordinals: from the back to the first that is too old.
      var document = DocumentOrdinal(count)
      while document > 0, try reader.sequence(document - 1) >= from {
        document -= 1
        bits.insert(document)
      }
      return bits
    case .and(let filters):
      let bits = DocumentBits.all(count: count)
      for filter in filters { bits.formIntersection(try self.bits(filter)) }
      return bits
    case .or(let filters):
      let bits = DocumentBits(count: count)
      for filter in filters { bits.formUnion(try self.bits(filter)) }
      return bits
    case .not(let filter):
      let bits = try self.bits(filter)
      bits.invert()
      return bits
    }
  }
}

extension MentionsColumn {
  /// The ordinal of a pair, by halving: pairs are sorted.
  func ordinal(of wanted: MentionName) throws(IndexError) -> UInt32? {
    var low: UInt32 = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let (name, address) = try mention(middle)
      if name == wanted.name, address == wanted.address { return middle }
      let isBefore =
        name == wanted.name
        ? address.lexicographicallyPrecedes(wanted.address) : name.lexicographicallyPrecedes(wanted.name)
      if isBefore { low = middle + 1 } else { high = middle }
    }
    return nil
  }
}
