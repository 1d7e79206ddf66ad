/// Regular expressions over whole terms: literals, `.`, classes `[a-z]` `[^…]`, `\d \w \s` and their opposites,
/// `* + ? {m,n}`, `|`, `( )`. Simulated as a set of states (Thompson), so no expression is slow: O(form · states).
///
/// Source: Ken Thompson, "Regular expression search algorithm", CACM 11(6), 1968.
struct RegularExpression {
  struct Failure: Error, Equatable {
    /// In characters of the expression.
    var position: Int
    var reason: String
  }

  /// More states than these (from nested counts) are refused.
  static let maximumStates = 4096

  enum State: Equatable {
    case character(CharacterSet, next: Int)
    case split(Int, Int)
    case accept
  }

  /// Ranges of characters, or all others.
  struct CharacterSet: Equatable {
    var ranges: [ClosedRange<UInt32>]
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
      ranges.contains { $0.contains(scalar.value) } != isNegated
    }
  }

  private let states: [State]
  private let start: Int

  init(_ expression: String) throws(Failure) {
    var compiler = Compiler(expression)
    start = try compiler.compile()
    states = compiler.states
  }

  /// Bytes with which every matching term starts.
  var literalPrefix: [UInt8] {
    var prefix = ""
    var state = start
    while case .character(let set, let next) = states[state], !set.isNegated, set.ranges.count == 1,
      set.ranges[0].count == 1, let scalar = Unicode.Scalar(set.ranges[0].lowerBound)
    {
      prefix.unicodeScalars.append(scalar)
      state = next
    }
    return Array(prefix.utf8)
  }

  /// Whether the whole term matches.
  func matches(_ term: [UInt8]) -> Bool {
    var current: [Int] = []
    var isMember = Array(repeating: false, count: states.count)
    var stack: [Int] = []
    func add(_ state: Int, _ set: inout [Int]) {
      stack.append(state)
      while let state = stack.popLast() {
        if isMember[state] { continue }
        isMember[state] = true
        switch states[state] {
        case .split(let a, let b):
          stack.append(b)
          stack.append(a)
        case .character, .accept: set.append(state)
        }
      }
    }
    add(start, &current)
    for scalar in String(decoding: term, as: UTF8.self).unicodeScalars {
      var following: [Int] = []
      for index in isMember.indices { isMember[index] = false }
      for state in current {
        if case .character(let set, let next) = states[state], set.contains(scalar) { add(next, &following) }
      }
      if following.isEmpty { return false }
      current = following
    }
    return current.contains { states[$0] == .accept }
  }
}
