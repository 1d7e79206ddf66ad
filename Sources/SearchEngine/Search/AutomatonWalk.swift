/// Runs an automaton over sorted, front-coded keys. What a key shares with the one before is not read again, keys
/// behind a dead beginning are skipped unread, and whole blocks of them are jumped over.
struct AutomatonWalk: ~Copyable {
  private let automaton: LazyAutomaton
  /// The current key, and after each of its whole characters (by the byte where it ends) the state there. One byte
  /// more than a key has, for the state in front of it.
  private let key = UnsafeMutablePointer<UInt8>.allocate(capacity: TermLayout.longest)
  private let states = UnsafeMutablePointer<Int32>.allocate(capacity: TermLayout.longest + 1)
  private var count = 0
  /// Keys that keep so many bytes of `key` are not accepted; the greatest number for none.
  private var dead = Int.max
  /// Keys and characters that may still be read.
  private let budget: Int
  private(set) var used = 0

  init(_ automaton: LazyAutomaton, budget: Int) {
    self.automaton = automaton
    self.budget = budget
    states[0] = automaton.start
  }

  deinit {
    key.deallocate()
    states.deallocate()
  }

  /// Calls `body` for each block that holds an accepted key, with the keys and their places in the block.
  /// - Parameter blocks: Those that can hold any, increasing.
  /// - Returns: false if the budget or the automaton's was used up, or `body` answered false, before the end.
  mutating func run(
    _ index: KeyBlockIndex, _ blocks: [Int32],
    _ body: (Int, KeyReader, [(place: Int, key: [UInt8])]) throws(IndexError) -> Bool
  ) throws(IndexError) -> Bool {
    var accepted: [(place: Int, key: [UInt8])] = []
    // Blocks below are dead.
    var next = 0
    for block in blocks where block >= next {
      let block = Int(block)
      let bytes = try index.block(block)
      var keys = try KeyReader(bytes, index.corrupt(block))
      count = 0
      dead = .max
      accepted.removeAll(keepingCapacity: true)
      var place = 0
      while keys.next() {
        if step(keys.shared, keys.rest) {
          accepted.append((place, Array(UnsafeBufferPointer(start: key, count: count))))
        }
        place += 1
      }
      if keys.left > 0 { throw index.corrupt(block) }
      used += place
      if !accepted.isEmpty, !(try body(block, keys, accepted)) { return false }
      if automaton.isExhausted || used > budget { return false }
      // The last key was dead: so is all that starts like it. What the first eight bytes tell is known already.
      guard dead < .max, dead > 8 else { continue }
      guard let target = Self.successor(Array(UnsafeBufferPointer(start: key, count: dead))) else { return true }
      next = try Self.blocks(index, below: target) - 1
    }
    return true
  }

  /// - Returns: Whether the key is accepted.
  @inline(__always)
  private mutating func step(_ shared: Int, _ rest: UnsafeRawBufferPointer) -> Bool {
    if shared >= dead { return false }
    dead = .max
    if let from = rest.baseAddress {
      UnsafeMutableRawPointer(key + shared).copyMemory(from: from, byteCount: rest.count)
    }
    count = shared + rest.count
    var at = shared
    // What is shared may end inside a character.
    if at < count { while at > 0, key[at] & 0xC0 == 0x80 { at -= 1 } }
    var state = states[at]
    while at < count {
      state = automaton.step(state, in: UnsafeRawBufferPointer(start: key, count: count), &at)
      used += 1
      if state == LazyAutomaton.dead {
        dead = at
        return false
      }
      states[at] = state
    }
    return automaton.isAccepting(state)
  }

  /// The first byte string behind all that start with `prefix`; nil where there is none.
  private static func successor(_ prefix: [UInt8]) -> [UInt8]? {
    var bytes = prefix
    while let last = bytes.popLast() {
      if last < 0xFF {
        bytes.append(last + 1)
        return bytes
      }
    }
    return nil
  }

  private static func blocks(_ index: KeyBlockIndex, below key: [UInt8]) throws(IndexError) -> Int {
    if key.isEmpty { return 0 }
    let result: Result<Int, IndexError> = key.withUnsafeBytes { bytes in
      do throws(IndexError) { return .success(try index.blocks(below: bytes, orEqual: false)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
