/// Regular expressions over whole terms: literals, `.`, classes `[a-z]` `[^…]`, `\d \w \s` and their opposites,
/// `* + ? {m,n}`, `|`, `( )`. `LazyAutomaton` runs them.
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

  let states: [State]
  let start: Int

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
}
