internal import CKernels

/// Reads the positions (and form codes) of the passage that a `PostingsCursor` of the same term stands on. Only what
/// is asked for is decoded. Errors as with `PostingsCursor`.
public struct PositionsCursor: ~Copyable {
  private let segment: SegmentReader
  private let postingsFile: MappedFile
  private let file: MappedFile
  private let term: TermInfo
  private let norms: FieldNorms
  private let lengthBits = FieldNorms.lengthBits
  private var positionRoom = GrowingIntegers()
  private var codeRoom = GrowingIntegers()

  /// How the positions of the open block are kept.
  private enum Code {
    /// A short list, decoded as a whole.
    case list
    /// Rice codes with a parameter for each passage.
    case rice
    case groups
  }

  /// The block that is open, -1 for none.
  private var block = -1
  private var code = Code.list
  /// The sum of the frequencies of the block.
  private var total: UInt32 = 0
  private var rice = ck_positions()
  private var groups = ck_groups()
  private var groupsStart = UnsafePointer<UInt8>(bitPattern: 16)!
  private var codesStart = UnsafePointer<UInt8>(bitPattern: 16)!
  private var codeGroups = ck_groups()
  /// All gaps and codes of a short list.
  private var listGaps = GrowingIntegers()
  private var listCodes = GrowingIntegers()
  /// The sum of the frequencies before the passage at `summedTo` of the block.
  private var summed: UInt32 = 0
  private var summedTo = 0

  init(
    _ segment: SegmentReader, postings: MappedFile, positions: MappedFile, norms: FieldNorms, _ term: TermInfo
  ) {
    self.segment = segment
    postingsFile = postings
    file = positions
    self.norms = norms
    self.term = term
  }

  /// The positions that `read` found. Valid until the next `read`.
  public var positions: UnsafePointer<UInt32> { UnsafePointer(positionRoom.start) }
  /// The codes that `readCodes` found. Valid until the next `readCodes`.
  public var codes: UnsafePointer<UInt32> { UnsafePointer(codeRoom.start) }

  private var isInline: Bool { term.form == .inlineOnce || term.form == .inlineMany }

  /// Reads the positions of the passage `postings` stands on, increasing (equal ones in a row where a word has a
  /// weight), into `positions`. Answers how many: the frequency; 0 behind the end and after damage.
  public mutating func read(_ postings: inout PostingsCursor) -> Int {
    guard postings.passage != .noMore else { return 0 }
    positionRoom.removeAll()
    if isInline {
      let out = positionRoom.grow(by: 8)
      for i in 0..<8 { out[i] = term.inlinePositions[i] }
      return Int(term.totalFrequency)
    }
    guard open(&postings), readGaps(&postings) else { return 0 }
    let frequency = Int(postings.frequency)
    let out = positionRoom.start
    for i in 1..<max(1, frequency) { out[i] &+= out[i - 1] }
    return frequency
  }

  /// Appends the gaps of the cursor's passage to `positionRoom`.
  private mutating func readGaps(_ postings: inout PostingsCursor) -> Bool {
    let frequency = postings.frequency
    if code == .rice {
      guard frequency <= total else { return damaged() }
      norms.touch(postings.blockPassages, postings.blockIndex + 1)
      let sound = ck_positions_read(
        &rice, postings.blockPassages, postings.blockFrequencies, norms.bytes, lengthBits, UInt32(postings.blockIndex),
        positionRoom.grow(by: Int(frequency)))
      return sound != 0 ? true : damaged()
    }
    guard let from = sum(&postings) else { return false }
    let out = positionRoom.grow(by: Int(frequency))
    if code == .list {
      out.update(from: listGaps.start + Int(from), count: Int(frequency))
      return true
    }
    return ck_groups_read(&groups, groupsStart, from, frequency, out) != 0 ? true : damaged()
  }

  /// Reads the form codes beside the positions of the same passage into `codes`. With one form they are all 0.
  public mutating func readCodes(_ postings: inout PostingsCursor) -> Int {
    guard postings.passage != .noMore else { return 0 }
    let frequency = Int(postings.frequency)
    codeRoom.removeAll()
    if isInline {
      let out = codeRoom.grow(by: 8)
      for i in 0..<8 { out[i] = term.inlineCodes[i] }
      return Int(term.totalFrequency)
    }
    // Damage can make a frequency huge; the positions say whether it is true.
    guard open(&postings), frequency <= total else { return 0 }
    guard term.formCount > 1 else {
      codeRoom.grow(by: frequency).update(repeating: 0, count: frequency)
      return frequency
    }
    guard let from = sum(&postings) else { return 0 }
    let out = codeRoom.grow(by: frequency)
    if code == .list {
      out.update(from: listCodes.start + Int(from), count: frequency)
      return frequency
    }
    guard ck_groups_read(&codeGroups, codesStart, from, UInt32(frequency), out) != 0 else {
      _ = damaged()
      return 0
    }
    return frequency
  }

  /// Reads the gaps (and codes, where the stem has several forms) of all passages of the cursor's block: for merges.
  /// A passage's first gap is its first position. Answers how many; nil after damage.
  mutating func readBlock(_ postings: inout PostingsCursor) -> Int? {
    positionRoom.removeAll()
    codeRoom.removeAll()
    if isInline {
      let count = Int(term.totalFrequency)
      let out = positionRoom.grow(by: count)
      let codes = codeRoom.grow(by: count)
      for i in 0..<count {
        out[i] = i == 0 ? term.inlinePositions[0] : term.inlinePositions[i] &- term.inlinePositions[i - 1]
        codes[i] = term.inlineCodes[i]
      }
      return count
    }
    guard open(&postings) else { return nil }
    let out = positionRoom.grow(by: Int(total))
    switch code {
    case .list: out.update(from: listGaps.start, count: Int(total))
    case .groups:
      guard ck_groups_read(&groups, groupsStart, 0, total, out) != 0 else { return damage() }
    case .rice:
      norms.touch(postings.blockPassages, postings.blockCount)
      guard
        ck_positions_read_all(
          &rice, postings.blockPassages, postings.blockFrequencies, norms.bytes, lengthBits,
          UInt32(postings.blockCount), out) != 0
      else { return damage() }
    }
    guard term.formCount > 1 else { return Int(total) }
    let codes = codeRoom.grow(by: Int(total))
    if code == .list {
      codes.update(from: listCodes.start, count: Int(total))
    } else if ck_groups_read(&codeGroups, codesStart, 0, total, codes) == 0 {
      return damage()
    }
    return Int(total)
  }

  private func damage() -> Int? {
    _ = damaged()
    return nil
  }

  private func damaged() -> Bool {
    segment.report(file.corrupt(term.positionsOffset, "a block of positions is not sound"))
    return false
  }

  // MARK: Opening

  /// Opens the cursor's block where it is not open yet.
  private mutating func open(_ postings: inout PostingsCursor) -> Bool {
    let wanted = term.form == .short ? 0 : postings.block
    if wanted == block { return true }
    block = -1
    guard term.form == .short ? openList(&postings) : openBlock(&postings) else { return false }
    block = wanted
    summed = 0
    summedTo = 0
    return true
  }

  private mutating func openList(_ postings: inout PostingsCursor) -> Bool {
    var list = postings.shortList
    let start = postingsFile.base + Int(term.postingsOffset)
    // The cursor verified and read the list. A gap takes a bit at least.
    guard list.total <= term.listBytes * 8, list.total < UInt64(UInt32.max) else { return damaged() }
    total = UInt32(list.total)
    listGaps.removeAll()
    listCodes.removeAll()
    let gaps = listGaps.grow(by: Int(total))
    let codes = listCodes.grow(by: Int(total))
    code = .list
    norms.touch(postings.blockPassages, postings.blockCount)
    let sound = ck_short_positions(
      &list, start, Int(term.listBytes), postings.positionsBit, postings.blockPassages, postings.blockFrequencies,
      norms.bytes, lengthBits, gaps, codes)
    return sound != 0 ? true : damaged()
  }

  private mutating func openBlock(_ postings: inout PostingsCursor) -> Bool {
    let range = postings.group.positionsRange(postings.place)
    do throws(IndexError) {
      guard range.start <= range.end else { throw file.corrupt(range.start, "a block ends before it begins") }
      try file.verify(range.start, range.end - range.start)
    } catch {
      segment.report(error)
      return false
    }
    codesStart = file.base + Int(range.start)
    let end = file.base + Int(range.end)
    let sum = ck_sum(postings.blockFrequencies, UInt32(postings.blockCount))
    // Every gap takes a bit, or part of a group of which the header alone takes a byte: a greater sum is damage.
    guard sum < UInt64(UInt32.max), (sum + 127) / 128 <= UInt64(end - codesStart) else { return damaged() }
    total = UInt32(sum)
    var start = codesStart
    if term.formCount > 1 {
      guard let found = ck_groups_end(codesStart, end, total), ck_groups_open(&codeGroups, codesStart, end, total) != 0
      else { return damaged() }
      start = found
    }
    switch ck_positions_open(&rice, start, end) {
    case 1:
      code = .rice
      return sum <= UInt64(end - start) * 8 ? true : damaged()
    case 2:
      code = .groups
      groupsStart = start + 1
      return ck_groups_open(&groups, groupsStart, end, total) != 0 ? true : damaged()
    default: return damaged()
    }
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
