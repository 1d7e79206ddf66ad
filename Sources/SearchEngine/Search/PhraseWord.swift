/// One word of a phrase in one segment: its alternatives with their positions.
struct PhraseWord: ~Copyable {
  /// Relative to the phrase's start.
  let offset: UInt64
  /// The first word of the phrase that is the same, if there is one before this: where that is, this is.
  var original: Int?
  /// How often it stands in the phrase: where it stands less often, the phrase does not.
  var repeats = 1
  private let terms: UnsafeMutablePointer<PositionedTerm>
  private var termCount = 0
  /// Where the word stands in the chain that was read last; sorted, equal ones as often as they were emitted.
  private(set) var places: [UInt64] = []

  init(offset: Int, capacity: Int) {
    self.offset = UInt64(offset)
    terms = .allocate(capacity: max(1, capacity))
  }

  /// A word without postings, whose places are known.
  init(offset: Int, places: [UInt64]) {
    self.init(offset: offset, capacity: 0)
    self.places = places
  }

  deinit {
    terms.deinitialize(count: termCount)
    terms.deallocate()
  }

  mutating func append(_ term: consuming PositionedTerm) {
    (terms + termCount).initialize(to: term)
    termCount += 1
  }

  var cost: UInt64 {
    var sum: UInt64 = 0
    for index in 0..<termCount { sum += UInt64(terms[index].postings.count) }
    return sum
  }

  /// The first passage from `target` on that holds any of the terms (in any form: positions are not read).
  mutating func advance(to target: PassageID) -> PassageID {
    var next = PassageID.noMore
    for index in 0..<termCount {
      let passage = terms[index].postings.passage
      next = min(next, passage < target ? terms[index].postings.advance(to: target) : passage)
    }
    return next
  }

  /// Reads the places in the chain. The terms stand within it or behind it, and are left behind it.
  mutating func readPlaces(
    _ chain: Range<PassageID>, _ table: PassageTable, textZone: UInt64, zone: UInt64, titleOnly: Bool
  ) {
    places.removeAll(keepingCapacity: true)
    var isSorted = termCount == 1
    for index in 0..<termCount {
      let term = terms + index
      while term.pointee.postings.passage < chain.upperBound {
        let passage = term.pointee.postings.passage
        let titleEnd = table.titleEnd(passage)
        let bodyStart = table.bodyStart(passage)
        let base = table.positionBase(passage)
        let title = UInt64(passage - chain.lowerBound) * 2 * zone
        term.pointee.forEach { position in
          if position < titleEnd {
            places.append(title + UInt64(position))
          } else if !titleOnly {
            places.append(
              position < bodyStart ? title + zone + UInt64(position) : textZone + UInt64(base &+ position))
          }
        }
        _ = term.pointee.postings.advance()
      }
    }
    if chain.count > 1 { isSorted = false }
    if !isSorted { places.sort() }
  }

  /// Whether it is one term, which the functions below are for.
  var isOneTerm: Bool { termCount == 1 }

  /// Replaces `starts` by the positions at which the phrase starts if this word, or a repetition of it, stands `offset`
  /// behind them in the passage to which the term was advanced.
  mutating func readStarts(_ offset: UInt64, into starts: inout PositionBuffer) {
    terms.pointee.readStarts(UInt32(offset), into: &starts)
  }

  /// Keeps the starts at which the word stands as well.
  mutating func keepStarts(_ offset: UInt64, in starts: inout PositionBuffer) {
    terms.pointee.keepStarts(UInt32(offset), in: &starts)
  }

  /// How often the word stands in a passage at most: other forms of its stems are counted as well.
  func frequency(in passage: PassageID) -> Int {
    var sum = 0
    for index in 0..<termCount where terms[index].postings.passage == passage {
      sum += Int(terms[index].postings.frequency)
    }
    return sum
  }

  /// Takes the places of the same word, which were read.
  mutating func copyPlaces(of word: borrowing PhraseWord) { places = word.places }
}
