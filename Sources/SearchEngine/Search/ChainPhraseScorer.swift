/// Finds the best documents for a phrase of words in a row, in a segment whose passages may continue each other's text,
/// or where a word of the phrase stands for several terms.
///
/// The rarest word leads, a stretch of its lists at a time. A passage's bound is the phrase's share with the least
/// frequency of its words there; a phrase that starts in a passage whose text goes on may have words in the passages
/// behind it, whose frequencies then count as well. Only what passes is read with its positions, chain by chain.
struct ChainPhraseScorer: ~Copyable {
  private let segment: SegmentContext
  private let allowed: DocumentBits?
  private let weight: TermWeight
  private let phrase: PhraseQuery
  private let terms: [[SegmentTerm]]
  private let set: ListSet
  private let lists: UnsafeMutablePointer<BlockList>
  /// The lists of each word, the rarest word first.
  private let words: [Range<Int>]
  /// How often each of them stands in the phrase.
  private let repeats: [UInt32]
  /// From the first word to the last.
  private let reach: UInt32
  /// For each list a block at or before that of the last candidate.
  private var starts: [Int]
  /// Made when positions are read for the first time.
  private var stream: PhraseStream?
  /// The document that is being looked at, until its last passage.
  private var pending: TopHits.Entry?

  /// - Parameter terms: For each word of the phrase its terms in this segment, at least one.
  init(
    _ phrase: PhraseQuery, _ terms: [[SegmentTerm]], _ weight: TermWeight, _ segment: SegmentContext,
    _ allowed: DocumentBits?
  ) throws(IndexError) {
    func frequency(_ word: Int) -> UInt64 { terms[word].reduce(0) { $0 + UInt64($1.info.passageFrequency) } }
    var set = ListSet(capacity: terms.reduce(0) { $0 + $1.count })
    // A word that stands in the phrase more than once has to be in a passage once.
    var repeats: [UInt32] = []
    let distinct = terms.indices.filter { word in !terms[..<word].contains { $0.isSame(as: terms[word]) } }
    for word in distinct.sorted(by: { (frequency($0), $0) < (frequency($1), $1) }) {
      for term in terms[word] { set.append(try BlockList(segment.reader, term.info, weight, segment.norms)) }
      set.requireLast(terms[word].count)
      repeats.append(UInt32(terms.count { $0.isSame(as: terms[word]) }))
    }
    self.segment = segment
    self.allowed = allowed
    self.weight = weight
    self.phrase = phrase
    self.terms = terms
    lists = set.lists
    words = set.requiredWords
    self.repeats = repeats
    starts = Array(repeating: 0, count: set.count)
    self.set = set
    reach = UInt32(phrase.words[phrase.words.count - 1].offset - phrase.words[0].offset)
  }

  /// Offers every document that can be among the best.
  mutating func run(_ best: inout TopHits) throws(IndexError) {
    if best.limit == 0 { return }
    let number = UInt32(segment.index)
    var walk = ListWalk(lists, words[0])
    var found: [PassageID] = []
    var candidates: [PassageID] = []
    // Candidates increase, over all stretches.
    var next: PassageID = 0
    var isFirst = true
    while walk.advance(isFirst: isFirst) {
      isFirst = false
      let canEnter = best.canEnter(walk.bound(below: walk.last), number, from: document(walk.first))
      if segment.isIdentity, !canEnter { continue }
      walk.passages(into: &found)
      candidates.removeAll(keepingCapacity: true)
      for passage in found {
        addStarts(before: passage, &next, &candidates)
        if canEnter, passage >= next {
          candidates.append(passage)
          next = passage &+ 1
        }
      }
      for passage in candidates { try consider(passage, &best) }
    }
    if let pending { best.offer(pending) }
  }

  /// The document of a passage; of the last one where damage names a passage that is not there.
  private func document(_ passage: PassageID) -> DocumentOrdinal {
    segment.table.document(of: min(passage, segment.reader.passageCount - 1))
  }

  /// Where the text of a passage begins in that of its chain.
  private func textStart(_ passage: PassageID) -> UInt32 {
    segment.table.positionBase(passage) &+ segment.table.bodyStart(passage)
  }

  /// Appends the passages before this one from which the phrase can reach into it.
  private func addStarts(before passage: PassageID, _ next: inout PassageID, _ candidates: inout [PassageID]) {
    if segment.isIdentity || reach == 0 { return }
    var start = passage
    // Right in front of the passage without a question: its places in the text are read only for what lies further.
    while start > 0, segment.table.continues(start),
      start == passage || textStart(passage) &- textStart(start) < reach
    { start -= 1 }
    start = max(start, next)
    while start < passage {
      candidates.append(start)
      start += 1
      next = start
    }
  }

  /// The passages that hold the words of a phrase that starts in this one.
  private func extent(_ passage: PassageID) -> Range<PassageID> {
    var end = passage + 1
    if segment.isIdentity || reach == 0 { return passage..<end }
    while end < segment.reader.passageCount, segment.table.continues(end),
      end == passage + 1 || textStart(end) &- textStart(passage + 1) < reach
    { end += 1 }
    return passage..<end
  }

  /// Offers the passage if its bound lets it.
  private mutating func consider(_ passage: PassageID, _ best: inout TopHits) throws(IndexError) {
    let number = UInt32(segment.index)
    let ordinal = document(passage)
    if let allowed, !allowed.contains(ordinal) { return }
    let extent = extent(passage)
    var least = UInt32.max
    for (word, repeats) in zip(words, repeats) {
      let frequency = frequency(of: word, extent, max(1, best.threshold))
      // Occurrences of the phrase may share words, as in "a a a", but each begins at another one.
      if frequency < repeats { return }
      least = min(least, frequency &- repeats &+ 1)
      // A norm that lies on a page nobody has read yet is not worth reading before all words are there.
      if let norm = segment.norms.known(passage), !best.canEnter(weight.score(least, norm), number, from: ordinal) {
        return
      }
    }
    guard best.canEnter(weight.score(least, segment.norms[passage]), number, from: ordinal) else { return }
    if stream == nil {
      stream = PhraseStream(
        phrase, words: try segment.phraseWords(phrase, terms), table: segment.table, isSearching: false)
    }
    let frequency = stream!.frequency(of: passage)
    if frequency == 0 { return }
    let score = weight.score(frequency, segment.norms[passage])
    let entry = TopHits.Entry(score: score, segment: number, document: ordinal, passage: passage)
    guard let other = pending else {
      pending = entry
      return
    }
    if other.document != ordinal { best.offer(other) }
    // The first of equal passages.
    if other.document != ordinal || score > other.score { pending = entry }
  }

  /// How often a word stands in the passages; 0 where the bounds of a single passage's blocks say that it cannot reach
  /// `least` there.
  private mutating func frequency(of word: Range<Int>, _ extent: Range<PassageID>, _ least: Score) -> UInt32 {
    if extent.count == 1 {
      var bound: Score = 0
      for list in word {
        starts[list] = lists[list].find(extent.lowerBound, from: starts[list])
        if starts[list] < lists[list].blockCount { bound &+= lists[list].bound(starts[list]) }
      }
      if bound < least { return 0 }
    }
    var sum: UInt32 = 0
    for list in word {
      starts[list] = lists[list].find(extent.lowerBound, from: starts[list])
      var block = starts[list]
      for passage in extent {
        block = lists[list].find(passage, from: block)
        if block == lists[list].blockCount { break }
        sum &+= lists[list].frequency(of: passage, in: block)
      }
    }
    return sum
  }
}

extension [SegmentTerm] {
  /// Whether both stand for the same entries of the dictionary.
  func isSame(as other: [SegmentTerm]) -> Bool {
    count == other.count && zip(self, other).allSatisfy { $0.info.ordinal == $1.info.ordinal && $0.code == $1.code }
  }
}
