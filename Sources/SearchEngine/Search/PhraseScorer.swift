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
  /// The rarest first.
  private let words: UnsafeMutablePointer<PositionedTerm>
  private let offsets: [UInt32]
  private let isRepeated: [Bool]
  private let wordCount: Int
  /// From the start to the last word.
  private let reach: UInt32
  private var starts = PositionBuffer()
  private var candidates = CandidateSet(capacity: PostingsLayout.block)

  /// - Parameter terms: One for each word of the phrase.
  init(
    _ phrase: PhraseQuery, _ terms: [SegmentTerm], _ weight: TermWeight, _ segment: SegmentContext,
    _ allowed: DocumentBits?
  ) throws(IndexError) {
    let order = terms.indices.sorted {
      (terms[$0].info.passageFrequency, $0) < (terms[$1].info.passageFrequency, $1)
    }
    var set = ListSet(capacity: terms.count)
    var readers = ListSet.Readers(capacity: terms.count)
    for index in order {
      set.append(try BlockList(segment.reader, terms[index].info, weight, segment.norms))
      readers.append(try segment.positioned(terms[index]))
    }
    // The same word again, which has the same length and stands behind it, is where the first one is.
    isRepeated = order.indices.map { place in order[..<place].contains { [terms[$0]].isSame(as: [terms[order[place]]]) }
    }
    offsets = order.map { UInt32(phrase.words[$0].offset) }
    reach = offsets.max() ?? 0
    self.segment = segment
    self.allowed = allowed
    self.weight = weight
    lists = set.lists
    self.set = set
    wordCount = terms.count
    words = readers.take()
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
      for index in 1..<wordCount where !candidates.isEmpty && !isRepeated[index] {
        let list = lists + index
        starts[index] = list.pointee.find(candidates.passages[0], from: starts[index])
        if starts[index] == list.pointee.blockCount { return }
        candidates.probe(&list.pointee, from: starts[index], .lower, least: least, rest: 0)
      }
      for index in 0..<candidates.count
      where best.canEnter(candidates.scores[index], number, from: candidates.passages[index]) {
        let passage = candidates.passages[index]
        let frequency = frequency(in: passage)
        if frequency > 0 {
          let score = weight.score(frequency, segment.norms[passage])
          best.offer(.init(score: score, segment: number, document: passage, passage: passage))
        }
      }
    }
  }

  /// How often the phrase stands in the passage, which holds all words.
  private mutating func frequency(in passage: PassageID) -> UInt32 {
    for index in 0..<wordCount {
      let word = words + index
      guard word.pointee.postings.advance(to: passage) == passage else { return 0 }
      if index == 0 {
        word.pointee.readStarts(offsets[index], into: &starts)
      } else {
        word.pointee.keepStarts(offsets[index], in: &starts)
      }
      if starts.count == 0 { return 0 }
    }
    return starts.rows(wordCount, reach: reach, in: passage, segment.table)
  }
}

extension ListSet {
  /// Readers of positions on their way into memory that loops address directly.
  struct Readers: ~Copyable {
    private var readers: UnsafeMutablePointer<PositionedTerm>?
    private var count = 0

    init(capacity: Int) { readers = .allocate(capacity: max(1, capacity)) }

    deinit {
      if let readers {
        readers.deinitialize(count: count)
        readers.deallocate()
      }
    }

    mutating func append(_ reader: consuming PositionedTerm) {
      (readers! + count).initialize(to: reader)
      count += 1
    }

    consuming func take() -> UnsafeMutablePointer<PositionedTerm> {
      let taken = readers!
      readers = nil
      return taken
    }
  }
}
