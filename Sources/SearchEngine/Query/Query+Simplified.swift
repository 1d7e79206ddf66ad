extension Query {
  /// The same documents and scores in fewer nodes: nested lists are flattened, clauses that cannot match or cannot
  /// change anything fall away, a word that is asked twice is one word with twice the weight.
  func simplified() -> Query {
    switch self {
    case .all, .none, .filter, .pattern: return self
    case .word(let word): return word.alternatives.isEmpty ? .none : self
    case .phrase(let phrase):
      if phrase.words.isEmpty || phrase.words.contains(where: \.alternatives.isEmpty) { return .none }
      if phrase.words.count == 1 {
        return .word(WordQuery(phrase.words[0].alternatives, scope: phrase.scope, boost: phrase.boost))
      }
      return self
    case .boolean(let boolean): return boolean.simplified()
    }
  }
}

extension BooleanQuery {
  /// A plain OR: nothing but `should`, of which one is enough.
  var isDisjunction: Bool { minimumShould == 1 && clauses.allSatisfy { $0.occur == .should } }
  /// A plain AND: every clause has to hold (or must not hold), on its own.
  var isConjunction: Bool { minimumShould == 0 && clauses.allSatisfy { $0.occur != .should } }

  func simplified() -> Query {
    var result: [Clause] = []
    for clause in clauses {
      let query = clause.query.simplified()
      switch (clause.occur, query) {
      case (.must, .none), (.filter, .none): return .none
      case (.should, .none), (.mustNot, .none), (.filter, .all): continue
      case (.mustNot, .all): return .none
      case (.should, .boolean(let inner)) where inner.isDisjunction && minimumShould <= 1:
        result += inner.clauses
      case (.must, .boolean(let inner)) where inner.isConjunction: result += inner.clauses
      case (.filter, .boolean(let inner)) where inner.isConjunction:
        result += inner.clauses.map { Clause($0.occur == .mustNot ? .mustNot : .filter, $0.query) }
      case (.mustNot, .boolean(let inner)) where inner.isDisjunction:
        result += inner.clauses.map { Clause(.mustNot, $0.query) }
      default: result.append(Clause(clause.occur, query))
      }
    }
    result = Self.merged(result)
    let should = result.count { $0.occur == .should }
    if should < minimumShould { return .none }
    let mustAll = result.contains { $0.occur == .must && $0.query == .all }
    if mustAll, result.contains(where: { $0.occur == .must && $0.query != .all }) {
      result.removeAll { $0.occur == .must && $0.query == .all }
    }
    if result.isEmpty { return .all }
    if result.count == 1, result[0].occur == .must || result[0].occur == .should && minimumShould == 1 {
      return result[0].query
    }
    return .boolean(BooleanQuery(result, minimumShould: minimumShould))
  }

  /// Words, phrases and patterns that stand twice under the same sign become one with the sum of the boosts, where counting
  /// clauses allows.
  private static func merged(_ clauses: [Clause]) -> [Clause] {
    // Few clauses are compared one by one: a person's query is not worth a table.
    let isShort = clauses.count <= 8
    var result: [Clause] = []
    var places: [Clause: Int] = [:]
    for clause in clauses {
      guard let boost = clause.query.boost else {
        result.append(clause)
        continue
      }
      let key = Clause(clause.occur, clause.query.boosted(1))
      let place =
        isShort
        ? result.firstIndex { $0.occur == key.occur && $0.query.boost != nil && $0.query.boosted(1) == key.query }
        : places[key]
      if let place, let earlier = result[place].query.boost {
        result[place].query = result[place].query.boosted(earlier + boost)
      } else {
        if !isShort { places[key] = result.count }
        result.append(clause)
      }
    }
    return result
  }
}

extension Query {
  /// Of words, phrases and patterns; nil for other nodes.
  fileprivate var boost: Float? {
    switch self {
    case .word(let word): word.boost
    case .phrase(let phrase): phrase.boost
    case .pattern(let pattern): pattern.boost
    case .all, .none, .filter, .boolean: nil
    }
  }

  fileprivate func boosted(_ boost: Float) -> Query {
    switch self {
    case .word(var word):
      word.boost = boost
      return .word(word)
    case .pattern(var pattern):
      pattern.boost = boost
      return .pattern(pattern)
    case .phrase(var phrase):
      phrase.boost = boost
      return .phrase(phrase)
    case .all, .none, .filter, .boolean: return self
    }
  }
}
