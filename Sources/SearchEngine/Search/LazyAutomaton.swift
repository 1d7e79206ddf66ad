/// The deterministic automaton of a pattern, made state by state as texts ask for it. One per thread.
///
/// Time and memory are bounded whatever the pattern: a state costs as much work as it has states of the pattern in it,
/// and once the work is used up the automaton is `isExhausted` and accepts nothing more.
final class LazyAutomaton {
  /// From here no text is accepted.
  static let dead: Int32 = 0
  static let maximumStates = 8192
  /// Visits of states of the pattern; a visit costs some 20 ns.
  static let maximumWork = 200_000
  /// What a new state costs besides, in visits.
  private static let stateWork = 64

  let literalPrefix: [UInt8]
  private(set) var start = LazyAutomaton.dead
  private(set) var isExhausted = false
  private var work = 0
  private let pattern: [RegularExpression.State]
  /// For each state and ASCII character the next state, -1 where it is not known yet.
  private let ascii: UnsafeMutablePointer<Int32>
  /// The same for other characters: state in the high half, character in the low one.
  private var others: [UInt64: Int32] = [:]
  private var members: [[Int32]] = [[]]
  private let accepting: UnsafeMutablePointer<Bool>
  private var numbers: [[Int32]: Int32] = [[]: LazyAutomaton.dead]
  /// For each state of the pattern the last round in which it was met.
  private var met: [UInt32]
  private var round: UInt32 = 0
  private var stack: [Int32] = []

  init(_ pattern: PatternAutomaton) {
    self.pattern = pattern.states
    literalPrefix = pattern.literalPrefix
    ascii = .allocate(capacity: Self.maximumStates << 7)
    ascii.initialize(repeating: Self.dead, count: 128)
    accepting = .allocate(capacity: Self.maximumStates)
    accepting.initialize(to: false)
    met = Array(repeating: 0, count: pattern.states.count)
    if !pattern.isEmpty { start = close([Int32(pattern.start)]) }
  }

  convenience init(_ pattern: PatternQuery.Pattern) { self.init(PatternAutomaton(pattern)) }

  /// The first character as it is, and what is within `distance` edits of the rest.
  convenience init(_ first: Unicode.Scalar, fuzzy rest: [UInt8], distance: Int) {
    self.init(PatternAutomaton(first, fuzzy: rest, distance: distance))
  }

  deinit {
    ascii.deallocate()
    accepting.deallocate()
  }

  @inline(__always)
  func isAccepting(_ state: Int32) -> Bool { accepting[Int(state)] }

  @inline(__always)
  func step(_ state: Int32, _ scalar: Unicode.Scalar) -> Int32 {
    if scalar.value < 0x80 {
      let next = ascii[Int(state) << 7 | Int(scalar.value)]
      if next >= 0 { return next }
    }
    return make(state, scalar)
  }

  @inline(__always)
  func step(_ state: Int32, _ ascii: UInt8) -> Int32 {
    let next = self.ascii[Int(state) << 7 | Int(ascii)]
    return next >= 0 ? next : make(state, Unicode.Scalar(ascii))
  }

  /// Steps over the character at `at`; U+FFFD for a byte that starts none.
  @inline(__always)
  func step(_ state: Int32, in bytes: UnsafeRawBufferPointer, _ at: inout Int) -> Int32 {
    let first = bytes[at]
    at += 1
    return first < 0x80 ? step(state, first) : step(state, Self.scalar(first, in: bytes, &at))
  }

  /// The character of several bytes that begins with `first`, which stands in front of `at`.
  private static func scalar(_ first: UInt8, in bytes: UnsafeRawBufferPointer, _ at: inout Int) -> Unicode.Scalar {
    let rest = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0
    guard rest > 0, at + rest <= bytes.count else { return "\u{FFFD}" }
    var value = UInt32(first) & (0x3F >> UInt32(rest))
    for _ in 0..<rest {
      value = value << 6 | UInt32(bytes[at] & 0x3F)
      at += 1
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// Whether a character beyond ASCII may lead further.
  func mayLeaveASCII(_ state: Int32) -> Bool {
    members[Int(state)].contains { member in
      guard case .character(let set, _) = pattern[Int(member)] else { return false }
      return set.isNegated || set.ranges.contains { $0.upperBound >= 0x80 }
    }
  }

  private func make(_ state: Int32, _ scalar: Unicode.Scalar) -> Int32 {
    if state == Self.dead { return Self.dead }
    let key = UInt64(state) << 32 | UInt64(scalar.value)
    if scalar.value >= 0x80, let known = others[key] { return known }
    var next: [Int32] = []
    work += members[Int(state)].count
    for member in members[Int(state)] {
      if case .character(let set, let target) = pattern[Int(member)], set.contains(scalar) {
        next.append(Int32(target))
      }
    }
    let number = close(next)
    if isExhausted { return Self.dead }
    if scalar.value < 0x80 { ascii[Int(state) << 7 | Int(scalar.value)] = number } else { others[key] = number }
    return number
  }

  /// The number of the state that stands for all that is reached from `seeds` without a character.
  private func close(_ seeds: [Int32]) -> Int32 {
    round += 1
    var set: [Int32] = []
    stack = seeds
    while let state = stack.popLast() {
      if met[Int(state)] == round { continue }
      met[Int(state)] = round
      work += 1
      switch pattern[Int(state)] {
      case .split(let a, let b):
        stack.append(Int32(b))
        stack.append(Int32(a))
      case .character, .accept: set.append(state)
      }
    }
    set.sort()
    if let known = numbers[set] { return known }
    guard members.count < Self.maximumStates, work < Self.maximumWork else {
      isExhausted = true
      return Self.dead
    }
    work += Self.stateWork
    let number = Int32(members.count)
    (ascii + (Int(number) << 7)).initialize(repeating: -1, count: 128)
    (accepting + Int(number)).initialize(to: set.contains { pattern[Int($0)] == .accept })
    members.append(set)
    numbers[set] = number
    return number
  }

  /// Whether the pattern accepts a whole form.
  func accepts(_ form: [UInt8]) -> Bool {
    var state = start
    for scalar in String(decoding: form, as: UTF8.self).unicodeScalars {
      state = step(state, scalar)
      if state == Self.dead { return false }
    }
    return isAccepting(state)
  }
}
