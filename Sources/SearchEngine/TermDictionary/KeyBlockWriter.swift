internal import CKernels

/// Writes sorted byte strings in blocks with shared prefixes, and the index over the blocks.
///
/// A key is written as one byte, the length of the prefix that it shares with the key before (high four bits) and the
/// length of the rest (low four bits), each followed by a varint where it is 15 (the length minus 15); then the rest.
/// The first key of a block shares nothing.
struct KeyBlockWriter: ~Copyable {
  private(set) var keys: [UInt8] = []
  private(set) var count = 0
  private var last = UnsafeMutablePointer<UInt8>.allocate(capacity: TermLayout.longest)
  private var lastCount = 0
  /// The first eight bytes of each block's first key, and where the block starts.
  private var firsts: [UInt64] = []
  private var offsets: [UInt64] = []

  deinit { last.deallocate() }

  /// Adds a key that is not below the one before.
  mutating func add(_ key: UnsafeRawBufferPointer) {
    precondition(key.count <= TermLayout.longest, "a key is longer than the format allows")
    var shared = 0
    if count == 0 {
      firsts.append(key.sortKey)
    } else {
      let most = min(lastCount, key.count)
      while shared < most, last[shared] == key[shared] { shared += 1 }
    }
    let rest = key.count - shared
    keys.append(UInt8(min(shared, 15)) << 4 | UInt8(min(rest, 15)))
    if shared >= 15 { append(varint: shared - 15) }
    if rest >= 15 { append(varint: rest - 15) }
    keys.append(contentsOf: UnsafeRawBufferPointer(rebasing: key[shared...]))
    if rest > 0 {
      UnsafeMutableRawPointer(last + shared).copyMemory(from: key.baseAddress! + shared, byteCount: rest)
    }
    lastCount = key.count
    count += 1
  }

  private mutating func append(varint value: Int) {
    var rest = value
    while rest >= 0x80 {
      keys.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    keys.append(UInt8(rest))
  }

  /// Writes the head of a block and its keys, coded where that is smaller.
  func write(flags: UInt64, to writer: ContentWriter) {
    let room = 2 * keys.count + 16
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { coded in
      let size = ck_keys_encode(KeyCode.tables, keys, keys.count, UInt32(count), coded.baseAddress!)
      writer.append(UInt8(count) | (size > 0 ? TermLayout.codedKeys : 0))
      writer.append(flags)
      if size > 0 {
        writer.append(UInt16(size))
        writer.append(UnsafeRawBufferPointer(start: coded.baseAddress!, count: size))
      } else {
        writer.append(UInt16(keys.count))
        writer.append(keys)
      }
    }
  }

  /// The block's keys were written at `offset` of the section of blocks: starts the next block.
  mutating func endBlock(at offset: UInt64) {
    offsets.append(offset)
    keys.removeAll(keepingCapacity: true)
    count = 0
  }

  /// The index: number of blocks (u32), width of an offset in bytes (u32), first keys (u64 each), offsets and the end.
  consuming func writeIndex(end: UInt64, to writer: ContentWriter) {
    let width = max(1, (71 - end.leadingZeroBitCount) / 8)
    writer.append(UInt32(firsts.count))
    writer.append(UInt32(width))
    for first in firsts { writer.append(first) }
    offsets.append(end)
    for offset in offsets {
      withUnsafeBytes(of: offset.littleEndian) { writer.append(UnsafeRawBufferPointer(rebasing: $0[..<width])) }
    }
  }
}
