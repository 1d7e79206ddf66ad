internal import CKernels

/// Reads the positions (and form codes) of the passage that a `PostingsCursor` of the same term stands on. Only what
/// is asked for is decoded. Errors as with `PostingsCursor`.
public struct PositionsCursor: ~Copyable {
  private let segment: SegmentReader
  private let postingsFile: MappedFile
  private let file: MappedFile
  private let term: TermInfo
  private var positionRoom = GrowingIntegers()
  private var codeRoom = GrowingIntegers()

  /// The block whose groups are open, -1 for none.
  private var block = -1
  private var total: UInt32 = 0
  private var start = UnsafePointer<UInt8>(bitPattern: 16)!
  private var end = UnsafePointer<UInt8>(bitPattern: 16)!
  private var groups = ck_groups()
  private var codeStart: UnsafePointer<UInt8>?
  private var codeGroups = ck_groups()
  /// The sum of the frequencies before the passage at `summedTo` of the block.
  private var summed: UInt32 = 0
  private var summedTo = 0

  init(_ segment: SegmentReader, postings: MappedFile, positions: MappedFile, _ term: TermInfo) {
    self.segment = segment
    postingsFile = postings
    file = positions
    self.term = term
  }

  /// The positions that `read` found. Valid until the next `read`.
  public var positions: UnsafePointer<UInt32> { UnsafePointer(positionRoom.start) }
  /// The codes that `readCodes` found. Valid until the next `readCodes`.
  public var codes: UnsafePointer<UInt32> { UnsafePointer(codeRoom.start) }

  /// Reads the positions of the passage `postings` stands on, increasing (equal ones in a row where a word has a
  /// weight), into `positions`. Answers how many: the frequency; 0 behind the end and after damage.
  public mutating func read(_ postings: inout PostingsCursor) -> Int {
    guard postings.passage != .noMore else { return 0 }
    if term.form == .inlineOnce || term.form == .inlineMany {
      positionRoom.removeAll()
      let out = positionRoom.grow(by: 8)
      for i in 0..<8 { out[i] = term.inlinePositions[i] }
      return Int(term.totalFrequency)
    }
    guard open(&postings) else { return 0 }
    let frequency = postings.frequency
    guard let from = sum(&postings) else { return 0 }
    positionRoom.removeAll()
    let out = positionRoom.grow(by: Int(frequency))
    guard ck_groups_read(&groups, start, from, frequency, out) != 0 else { return damaged() }
    for i in 1..<max(1, Int(frequency)) { out[i] &+= out[i - 1] }
    return Int(frequency)
  }

  /// Reads the form codes beside the positions of the same passage into `codes`. With one form they are all 0.
  public mutating func readCodes(_ postings: inout PostingsCursor) -> Int {
    guard postings.passage != .noMore else { return 0 }
    let frequency = postings.frequency
    codeRoom.removeAll()
    if term.form == .inlineOnce || term.form == .inlineMany {
      let out = codeRoom.grow(by: 8)
      for i in 0..<8 { out[i] = term.inlineCodes[i] }
      return Int(term.totalFrequency)
    }
    guard term.formCount > 1 else {
      // Damage can make a frequency huge; the positions say whether it is true.
      guard open(&postings), frequency <= total else { return 0 }
      codeRoom.grow(by: Int(frequency)).update(repeating: 0, count: Int(frequency))
      return Int(frequency)
    }
    guard open(&postings), openCodes(), let from = sum(&postings) else { return 0 }
    let out = codeRoom.grow(by: Int(frequency))
    guard ck_groups_read(&codeGroups, codeStart, from, frequency, out) != 0 else { return damaged() }
    return Int(frequency)
  }

  /// Reads the gaps (and codes, where the stem has several forms) of all passages of the cursor's block: for merges.
  /// A passage's first gap is its first position. Answers how many; nil after damage.
  mutating func readBlock(_ postings: inout PostingsCursor) -> Int? {
    if term.form == .inlineOnce || term.form == .inlineMany {
      let count = Int(term.totalFrequency)
      positionRoom.removeAll()
      codeRoom.removeAll()
      let out = positionRoom.grow(by: count)
      let codes = codeRoom.grow(by: count)
      for i in 0..<count {
        out[i] = i == 0 ? term.inlinePositions[0] : term.inlinePositions[i] &- term.inlinePositions[i - 1]
        codes[i] = term.inlineCodes[i]
      }
      return count
    }
    guard open(&postings) else { return nil }
    positionRoom.removeAll()
    guard ck_groups_read(&groups, start, 0, total, positionRoom.grow(by: Int(total))) != 0 else {
      _ = damaged()
      return nil
    }
    if term.formCount > 1 {
      codeRoom.removeAll()
      guard openCodes(), ck_groups_read(&codeGroups, codeStart, 0, total, codeRoom.grow(by: Int(total))) != 0 else {
        _ = damaged()
        return nil
      }
    }
    return Int(total)
  }

  private func damaged() -> Int {
    segment.report(file.corrupt(term.positionsOffset, "a block of positions is not sound"))
    return 0
  }

  /// Opens the groups of the cursor's block where they are not open yet.
  private mutating func open(_ postings: inout PostingsCursor) -> Bool {
    let wanted = term.form == .short ? 0 : postings.block
    if wanted == block { return true }
    block = -1
    codeStart = nil
    let source = term.form == .short ? postingsFile : file
    let range = term.form == .short ? postings.positionsOfShortList : postings.group.positionsRange(postings.place)
    do throws(IndexError) {
      guard range.start <= range.end else { throw source.corrupt(range.start, "a block ends before it begins") }
      try source.verify(range.start, range.end - range.start)
    } catch {
      segment.report(error)
      return false
    }
    start = source.base + Int(range.start)
    end = source.base + Int(range.end)
    let sum = ck_sum(postings.blockFrequencies, UInt32(postings.blockCount))
    // Every value takes part of a group of which the header alone takes a byte: a greater sum is damage.
    guard sum <= UInt64(UInt32.max), (sum + 127) / 128 <= UInt64(end - start),
      ck_groups_open(&groups, start, end, UInt32(sum)) != 0
    else {
      _ = damaged()
      return false
    }
    total = UInt32(sum)
    block = wanted
    summed = 0
    summedTo = 0
    return true
  }

  private mutating func openCodes() -> Bool {
    if codeStart != nil { return true }
    guard let found = ck_groups_end(start, end, total), ck_groups_open(&codeGroups, found, end, total) != 0 else {
      _ = damaged()
      return false
    }
    codeStart = found
    return true
  }

  /// The number of positions in the block before the cursor's passage.
  private mutating func sum(_ postings: inout PostingsCursor) -> UInt32? {
    let frequencies = postings.blockFrequencies
    if summedTo > postings.blockIndex {
      summed = 0
      summedTo = 0
    }
    while summedTo < postings.blockIndex {
      summed &+= frequencies[summedTo]
      summedTo += 1
    }
    // Read values are bounded by the groups' count; this keeps the room that is made for them bounded as well.
    guard UInt64(summed) + UInt64(frequencies[postings.blockIndex]) <= UInt64(total) else {
      _ = damaged()
      return nil
    }
    return summed
  }
}
