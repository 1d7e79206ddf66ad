/// Counts values of columns over sets of matching documents, segment by segment.
struct FacetCounter {
  private let requests: [FacetRequest]
  private var counts: [[Facet.Value: Int]]

  init(_ requests: [FacetRequest]) {
    self.requests = requests
    counts = Array(repeating: [:], count: requests.count)
  }

  var isEmpty: Bool { requests.isEmpty }

  /// Adds the documents of one segment. O(documents + distinct values).
  mutating func add(_ documents: DocumentBits, _ segment: SegmentContext) throws(IndexError) {
    for index in requests.indices {
      switch requests[index] {
      case .keyword(let column):
        guard let keywords = try segment.reader.keywords(column) else { continue }
        // Counted by ordinal; strings are made once a value.
        var byOrdinal = [Int](repeating: 0, count: Int(keywords.valueCount))
        documents.forEach { document in keywords.forEach(document) { byOrdinal[Int($0)] += 1 } }
        for ordinal in byOrdinal.indices where byOrdinal[ordinal] > 0 {
          counts[index][.bytes(keywords.value(UInt32(ordinal))), default: 0] += byOrdinal[ordinal]
        }
      case .year(let column):
        guard let integers = try segment.reader.integers(column) else { continue }
        var byYear: [Int: Int] = [:]
        documents.forEach { document in
          if let seconds = integers[document] { byYear[PartialDate.year(of: seconds), default: 0] += 1 }
        }
        for (year, count) in byYear { counts[index][.year(year), default: 0] += count }
      case .mentions(let roles):
        try addMentions(index, roles, documents, segment)
      }
    }
  }

  private mutating func addMentions(
    _ index: Int, _ roles: UInt64, _ documents: DocumentBits, _ segment: SegmentContext
  ) throws(IndexError) {
    let mentions = try segment.reader.mentions()
    var byOrdinal = [Int](repeating: 0, count: Int(mentions.count))
    // A pair counts once a document, in however many of the roles: the last document that counted it.
    var last = [UInt32](repeating: .noMore, count: Int(mentions.count))
    documents.forEach { document in
      mentions.forEach(document) { ordinal, role in
        guard roles &>> UInt64(role) & 1 == 1, last[Int(ordinal)] != document else { return }
        last[Int(ordinal)] = document
        byOrdinal[Int(ordinal)] += 1
      }
    }
    for ordinal in byOrdinal.indices where byOrdinal[ordinal] > 0 {
      let (name, address) = try mentions.mention(UInt32(ordinal))
      counts[index][.mention(MentionName(name: name, address: address)), default: 0] += byOrdinal[ordinal]
    }
  }

  consuming func finish() -> [Facet] {
    requests.indices.map { index in
      let entries = counts[index].map { Facet.Entry(value: $0.key, count: $0.value) }
      return Facet(request: requests[index], entries: entries.sorted { $0.precedes($1) })
    }
  }
}

extension Facet.Entry {
  /// The greater count first, then in the order of the values; later years first.
  func precedes(_ other: Facet.Entry) -> Bool {
    if count != other.count { return count > other.count }
    switch (value, other.value) {
    case (.bytes(let a), .bytes(let b)): return a.lexicographicallyPrecedes(b)
    case (.year(let a), .year(let b)): return a > b
    case (.mention(let a), .mention(let b)):
      return a.name == b.name
        ? a.address.lexicographicallyPrecedes(b.address) : a.name.lexicographicallyPrecedes(b.name)
    default: return false
    }
  }
}
