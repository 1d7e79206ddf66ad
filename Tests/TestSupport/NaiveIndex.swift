public import SearchEngine

#if canImport(Glibc)
  import Glibc
#endif

/// The oracle: every query answered by looking at every token of every passage, scores by the textbook formula in
/// double precision.
///
/// Every query shape and every pruning algorithm of the engine has to equal it: the same documents, the same best
/// passages, scores within 1e-5, the same order.
public struct NaiveIndex: Sendable {
  public var documents: [NaiveDocument]
  public var k1: Double
  public var b: Double

  public struct Hit: Sendable, Equatable {
    public var document: Int
    /// Of the document.
    public var passage: Int
    public var score: Float
  }

  public init(_ documents: [NaiveDocument], k1: Double = 1.2, b: Double = 0.75) {
    self.documents = documents
    self.k1 = k1
    self.b = b
  }

  /// Every matching live document with its best passage, best first; ties go to the document that came first, and
  /// within a document to the first passage.
  public func search(_ query: Query) -> [Hit] {
    let scorer = NaiveScorer(self, query)
    var hits: [Hit] = []
    for (index, document) in documents.enumerated() where !document.isDeleted {
      guard scorer.matches(query, document) else { continue }
      let scores = document.passages.indices.map { scorer.score(query, document, passage: $0) }
      let best = scores.max()!
      hits.append(Hit(document: index, passage: scores.firstIndex(of: best)!, score: Float(best)))
    }
    return hits.sorted { ($1.score, $0.document) < ($0.score, $1.document) }
  }

  /// The score of one passage.
  public func score(_ query: Query, document: Int, passage: Int) -> Float {
    Float(NaiveScorer(self, query).score(query, documents[document], passage: passage))
  }
}

/// The statistics of one query over one index (over all passages, those of deleted documents included, until they are
/// merged away), computed once: everything else is recomputed per document.
struct NaiveScorer {
  let index: NaiveIndex
  private let passageCount: Double
  private let averageLength: Double
  private var idf: [TermMatch: Int] = [:]
  private var patterns: [PatternQuery: (forms: Set<String>, holders: Int)] = [:]

  init(_ index: NaiveIndex, _ query: Query) {
    self.index = index
    let passages = index.documents.flatMap(\.passages)
    passageCount = Double(passages.count)
    averageLength = Double(passages.reduce(0) { $0 + $1.length }) / Double(max(1, passages.count))
    var matches: Set<TermMatch> = []
    var found: Set<PatternQuery> = []
    Self.collect(query, &matches, &found)
    for match in matches {
      idf[match] = passages.count { passage in passage.tokens.contains { Self.accepts(match, $0) } }
    }
    let forms = Set(passages.flatMap { $0.tokens.map(\.form) })
    for pattern in found {
      let accepted = forms.filter { NaivePattern.matches(pattern.pattern, $0) }
      let holders = passages.count { passage in passage.tokens.contains { accepted.contains($0.form) } }
      patterns[pattern] = (accepted, holders)
    }
  }

  static func collect(_ query: Query, _ matches: inout Set<TermMatch>, _ patterns: inout Set<PatternQuery>) {
    switch query {
    case .all, .none, .filter: break
    case .word(let word): matches.formUnion(word.alternatives)
    case .phrase(let phrase): for word in phrase.words { matches.formUnion(word.alternatives) }
    case .pattern(let pattern): patterns.insert(pattern)
    case .boolean(let boolean): for clause in boolean.clauses { collect(clause.query, &matches, &patterns) }
    }
  }

  static func accepts(_ match: TermMatch, _ token: NaiveDocument.Token) -> Bool {
    Array(token.stem.utf8) == match.stem && (match.form == nil || Array(token.form.utf8) == match.form)
  }

  // MARK: Matching: documents

  func matches(_ query: Query, _ document: NaiveDocument) -> Bool {
    switch query {
    case .all: return true
    case .none: return false
    case .filter(let filter): return Self.passes(filter, document)
    case .word, .phrase, .pattern:
      return document.passages.indices.contains { leafScore(query, document, passage: $0) != nil }
    case .boolean(let boolean):
      var should = 0
      for clause in boolean.clauses {
        let matched = matches(clause.query, document)
        switch clause.occur {
        case .must, .filter: if !matched { return false }
        case .mustNot: if matched { return false }
        case .should: if matched { should += 1 }
        }
      }
      return should >= boolean.minimumShould
    }
  }

  static func passes(_ filter: Filter, _ document: NaiveDocument) -> Bool {
    switch filter {
    case .keyword(let column, let values):
      return (document.keywords[column] ?? []).contains { values.contains(Array($0.utf8)) }
    case .range(let column, let from, let below):
      guard let number = document.numbers[column] else { return false }
      return number >= (from ?? .min) && (below == nil || number < below!)
    case .mentions(let names, let roles):
      return document.mentions.contains {
        roles >> UInt64($0.role) & 1 == 1 && names.contains(MentionName(name: $0.name, address: $0.address))
      }
    case .keys(let keys): return document.key.map(keys.contains) ?? false
    case .sequence(let from): return document.sequence >= from
    case .and(let filters): return filters.allSatisfy { passes($0, document) }
    case .or(let filters): return filters.contains { passes($0, document) }
    case .not(let filter): return !passes(filter, document)
    }
  }

  // MARK: Scoring: passages

  /// The sum over the leaves of those sub-queries that match the document.
  func score(_ query: Query, _ document: NaiveDocument, passage: Int) -> Double {
    switch query {
    case .all, .none, .filter: return 0
    case .word, .phrase, .pattern: return leafScore(query, document, passage: passage) ?? 0
    case .boolean(let boolean):
      var sum = 0.0
      for clause in boolean.clauses where clause.occur == .must || clause.occur == .should {
        if matches(clause.query, document) { sum += score(clause.query, document, passage: passage) }
      }
      return sum
    }
  }

  /// nil if the leaf does not occur in the passage.
  private func leafScore(_ query: Query, _ document: NaiveDocument, passage: Int) -> Double? {
    let content = document.passages[passage]
    switch query {
    case .word(let word):
      let weight = Double(word.boost) * inverseFrequency(word.alternatives)
      var sum: Double?
      for match in Set(word.alternatives) {
        let count = content.tokens.count {
          Self.accepts(match, $0) && (word.scope == .anywhere || $0.position < content.titleEnd)
        }
        if count > 0 { sum = (sum ?? 0) + bm25(weight, count, content.length) }
      }
      return sum
    case .pattern(let pattern):
      let (forms, holders) = patterns[pattern]!
      let count = content.tokens.count {
        forms.contains($0.form) && (pattern.scope == .anywhere || $0.position < content.titleEnd)
      }
      return count == 0 ? nil : bm25(Double(pattern.boost) * inverseFrequency(holders), count, content.length)
    case .phrase(let phrase):
      let count = NaivePhrase.frequency(phrase, document, passage: passage)
      let weight = phrase.words.reduce(0) { $0 + inverseFrequency($1.alternatives) }
      return count == 0 ? nil : bm25(Double(phrase.boost) * weight, count, content.length)
    case .all, .none, .filter, .boolean: return nil
    }
  }

  private func inverseFrequency(_ alternatives: [TermMatch]) -> Double {
    inverseFrequency(Set(alternatives).reduce(0) { $0 + idf[$1]! })
  }

  private func inverseFrequency(_ holders: Int) -> Double {
    let n = min(passageCount, Double(holders))
    return log(1 + (passageCount - n + 0.5) / (n + 0.5))
  }

  private func bm25(_ weight: Double, _ count: Int, _ length: Int) -> Double {
    let f = Double(count)
    let dl = Double(LuceneLength.decode(LuceneLength.encode(length)))
    return weight * f / (f + index.k1 * (1 - index.b + index.b * dl / averageLength))
  }
}
