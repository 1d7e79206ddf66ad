/// Runs an automaton over sorted, front-coded keys. What a key shares with the one before is not read again, keys
/// behind a dead beginning are skipped unread, and whole blocks of them are jumped over.
struct AutomatonWalk {
  private let automaton: LazyAutomaton
  private var key: [UInt8] = []
  /// After each whole character of `key`: where it ends, and the state there.
  private var ends: [Int] = []
  private var states: [Int32] = []
  /// Keys that keep so many bytes of `key` are not accepted.
  private var dead: Int?
  /// Keys and characters that may still be read.
  private let budget: Int
  private(set) var used = 0

  init(_ automaton: LazyAutomaton, budget: Int) {
    self.automaton = automaton
    self.budget = budget
  }

  /// Calls `body` for each block that holds an accepted key, with the keys and their places in the block.
  /// - Returns: false if the budget or the automaton's was used up, or `body` answered false, before the end.
  mutating func run(
    _ index: KeyBlockIndex, _ body: (Int, KeyReader, [(place: Int, key: [UInt8])]) throws(IndexError) -> Bool
  ) throws(IndexError) -> Bool {
    let prefix = automaton.literalPrefix
    var block = max(0, try Self.blocks(index, below: prefix) - 1)
    var accepted: [(place: Int, key: [UInt8])] = []
    while block < index.count {
      let bytes = try index.block(block)
      var keys = try KeyReader(bytes, index.corrupt(block))
      reset()
      accepted.removeAll(keepingCapacity: true)
      var place = 0
      while keys.next() {
        if step(keys.shared, keys.rest) { accepted.append((place, key)) }
        place += 1
      }
      if keys.left > 0 { throw index.corrupt(block) }
      used += place
      if !accepted.isEmpty, !(try body(block, keys, accepted)) { return false }
      if automaton.isExhausted || used > budget { return false }
      block += 1
      guard let dead, block < index.count else { continue }
      // The last key was dead: so is all that starts like it.
      guard let target = Self.successor(key[..<dead]) else { return true }
      if !prefix.isEmpty, !target.starts(with: prefix), prefix.lexicographicallyPrecedes(target) { return true }
      block = max(block, try Self.blocks(index, below: target) - 1)
    }
    return true
  }

  private mutating func reset() {
    key.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    states.removeAll(keepingCapacity: true)
    dead = nil
  }

  /// - Returns: Whether the key is accepted.
  private mutating func step(_ shared: Int, _ rest: UnsafeRawBufferPointer) -> Bool {
    if let dead {
      if shared >= dead { return false }
      self.dead = nil
    }
    key.removeSubrange(shared...)
    key.append(contentsOf: rest)
    while let end = ends.last, end > shared {
      ends.removeLast()
      states.removeLast()
    }
    var state = states.last ?? automaton.start
    var at = ends.last ?? 0
    let count = key.count
    return key.withUnsafeBufferPointer { bytes in
      while at < count {
        let scalar: Unicode.Scalar
        if bytes[at] < 0x80 {
          scalar = Unicode.Scalar(bytes[at])
          at += 1
        } else {
          scalar = Self.decode(bytes, &at)
        }
        state = automaton.step(state, scalar)
        used += 1
        if state == LazyAutomaton.dead {
          dead = at
          return false
        }
        ends.append(at)
        states.append(state)
      }
      return automaton.isAccepting(state)
    }
  }

  /// The character at `at`; U+FFFD for a byte that starts none.
  private static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Unicode.Scalar {
    let first = UInt32(bytes[at])
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    guard width > 1, at + width <= bytes.count else {
      at += 1
      return "\u{FFFD}"
    }
    var value = first & (0xFF >> UInt32(width + 1))
    for index in (at + 1)..<(at + width) { value = value << 6 | UInt32(bytes[index] & 0x3F) }
    at += width
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// The first byte string behind all that start with `prefix`; nil where there is none.
  private static func successor(_ prefix: ArraySlice<UInt8>) -> [UInt8]? {
    var bytes = Array(prefix)
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
