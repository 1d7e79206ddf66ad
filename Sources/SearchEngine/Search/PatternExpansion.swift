/// A pattern, looked up in the forms of every segment, and the passages that hold any of them.
///
/// The expansion is bounded: of more stems than `maximumForms` the most frequent stand for the pattern, and what the
/// patterns of a query may cost together (`Budget`) leaves out more of them (`PatternStems`); `notes` says so.
struct PatternExpansion {
  /// At most so many stems of a segment stand for a pattern.
  static let maximumForms = 1024

  /// The cost of a posting whose positions and codes have to be read, measured in postings.
  static let codedPosting = 16

  /// The cost of a posting that counts in titles only, measured in postings.
  private static let titlePosting = 4

  /// What all patterns of a query may cost together. A pattern gets two thirds of what is left: one alone is looked up
  /// widely, and twenty cost half as much again.
  struct Budget {
    /// Keys and characters of the dictionaries that are read.
    var reading = 450_000
    /// Postings that are put together. One of a stem of which only some forms are wanted counts `codedPosting`.
    var postings = 450_000
    /// Accepted forms that are looked up.
    var forms = 12_288

    /// A pattern's share.
    static func share(of left: Int) -> Int { left / 3 * 2 }
  }

  /// For each segment.
  private(set) var lists: [PassageList] = []
  /// Passages in all lists.
  private(set) var passageFrequency: UInt64 = 0
  private(set) var notes: [String] = []
  /// Whether the pattern stands for more than was searched.
  private(set) var isCut = false

  init(
    _ query: PatternQuery, _ reader: IndexReader, _ dictionaries: [TermDictionary], _ forms: [FormDictionary],
    _ sizes: [PostingSizes], _ budget: inout Budget
  ) throws(IndexError) {
    let automaton = LazyAutomaton(query.pattern)
    // In titles the positions of every posting are read.
    let postingCost = query.scope == .anywhere ? 1 : Self.titlePosting
    var own = budget
    own.postings /= postingCost
    let postings = own.postings
    defer {
      own.postings = budget.postings - postingCost * (postings - own.postings)
      budget = own
    }
    for index in reader.segments.indices {
      let stems = try Self.stems(
        automaton, dictionaries[index], forms[index], sizes[index], &own, segmentsLeft: reader.segments.count - index
      )
      if stems.isCut { isCut = true }
      let list = try Self.list(stems, query.scope, reader.segments[index])
      lists.append(list)
      // The idf belongs to the word wherever it stands.
      passageFrequency += UInt64(
        query.scope == .anywhere
          ? list.passages.count : try Self.list(stems, .anywhere, reader.segments[index]).passages.count)
    }
    if automaton.isExhausted {
      isCut = true
      notes.append("\(Self.shown(query.pattern)) is too intricate; only a part of the words was compared with it")
    } else if isCut {
      notes.append(
        "\(Self.shown(query.pattern)) stands for very many words; only the \(Self.maximumForms) most frequent of them"
          + " were searched, or fewer; counts are lower bounds")
    }
  }

  /// What the pattern stands for in a segment: all of it, or the most frequent where that is too much.
  private static func stems(
    _ automaton: LazyAutomaton, _ dictionary: TermDictionary, _ forms: FormDictionary, _ sizes: PostingSizes,
    _ budget: inout Budget, segmentsLeft: Int
  ) throws(IndexError) -> PatternStems {
    let blocks = try PatternBlocks(automaton, forms)
    if blocks.cost <= Budget.share(of: budget.reading) {
      let scan = try FormScan(automaton, forms, blocks, &budget)
      if scan.isWhole || automaton.isExhausted {
        return try PatternStems(scan.accepted, dictionary, &budget, segmentsLeft: segmentsLeft)
      }
    }
    let frequent = try FrequentStems(
      automaton, dictionary, blocks.stems, sizes,
      limit: Budget.share(of: budget.reading) / max(1, segmentsLeft) / FrequentStems.blockCost)
    budget.reading -= frequent.blocksRead * FrequentStems.blockCost
    return try PatternStems(frequent, dictionary, &budget, segmentsLeft: segmentsLeft)
  }

  /// A pattern in a message: the beginning of a long one.
  private static func shown(_ pattern: PatternQuery.Pattern) -> String {
    let text = pattern.description
    return text.count <= 60 ? text : text.prefix(59) + "…"
  }

  /// The union of the postings of the stems, frequencies of accepted forms added.
  private static func list(
    _ stems: PatternStems, _ scope: QueryScope, _ segment: SegmentReader
  ) throws(IndexError) -> PassageList {
    let total = stems.terms.reduce(0) { $0 + UInt64($1.info.passageFrequency) }
    let table = try segment.passages()
    var union = PassageUnion(passageCount: Int(segment.passageCount), expected: total)
    for term in stems.terms {
      let (info, codes) = (term.info, term.codes)
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
