/// A pattern as a nondeterministic automaton over the characters of a whole form.
///
/// Wildcards and regular expressions are Thompson's construction; a fuzzy word is the Levenshtein automaton with
/// exchanges of neighbours (optimal string alignment), whose states are (characters read, edits made).
///
/// Sources: Ken Thompson, "Regular expression search algorithm", CACM 11(6), 1968; Klaus Schulz and Stoyan Mihov,
/// "Fast string correction with Levenshtein automata", IJDAR 5, 2002.
struct PatternAutomaton {
  private(set) var states: [RegularExpression.State] = [.accept]
  private(set) var start = 0
  /// Every accepted form starts with these bytes.
  private(set) var literalPrefix: [UInt8] = []
  /// No form can be accepted: the pattern is longer than the longest form.
  private(set) var isEmpty = false

  init(_ pattern: PatternQuery.Pattern) {
    switch pattern {
    case .prefix(let bytes):
      literalPrefix = bytes
      isEmpty = bytes.count > TermLayout.longest
      if isEmpty { return }
      addStar()
      for scalar in Self.scalars(bytes).reversed() { add(.character(.one(scalar), next: start)) }
    case .wildcard(let bytes): addWildcard(Self.steps(bytes))
    case .fuzzy(let bytes, let distance): addFuzzy(Self.scalars(bytes), distance)
    case .regexp(let bytes):
      guard let expression = try? RegularExpression(String(decoding: bytes, as: UTF8.self)) else {
        isEmpty = true
        return
      }
      states = expression.states
      start = expression.start
      literalPrefix = expression.literalPrefix
    }
  }

  /// A fuzzy word behind a character that has to be there.
  init(_ first: Unicode.Scalar, fuzzy rest: [UInt8], distance: Int) {
    addFuzzy(Self.scalars(rest), distance)
    if isEmpty { return }
    add(.character(.one(first), next: start))
    literalPrefix = Array(String(first).utf8)
  }

  private static func scalars(_ bytes: [UInt8]) -> [Unicode.Scalar] {
    Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
  }

  /// Puts a state in front of all others.
  private mutating func add(_ state: RegularExpression.State) {
    states.append(state)
    start = states.count - 1
  }

  private mutating func addStar() {
    let loop = states.count
    states.append(.split(loop + 1, start))
    states.append(.character(.any, next: loop))
    start = loop
  }

  // MARK: Wildcards

  enum WildcardStep: Equatable {
    case literal(Unicode.Scalar)
    case one, many
  }

  private mutating func addWildcard(_ steps: [WildcardStep]) {
    isEmpty = steps.count { $0 != .many } > TermLayout.longest
    if isEmpty { return }
    var prefix = ""
    for step in steps {
      guard case .literal(let scalar) = step else { break }
      prefix.unicodeScalars.append(scalar)
    }
    literalPrefix = Array(prefix.utf8)
    for step in steps.reversed() {
      switch step {
      case .literal(let scalar): add(.character(.one(scalar), next: start))
      case .one: add(.character(.any, next: start))
      case .many: addStar()
      }
    }
  }

  static func steps(_ pattern: [UInt8]) -> [WildcardStep] {
    var steps: [WildcardStep] = []
    var isLiteral = false
    for scalar in String(decoding: pattern, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\\" where !isLiteral:
        isLiteral = true
        continue
      case "*" where !isLiteral: if steps.last != .many { steps.append(.many) }
      case "?" where !isLiteral: steps.append(.one)
      default: steps.append(.literal(scalar))
      }
      isLiteral = false
    }
    if isLiteral { steps.append(.literal("\\")) }
    return steps
  }

  // MARK: Fuzzy words

  private mutating func addFuzzy(_ word: [Unicode.Scalar], _ distance: Int) {
    isEmpty = word.count > TermLayout.longest + distance
    if isEmpty { return }
    // The head of (i, e): i characters of the word are accounted for, with e edits.
    let heads = states.count
    func head(_ i: Int, _ e: Int) -> Int { heads + i * (distance + 1) + e }
    states += Array(repeating: .accept, count: (word.count + 1) * (distance + 1))
    for i in 0...word.count {
      for e in 0...distance {
        var ways: [Int] = []
        func way(_ state: RegularExpression.State) {
          states.append(state)
          ways.append(states.count - 1)
        }
        if i == word.count {
          ways.append(0)
        } else {
          way(.character(.one(word[i]), next: head(i + 1, e)))
        }
        if e < distance {
          way(.character(.any, next: head(i, e + 1)))  // a character more
          if i < word.count {
            ways.append(head(i + 1, e + 1))  // one less
            way(.character(.any, next: head(i + 1, e + 1)))  // another one
          }
          if i + 1 < word.count {
            way(.character(.one(word[i]), next: head(i + 2, e + 1)))
            ways[ways.count - 1] = states.count
            states.append(.character(.one(word[i + 1]), next: states.count - 1))
          }
        }
        var first = ways[ways.count - 1]
        for way in ways.dropLast().reversed() {
          states.append(.split(way, first))
          first = states.count - 1
        }
        states[head(i, e)] = .split(first, first)
      }
    }
    start = head(0, 0)
  }
}

extension RegularExpression.CharacterSet {
  static var any: Self { Self(ranges: [], isNegated: true) }
  static func one(_ scalar: Unicode.Scalar) -> Self { Self(ranges: [scalar.value...scalar.value]) }
}
