/// Remembers a number for each term that was looked at: open addressing over the tokens' own hashes, terms in one
/// arena. A dictionary of arrays costs an allocation a term, and a fresh process a millisecond's tenth to make its type.
struct TermMemo {
  private struct Slot {
    var hash: UInt64 = 0
    var start = 0
    var count = -1
    var value = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 512)
  private var arena: [UInt8] = []
  private var used = 0

  /// Terms beyond this many are forgotten altogether: texts without end must not fill the memory.
  static let most = 1 << 16

  /// The number of the term, nil where it was not seen yet. `hash` is the term's own.
  func value(_ term: UnsafeRawBufferPointer, _ hash: UInt64) -> Int? {
    var place = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[place].count >= 0 {
      if slots[place].hash == hash, isSame(slots[place], term) { return slots[place].value }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  private func isSame(_ slot: Slot, _ term: UnsafeRawBufferPointer) -> Bool {
    slot.count == term.count
      && arena.withUnsafeBytes { bytes in
        for index in 0..<term.count where bytes[slot.start + index] != term[index] { return false }
        return true
      }
  }

  /// Remembers a term that was not seen yet.
  mutating func insert(_ term: UnsafeRawBufferPointer, _ hash: UInt64, _ value: Int) {
    if used == Self.most { self = TermMemo() }
    if 2 * used >= slots.count { grow() }
    put(Slot(hash: hash, start: arena.count, count: term.count, value: value))
    arena.append(contentsOf: term)
    used += 1
  }

  private mutating func put(_ slot: Slot) {
    var place = Int(truncatingIfNeeded: slot.hash) & (slots.count - 1)
    while slots[place].count >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.count >= 0 { put(slot) }
  }
}
