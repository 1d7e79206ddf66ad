/// The passages in which a phrase starts (see `PhraseQuery`), found chain by chain: a chain is a passage together with
/// the passages that continue its text.
///
/// Words leapfrog over chains; positions are read only where all of them meet. Every position is turned into a place
/// in one 64-bit space in which the title and the heading of each passage and the text of the whole chain lie far
/// apart, so that one walk over sorted places finds all matches and none across a border.
final class PhraseStream: PassageStream {
  private let words: UnsafeMutablePointer<PhraseWord>
  private let wordCount: Int
  private let phrase: PhraseQuery
  private let table: PassageTable
  private let isIdentity: Bool
  /// The words by rising length of their lists, and those of them that are no repetitions, in the phrase's order.
  private let byCost: [Int]
  private let distinct: [Int]
  /// Where the words that were read so far let the phrase start in the current chain.
  @exclusivity(unchecked) private var starts: [UInt64] = []
  /// The same as positions of a passage that is a chain of its own.
  @exclusivity(unchecked) private var loneStarts = PositionBuffer()
  /// Whether such a passage can be read without turning its positions into places: a row of single terms.
  private let readsLone: Bool
  /// From the first word to the last.
  private let reach: UInt32
  /// The passages of the current chain in which the phrase starts.
  @exclusivity(unchecked) private var found: [(passage: PassageID, frequency: UInt32)] = []
  @exclusivity(unchecked) private var foundIndex = 0
  /// The chain that `frequency(of:)` read last.
  @exclusivity(unchecked) private var current: Range<PassageID> = 0..<0

  /// - Parameters:
  ///   - words: For each word of the phrase its terms in this segment; none may be empty.
  ///   - isSearching: False for callers that choose the chains themselves (`frequency(of:)`).
  init(_ phrase: PhraseQuery, words: consuming PhraseWords, table: PassageTable, isSearching: Bool = true) {
    self.phrase = phrase
    self.table = table
    isIdentity = table.isIdentity
    wordCount = words.count
    self.words = words.take()
    var cost = UInt64.max
    var costs: [UInt64] = []
    var distinct: [Int] = []
    var readsLone = phrase.slop == nil && wordCount > 0 && self.words[0].offset == 0
    for index in 0..<wordCount {
      if self.words[index].original == nil, !self.words[index].isOneTerm { readsLone = false }
      costs.append(self.words[index].cost)
      if self.words[index].original == nil { distinct.append(index) }
    }
    for word in costs { cost = min(cost, word) }
    byCost = costs.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
    self.distinct = distinct
    self.readsLone = readsLone
    reach = wordCount > 0 ? UInt32(self.words[wordCount - 1].offset) : 0
    super.init(cost: cost)
    if isSearching { search(from: 0) }
  }

  deinit {
    words.deinitialize(count: wordCount)
    words.deallocate()
  }

  override func advance(to target: PassageID) -> PassageID {
    guard passage < target else { return passage }
    while foundIndex < found.count, found[foundIndex].passage < target { foundIndex += 1 }
    if foundIndex < found.count {
      passage = found[foundIndex].passage
    } else {
      search(from: target)
    }
    return passage
  }

  override func frequency() -> UInt32 { found[foundIndex].frequency }

  // MARK: Chains

  private func chain(of passage: PassageID) -> Range<PassageID> {
    if isIdentity { return passage..<(passage + 1) }
    if current.contains(passage) { return current }
    let document = table.siblings(of: passage)
    var first = passage
    while first > document.lowerBound, table.continues(first) { first -= 1 }
    var end = passage + 1
    while end < document.upperBound, table.continues(end) { end += 1 }
    return first..<end
  }

  /// How often the phrase starts in a passage. For a stream that does not search; passages have to increase.
  func frequency(of passage: PassageID) -> UInt32 {
    if !current.contains(passage) {
      current = chain(of: passage)
      found.removeAll(keepingCapacity: true)
      for index in distinct where words[index].advance(to: current.lowerBound) >= current.upperBound { return 0 }
      evaluate(current)
    }
    return found.first { $0.passage == passage }?.frequency ?? 0
  }

  /// Goes to the first match at or behind `target`.
  private func search(from target: PassageID) {
    var target = target
    while true {
      guard let chain = nextChain(from: target) else { break }
      evaluate(chain)
      foundIndex = 0
      while foundIndex < found.count, found[foundIndex].passage < target { foundIndex += 1 }
      if foundIndex < found.count {
        passage = found[foundIndex].passage
        return
      }
      target = chain.upperBound
    }
    found = []
    foundIndex = 0
    passage = .noMore
  }

  /// The first chain from that of `target` on in which every word stands.
  private func nextChain(from target: PassageID) -> Range<PassageID>? {
    let first = words[0].advance(to: target)
    if first == .noMore { return nil }
    var candidate = chain(of: first)
    var index = 0
    while index < distinct.count {
      let passage = words[distinct[index]].advance(to: candidate.lowerBound)
      if passage == .noMore { return nil }
      if passage >= candidate.upperBound {
        candidate = chain(of: passage)
        index = 0
      } else {
        index += 1
      }
    }
    return candidate
  }

  // MARK: Places

  /// Wider than any position and slop.
  private static let zone: UInt64 = 1 << 32

  private func evaluate(_ chain: Range<PassageID>) {
    found.removeAll(keepingCapacity: true)
    if readsLone, chain.count == 1 {
      let frequency = rows(in: chain.lowerBound)
      if frequency > 0 { found.append((chain.lowerBound, frequency)) }
      return
    }
    let textZone = UInt64(chain.count) * 2 * Self.zone
    if let slop = phrase.slop {
      for index in distinct where !readPlaces(index, chain, textZone) { return }
      for index in 0..<wordCount {
        if let original = words[index].original { words[index].copyPlaces(of: words[original]) }
      }
      PhraseMatching.windows(words, wordCount, slop: slop) { add($0, 1, chain, textZone) }
    } else {
      rows(chain, textZone)
    }
    found.sort { $0.passage < $1.passage }
  }

  /// False where the word does not stand in the chain.
  private func readPlaces(_ index: Int, _ chain: Range<PassageID>, _ textZone: UInt64) -> Bool {
    guard words[index].advance(to: chain.lowerBound) < chain.upperBound else { return false }
    // Positions cost more than the frequency that says that they are too few.
    if words[index].repeats > 1, chain.count == 1, words[index].frequency(in: chain.lowerBound) < words[index].repeats {
      return false
    }
    words[index].readPlaces(chain, table, textZone: textZone, zone: Self.zone, titleOnly: phrase.scope == .title)
    return words[index].places.count >= words[index].repeats
  }

  /// Finds the words in a row: the rarest first, and no further than there is a place left where all could stand.
  private func rows(_ chain: Range<PassageID>, _ textZone: UInt64) {
    starts.removeAll(keepingCapacity: true)
    for (number, index) in byCost.enumerated() {
      // Of the same words, which cost the same, the first comes first.
      let read = words[index].original ?? index
      if read == index {
        guard readPlaces(index, chain, textZone) else { return }
      }
      let offset = words[index].offset
      if number == 0 {
        for place in words[read].places where place >= offset { starts.append(place - offset) }
      } else {
        keepStarts(words[read].places, offset)
      }
      if starts.isEmpty { return }
    }
    var at = 0
    while at < starts.count {
      var run = 1
      while at + run < starts.count, starts[at + run] == starts[at] { run += 1 }
      add(starts[at] + words[0].offset, UInt32(run), chain, textZone)
      at += run
    }
  }

  /// How often the words stand in a row in a passage whose text neither continues another's nor is continued: most
  /// passages, and most of what a phrase of frequent words costs.
  private func rows(in passage: PassageID) -> UInt32 {
    for (number, index) in byCost.enumerated() {
      let read = words[index].original ?? index
      if read == index {
        guard words[index].advance(to: passage) == passage else { return 0 }
        let repeats = words[index].repeats
        if repeats > 1, words[index].frequency(in: passage) < repeats { return 0 }
      }
      if number == 0 {
        words[read].readStarts(words[index].offset, into: &loneStarts)
      } else {
        words[read].keepStarts(words[index].offset, in: &loneStarts)
      }
      if loneStarts.count == 0 { return 0 }
    }
    return loneStarts.rows(wordCount, reach: reach, in: passage, table, titleOnly: phrase.scope == .title)
  }

  /// A start that stands several times is kept as often as the word stands there.
  private func keepStarts(_ places: [UInt64], _ offset: UInt64) {
    var kept = 0
    var at = 0
    for start in starts {
      let wanted = start + offset
      while at < places.count, places[at] < wanted { at += 1 }
      if at == places.count { break }
      if places[at] == wanted {
        starts[kept] = start
        kept += 1
        at += 1
      }
    }
    starts.removeSubrange(kept...)
  }

  /// Books a match that starts at `place` under the passage that holds it.
  private func add(_ place: UInt64, _ frequency: UInt32, _ chain: Range<PassageID>, _ textZone: UInt64) {
    var passage: PassageID
    if place < textZone {
      passage = chain.lowerBound + PassageID(place / Self.zone / 2)
    } else {
      let position = UInt32(truncatingIfNeeded: place - textZone)
      passage = chain.upperBound - 1
      while passage > chain.lowerBound, table.positionBase(passage) &+ table.bodyStart(passage) > position {
        passage -= 1
      }
    }
    if let index = found.firstIndex(where: { $0.passage == passage }) {
      found[index].frequency += frequency
    } else {
      found.append((passage, frequency))
    }
  }
}

/// The words of a phrase on their way into a `PhraseStream`.
struct PhraseWords: ~Copyable {
  private var words: UnsafeMutablePointer<PhraseWord>?
  private(set) var count = 0

  init(capacity: Int) { words = .allocate(capacity: capacity) }

  deinit {
    if let words {
      words.deinitialize(count: count)
      words.deallocate()
    }
  }

  mutating func append(_ word: consuming PhraseWord) {
    (words! + count).initialize(to: word)
    count += 1
  }

  /// Whether a word stands nowhere.
  var hasEmptyWord: Bool {
    for index in 0..<count where words![index].places.isEmpty { return true }
    return false
  }

  consuming func take() -> UnsafeMutablePointer<PhraseWord> {
    let taken = words!
    words = nil
    return taken
  }
}
