internal import CKernels

/// What the dictionary has to remember of one list.
struct TermRecord {
  var form: PostingsForm = .short
  var passageFrequency: UInt32 = 0
  var documentFrequency: UInt32 = 0
  var totalFrequency: UInt64 = 0
  /// Bytes in the file of postings: the whole of a short list, the blocks of a long one.
  var listBytes: UInt64 = 0
  /// Bytes of a long list's table, behind its blocks.
  var tableBytes: UInt64 = 0
  /// Bytes in the file of positions.
  var positionBytes: UInt64 = 0
  /// The one passage of an inline list.
  var passage: UInt32 = 0
}

/// Encodes the postings of one stem after another: passages in increasing order, each with its positions.
///
///     begin(formCount:)   add(…) add(…) …   end() -> TermRecord
///
/// As with `ContentWriter`, one thread uses it and nothing calls back: it is not checked for exclusivity at run time.
final class PostingsWriter {
  let postings: ContentWriter
  let positions: ContentWriter
  private let passageCount: UInt32
  /// One norm a passage of the segment.
  private let norms: UnsafePointer<UInt8>
  /// The document of each passage; nil where both are one.
  private let documents: UnsafePointer<UInt32>?

  private let passages = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingsLayout.block)
  private let frequencies = UnsafeMutablePointer<UInt32>.allocate(capacity: PostingsLayout.block)
  /// The norms of the collected passages.
  private let blockNorms = UnsafeMutablePointer<UInt8>.allocate(capacity: PostingsLayout.block)
  private let lengthBits = FieldNorms.lengthBits
  @exclusivity(unchecked) private var count = 0
  @exclusivity(unchecked) private var base = PostingsLayout.firstBase
  @exclusivity(unchecked) private(set) var gaps = GrowingIntegers()
  @exclusivity(unchecked) private(set) var codes = GrowingIntegers()
  @exclusivity(unchecked) private var formCount: UInt32 = 1
  @exclusivity(unchecked) private var hasCodes = false
  @exclusivity(unchecked) private var record = TermRecord()
  @exclusivity(unchecked) private var lastDocument = UInt32.max

  @exclusivity(unchecked) private var listStart: UInt64 = 0
  @exclusivity(unchecked) private var positionsStart: UInt64 = 0
  @exclusivity(unchecked) private var accumulator = ImpactAccumulator()
  @exclusivity(unchecked) var blocks: [BlockSkip] = []
  @exclusivity(unchecked) var impacts: [Impact] = []

  init(
    postings: ContentWriter, positions: ContentWriter, passageCount: UInt32, norms: UnsafePointer<UInt8>,
    documents: UnsafePointer<UInt32>?
  ) {
    self.passageCount = passageCount
    self.postings = postings
    self.positions = positions
    self.norms = norms
    self.documents = documents
  }

  deinit {
    passages.deallocate()
    frequencies.deallocate()
    blockNorms.deallocate()
  }

  func begin(formCount: UInt32) {
    self.formCount = formCount
    hasCodes = formCount > 1
    record = TermRecord()
    lastDocument = .max
    count = 0
    base = PostingsLayout.firstBase
    gaps.removeAll()
    codes.removeAll()
    blocks.removeAll(keepingCapacity: true)
    impacts.removeAll(keepingCapacity: true)
    listStart = postings.offset
    positionsStart = positions.offset
  }

  /// Adds a passage, greater than the one before, of whose `words` each holds a position that does not fall (26 bits
  /// from bit 16) and a code (the low 16 bits; read where the stem has more than one form).
  @inline(__always)
  func add(passage: UInt32, words: UnsafePointer<UInt64>, frequency: Int) {
    let mask = UInt32(SegmentBuilder.mostPositions - 1)
    var before: UInt32 = 0
    let out = gaps.grow(by: frequency)
    for i in 0..<frequency {
      let position = UInt32(truncatingIfNeeded: words[i] &>> 16) & mask
      out[i] = position &- before
      before = position
    }
    if hasCodes {
      let out = codes.grow(by: frequency)
      for i in 0..<frequency { out[i] = UInt32(truncatingIfNeeded: words[i] & 0xFFFF) }
    }
    close(passage: passage, frequency: frequency)
  }

  /// Adds a passage with the gaps of its positions, the first one from zero.
  @inline(__always)
  func add(passage: UInt32, gaps from: UnsafePointer<UInt32>, codes formCodes: UnsafePointer<UInt32>, frequency: Int) {
    gaps.grow(by: frequency).update(from: from, count: frequency)
    if hasCodes { codes.grow(by: frequency).update(from: formCodes, count: frequency) }
    close(passage: passage, frequency: frequency)
  }

  /// Adds a run of postings of another segment, with the codes that its forms have here.
  func add(_ run: MergeSource.Run, codes fromCodes: UnsafePointer<UInt32>) {
    let number = run.count
    var done = 0
    var at = 0
    while done < number {
      let taken = min(number - done, PostingsLayout.block - count)
      var total = 0
      for i in 0..<taken {
        let passage = run.passages[done &+ i] &+ run.shift
        let frequency = run.frequencies[done &+ i]
        passages[count &+ i] = passage
        blockNorms[count &+ i] = norms[Int(passage)]
        frequencies[count &+ i] = frequency &- 1
        total &+= Int(frequency)
      }
      gaps.grow(by: total).update(from: run.gaps + at, count: total)
      if hasCodes { codes.grow(by: total).update(from: fromCodes + at, count: total) }
      record.totalFrequency += UInt64(total)
      if let documents {
        for i in 0..<taken {
          let document = documents[Int(passages[count &+ i])]
          record.documentFrequency &+= document == lastDocument ? 0 : 1
          lastDocument = document
        }
      } else {
        record.documentFrequency += UInt32(taken)
      }
      count += taken
      done += taken
      at += total
      if count == PostingsLayout.block { flushBlock() }
    }
  }

  @inline(__always)
  private func close(passage: UInt32, frequency: Int) {
    passages[count] = passage
    blockNorms[count] = norms[Int(passage)]
    frequencies[count] = UInt32(truncatingIfNeeded: frequency - 1)
    count += 1
    record.totalFrequency += UInt64(frequency)
    let document = documents.map { $0[Int(passage)] } ?? passage
    if document != lastDocument {
      record.documentFrequency += 1
      lastDocument = document
    }
    if count == PostingsLayout.block { flushBlock() }
  }

  /// Ends the list and answers what to remember. An inline list's positions are in `gaps` and `codes` until the next
  /// `begin`.
  func end() -> TermRecord {
    record.passageFrequency += UInt32(count)
    if blocks.isEmpty {
      record.passage = passages[0]
      if count == 1, record.totalFrequency <= UInt64(PostingsLayout.inlinePositions) {
        record.form = record.totalFrequency == 1 ? .inlineOnce : .inlineMany
        return record
      }
      record.form = .short
      writeShortList()
      record.listBytes = postings.offset - listStart
      return record
    }
    if count > 0 {
      record.passageFrequency -= UInt32(count)
      flushBlock()
    }
    record.form = .long
    record.listBytes = postings.offset - listStart
    record.positionBytes = positions.offset - positionsStart
    let tableStart = postings.offset
    writeTable()
    record.tableBytes = postings.offset - tableStart
    return record
  }

  private func flushBlock() {
    record.passageFrequency += UInt32(count)
    let last = passages[count - 1]
    for i in 0..<count {
      accumulator.add(frequency: frequencies[i] + 1, norm: blockNorms[i])
    }
    accumulator.drain(into: &impacts)
    writePostings()
    writePositions()
    blocks.append(
      BlockSkip(
        last: last, dataEnd: postings.offset - listStart, positionsEnd: positions.offset - positionsStart,
        impactsEnd: impacts.count))
    base = last
    count = 0
    gaps.removeAll()
    codes.removeAll()
  }

  /// Passages and frequencies of the collected postings.
  private func writePostings() {
    var before = base
    let vertical: Int32 = count == PostingsLayout.block ? 1 : 0
    // In place: the passages are not asked for again.
    for i in 0..<count {
      let passage = passages[i]
      passages[i] = passage &- before &- 1
      before = passage
    }
    let room = postings.reserve(2 * (Int(CK_GROUP_MAX_BYTES) + 16))
    let first = ck_encode_group(passages, UInt32(count), vertical, room)
    let second = ck_encode_group(frequencies, UInt32(count), vertical, room + first)
    postings.advance(first + second)
  }

  /// Codes, then positions: these are read from both ends.
  private func writePositions() {
    if hasCodes {
      positions.advance(ck_encode_groups(codes.start, codes.count, positions.reserve(ck_groups_bound(codes.count))))
    }
    positions.advance(
      ck_positions_encode(
        gaps.start, gaps.count, frequencies, blockNorms, lengthBits, UInt32(count),
        positions.reserve(ck_positions_bound(gaps.count))))
  }

  private func writeShortList() {
    var list = ck_short(
      count: UInt32(count), segment: passageCount, forms: formCount, total: record.totalFrequency)
    postings.advance(
      ck_short_encode(
        &list, passages, frequencies, blockNorms, lengthBits, gaps.start, codes.start,
        postings.reserve(ck_short_bound(&list))))
  }
}

/// The skip data of one block, ends relative to the list's start.
struct BlockSkip {
  var last: UInt32
  var dataEnd: UInt64
  var positionsEnd: UInt64
  /// The end of the block's pairs in the list of all pairs.
  var impactsEnd: Int
}
