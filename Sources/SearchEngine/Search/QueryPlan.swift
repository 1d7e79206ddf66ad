/// A query made ready for one index: its leaves looked up in every segment, weighted by the statistics of the whole
/// index. Immutable afterwards; one per search.
final class QueryPlan {
  let reader: IndexReader
  let similarity: BM25
  let query: Query
  /// All passages of the index, those of deleted documents included.
  let passageCount: UInt64
  private(set) var leaves: [PlanLeaf] = []
  private(set) var root: PlanNode = .none
  private(set) var shape: PlanShape?
  private(set) var slots: [TermSlot] = []
  private(set) var scale = ScoreScale(greatest: 0)
  private(set) var notes: [String] = []
  /// Whether a pattern stands for more than is searched: counts are lower bounds then.
  private(set) var isCut = false
  private let inverseLengths: UnsafeMutablePointer<Float>
  /// What each slot stands for, and from a good number of slots on the way back.
  private var matches: [TermMatch] = []
  private var slotOf: [TermMatch: Int] = [:]
  /// Up to so many are looked through: a dictionary costs a fresh process more to make its type than it saves.
  private static let fewSlots = 32
  private var expansions: [PatternQuery: PatternExpansion] = [:]
  private var budget = PatternExpansion.Budget()
  private lazy var postingSizes = lookups.dictionaries.map { PostingSizes($0) }
  /// Of a query of very many patterns not each is remarked on.
  private static let maximumPatternNotes = 8
  /// Passages in which places are read for phrases, times words, at most; and how many they are so far.
  private static let maximumPlaces: UInt64 = 150_000
  private var places: UInt64 = 0
  private var hasLoosePhrase = false
  private let lookups: TermLookups

  /// The first segment that is searched.
  private let firstSegment: Int

  /// - Parameters:
  ///   - firstSegment: Segments before it are not searched: terms that no other has are not looked up in them.
  ///   - lookups: What queries before this one looked up in the same index.
  init(
    _ query: Query, _ reader: IndexReader, _ similarity: BM25, firstSegment: Int = 0, _ lookups: TermLookups? = nil
  ) throws(IndexError) {
    self.reader = reader
    self.firstSegment = firstSegment
    if let lookups { self.lookups = lookups } else { self.lookups = try TermLookups(reader, remembering: false) }
    self.similarity = similarity
    self.query = query.simplified()
    passageCount = reader.passageCount
    inverseLengths = .allocate(capacity: 256)
    let average = Float(Double(reader.totalLength) / Double(max(1, reader.passageCount)))
    let table = similarity.inverseLengths(averageLength: max(average, .leastNormalMagnitude))
    inverseLengths.initialize(from: table, count: 256)
    root = try node(self.query)
    shape = PlanShape(root, leaves)
    scale = ScoreScale(greatest: leaves.reduce(0) { $0 + $1.weight.weight * Float($1.parts) })
    for index in leaves.indices { leaves[index].weight.weight = scale.scaled(leaves[index].weight.weight) }
  }

  /// What was looked up.
  var terms: LookedUpTerms { LookedUpTerms(matches, slots) }

  deinit { inverseLengths.deallocate() }

  private func node(_ query: Query) throws(IndexError) -> PlanNode {
    switch query {
    case .all: return .all
    case .none: return .none
    case .filter(let filter): return .filter(filter)
    case .word(let word): return .leaf(try add(word))
    case .phrase(let phrase):
      if try !affords(phrase) { return try node(Self.loose(phrase)) }
      return .leaf(try add(phrase))
    case .pattern(let pattern): return .leaf(try add(pattern))
    case .boolean(let boolean):
      var clauses: [PlanNode.Clause] = []
      for clause in boolean.clauses { clauses.append(.init(occur: clause.occur, node: try node(clause.query))) }
      return .boolean(clauses, minimumShould: boolean.minimumShould)
    }
  }

  // MARK: Leaves

  private func add(_ word: WordQuery) throws(IndexError) -> Int {
    let (slots, frequency) = try slots(of: word.alternatives)
    let weight = word.boost * BM25.inverseDocumentFrequency(frequency, of: passageCount)
    let isExact = word.alternatives.contains { $0.form != nil }
    return append(.init(content: .word(slots, isExact: isExact), scope: word.scope, weight: termWeight(weight)))
  }

  private func add(_ phrase: PhraseQuery) throws(IndexError) -> Int {
    var words: [[Int]] = []
    var weight: Float = 0
    for word in phrase.words {
      let (slots, frequency) = try slots(of: word.alternatives)
      words.append(slots)
      weight += BM25.inverseDocumentFrequency(frequency, of: passageCount)
    }
    return append(
      .init(content: .phrase(phrase, words), scope: phrase.scope, weight: termWeight(phrase.boost * weight)))
  }

  /// Whether the places of a phrase's words may be read: of the first phrase always, if it stands in quotes or is a word
  /// of ideographs (each of which is a word here); of others as long as they are not too many altogether. Of the rest
  /// only the words count: of `the/a` nobody said that the order matters, and half of all passages hold both.
  private func affords(_ phrase: PhraseQuery) throws(IndexError) -> Bool {
    var least = UInt64.max
    for word in phrase.words { least = min(least, try slots(of: word.alternatives).frequency) }
    if phrase.words.isEmpty || least == 0 { return true }
    let (cost, isTooMuch) = least.multipliedReportingOverflow(by: UInt64(phrase.words.count))
    let isMeant = phrase.words.contains { $0.alternatives.contains { $0.form != nil || $0.isOfEastAsianScript } }
    if isMeant && places == 0 || !isTooMuch && cost <= Self.maximumPlaces - min(places, Self.maximumPlaces) {
      places = isTooMuch ? .max : places + cost
      return true
    }
    if !hasLoosePhrase {
      notes.append(
        "the query has many phrases of frequent words; of some only the words were searched, not their order")
      hasLoosePhrase = true
    }
    return false
  }

  /// The words of a phrase, each once, wherever they stand.
  private static func loose(_ phrase: PhraseQuery) -> Query {
    var words: [WordQuery] = []
    for word in phrase.words.map({ WordQuery($0.alternatives, scope: phrase.scope) }) where !words.contains(word) {
      words.append(word)
    }
    return .and(words.map { .word($0) })
  }

  private func add(_ pattern: PatternQuery) throws(IndexError) -> Int {
    let expansion: PatternExpansion
    if let known = expansions[pattern] {
      expansion = known
    } else {
      expansion = try PatternExpansion(pattern, reader, lookups.dictionaries, lookups.forms, postingSizes, &budget)
      expansions[pattern] = expansion
      if expansion.isCut { isCut = true }
      if expansions.count <= Self.maximumPatternNotes { notes += expansion.notes }
    }
    let weight = pattern.boost * BM25.inverseDocumentFrequency(expansion.passageFrequency, of: passageCount)
    return append(.init(content: .lists(expansion.lists), scope: pattern.scope, weight: termWeight(weight)))
  }

  private func append(_ leaf: PlanLeaf) -> Int {
    leaves.append(leaf)
    return leaves.count - 1
  }

  private func termWeight(_ weight: Float) -> TermWeight {
    TermWeight(weight: weight, inverseLengths: UnsafePointer(inverseLengths))
  }

  /// The slots of the distinct alternatives, and in how many passages any of them stands, about: the sum.
  private func slots(of alternatives: [TermMatch]) throws(IndexError) -> (slots: [Int], frequency: UInt64) {
    var found: [Int] = []
    var frequency: UInt64 = 0
    // Saved searches ask thousands of words of a small new segment behind a large index: most are not in it, and what
    // the rest of the index knows of them is of no consequence.
    var matters = firstSegment == 0
    if !matters { matters = try lookups.holds(alternatives, from: firstSegment) }
    for match in alternatives {
      let slot = try slot(match, lookingUp: matters)
      if found.contains(slot) { continue }
      found.append(slot)
      frequency += slots[slot].passageFrequency
    }
    return (found, frequency)
  }

  private func slot(_ match: TermMatch, lookingUp: Bool) throws(IndexError) -> Int {
    if let slot = slots.count <= Self.fewSlots ? matches.firstIndex(of: match) : slotOf[match] {
      if lookingUp, !slots[slot].isLookedUp { slots[slot] = try lookups.slot(match) }
      return slot
    }
    slots.append(
      lookingUp ? try lookups.slot(match) : TermSlot(segments: Array(repeating: nil, count: reader.segments.count)))
    matches.append(match)
    if slots.count == Self.fewSlots + 1 {
      for (number, match) in matches.enumerated() { slotOf[match] = number }
    } else if slots.count > Self.fewSlots {
      slotOf[match] = slots.count - 1
    }
    return slots.count - 1
  }
}

/// A node of the plan: the query with leaves by number.
indirect enum PlanNode {
  struct Clause {
    var occur: BooleanQuery.Occur
    var node: PlanNode
  }

  case all, none
  case filter(Filter)
  case leaf(Int)
  case boolean([Clause], minimumShould: Int)
}

/// A leaf of the plan with its weight.
struct PlanLeaf {
  enum Content {
    /// Slots that count as one word; whether any of them is wanted in one form only.
    case word([Int], isExact: Bool)
    /// For each word of the phrase its slots.
    case phrase(PhraseQuery, [[Int]])
    /// A pattern, expanded: a list for each segment.
    case lists([PassageList])
  }

  var content: Content
  var scope: QueryScope
  var weight: TermWeight

  /// How many shares a passage can get from it.
  var parts: Int { if case .word(let slots, _) = content { slots.count } else { 1 } }
}

/// An entry of the dictionary that the query names.
struct TermSlot: Sendable {
  /// For each segment, nil where it does not hold the term (in the wanted form).
  var segments: [SegmentTerm?] = []
  /// Over all segments.
  var passageFrequency: UInt64 = 0
  /// False where no segment that is searched holds what the word stands for.
  var isLookedUp = false
}

struct SegmentTerm: Sendable {
  var info: TermInfo
  /// The code of the wanted form; nil: any form.
  var code: UInt32?
}
