internal import CKernels

/// The index over the blocks of a dictionary, read in place: finds the block that can hold a key.
struct KeyBlockIndex: Sendable {
  private let file: MappedFile
  private let blocks: Section
  private let firsts: UInt64
  private let offsets: UInt64
  private let width: UInt64
  /// The number of blocks.
  let count: Int

  init(_ file: MappedFile, index: StaticString, blocks: StaticString) throws(IndexError) {
    guard let section = file.section(index), let blocks = file.section(blocks), section.count >= 8 else {
      throw file.corrupt(0, "the dictionary has no index")
    }
    var reader = ByteReader(try file.bytes(section.offset, 8))
    let count: UInt32 = reader.fixed()
    let width: UInt32 = reader.fixed()
    guard (1...8).contains(width),
      section.count == 8 + UInt64(count) * 8 + (UInt64(count) + 1) * UInt64(width)
    else { throw file.corrupt(section.offset, "the dictionary's index does not have the size that it says") }
    self.file = file
    self.blocks = blocks
    self.count = Int(count)
    self.width = UInt64(width)
    firsts = section.offset + 8
    offsets = firsts + UInt64(count) * 8
  }

  @inline(__always)
  private func first(_ block: Int) throws(IndexError) -> UInt64 {
    let at = firsts + UInt64(block) * 8
    try file.verify(at, 8)
    return UnsafeRawPointer(file.base + Int(at)).loadUnaligned(as: UInt64.self).littleEndian
  }

  /// The first eight bytes of the first key of each block, as `sortKey` has them. Valid as long as the file.
  struct SortKeys {
    fileprivate let start: UnsafeRawPointer

    @inline(__always)
    subscript(block: Int) -> UInt64 { start.loadUnaligned(fromByteOffset: 8 * block, as: UInt64.self).littleEndian }
  }

  /// All of them, verified.
  func sortKeys() throws(IndexError) -> SortKeys {
    try file.verify(firsts, UInt64(count) * 8)
    return SortKeys(start: UnsafeRawPointer(file.base + Int(firsts)))
  }

  private func offset(_ block: Int) throws(IndexError) -> UInt64 {
    let at = offsets + UInt64(block) * width
    try file.verify(at, width)
    let word = UnsafeRawPointer(file.base + Int(at)).loadUnaligned(as: UInt64.self).littleEndian
    return width == 8 ? word : word & ((1 << (8 * width)) - 1)
  }

  /// The bytes of a block, verified.
  func block(_ block: Int) throws(IndexError) -> UnsafeRawBufferPointer {
    let start = try offset(block)
    let end = try offset(block + 1)
    guard start <= end, end <= blocks.count else {
      throw file.corrupt(offsets, "block \(block) of the dictionary is outside of its section")
    }
    return try file.bytes(blocks.offset + start, end - start)
  }

  /// What stands behind the keys of a block, and its flags; the keys are not read.
  func tail(_ block: Int) throws(IndexError) -> (tail: UnsafeRawBufferPointer, flags: UInt64) {
    let parts = try KeyBlock(self.block(block), corrupt(block))
    return (parts.tail, parts.flags)
  }

  /// The first key of a block.
  func firstKey(_ block: Int) throws(IndexError) -> [UInt8] {
    var keys = try KeyReader(self.block(block), corrupt(block))
    defer { withExtendedLifetime(keys) {} }
    guard keys.next() else { throw corrupt(block) }
    return [UInt8](keys.rest)
  }

  func corrupt(_ block: Int) -> IndexError {
    file.corrupt(blocks.offset, "block \(block) of the dictionary is no sound block")
  }

  /// The number of blocks whose first key is below `key` (or equal to it, where `orEqual`): the block before is the
  /// one where the key stands, or where the first key that is not below it stands or ends.
  func blocks(below key: UnsafeRawBufferPointer, orEqual: Bool) throws(IndexError) -> Int {
    let sortKey = key.sortKey
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) >> 1
      let first = try first(middle)
      let isBelow: Bool
      if first != sortKey {
        isBelow = first < sortKey
      } else {
        let order = try firstKey(middle).withUnsafeBytes { $0.compare(key) }
        isBelow = order < 0 || (orEqual && order == 0)
      }
      if isBelow { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The parts of a block: number of keys (u8; its high bit says that they are coded), flags (u64), bytes of the keys
/// (u16), keys, the rest.
struct KeyBlock {
  let count: Int
  let isCoded: Bool
  let flags: UInt64
  let keys: UnsafeRawBufferPointer
  let tail: UnsafeRawBufferPointer

  init(_ block: UnsafeRawBufferPointer, _ error: @autoclosure () -> IndexError) throws(IndexError) {
    var head = ByteReader(block)
    let count: UInt8 = head.fixed()
    flags = head.fixed()
    let keyBytes: UInt16 = head.fixed()
    guard let keys = head.bytes(Int(keyBytes)), !head.failed else { throw error() }
    self.count = Int(count & ~TermLayout.codedKeys)
    isCoded = count & TermLayout.codedKeys != 0
    self.keys = keys
    tail = UnsafeRawBufferPointer(start: head.pointer, count: head.remaining)
  }

  /// The place of a key among coded ones; nil where it is not there. Throws where they are no keys.
  func find(_ key: UnsafeRawBufferPointer, _ error: @autoclosure () -> IndexError) throws(IndexError) -> Int? {
    guard let start = keys.baseAddress, let wanted = key.baseAddress else { throw error() }
    let place = ck_keys_find(
      KeyCode.tables, start.assumingMemoryBound(to: UInt8.self), keys.count, UInt32(count),
      wanted.assumingMemoryBound(to: UInt8.self), key.count)
    if place == CK_KEYS_UNSOUND { throw error() }
    return place < 0 ? nil : Int(place)
  }
}

/// Walks the keys of one block. The key's bytes are not put together; callers that need them keep a buffer. `rest` is
/// valid as long as the reader.
struct KeyReader {
  private var reader: ByteReader
  /// The number of keys that are left.
  private(set) var left: Int
  /// How much of the key before the current key keeps, and what it adds.
  private(set) var shared = 0
  private(set) var rest = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Bit i says that term i of the block has a list of forms.
  let flags: UInt64
  /// What stands behind the keys, the block's other part.
  let tail: UnsafeRawBufferPointer
  private var keyCount = 0
  /// Holds the bytes of keys that were coded.
  private let decoded: DecodedKeys?

  init(_ block: UnsafeRawBufferPointer, _ error: @autoclosure () -> IndexError) throws(IndexError) {
    let block = try KeyBlock(block, error())
    flags = block.flags
    left = block.count
    if block.isCoded {
      guard let decoded = DecodedKeys(block.keys, count: UInt32(left)) else { throw error() }
      self.decoded = decoded
      reader = ByteReader(decoded.buffer)
    } else {
      decoded = nil
      reader = ByteReader(block.keys)
    }
    tail = block.tail
  }

  /// Goes to the next key; false behind the last one, and where the bytes are not sound (`left` is not 0 then).
  @inline(__always)
  mutating func next() -> Bool {
    guard left > 0 else { return false }
    let lengths: UInt8 = reader.fixed()
    var shared = UInt64(lengths >> 4)
    var count = UInt64(lengths & 15)
    if shared == 15 { shared += reader.varint() }
    if count == 15 { count += reader.varint() }
    guard shared <= UInt64(keyCount), shared &+ count <= UInt64(TermLayout.longest), count <= UInt64(reader.remaining),
      !reader.failed, let rest = reader.bytes(Int(count))
    else { return false }
    self.shared = Int(shared)
    self.rest = rest
    keyCount = Int(shared + count)
    left -= 1
    return true
  }
}
