/// The table of a long list: bounds of the list, and the skip groups of 32 blocks. Read in place, a group at a time.
struct SkipTable {
  /// Not counted: the segment that holds the file outlives its lists, and cursors copy the table in their loops.
  private unowned(unsafe) let file: MappedFile
  /// Where the table begins in the file, and its size.
  private let start: UInt64
  private let size: UInt64
  private let postings: UInt64
  private let positions: UInt64
  let blockCount: Int
  let groupCount: Int
  private let entries: UInt64

  init(_ file: MappedFile, _ term: TermInfo) throws(IndexError) {
    self.file = file
    postings = term.postingsOffset
    positions = term.positionsOffset
    start = term.postingsOffset &+ term.listBytes
    size = term.tableBytes
    blockCount = (Int(term.passageFrequency) + PostingsLayout.block - 1) / PostingsLayout.block
    groupCount = (blockCount + PostingsLayout.superblock - 1) / PostingsLayout.superblock
    guard start >= postings, size >= 1 else { throw file.corrupt(start, "a list has no table") }
    let pairs = try file.bytes(start, 1)[0]
    entries = start + 1 + 2 * UInt64(pairs)
    let needed = groupCount > 1 ? groupCount * PostingsLayout.superblockEntry : 1
    guard Int(pairs) <= PostingsLayout.impacts, 1 + 2 * UInt64(pairs) + UInt64(needed) <= size else {
      throw file.corrupt(start, "the table of a list is too short")
    }
    try file.verify(start, 1 + 2 * UInt64(pairs) + UInt64(needed))
  }

  /// The pairs of the whole list.
  func impacts(into out: UnsafeMutablePointer<Impact>) -> Int {
    let at = UnsafeRawPointer(file.base + Int(start))
    return Impact.read(at + 1, count: Int(at.load(as: UInt8.self)), into: out)
  }

  private func entry(_ group: Int) -> UnsafeRawPointer {
    UnsafeRawPointer(file.base + Int(entries) + group * PostingsLayout.superblockEntry)
  }

  /// The last passage of a group, for lists of several groups.
  @inline(__always)
  private func last(_ group: Int) -> UInt32 { entry(group).loadUnaligned(as: UInt32.self).littleEndian }

  /// The pairs of a whole group; the list's where there is only one group.
  func impacts(group: Int, into out: UnsafeMutablePointer<Impact>) -> Int {
    guard groupCount > 1 else { return impacts(into: out) }
    let count = entry(group).load(fromByteOffset: 25, as: UInt8.self)
    return Impact.read(entry(group) + 26, count: min(Int(count), PostingsLayout.impacts), into: out)
  }

  /// The first group from `group` on that can hold a passage not below `target`; `groupCount` where none can. A list
  /// of one group answers that group: its blocks say more.
  func find(_ target: UInt32, from group: Int) -> Int {
    guard groupCount > 1 else { return group }
    var low = group
    var step = 1
    while low + step < groupCount, last(low + step - 1) < target {
      low += step
      step *= 2
    }
    var high = min(low + step, groupCount)
    while low < high {
      let middle = (low + high) >> 1
      if last(middle) < target { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The skip data of a group, verified.
  func group(_ number: Int) throws(IndexError) -> SkipGroup {
    let first = number * PostingsLayout.superblock
    let blocks = first..<min(first + PostingsLayout.superblock, blockCount)
    var base = PostingsLayout.firstBase
    var data = postings
    var positions = positions
    var table = entries + 1
    var width = Int(UnsafeRawPointer(file.base + Int(entries)).load(as: UInt8.self))
    if groupCount > 1 {
      let entry = entry(number)
      if number > 0 { base = last(number - 1) }
      data &+= entry.loadUnaligned(fromByteOffset: 4, as: UInt64.self).littleEndian
      positions &+= entry.loadUnaligned(fromByteOffset: 12, as: UInt64.self).littleEndian
      table = start + UInt64(entry.loadUnaligned(fromByteOffset: 20, as: UInt32.self).littleEndian)
      width = Int(entry.load(fromByteOffset: 24, as: UInt8.self))
    }
    let end = start + size
    let most = UInt64(
      SkipGroup.fixedSize(blocks.count, positionsWidth: width) + 2 * PostingsLayout.impacts * blocks.count)
    guard table <= end else { throw file.corrupt(start, "the table of a list is too short") }
    guard
      let group = SkipGroup(
        number: number, blocks: blocks, base: base, data: data, positions: positions, positionsWidth: width,
        try file.bytes(table, min(most, end - table)))
    else { throw file.corrupt(table, "a part of a list's table is not sound") }
    return group
  }
}
