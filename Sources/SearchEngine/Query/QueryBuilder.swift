internal import TextAnalysis

/// Turns one syntax tree into a query; collects notes on the way.
struct QueryBuilder {
  let analyzer: QueryAnalyzer
  private let whole: Range<Int>
  private(set) var notes: [QueryNote] = []
  /// Inside a NOT: what must not occur is never guessed.
  private(set) var isExcluded = false
  /// A query of more different words is searched with the first of them.
  static let maximumWords = 256
  /// A phrase of more words is compared up to there.
  static let maximumPhrase = 64
  private var words = Numbering<String>()
  private var hasTooManyWords = false
  /// A word that is cut into several is a phrase, which costs as much as a few words.
  var extraCost = 0
  static let phraseCost = 9
  /// Words that also stand as a whole (`getUserName`), and of how many of them the row of pieces is searched.
  var rowsOfPieces = 0
  static let maximumRowsOfPieces = 16
  /// A pattern reads the dictionary, and stands for many words.
  static let patternCost = 31
  /// Looking for what was meant reads the dictionary: so many words of a query are looked for at most.
  var correctionsLeft = 4
  /// What was meant by words that the index does not hold, by their forms.
  var corrections: [[UInt8]: (form: [UInt8], stems: [[UInt8]])] = [:]

  init(_ analyzer: QueryAnalyzer, queryLength: Int) {
    self.analyzer = analyzer
    whole = 0..<queryLength
  }

  mutating func note(_ message: String) { notes.append(QueryNote(range: whole, message: message)) }

  /// Whether a word or pattern may still be added to the query; says so once if not.
  private mutating func admits(_ text: String) -> Bool {
    if words.number(of: text) != nil { return true }
    guard words.count + extraCost < Self.maximumWords else {
      if !hasTooManyWords {
        note(
          "the query has very many words; only the first \(Self.maximumWords) different ones were searched"
            + (extraCost > 0 ? ", fewer where some are patterns or are cut into parts" : ""))
      }
      hasTooManyWords = true
      return false
    }
    words.append(text)
    return true
  }

  /// nil where the node holds nothing to search for (punctuation, an empty phrase).
  mutating func build(_ syntax: QuerySyntax, scope: QueryScope) throws(IndexError) -> Query? {
    switch syntax {
    case .word(let text): return admits(text) ? try word(text, scope) : nil
    case .phrase(let text, let slop): return admits("\"" + text) ? try phrase(text, slop, scope) : nil
    case .prefix(let text), .wildcard(let text), .fuzzy(let text, _), .regexp(let text):
      return admits(text) ? try pattern(syntax, scope) : nil
    case .everything: return .all
    case .field(.title, let value): return try build(value, scope: .title)
    case .field(let field, let value): return try filter(field, value, scope)
    case .must(let operand): return try list([.must(operand)], scope)
    case .not(let operand): return try list([.not(operand)], scope)
    case .and: return try list([syntax], scope)
    case .or(let operands):
      var alternatives: [Query] = []
      for operand in operands {
        if let query = try build(operand, scope: scope) { alternatives.append(query) }
      }
      return alternatives.isEmpty ? nil : .or(alternatives)
    case .list(let items): return try list(items, scope)
    }
  }

  // MARK: Lists

  private mutating func list(_ items: [QuerySyntax], _ scope: QueryScope) throws(IndexError) -> Query? {
    var clauses: [BooleanQuery.Clause] = []
    let dropped = try droppable(items)
    for (index, item) in items.enumerated() where !dropped.contains(index) {
      try append(item, scope, isOperand: false, &clauses)
    }
    if clauses.isEmpty { return nil }
    let hasShould = clauses.contains { $0.occur == .should }
    let hasMust = clauses.contains { $0.occur == .must }
    return .boolean(BooleanQuery(clauses, minimumShould: hasShould && !hasMust ? 1 : 0))
  }

  /// - Parameter isOperand: The item is an operand of AND: it must hold.
  private mutating func append(
    _ item: QuerySyntax, _ scope: QueryScope, isOperand: Bool, _ clauses: inout [BooleanQuery.Clause]
  ) throws(IndexError) {
    switch item {
    case .must(let operand):
      if let query = try build(operand, scope: scope) {
        clauses.append(.init(query.onlyRestricts ? .filter : .must, query))
      }
    case .not(let operand):
      let outer = isExcluded
      isExcluded = true
      let query = try build(operand, scope: scope)
      isExcluded = outer
      if let query { clauses.append(.init(.mustNot, query)) }
    case .and(let operands):
      for operand in operands { try append(operand, scope, isOperand: true, &clauses) }
    default:
      guard let query = try build(item, scope: scope) else { return }
      // By what the item became: a filter with a value that means nothing was read as text.
      if query.onlyRestricts {
        clauses.append(.init(.filter, query))
      } else if isOperand {
        clauses.append(.init(.must, query))
      } else if case .field(.title, _) = item, scope == .anywhere {
        // Whoever names a field means it: `title:` restricts like the filters, and scores.
        clauses.append(.init(.must, query))
      } else {
        clauses.append(.init(.should, query))
      }
    }
  }

  /// The indices of the plain stop words of a list that also holds a content word.
  private func droppable(_ items: [QuerySyntax]) throws(IndexError) -> Set<Int> {
    var stops: Set<Int> = []
    var hasContent = false
    for (index, item) in items.enumerated() {
      switch item {
      case .word(let text):
        // Behind so many words nothing is searched anyway.
        if index > Self.maximumWords * 64 { break }
        let parts = analyzer.parts(of: text)
        if parts.isEmpty { continue }
        if parts.allSatisfy({ $0.token.positionIncrement == 0 || analyzer.isStopWord($0.form) }), parts.count == 1 {
          stops.insert(index)
        } else {
          hasContent = true
        }
      case .not: break
      default: if !Self.isFilter(item) { hasContent = true }
      }
    }
    return hasContent ? stops : []
  }

  /// Whether the node only restricts, and never scores.
  static func isFilter(_ syntax: QuerySyntax) -> Bool {
    switch syntax {
    case .field(let field, _): field.isFilter
    case .must(let operand), .not(let operand): isFilter(operand)
    case .and(let operands), .or(let operands), .list(let operands):
      !operands.isEmpty && operands.allSatisfy(isFilter)
    case .word, .phrase, .prefix, .wildcard, .fuzzy, .regexp, .everything: false
    }
  }

  // MARK: Filters

  private mutating func filter(
    _ field: QueryField, _ value: QuerySyntax, _ scope: QueryScope
  ) throws(IndexError) -> Query? {
    switch value {
    case .word(let text), .phrase(let text, _), .prefix(let text), .wildcard(let text), .fuzzy(let text, _),
      .regexp(let text):
      switch value {
      case .prefix, .wildcard, .fuzzy, .regexp: note("behind “\(field.rawValue):” patterns are read as plain words")
      default: break
      }
      switch analyzer.configuration.field(field, text) {
      case .filter(let filter): return .filter(filter)
      case .unusable(let message):
        note(message)
        return try list(QueryParser.parseFree(text).words, scope)
      }
    case .everything:
      note("“\(field.rawValue):*” was left out: it says nothing")
      return nil
    case .field: return try build(value, scope: scope)
    case .must(let operand): return try filter(field, operand, scope)
    case .not(let operand): return try filter(field, operand, scope).map { .not($0) }
    case .and(let operands):
      let queries = try filters(field, operands, scope)
      return queries.isEmpty ? nil : .and(queries)
    case .or(let operands), .list(let operands):
      let queries = try filters(field, operands, scope)
      return queries.isEmpty ? nil : .or(queries)
    }
  }

  private mutating func filters(
    _ field: QueryField, _ operands: [QuerySyntax], _ scope: QueryScope
  ) throws(IndexError) -> [Query] {
    var queries: [Query] = []
    for operand in operands {
      if let query = try filter(field, operand, scope) { queries.append(query) }
    }
    return queries
  }
}

extension Query {
  /// Whether it consists of filters alone, which never score.
  fileprivate var onlyRestricts: Bool {
    switch self {
    case .filter: true
    case .boolean(let boolean): !boolean.clauses.isEmpty && boolean.clauses.allSatisfy { $0.query.onlyRestricts }
    case .all, .none, .word, .phrase, .pattern: false
    }
  }
}

extension ParsedQuery {
  /// The words of a free text.
  var words: [QuerySyntax] {
    if case .list(let items) = syntax { items } else { [syntax] }
  }
}
