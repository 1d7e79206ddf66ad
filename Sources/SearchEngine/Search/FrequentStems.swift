/// The most frequent stems of which a pattern accepts a form, for patterns that stand for too much to be looked up as a
/// whole: the blocks of the dictionary with the longest postings are read, which are few (most of a vocabulary occurs
/// once), and the forms of their stems compared.
///
/// Bounded by a number of blocks: the same query on the same index always reads the same ones.
struct FrequentStems: ~Copyable {
  struct Found {
    /// Passages that hold an accepted form, about.
    var passages: UInt32
    var block: Int32
    var place: UInt8
    /// The wanted forms; nil: all.
    var codes: CodeSet?
  }

  /// What a block costs, in keys and characters that an `AutomatonWalk` reads.
  static let blockCost = 800
  /// The best so many are kept.
  static let most = 2 * PatternExpansion.maximumForms

  /// The best ones, by falling number of passages, equal ones in the order of the dictionary.
  private(set) var found: [Found] = []
  private(set) var blocksRead = 0

  private let automaton: LazyAutomaton
  private let dictionary: TermDictionary
  /// What has fewer passages is not among the best.
  private var floor: UInt32 = 1
  /// The current key, and after each of its whole characters the state there, up to `alive`.
  private let key = UnsafeMutablePointer<UInt8>.allocate(capacity: TermLayout.longest)
  private let states = UnsafeMutablePointer<Int32>.allocate(capacity: TermLayout.longest + 1)
  private var count = 0
  private var alive = 0

  /// - Parameters:
  ///   - live: The blocks that can hold what the pattern accepts, increasing.
  ///   - limit: So many of them are read.
  init(
    _ automaton: LazyAutomaton, _ dictionary: TermDictionary, _ live: [Int32], _ sizes: PostingSizes, limit: Int
  ) throws(IndexError) {
    self.automaton = automaton
    self.dictionary = dictionary
    states[0] = automaton.start
    for block in try sizes.longest(live, limit: limit) {
      try read(Int(block))
      blocksRead += 1
      if found.count >= 4 * Self.most { prune() }
      if automaton.isExhausted { break }
    }
    prune()
  }

  deinit {
    key.deallocate()
    states.deallocate()
  }

  // MARK: A block

  private mutating func read(_ block: Int) throws(IndexError) {
    let index = dictionary.index
    var keys = try KeyReader(try index.block(block), index.corrupt(block))
    defer { withExtendedLifetime(keys) {} }
    var infos = try TermInfoReader(dictionary, block: block, keys.tail, keys.flags)
    var info = TermInfo()
    alive = 0
    var place: UInt8 = 0
    while keys.next() {
      try infos.next(&info)
      if let from = keys.rest.baseAddress {
        UnsafeMutableRawPointer(key + keys.shared).copyMemory(from: from, byteCount: keys.rest.count)
      }
      count = keys.shared + keys.rest.count
      walk(from: keys.shared)
      if info.passageFrequency >= floor { try take(info, block, place) }
      place += 1
    }
    if keys.left > 0 { throw index.corrupt(block) }
  }

  /// Brings the states up to date with the key.
  private mutating func walk(from shared: Int) {
    var at = min(alive, shared)
    // What is shared may end inside a character.
    while at > 0, at < count, key[at] & 0xC0 == 0x80 { at -= 1 }
    alive = at
    var state = states[at]
    let bytes = UnsafeRawBufferPointer(start: key, count: count)
    while at < count {
      state = automaton.step(state, in: bytes, &at)
      if state == LazyAutomaton.dead { return }
      states[at] = state
      alive = at
    }
  }

  private mutating func take(_ info: TermInfo, _ block: Int, _ place: UInt8) throws(IndexError) {
    if info.hasTrivialForm {
      guard alive == count, automaton.isAccepting(states[alive]) else { return }
      found.append(Found(passages: info.passageFrequency, block: Int32(block), place: place, codes: nil))
      return
    }
    var codes: [UInt32] = []
    var passages: UInt64 = 0
    try dictionary.forEachForm(of: info, count: count) { code, cut, rest, frequency, _ in
      guard accepts(cut, rest) else { return }
      codes.append(code)
      passages += UInt64(frequency)
    }
    if codes.isEmpty { return }
    let number = UInt32(min(passages, UInt64(info.passageFrequency)))
    if number < floor { return }
    found.append(
      Found(
        passages: number, block: Int32(block), place: place,
        codes: codes.count == Int(info.formCount) ? nil : CodeSet(codes)))
  }

  /// Whether the pattern accepts the key with an edit made.
  private func accepts(_ cut: Int, _ rest: UnsafeRawBufferPointer) -> Bool {
    let kept = count - cut
    if kept > alive { return false }
    // The states inside of a character are none.
    if kept < count, kept > 0, key[kept] & 0xC0 == 0x80 || (rest.first ?? 0) & 0xC0 == 0x80 {
      return automaton.accepts(Array(UnsafeBufferPointer(start: key, count: kept)) + Array(rest))
    }
    var state = states[kept]
    var at = 0
    while at < rest.count, state != LazyAutomaton.dead { state = automaton.step(state, in: rest, &at) }
    return automaton.isAccepting(state)
  }

  // MARK: The best

  private mutating func prune() {
    found.sort { a, b in
      if a.passages != b.passages { return a.passages > b.passages }
      return a.block != b.block ? a.block < b.block : a.place < b.place
    }
    if found.count > Self.most {
      found.removeSubrange(Self.most...)
      floor = found[Self.most - 1].passages
    }
  }
}
