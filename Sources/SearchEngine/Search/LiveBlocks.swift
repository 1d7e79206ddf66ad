/// The blocks of a dictionary that can hold keys which an automaton accepts, as far as the first eight bytes of the
/// blocks tell: all keys of a block lie between its first one and that of the next. The others are not opened.
///
/// What finite-state dictionaries get from walking index and automaton side by side, on a sorted table.
struct LiveBlocks {
  /// Increasing.
  private(set) var blocks: [Int32] = []

  private let automaton: LazyAutomaton
  /// Where the last range that was looked at died, in bytes of what its bounds have in common; 0 elsewhere.
  private var deadBytes = 0

  init(_ automaton: LazyAutomaton, _ index: KeyBlockIndex) throws(IndexError) {
    self.automaton = automaton
    if automaton.start == LazyAutomaton.dead { return }
    let keys = try index.sortKeys()
    let prefix = automaton.literalPrefix
    var block = 0
    if !prefix.isEmpty {
      let below: Result<Int, IndexError> = prefix.withUnsafeBytes { bytes in
        do throws(IndexError) { return .success(try index.blocks(below: bytes, orEqual: false)) } catch {
          return .failure(error)
        }
      }
      block = max(0, try below.get() - 1)
    }
    while block < index.count {
      let low = keys[block]
      let high = block + 1 < index.count ? keys[block + 1] : .max
      if mayHold(low, high) {
        blocks.append(Int32(block))
        block += 1
      } else if deadBytes > 0 {
        // All that starts like it is dead: the last block that does reaches further.
        let mask = UInt64.max >> UInt64(8 * deadBytes)
        block = max(block + 1, Self.firstAbove(low | mask, keys, from: block + 1, to: index.count) - 1)
      } else {
        block += 1
      }
    }
  }

  /// The first place whose key is above `key`, in steps that double.
  private static func firstAbove(_ key: UInt64, _ keys: KeyBlockIndex.SortKeys, from: Int, to end: Int) -> Int {
    var low = from
    var step = 1
    while low + step < end, keys[low + step] <= key {
      low += step
      step *= 2
    }
    var high = min(end, low + step)
    while low < high {
      let middle = (low + high) >> 1
      if keys[middle] <= key { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Ranges

  /// Whether a key from `low` to `high` can be accepted. In doubt (characters beyond ASCII, what stands behind the
  /// eighth byte) it can.
  private mutating func mayHold(_ low: UInt64, _ high: UInt64) -> Bool {
    deadBytes = 0
    var state = automaton.start
    let common = (low ^ high).leadingZeroBitCount / 8
    var at = 0
    while at < common {
      let byte = Self.byte(low, at)
      // The end of a short key, or a part of a character.
      if byte == 0 || byte >= 0x80 { return true }
      state = automaton.step(state, byte)
      at += 1
      if state == LazyAutomaton.dead {
        deadBytes = at
        return false
      }
    }
    if at == 8 { return true }
    let (first, last) = (Self.byte(low, at), Self.byte(high, at))
    if first == 0 || last >= 0x80 { return true }
    if isAlive(state, first &+ 1, last) { return true }
    return mayHoldAbove(automaton.step(state, first), low, at + 1)
      || mayHoldBelow(automaton.step(state, last), high, at + 1)
  }

  /// Whether a key can be accepted that is not below `low`, and like it up to `at`, where the automaton is in `state`.
  private func mayHoldAbove(_ state: Int32, _ low: UInt64, _ at: Int) -> Bool {
    var (state, at) = (state, at)
    while state != LazyAutomaton.dead {
      if at == 8 { return true }
      let byte = Self.byte(low, at)
      if byte == 0 || byte >= 0x80 || isAlive(state, byte + 1, 0x80) || automaton.mayLeaveASCII(state) { return true }
      state = automaton.step(state, byte)
      at += 1
    }
    return false
  }

  /// The same of keys below `high`.
  private func mayHoldBelow(_ state: Int32, _ high: UInt64, _ at: Int) -> Bool {
    var (state, at) = (state, at)
    while state != LazyAutomaton.dead {
      if at == 8 || automaton.isAccepting(state) { return true }
      let byte = Self.byte(high, at)
      if byte >= 0x80 || isAlive(state, 1, byte) { return true }
      if byte == 0 { return false }
      state = automaton.step(state, byte)
      at += 1
    }
    return false
  }

  /// Whether any character from `first` on, below `end`, leads further.
  private func isAlive(_ state: Int32, _ first: UInt8, _ end: UInt8) -> Bool {
    var byte = first
    while byte < end {
      if automaton.step(state, byte) != LazyAutomaton.dead { return true }
      byte += 1
    }
    return false
  }

  @inline(__always)
  private static func byte(_ key: UInt64, _ at: Int) -> UInt8 { UInt8(truncatingIfNeeded: key >> UInt64(56 - 8 * at)) }
}
