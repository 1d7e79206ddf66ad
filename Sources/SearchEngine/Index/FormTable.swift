internal import CKernels
internal import TextAnalysis

/// The distinct (language, term) pairs of a batch, numbered by first appearance: open addressing over an arena.
///
/// A slot is 64 bits: 32 of the hash, and the number plus one. Looking a term up touches a slot and its entry, and its
/// bytes only if they are more than eight; the entry carries the count, so that counting costs no further line of cache.
struct FormTable: ~Copyable {
  struct Entry: BitwiseCopyable {
    /// The first eight bytes, zeros behind the end.
    var head: UInt64
    var start: UInt32
    /// How many positions of the batch show the term.
    var occurrences: UInt32
    var count: UInt16
    var language: UInt8
  }

  private var slots: UnsafeMutablePointer<UInt64>
  private var mask: Int
  private(set) var entries: UnsafeMutablePointer<Entry>
  private(set) var count = 0
  private var capacity: Int
  private(set) var arena: UnsafeMutableRawPointer
  private var arenaUsed = 0
  private var arenaCapacity: Int

  init() {
    mask = (1 << 16) - 1
    slots = .allocate(capacity: mask + 1)
    slots.initialize(repeating: 0, count: mask + 1)
    capacity = 1 << 15
    entries = .allocate(capacity: capacity)
    arenaCapacity = 1 << 18
    arena = .allocate(byteCount: arenaCapacity, alignment: 16)
  }

  deinit {
    slots.deallocate()
    entries.deallocate()
    arena.deallocate()
  }

  mutating func removeAll() {
    slots.update(repeating: 0, count: mask + 1)
    count = 0
    arenaUsed = 0
  }

  /// The bytes of a term.
  func bytes(_ id: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: arena + Int(entries[id].start), count: Int(entries[id].count))
  }

  /// The number of the term; counts `occurrences` more of it. At least 8 bytes behind the term have to be readable.
  @inline(__always)
  mutating func id(
    _ term: UnsafeRawPointer, _ length: Int, _ hash: UInt64, _ language: UInt8, occurrences: UInt32
  ) -> UInt32 {
    let mixed = hash ^ UInt64(language) &* 0x9E37_79B9_7F4A_7C15
    let tag = mixed >> 32
    let head = Self.head(term, length)
    var slot = Int(truncatingIfNeeded: tag) & mask
    while true {
      let found = slots[slot]
      if found == 0 { break }
      if found >> 32 == tag {
        let id = Int(truncatingIfNeeded: found & 0xFFFF_FFFF) &- 1
        let entry = entries + id
        if entry.pointee.head == head, Int(entry.pointee.count) == length, entry.pointee.language == language,
          length <= 8 || Self.equal(arena + Int(entry.pointee.start), term, length)
        {
          entry.pointee.occurrences &+= occurrences
          return UInt32(truncatingIfNeeded: id)
        }
      }
      slot = (slot &+ 1) & mask
    }
    return insert(term, length, head, tag, language, slot, occurrences)
  }

  @inline(__always)
  private static func head(_ term: UnsafeRawPointer, _ length: Int) -> UInt64 {
    let bytes = term.loadUnaligned(as: UInt64.self).littleEndian
    return length >= 8 ? bytes : bytes & (1 &<< UInt64(8 &* length)) &- 1
  }

  /// Says that a term of this hash will be looked up soon: a text's words meet the table at random places, and the next
  /// ones are known.
  @inline(__always)
  func prefetchSlot(_ hash: UInt64, _ language: UInt8) {
    let mixed = hash ^ UInt64(language) &* 0x9E37_79B9_7F4A_7C15
    ck_prefetch(slots + (Int(truncatingIfNeeded: mixed >> 32) & mask))
  }

  /// The same, when the slot has come.
  @inline(__always)
  func prefetchEntry(_ hash: UInt64, _ language: UInt8) {
    let mixed = hash ^ UInt64(language) &* 0x9E37_79B9_7F4A_7C15
    let found = slots[Int(truncatingIfNeeded: mixed >> 32) & mask]
    if found != 0 { ck_prefetch(entries + (Int(truncatingIfNeeded: found & 0xFFFF_FFFF) &- 1)) }
  }

  @inline(__always)
  private static func equal(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
    var i = 0
    while i &+ 8 <= count {
      if a.loadUnaligned(fromByteOffset: i, as: UInt64.self) != b.loadUnaligned(fromByteOffset: i, as: UInt64.self) {
        return false
      }
      i &+= 8
    }
    if i == count { return true }
    let difference =
      a.loadUnaligned(fromByteOffset: i, as: UInt64.self) ^ b.loadUnaligned(fromByteOffset: i, as: UInt64.self)
    // Of the last word only the first bytes (the low ones) belong to the term.
    return difference.littleEndian &<< UInt64(64 &- 8 &* (count &- i)) == 0
  }

  @inline(never)
  private mutating func insert(
    _ term: UnsafeRawPointer, _ length: Int, _ head: UInt64, _ tag: UInt64, _ language: UInt8, _ slot: Int,
    _ occurrences: UInt32
  ) -> UInt32 {
    if count == capacity { growEntries() }
    if arenaUsed + length + 8 > arenaCapacity { growArena(length + 8) }
    (arena + arenaUsed).copyMemory(from: term, byteCount: length)
    entries[count] = Entry(
      head: head, start: UInt32(arenaUsed), occurrences: occurrences, count: UInt16(length), language: language)
    slots[slot] = tag << 32 | UInt64(count + 1)
    arenaUsed += length
    count += 1
    if count * 2 > mask { rehash() }
    return UInt32(count - 1)
  }

  private mutating func growEntries() {
    capacity *= 2
    let grown = HugePages.allocate(Entry.self, capacity: capacity)
    grown.update(from: entries, count: count)
    entries.deallocate()
    entries = grown
  }

  private mutating func growArena(_ more: Int) {
    arenaCapacity = max(arenaCapacity * 2, arenaUsed + more)
    let grown = UnsafeMutableRawPointer(HugePages.allocate(UInt8.self, capacity: arenaCapacity))
    grown.copyMemory(from: arena, byteCount: arenaUsed)
    arena.deallocate()
    arena = grown
  }

  private mutating func rehash() {
    let old = slots
    let oldCount = mask + 1
    mask = oldCount * 2 - 1
    slots = HugePages.allocate(UInt64.self, capacity: mask + 1)
    slots.initialize(repeating: 0, count: mask + 1)
    for i in 0..<oldCount where old[i] != 0 {
      var slot = Int(truncatingIfNeeded: old[i] >> 32) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = old[i]
    }
    old.deallocate()
  }
}
