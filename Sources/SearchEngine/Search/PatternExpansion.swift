/// A pattern, looked up in the forms of every segment, and the passages that hold any of them.
struct PatternExpansion {
  /// At most so many distinct forms of a segment stand for a pattern.
  static let maximumForms = 1024
  /// At most so many forms are looked at in a segment to find them.
  static let maximumScan = 2_000_000

  /// For each segment.
  private(set) var lists: [PassageList] = []
  /// Passages in all lists.
  private(set) var passageFrequency: UInt64 = 0
  private(set) var notes: [String] = []

  init(
    _ query: PatternQuery, _ reader: IndexReader, _ dictionaries: [TermDictionary], _ forms: [FormDictionary]
  ) throws(IndexError) {
    var isCut = false
    for index in reader.segments.indices {
      var stems = StemForms()
      let isWhole = try FormScan.run(query.pattern, forms[index], limit: Self.maximumForms, scan: Self.maximumScan) {
        stems.add($0)
      }
      if !isWhole { isCut = true }
      let list = try Self.list(stems, query.scope, reader.segments[index], dictionaries[index])
      lists.append(list)
      // The idf belongs to the word wherever it stands.
      passageFrequency += UInt64(
        query.scope == .anywhere
          ? list.passages.count
          : try Self.list(stems, .anywhere, reader.segments[index], dictionaries[index]).passages.count)
    }
    if isCut {
      notes.append("\(query.pattern) stands for very many words; only \(Self.maximumForms) of them were searched")
    }
  }

  /// The accepted codes of each stem.
  private struct StemForms {
    private(set) var codes: [[UInt8]: [UInt32]] = [:]

    mutating func add(_ entries: [FormEntry]) {
      for entry in entries { codes[entry.stem, default: []].append(entry.code) }
    }
  }

  /// The union of the postings of the stems, frequencies of accepted forms added.
  private static func list(
    _ stems: StemForms, _ scope: QueryScope, _ segment: SegmentReader, _ dictionary: TermDictionary
  ) throws(IndexError) -> PassageList {
    var terms: [(info: TermInfo, codes: CodeSet?)] = []
    var total: UInt64 = 0
    // Sorted: the order of a dictionary in memory must not decide anything.
    for (stem, codes) in stems.codes.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      guard let info = try dictionary.lookup(stem) else { continue }
      terms.append((info, codes.count == Int(info.formCount) ? nil : CodeSet(codes)))
      total += UInt64(info.passageFrequency)
    }
    let table = try segment.passages()
    var union = PassageUnion(passageCount: Int(segment.passageCount), expected: total)
    for (info, codes) in terms {
      if codes == nil, scope == .anywhere {
        var cursor = try segment.postings(info)
        while cursor.passage != .noMore {
          let passages = cursor.blockPassages
          let frequencies = cursor.blockFrequencies
          for index in 0..<cursor.blockCount { union.add(passages[index], frequencies[index]) }
          _ = cursor.advanceBlock()
        }
      } else {
        var term = PositionedTerm(try segment.postings(info), try segment.positions(info), codes: codes)
        while term.postings.passage != .noMore {
          let passage = term.postings.passage
          let count = term.count(below: scope == .title ? table.titleEnd(passage) : .max)
          if count > 0 { union.add(passage, count) }
          _ = term.postings.advance()
        }
      }
    }
    return union.list()
  }
}

/// Adds up frequencies by passage: in an array over all passages where many are expected, else by sorting.
private struct PassageUnion {
  private var dense: [UInt32]
  private var pairs: [UInt64] = []

  init(passageCount: Int, expected: UInt64) {
    dense = expected > UInt64(passageCount / 16) ? Array(repeating: 0, count: passageCount) : []
  }

  mutating func add(_ passage: PassageID, _ frequency: UInt32) {
    if dense.isEmpty {
      pairs.append(UInt64(passage) << 32 | UInt64(frequency))
    } else {
      dense[Int(passage)] &+= frequency
    }
  }

  mutating func list() -> PassageList {
    var list = PassageList()
    if dense.isEmpty {
      pairs.sort()
      for pair in pairs {
        let passage = PassageID(pair >> 32)
        if passage == list.passages.last {
          list.frequencies[list.frequencies.count - 1] &+= UInt32(truncatingIfNeeded: pair)
        } else {
          list.passages.append(passage)
          list.frequencies.append(UInt32(truncatingIfNeeded: pair))
        }
      }
    } else {
      for passage in dense.indices where dense[passage] > 0 {
        list.passages.append(PassageID(passage))
        list.frequencies.append(dense[passage])
      }
    }
    return list
  }
}

extension PatternQuery.Pattern: CustomStringConvertible {
  public var description: String {
    switch self {
    case .prefix(let bytes): String(decoding: bytes, as: UTF8.self) + "*"
    case .wildcard(let bytes): String(decoding: bytes, as: UTF8.self)
    case .fuzzy(let bytes, let distance): String(decoding: bytes, as: UTF8.self) + "~\(distance)"
    case .regexp(let bytes): "/" + String(decoding: bytes, as: UTF8.self) + "/"
    }
  }
}
