public import SearchEngine
internal import TextAnalysis

/// Random queries over the words of `RandomCorpus`, of every shape.
public struct RandomQuery {
  private let vocabulary: Int
  private let analyzer = Analyzer()
  private let stemmer = Stemmer()

  public init(vocabulary: Int) { self.vocabulary = vocabulary }

  /// - Parameter depth: How deep clauses may nest.
  public func next(_ random: inout SplitMix64, depth: Int = 2) -> Query {
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<4: return word(&random)
    case 4..<7: return .or(list(2...5, &random) { word(&$0) })
    case 7..<9: return .and(list(2...4, &random) { word(&$0) })
    case 9..<11: return phrase(&random, slop: nil)
    case 11: return phrase(&random, slop: Int.random(in: 0...4, using: &random))
    case 12: return pattern(&random)
    case 13: return word(&random, form: true)
    case 14: return word(&random, scope: .title)
    case 15:
      return .boolean(
        BooleanQuery(
          [.init(.should, next(&random, depth: 0)), .init(.filter, .filter(filter(&random)))], minimumShould: 1))
    default:
      if depth == 0 { return word(&random) }
      return boolean(&random, depth: depth - 1)
    }
  }

  /// Words only, any of them: what the pruning algorithms are for.
  public func disjunction(_ random: inout SplitMix64) -> Query { .or(list(1...7, &random) { word(&$0) }) }

  private func boolean(_ random: inout SplitMix64, depth: Int) -> Query {
    var clauses: [BooleanQuery.Clause] = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let occur: BooleanQuery.Occur =
        switch Int.random(in: 0..<8, using: &random) {
        case 0..<2: .must
        case 2: .mustNot
        case 3: .filter
        default: .should
        }
      let isUnscored = occur == .filter && Bool.random(using: &random)
      clauses.append(.init(occur, isUnscored ? .filter(filter(&random)) : next(&random, depth: depth)))
    }
    let should = clauses.count { $0.occur == .should }
    return .boolean(BooleanQuery(clauses, minimumShould: Int.random(in: 0...should, using: &random)))
  }

  private func list(
    _ count: ClosedRange<Int>, _ random: inout SplitMix64, _ make: (inout SplitMix64) -> Query
  ) -> [Query] {
    (0..<Int.random(in: count, using: &random)).map { _ in make(&random) }
  }

  private func match(_ random: inout SplitMix64, form: Bool) -> TermMatch {
    // Now and then a word that no document has.
    let text =
      Int.random(in: 0..<30, using: &random) == 0
      ? "zebra" : RandomCorpus.words[0..<vocabulary].randomElement(using: &random)!
    let term = analyzer.tokens(of: text)[0].term
    return TermMatch(stem: stemmer.stem(term, .english), form: form ? stemmer.fold(term) : nil)
  }

  private func word(_ random: inout SplitMix64, form: Bool = false, scope: QueryScope = .anywhere) -> Query {
    let count = Int.random(in: 0..<5, using: &random) == 0 ? 2 : 1
    let boost: Float = Int.random(in: 0..<6, using: &random) == 0 ? 2.5 : 1
    return .word(WordQuery((0..<count).map { _ in match(&random, form: form) }, scope: scope, boost: boost))
  }

  private func phrase(_ random: inout SplitMix64, slop: Int?) -> Query {
    let form = Int.random(in: 0..<4, using: &random) == 0
    let scope: QueryScope = Int.random(in: 0..<5, using: &random) == 0 ? .title : .anywhere
    var words: [PhraseQuery.Word] = []
    var offset = 0
    for _ in 0..<Int.random(in: 2...3, using: &random) {
      let count = Int.random(in: 0..<6, using: &random) == 0 ? 2 : 1
      words.append(.init(offset: offset, (0..<count).map { _ in match(&random, form: form) }))
      offset += slop == nil && Int.random(in: 0..<8, using: &random) == 0 ? 2 : 1
    }
    return .phrase(PhraseQuery(words, slop: slop, scope: scope))
  }

  private func pattern(_ random: inout SplitMix64) -> Query {
    let scope: QueryScope = Int.random(in: 0..<4, using: &random) == 0 ? .title : .anywhere
    let patterns: [PatternQuery.Pattern] = [
      .prefix(Array("pu".utf8)), .prefix(Array("s".utf8)), .prefix(Array("err_".utf8)), .wildcard(Array("?a*s".utf8)),
      .wildcard(Array("*e".utf8)), .fuzzy(Array("pmup".utf8), distance: 1), .fuzzy(Array("stats".utf8), distance: 2),
    ]
    return .pattern(PatternQuery(patterns.randomElement(using: &random)!, scope: scope))
  }

  private func filter(_ random: inout SplitMix64) -> Filter {
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1: return .keyword("kind", RandomCorpus.kinds.randomElement(using: &random)!)
    case 2: return .keyword("tags", "x", "z")
    case 3: return .range(column: "date", from: Int64.random(in: 0...200, using: &random) * 2_592_000, below: nil)
    case 4:
      let from = Int64.random(in: 0...200, using: &random) * 2_592_000
      return .range(column: "date", from: from, below: from + 300_000_000)
    case 5:
      let name = RandomCorpus.people.randomElement(using: &random)!
      return .mentions(
        [MentionName(name: Array(name.utf8), address: [])], roles: UInt64.random(in: 1...7, using: &random))
    case 6: return .not(.keyword("kind", "wiki"))
    default: return .or([.keyword("kind", "none"), .keyword("tags", "y")])
    }
  }
}
