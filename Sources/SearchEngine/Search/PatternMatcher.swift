/// Tests forms against a pattern, character by character.
struct PatternMatcher {
  private enum Kind {
    case prefix
    case wildcard([WildcardStep])
    case fuzzy(FuzzyMatcher)
    case regexp(RegularExpression?)
  }

  enum WildcardStep: Equatable {
    case literal(Unicode.Scalar)
    case one, many
  }

  /// Every accepted form starts with these bytes.
  let prefix: [UInt8]
  private let kind: Kind

  init(_ pattern: PatternQuery.Pattern) {
    switch pattern {
    case .prefix(let bytes):
      prefix = bytes
      kind = .prefix
    case .wildcard(let bytes):
      let steps = Self.steps(bytes)
      var literal = ""
      for step in steps {
        guard case .literal(let scalar) = step else { break }
        literal.unicodeScalars.append(scalar)
      }
      prefix = Array(literal.utf8)
      kind = .wildcard(steps)
    case .fuzzy(let bytes, let distance):
      prefix = []
      kind = .fuzzy(FuzzyMatcher(bytes, distance: distance))
    case .regexp(let bytes):
      let expression = try? RegularExpression(String(decoding: bytes, as: UTF8.self))
      prefix = expression?.literalPrefix ?? []
      kind = .regexp(expression)
    }
  }

  func accepts(_ form: [UInt8]) -> Bool {
    switch kind {
    case .prefix: return form.starts(with: prefix)
    case .wildcard(let steps): return Self.matches(steps, Array(String(decoding: form, as: UTF8.self).unicodeScalars))
    case .fuzzy(let matcher): return matcher.accepts(form)
    case .regexp(let expression): return expression?.matches(form) ?? false
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

  /// Greedy with one point to return to: the last `*` is the only one that can still give.
  static func matches(_ steps: [WildcardStep], _ text: [Unicode.Scalar]) -> Bool {
    var step = 0
    var at = 0
    var star: Int?
    var starAt = 0
    while at < text.count {
      if step < steps.count, steps[step] == .many {
        star = step
        starAt = at
        step += 1
      } else if step < steps.count, steps[step] == .one || steps[step] == .literal(text[at]) {
        step += 1
        at += 1
      } else if let star {
        starAt += 1
        at = starAt
        step = star + 1
      } else {
        return false
      }
    }
    while step < steps.count, steps[step] == .many { step += 1 }
    return step == steps.count
  }
}

/// Forms within a distance of a word: insertions, deletions, substitutions and exchanges of neighbours (optimal string
/// alignment), counted in characters. Three rows of the table, and an end as soon as a row is all too far.
struct FuzzyMatcher {
  private let word: [Unicode.Scalar]
  private let distance: Int

  init(_ word: [UInt8], distance: Int) {
    self.word = Array(String(decoding: word, as: UTF8.self).unicodeScalars)
    self.distance = distance
  }

  func accepts(_ form: [UInt8]) -> Bool {
    // Every edit changes the length by at most one character; a character has at most four bytes.
    if form.count > (word.count + distance) * 4 || form.count + distance < word.count { return false }
    let text = Array(String(decoding: form, as: UTF8.self).unicodeScalars)
    if abs(text.count - word.count) > distance { return false }
    var before = [Int](repeating: 0, count: word.count + 1)
    var previous = Array(0...word.count)
    var row = before
    for j in 0..<text.count {
      row[0] = j + 1
      var least = row[0]
      for i in 0..<word.count {
        var cost = min(previous[i + 1] + 1, row[i] + 1, previous[i] + (word[i] == text[j] ? 0 : 1))
        if i > 0, j > 0, word[i] == text[j - 1], word[i - 1] == text[j] { cost = min(cost, before[i - 1] + 1) }
        row[i + 1] = cost
        least = min(least, cost)
      }
      // An exchange reaches back two rows.
      if least > distance, previous.min()! > distance { return false }
      (before, previous, row) = (previous, row, before)
    }
    return previous[word.count] <= distance
  }
}
