internal import CKernels

/// Walks the passages of one stem in increasing order, a block of up to 128 at a time.
///
/// Errors: a cursor does not throw. Where it meets damage it records the error in its segment, and ends (`passage`
/// is `.noMore`); whoever ran the query calls `SegmentReader.checkDamage()` once at its end, which throws.
///
/// Not thread-safe; make one cursor a thread. Keeps its segment alive.
public struct PostingsCursor: ~Copyable {
  let segment: SegmentReader
  private let file: MappedFile
  private let term: TermInfo
  /// The current passage; `.noMore` behind the last one. A fresh cursor stands on its first passage.
  public private(set) var passage: PassageID = .noMore

  // 128 passages, 128 frequencies.
  private let buffer: UnsafeMutablePointer<UInt32>
  /// The index of the current passage in its block.
  public private(set) var blockIndex = 0
  public private(set) var blockCount = 0
  private var frequenciesAt: UInt64 = 0
  private var frequenciesEnd: UInt64 = 0
  private var hasFrequencies = false

  // Long lists.
  private let table: SkipTable?
  /// The group of the current block, and the block's place in it.
  private(set) var group = SkipGroup()
  private(set) var place = 0
  private var shallow = SkipGroup()
  private var shallowPlace = 0

  init(_ segment: SegmentReader, _ file: MappedFile, _ term: TermInfo) throws(IndexError) {
    let table: SkipTable? = term.form == .long ? try SkipTable(file, term) : nil
    self.segment = segment
    self.file = file
    self.term = term
    self.table = table
    buffer = .allocate(capacity: 2 * PostingsLayout.block)
    switch term.form {
    case .inlineOnce, .inlineMany:
      buffer[0] = term.passage
      buffer[PostingsLayout.block] = UInt32(term.totalFrequency)
      hasFrequencies = true
      blockCount = 1
      if term.passage < segment.passageCount {
        passage = term.passage
      } else {
        fail(file.corrupt(0, "the dictionary names a passage that is not there"))
      }
    case .short:
      loadShortList()
    case .long:
      _ = enter(group: 0, place: 0)
    }
  }

  deinit { buffer.deallocate() }

  /// The number of passages in the list.
  public var count: UInt32 { term.passageFrequency }

  /// The number of the current block in the list.
  var block: Int { group.firstBlock &+ place }

  // MARK: Walking

  /// Goes to the next passage and answers it.
  @inline(__always)
  public mutating func advance() -> PassageID {
    blockIndex &+= 1
    if blockIndex < blockCount {
      passage = buffer[blockIndex]
      return passage
    }
    return advanceBlock()
  }

  /// Goes to the first passage that is not below `target`, and answers it. Never goes back.
  @inline(__always)
  public mutating func advance(to target: PassageID) -> PassageID {
    if passage >= target { return passage }
    if blockCount > 0, buffer[blockCount &- 1] >= target { return findInBlock(target) }
    return advanceBlocks(to: target)
  }

  @inline(__always)
  private mutating func findInBlock(_ target: PassageID) -> PassageID {
    blockIndex = Int(ck_lower_bound(buffer, UInt32(blockIndex &+ 1), UInt32(blockCount), target))
    passage = buffer[blockIndex]
    return passage
  }

  @inline(never)
  private mutating func advanceBlocks(to target: PassageID) -> PassageID {
    guard let table, blockCount > 0 else { return finish() }
    if group.last < target {
      let number = table.find(target, from: group.number + 1)
      guard number < table.groupCount else { return finish() }
      // Bounds may have been asked for this group already.
      if shallow.number == number { group = shallow } else { guard load(group: number) else { return .noMore } }
      place = -1
      if group.last < target { return finish() }
    }
    place = group.find(target, from: place &+ 1)
    guard loadBlock() else { return .noMore }
    if passage >= target { return passage }
    return findInBlock(target)
  }

  /// Decodes the next block and stands on its first passage.
  @inline(never)
  public mutating func advanceBlock() -> PassageID {
    guard let table, blockCount > 0 else { return finish() }
    place &+= 1
    if place == group.count {
      guard group.number + 1 < table.groupCount, enter(group: group.number + 1, place: 0) else { return finish() }
      return passage
    }
    return loadBlock() ? passage : .noMore
  }

  private mutating func finish() -> PassageID {
    blockCount = 0
    blockIndex = 0
    passage = .noMore
    return .noMore
  }

  // MARK: The block as arrays, for scorers that work block at a time

  /// The passages of the current block, decoded; `blockCount` of them, increasing.
  public var blockPassages: UnsafePointer<UInt32> { UnsafePointer(buffer) }

  /// The frequencies of the current block, decoded at the first question.
  public var blockFrequencies: UnsafePointer<UInt32> {
    @inline(__always) mutating get {
      if !hasFrequencies { loadFrequencies() }
      return UnsafePointer(buffer + PostingsLayout.block)
    }
  }

  /// The frequency in the current passage.
  public var frequency: UInt32 {
    @inline(__always) mutating get { blockFrequencies[blockIndex] }
  }

  // MARK: Bounds, without decoding

  /// Moves the shallow position to the block that would hold `target`, and answers the last passage of that block
  /// (`.noMore` behind the end). Touches only skip data. Runs ahead of the real position, never behind it.
  public mutating func shallowAdvance(to target: PassageID) -> PassageID {
    guard let table else {
      return blockCount > 0 && buffer[blockCount - 1] >= target ? buffer[blockCount - 1] : .noMore
    }
    guard passage != .noMore else { return .noMore }
    if shallow.number < group.number || (shallow.number == group.number && shallowPlace < place) {
      shallow = group
      shallowPlace = place
    }
    if shallow.last < target {
      let number = table.find(target, from: shallow.number + 1)
      guard number < table.groupCount else { return .noMore }
      do throws(IndexError) { shallow = try table.group(number) } catch {
        fail(error)
        return .noMore
      }
      shallowPlace = 0
      if shallow.last < target { return .noMore }
    }
    shallowPlace = shallow.find(target, from: shallowPlace)
    return shallow.last(shallowPlace)
  }

  /// The competitive pairs of the block at the shallow position, copied into `impacts` (room for 8); answers how many.
  public mutating func shallowImpacts(_ impacts: UnsafeMutablePointer<Impact>) -> Int {
    guard table != nil else { return shortImpacts(impacts) }
    if shallow.number < 0 {
      shallow = group
      shallowPlace = place
    }
    return shallow.impacts(shallowPlace, into: impacts)
  }

  /// The last passage of the group of 32 blocks that would hold `target` (`.noMore` behind the end), and the
  /// competitive pairs of the group (room for 8): a wider bound, for skipping far.
  public mutating func groupImpacts(
    at target: PassageID, _ impacts: UnsafeMutablePointer<Impact>
  ) -> (last: PassageID, count: Int) {
    let last = shallowAdvance(to: target)
    guard last != .noMore, let table else { return (last, last == .noMore ? 0 : shortImpacts(impacts)) }
    return (shallow.last, table.impacts(group: shallow.number, into: impacts))
  }

  /// The competitive pairs of the whole list (room for 8).
  public mutating func listImpacts(_ impacts: UnsafeMutablePointer<Impact>) -> Int {
    guard let table else { return shortImpacts(impacts) }
    return table.impacts(into: impacts)
  }

  /// A short list keeps no pairs: its frontier is found from its postings.
  private mutating func shortImpacts(_ impacts: UnsafeMutablePointer<Impact>) -> Int {
    guard blockCount > 0 else { return 0 }
    let norms: FieldNorms
    do throws(IndexError) { norms = try segment.norms() } catch {
      fail(error)
      return 0
    }
    let frequencies = blockFrequencies
    var accumulator = ImpactAccumulator()
    for i in 0..<blockCount { accumulator.add(frequency: frequencies[i], norm: norms[buffer[i]]) }
    var pairs: [Impact] = []
    accumulator.drain(into: &pairs)
    for (i, pair) in pairs.enumerated() { impacts[i] = pair }
    return pairs.count
  }

  // MARK: Loading

  private mutating func fail(_ error: IndexError) {
    segment.report(error)
    _ = finish()
  }

  private mutating func load(group number: Int) -> Bool {
    do throws(IndexError) { group = try table!.group(number) } catch {
      fail(error)
      return false
    }
    return true
  }

  private mutating func enter(group number: Int, place: Int) -> Bool {
    guard load(group: number) else { return false }
    self.place = place
    return loadBlock()
  }

  /// Decodes the passages of block `place` of the group.
  private mutating func loadBlock() -> Bool {
    let range = group.dataRange(place)
    let rest = Int(count) - block * PostingsLayout.block
    load(range.start, range.end, min(PostingsLayout.block, rest), base: group.baseOf(place))
    guard blockCount > 0 else { return false }
    if buffer[blockCount - 1] != group.last(place) {
      fail(file.corrupt(range.start, "a block does not end with the passage that the table names"))
      return false
    }
    return true
  }

  private mutating func load(_ start: UInt64, _ end: UInt64, _ number: Int, base: UInt32) {
    do throws(IndexError) {
      guard end >= start else { throw file.corrupt(start, "a block ends before it begins") }
      try file.verify(start, end - start)
    } catch {
      fail(error)
      return
    }
    let vertical: Int32 = number == PostingsLayout.block ? 1 : 0
    let size = ck_decode_gaps(
      file.base + Int(start), Int(end - start), UInt32(number), vertical, base, segment.passageCount, buffer)
    guard size > 0 else {
      fail(file.corrupt(start, "a block of passages is not sound"))
      return
    }
    frequenciesAt = start + UInt64(size)
    frequenciesEnd = end
    hasFrequencies = false
    blockCount = number
    blockIndex = 0
    passage = buffer[0]
  }

  /// Where the positions of a short list begin: a bit of the list.
  private(set) var positionsBit: UInt64 = 0

  /// What the codes of a short list depend on.
  var shortList: ck_short {
    ck_short(
      count: term.passageFrequency, segment: segment.passageCount, forms: term.formCount, total: term.totalFrequency)
  }

  private mutating func loadShortList() {
    do throws(IndexError) {
      guard term.listBytes <= file.count else { throw file.corrupt(term.postingsOffset, "a short list is too long") }
      try file.verify(term.postingsOffset, term.listBytes)
    } catch {
      fail(error)
      return
    }
    var list = shortList
    positionsBit = ck_short_passages(
      &list, file.base + Int(term.postingsOffset), Int(term.listBytes), buffer, buffer + PostingsLayout.block)
    guard positionsBit > 0 else {
      fail(file.corrupt(term.postingsOffset, "a short list is not sound"))
      return
    }
    hasFrequencies = true
    blockCount = Int(term.passageFrequency)
    blockIndex = 0
    passage = buffer[0]
  }

  @inline(never)
  private mutating func loadFrequencies() {
    hasFrequencies = true
    let vertical: Int32 = blockCount == PostingsLayout.block ? 1 : 0
    let out = buffer + PostingsLayout.block
    let size = ck_decode_frequencies(
      file.base + Int(frequenciesAt), Int(frequenciesEnd - frequenciesAt), UInt32(blockCount), vertical, out)
    guard size > 0 || blockCount == 0 else {
      // The arrays stay readable for the caller that is in the middle of the block.
      out.update(repeating: 1, count: PostingsLayout.block)
      segment.report(file.corrupt(frequenciesAt, "a block of frequencies is not sound"))
      return
    }
  }
}
