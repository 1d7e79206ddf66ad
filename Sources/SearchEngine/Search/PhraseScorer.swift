/// Finds the best documents for a phrase of words in a row, in a segment whose passages stand alone.
///
/// The rarest word leads, block by block. A passage's bound is the phrase's share with the least frequency of its words
/// there, so that most passages that hold all words are dropped before a position is read.
struct PhraseScorer: ~Copyable {
  private let segment: SegmentContext
  private let allowed: DocumentBits?
  private let weight: TermWeight
  /// By rising length.
  private let set: ListSet
  private let lists: UnsafeMutablePointer<BlockList>
  /// In the order of the phrase.
  private let words: UnsafeMutablePointer<PhraseWord>
  private let wordCount: Int
  private var candidates = CandidateSet(capacity: PostingsLayout.block)

  /// - Parameter terms: One for each word of the phrase.
  init(
    _ phrase: PhraseQuery, _ terms: [SegmentTerm], _ weight: TermWeight, _ segment: SegmentContext,
    _ allowed: DocumentBits?
  ) throws(IndexError) {
    var set = ListSet(capacity: terms.count)
    for term in terms.sorted(by: { $0.info.passageFrequency < $1.info.passageFrequency }) {
      set.append(try BlockList(segment.reader, term.info, weight, segment.norms), isRequired: true)
    }
    var words = PhraseWords(capacity: terms.count)
    for (index, term) in terms.enumerated() {
      var word = PhraseWord(offset: phrase.words[index].offset, capacity: 1)
      word.append(try segment.positioned(term))
      words.append(word)
    }
    self.segment = segment
    self.allowed = allowed
    self.weight = weight
    lists = set.lists
    self.set = set
    wordCount = words.count
    self.words = words.take()
  }

  deinit {
    words.deinitialize(count: wordCount)
    words.deallocate()
  }

  /// Offers every document that can be among the best.
  mutating func run(_ best: inout TopHits) {
    let number = UInt32(segment.index)
    var starts = [Int](repeating: 0, count: wordCount)
    var from: PassageID = 0
    for block in 0..<lists[0].blockCount {
      let last = lists[0].last(block)
      defer { from = last &+ 1 }
      guard best.canEnter(lists[0].bound(block), number, from: from) else { continue }
      let least = max(1, best.threshold)
      lists[0].load(block)
      candidates.removeAll()
      let size = lists[0].blockSize
      candidates.passages.update(from: lists[0].passages, count: size)
      lists[0].scores(into: candidates.scores)
      candidates.extend(by: size)
      candidates.keep(atLeast: least)
      if let allowed { candidates.keep(allowed, segment) }
      for index in 1..<wordCount where !candidates.isEmpty {
        starts[index] = lists[index].find(candidates.passages[0], from: starts[index])
        if starts[index] == lists[index].blockCount { return }
        candidates.lower(&lists[index], from: starts[index], least: least)
      }
      for index in 0..<candidates.count where best.canEnter(candidates.scores[index], number, from: candidates.passages[index]) {
        let passage = candidates.passages[index]
        let frequency = frequency(in: passage)
        if frequency > 0 {
          let score = weight.score(frequency, segment.norms[Int(passage)])
          best.offer(.init(score: score, segment: number, document: passage, passage: passage))
        }
      }
    }
  }

  /// How often the phrase stands in the passage, which holds all words.
  private mutating func frequency(in passage: PassageID) -> UInt32 {
    let zone: UInt64 = 1 << 32
    for index in 0..<wordCount {
      guard words[index].advance(to: passage) == passage else { return 0 }
      words[index].readPlaces(
        passage..<(passage + 1), segment.table, textZone: 2 * zone, zone: zone, titleOnly: false)
      if words[index].places.isEmpty { return 0 }
    }
    var sum: UInt32 = 0
    PhraseMatching.rows(words, wordCount) { _, frequency in sum += frequency }
    return sum
  }
}
