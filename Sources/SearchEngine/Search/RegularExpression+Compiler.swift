extension RegularExpression {
  /// Recursive descent over the expression; builds the automaton from syntax nodes, back to front.
  struct Compiler {
    indirect enum Node {
      case empty
      case set(CharacterSet)
      case sequence([Node])
      case choice([Node])
      case repeated(Node, Int, Int?)
    }

    private static let maximumDepth = 64
    private static let maximumCount = 255

    private let scalars: [Unicode.Scalar]
    private var at = 0
    private var depth = 0
    private(set) var states: [State] = [.accept]

    init(_ expression: String) { scalars = Array(expression.unicodeScalars) }

    /// Answers the start state.
    mutating func compile() throws(Failure) -> Int {
      let node = try choice()
      if at < scalars.count { throw failure("a closing parenthesis without its partner") }
      return try emit(node, next: 0)
    }

    private func failure(_ reason: String) -> Failure { Failure(position: at, reason: reason) }

    // MARK: Syntax

    private mutating func choice() throws(Failure) -> Node {
      depth += 1
      defer { depth -= 1 }
      if depth > Self.maximumDepth { throw failure("parentheses nest too deeply") }
      var branches = [try sequence()]
      while at < scalars.count, scalars[at] == "|" {
        at += 1
        branches.append(try sequence())
      }
      return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(Failure) -> Node {
      var items: [Node] = []
      while at < scalars.count, scalars[at] != "|", scalars[at] != ")" {
        var item = try atom()
        while at < scalars.count, let (least, most) = try count() { item = .repeated(item, least, most) }
        items.append(item)
      }
      return items.isEmpty ? .empty : .sequence(items)
    }

    private mutating func count() throws(Failure) -> (Int, Int?)? {
      switch scalars[at] {
      case "*":
        at += 1
        return (0, nil)
      case "+":
        at += 1
        return (1, nil)
      case "?":
        at += 1
        return (0, 1)
      case "{":
        at += 1
        guard let least = number() else { throw failure("a number is missing behind {") }
        var most: Int? = least
        if at < scalars.count, scalars[at] == "," {
          at += 1
          most = number()
        }
        guard at < scalars.count, scalars[at] == "}" else { throw failure("} is missing") }
        at += 1
        if let most, most < least { throw failure("the counts are in the wrong order") }
        return (least, most)
      default: return nil
      }
    }

    private mutating func number() -> Int? {
      var value: Int?
      while at < scalars.count, scalars[at].isASCIIDigit {
        value = min((value ?? 0) * 10 + Int(scalars[at].value - 0x30), Self.maximumCount)
        at += 1
      }
      return value
    }

    private mutating func atom() throws(Failure) -> Node {
      let scalar = scalars[at]
      at += 1
      switch scalar {
      case "(":
        let node = try choice()
        guard at < scalars.count, scalars[at] == ")" else { throw failure(") is missing") }
        at += 1
        return node
      case "[": return .set(try bracket())
      case ".": return .set(CharacterSet(ranges: [], isNegated: true))
      case "\\": return .set(try escaped())
      case "*", "+", "?", "{":
        at -= 1
        throw failure("\(scalar) has nothing to repeat")
      default: return .set(CharacterSet(ranges: [scalar.value...scalar.value]))
      }
    }

    private mutating func escaped() throws(Failure) -> CharacterSet {
      guard at < scalars.count else { throw failure("the expression ends in a backslash") }
      let scalar = scalars[at]
      at += 1
      let digits: [ClosedRange<UInt32>] = [0x30...0x39]
      let words: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A, 0xAA...0x10FFFF]
      let spaces: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x2000...0x200A, 0x3000...0x3000]
      switch scalar {
      case "d": return CharacterSet(ranges: digits)
      case "D": return CharacterSet(ranges: digits, isNegated: true)
      case "w": return CharacterSet(ranges: words)
      case "W": return CharacterSet(ranges: words, isNegated: true)
      case "s": return CharacterSet(ranges: spaces)
      case "S": return CharacterSet(ranges: spaces, isNegated: true)
      default: return CharacterSet(ranges: [scalar.value...scalar.value])
      }
    }

    private mutating func bracket() throws(Failure) -> CharacterSet {
      var set = CharacterSet(ranges: [])
      if at < scalars.count, scalars[at] == "^" {
        set.isNegated = true
        at += 1
      }
      var isFirst = true
      while true {
        guard at < scalars.count else { throw failure("] is missing") }
        if scalars[at] == "]", !isFirst { break }
        isFirst = false
        if scalars[at] == "\\" {
          at += 1
          let inner = try escaped()
          if inner.isNegated { throw failure("an opposite class cannot stand in brackets") }
          set.ranges += inner.ranges
          continue
        }
        let low = scalars[at].value
        at += 1
        if at + 1 < scalars.count, scalars[at] == "-", scalars[at + 1] != "]" {
          let high = scalars[at + 1].value
          if high < low { throw failure("the range is in the wrong order") }
          at += 2
          set.ranges.append(low...high)
        } else {
          set.ranges.append(low...low)
        }
      }
      at += 1
      return set
    }

    // MARK: Automaton

    private mutating func append(_ state: State) throws(Failure) -> Int {
      if states.count == RegularExpression.maximumStates { throw failure("the expression is too large") }
      states.append(state)
      return states.count - 1
    }

    /// Builds the part for `node` in front of the state `next`; answers its first state.
    private mutating func emit(_ node: Node, next: Int) throws(Failure) -> Int {
      switch node {
      case .empty: return next
      case .set(let set): return try append(.character(set, next: next))
      case .sequence(let items):
        var next = next
        for item in items.reversed() { next = try emit(item, next: next) }
        return next
      case .choice(let branches):
        var first = try emit(branches[branches.count - 1], next: next)
        for branch in branches.dropLast().reversed() {
          let start = try emit(branch, next: next)
          first = try append(.split(start, first))
        }
        return first
      case .repeated(let item, let least, let most):
        var next = next
        if let most {
          let end = next
          for _ in least..<max(least, most) {
            let start = try emit(item, next: next)
            next = try append(.split(start, end))
          }
        } else {
          let loop = try append(.split(next, next))
          let start = try emit(item, next: loop)
          states[loop] = .split(start, next)
          next = loop
        }
        for _ in 0..<least {
          let start = try emit(item, next: next)
          if start == next { break }  // nothing, any number of times
          next = start
        }
        return next
      }
    }
  }
}
