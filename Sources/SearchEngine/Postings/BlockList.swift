internal import CKernels

/// The postings of one term with what each block can score at most, and random access to the blocks: for algorithms
/// that choose blocks by their bounds.
///
/// Skip data is read a group of 32 blocks at a time, at the first question about one of its blocks. Damage is recorded
/// in the segment (see `PostingsCursor`); a damaged block reads as empty.
///
/// Holds pointers into the segment's mappings: the segment outlives it. Not thread-safe.
struct BlockList: ~Copyable {
  let weight: TermWeight
  /// The number of passages in the list, and of blocks.
  let count: Int
  let blockCount: Int
  /// Above every share of the list.
  let maximum: Score
  private let segment: SegmentReader
  private let norms: FieldNorms

  // Long lists.
  private unowned(unsafe) let file: MappedFile?
  /// The file's bytes and which of them are known to be sound, without the file: counting its references in every block
  /// takes 2 % of a query of one thread, and 10 % of one of two, who take the counter from each other.
  private let base: UnsafePointer<UInt8>?
  private let verified: VerifiedPages?
  private let passageCount: UInt32
  private let table: SkipTable?
  private let groups: UnsafeMutablePointer<SkipGroup>
  private let groupCount: Int
  /// Of the blocks of open groups: the last passage, and the greatest share.
  private let lasts: UnsafeMutablePointer<UInt32>
  private let bounds: UnsafeMutablePointer<Score>

  // The current block.
  private(set) var block = -1
  private(set) var passages: UnsafePointer<UInt32>
  private var frequencies: UnsafePointer<UInt32>
  private(set) var blockSize = 0
  private var hasFrequencies = false
  private var frequenciesAt: UInt64 = 0
  private var frequenciesEnd: UInt64 = 0
  /// Room for the passages and frequencies of a block.
  private let buffer: UnsafeMutablePointer<UInt32>
  /// Where the last lookup ended in the current block.
  private var index = 0

  private static let room = PostingsLayout.block + 16

  /// Opens the list of a term.
  init(_ segment: SegmentReader, _ term: TermInfo, _ weight: TermWeight, _ norms: FieldNorms)
    throws(IndexError)
  {
    // Everything that can throw comes first.
    let isLong = term.form == .long
    let file = isLong ? try segment.postingsData() : nil
    let table: SkipTable? = if let file { try SkipTable(file, term) } else { nil }
    let buffer = try Self.shortList(segment, isLong ? nil : term)
    self.segment = segment
    self.norms = norms
    self.weight = weight
    self.file = file
    base = file?.base
    verified = file?.verified
    passageCount = segment.passageCount
    self.table = table
    self.buffer = buffer.start
    count = Int(term.passageFrequency)
    blockCount = table?.blockCount ?? 1
    groupCount = table?.groupCount ?? 0
    groups = .allocate(capacity: max(1, groupCount))
    groups.initialize(repeating: SkipGroup(), count: max(1, groupCount))
    lasts = .allocate(capacity: blockCount)
    bounds = .allocate(capacity: blockCount)
    passages = UnsafePointer(buffer.start)
    frequencies = UnsafePointer(buffer.start + Self.room)
    if let table {
      maximum = Self.bound(table, weight)
    } else {
      // A short list is one block; its postings say all.
      blockSize = buffer.count
      hasFrequencies = true
      block = 0
      var best: Score = 0
      for index in 0..<blockSize {
        best = max(best, weight.score(frequencies[index], norms[passages[index]]))
      }
      maximum = best
      bounds[0] = best
      lasts[0] = blockSize > 0 ? passages[blockSize - 1] : 0
    }
  }

  /// Room for a block, filled with a short list.
  private static func shortList(
    _ segment: SegmentReader, _ term: TermInfo?
  ) throws(IndexError) -> (start: UnsafeMutablePointer<UInt32>, count: Int) {
    guard let term else { return (.allocate(capacity: 2 * room), 0) }
    var cursor = try segment.postings(term)
    let start = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * room)
    let count = min(cursor.blockCount, PostingsLayout.block)
    start.update(from: cursor.blockPassages, count: count)
    (start + room).update(from: cursor.blockFrequencies, count: count)
    return (start, count)
  }

  private static func bound(_ table: SkipTable, _ weight: TermWeight) -> Score {
    withUnsafeTemporaryAllocation(of: Impact.self, capacity: 8) { impacts in
      var best: Score = 0
      for index in 0..<table.impacts(into: impacts.baseAddress!) {
        best = max(best, weight.score(impacts[index].frequency, impacts[index].norm))
      }
      return best
    }
  }

  deinit {
    groups.deinitialize(count: max(1, groupCount))
    groups.deallocate()
    lasts.deallocate()
    bounds.deallocate()
    buffer.deallocate()
  }

  // MARK: Bounds

  /// Reads the skip data of the group, its lasts and its bounds.
  @inline(__always)
  private mutating func open(group: Int) {
    if table != nil, groups[group].number < 0 { openGroup(group) }
  }

  @inline(never)
  private mutating func openGroup(_ number: Int) {
    let first = number * PostingsLayout.superblock
    do throws(IndexError) { groups[number] = try table!.group(number) } catch {
      segment.report(error)
      // A group that reads as empty, and is not asked again.
      groups[number].number = number
      groups[number].count = 0
      for block in first..<min(first + PostingsLayout.superblock, blockCount) {
        lasts[block] = block > 0 ? lasts[block - 1] : 0
        bounds[block] = 0
      }
      return
    }
    groups[number].copyLasts(to: lasts + first)
    groups[number].bounds(weight, to: bounds + first)
  }

  /// Reads all skip data.
  mutating func openAll() {
    for group in 0..<groupCount { open(group: group) }
  }

  /// Reads the skip data of the group of a block; answers the first block behind it.
  mutating func open(from block: Int) -> Int {
    let group = block / PostingsLayout.superblock
    open(group: group)
    return min((group + 1) * PostingsLayout.superblock, blockCount)
  }

  /// The last passage of a block.
  @inline(__always)
  mutating func last(_ block: Int) -> PassageID {
    open(group: block / PostingsLayout.superblock)
    return lasts[block]
  }

  /// The greatest share in a block.
  @inline(__always)
  mutating func bound(_ block: Int) -> Score {
    open(group: block / PostingsLayout.superblock)
    return bounds[block]
  }

  /// `last` and `bound` of all blocks, for loops. Valid after `openAll()`, or for the groups that were opened.
  var allLasts: UnsafePointer<UInt32> { UnsafePointer(lasts) }
  var allBounds: UnsafePointer<Score> { UnsafePointer(bounds) }

  /// Above every share of the passages up to `last` in the blocks from `block` on: the greatest bound of those blocks,
  /// or the list's where they are many.
  @inline(__always)
  mutating func bound(from block: Int, upTo last: PassageID) -> Score {
    var most: Score = 0
    var place = block
    let end = min(blockCount, block + Self.mostBounds)
    while place < end {
      most = max(most, bound(place))
      if lasts[place] >= last { return most }
      place += 1
    }
    return place == blockCount ? most : maximum
  }

  /// More blocks than that are not asked one by one.
  private static let mostBounds = 24

  /// The first block from `block` on whose last passage is not below `target`; `blockCount` where there is none.
  mutating func find(_ target: PassageID, from block: Int) -> Int {
    guard let table else { return block == 0 && lasts[0] >= target ? 0 : 1 }
    var block = block
    if block >= blockCount { return blockCount }
    let group = block / PostingsLayout.superblock
    open(group: group)
    let end = min((group + 1) * PostingsLayout.superblock, blockCount)
    if lasts[end - 1] < target {
      let next = table.find(target, from: group + 1)
      if next >= groupCount { return blockCount }
      open(group: next)
      block = next * PostingsLayout.superblock
      let end = min(block + PostingsLayout.superblock, blockCount)
      if lasts[end - 1] < target { return blockCount }
    }
    while lasts[block] < target { block += 1 }
    return block
  }

  // MARK: Blocks

  /// Decodes the passages of a block.
  mutating func load(_ number: Int) {
    if number == block { return }
    block = number
    index = 0
    hasFrequencies = false
    blockSize = 0
    let group = number / PostingsLayout.superblock
    open(group: group)
    let place = number % PostingsLayout.superblock
    guard let base, let verified, place < groups[group].count else { return }
    let range = groups[group].dataRange(place)
    let size = min(PostingsLayout.block, count - number * PostingsLayout.block)
    let isSound = range.end >= range.start && verified.hold(range.start, range.end - range.start)
    guard isSound || verify(range) else { return }
    let bytes = ck_decode_gaps(
      base + Int(range.start), Int(range.end - range.start), UInt32(size),
      size == PostingsLayout.block ? 1 : 0, groups[group].baseOf(place), passageCount, buffer)
    guard bytes > 0 else { return report(range.start, "a block of passages is not sound") }
    frequenciesAt = range.start + UInt64(bytes)
    frequenciesEnd = range.end
    blockSize = size
  }

  /// Verifies the bytes of a block; false where they are damaged, which is reported.
  @inline(never)
  private func verify(_ range: (start: UInt64, end: UInt64)) -> Bool {
    do throws(IndexError) {
      guard range.end >= range.start else { throw file!.corrupt(range.start, "a block ends before it begins") }
      try file!.verify(range.start, range.end - range.start)
      return true
    } catch {
      segment.report(error)
      return false
    }
  }

  @inline(never)
  private func report(_ offset: UInt64, _ what: String) { segment.report(file!.corrupt(offset, what)) }

  /// The frequencies of the current block, decoded at the first question.
  @inline(__always)
  mutating func loadFrequencies() -> UnsafePointer<UInt32> {
    if !hasFrequencies { decodeFrequencies() }
    return frequencies
  }

  @inline(never)
  private mutating func decodeFrequencies() {
    hasFrequencies = true
    let out = buffer + Self.room
    guard let base, blockSize > 0 else { return }
    let size = ck_decode_frequencies(
      base + Int(frequenciesAt), Int(frequenciesEnd - frequenciesAt), UInt32(blockSize),
      blockSize == PostingsLayout.block ? 1 : 0, out)
    if size == 0 {
      // The arrays stay readable for the caller that is in the middle of the block.
      out.update(repeating: 1, count: PostingsLayout.block)
      report(frequenciesAt, "a block of frequencies is not sound")
    }
  }

  /// The shares of all postings of the current block.
  @inline(__always)
  mutating func scores(into out: UnsafeMutablePointer<Score>) {
    norms.touch(passages, blockSize)
    ck_score(passages, loadFrequencies(), UInt32(blockSize), norms.bytes, weight.inverseLengths, weight.weight, out)
  }

  /// The shares of the postings `range` of the current block.
  @inline(__always)
  mutating func scores(_ range: Range<Int>, into out: UnsafeMutablePointer<Score>) {
    norms.touch(passages + range.lowerBound, range.count)
    ck_score(
      passages + range.lowerBound, loadFrequencies() + range.lowerBound, UInt32(range.count), norms.bytes,
      weight.inverseLengths, weight.weight, out)
  }

  // MARK: Lookups

  /// What a list does to the candidates that are looked up in it.
  enum Probe: Int32 {
    /// Adds its share where it has one.
    case optional = 0
    /// The same, and drops the others.
    case required = 1
    /// Lowers the score to its share, and drops the others.
    case lower = 2
  }

  /// Looks up passages that would all stand in this block (see `find`) and keeps, in place and in order, those whose
  /// score is then at least `least`; answers how many.
  /// - Parameter places: Room for a byte each.
  mutating func probe(
    _ number: Int, _ passages: UnsafeMutablePointer<PassageID>, _ scores: UnsafeMutablePointer<Score>, _ count: Int,
    _ mode: Probe, atLeast least: Score, _ places: UnsafeMutablePointer<UInt8>
  ) -> Int {
    load(number)
    let found = ck_places(self.passages, UInt32(blockSize), passages, UInt32(count), places)
    if found == 0 {
      return mode == .optional ? Int(ck_keep_at_least(passages, scores, UInt32(count), least)) : 0
    }
    norms.touch(passages, count)
    return Int(
      ck_take_shares(
        places, loadFrequencies(), norms.bytes, weight.inverseLengths, weight.weight, mode.rawValue, least, passages,
        scores, UInt32(count)))
  }

  /// The share of a passage that would stand in this block, nil where it does not. Passages of one block are best asked
  /// in their order.
  @inline(__always)
  mutating func share(_ passage: PassageID, in number: Int) -> Score? {
    if number != block { load(number) }
    if index >= blockSize || passages[index] > passage { index = 0 }
    index = Int(ck_find_in_block(passages, UInt32(index), UInt32(blockSize), passage))
    guard index < blockSize, passages[index] == passage else { return nil }
    return weight.score(loadFrequencies()[index], norms[passage])
  }

  /// The frequency in a passage that would stand in this block, 0 where it does not.
  mutating func frequency(of passage: PassageID, in number: Int) -> UInt32 {
    if number != block { load(number) }
    if index >= blockSize || passages[index] > passage { index = 0 }
    index = Int(ck_find_in_block(passages, UInt32(index), UInt32(blockSize), passage))
    guard index < blockSize, passages[index] == passage else { return 0 }
    return loadFrequencies()[index]
  }
}
