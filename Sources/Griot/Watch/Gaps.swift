public import Documents
import SearchEngine
import TextAnalysis

/// What a memory does not know, or knows from one person only, or has not heard of for long.
public struct GapReport: Sendable {
  /// A query that found nothing, or nothing that has all its words.
  public struct Miss: Sendable, Equatable {
    public enum Kind: String, Sendable {
      /// The memory knows it under other words.
      case vocabulary
      /// Nothing in the memory speaks of it.
      case gap
      /// Something has come since.
      case answered
    }
    public var query: String
    public var times: Int
    /// When it was asked last (RFC 3339).
    public var last: String
    public var kind: Kind
    /// Words that no document has.
    public var unknown: [String]
    /// The words under which something is found.
    public var suggestion: String?
    /// Documents that are found so.
    public var documents: Int
  }

  public struct Topic: Sendable, Equatable {
    public var name: String
    public var documents: Int
    /// Who wrote about it, the most active first.
    public var people: [String]
    public var last: DocumentDate?
  }

  /// Queries in the log.
  public var queries = 0
  /// Most frequent first.
  public var misses: [Miss] = []
  /// Topics that only one person wrote about.
  public var single: [Topic] = []
  /// Topics that nobody has written about for long.
  public var stale: [Topic] = []

  public init() {}
}

extension SearchService {
  /// Distinct queries that are looked at, the most frequent ones.
  private static let mostQueries = 2000
  /// A topic of fewer documents says nothing about who knows it.
  private static let topicDocuments = 3

  /// - Parameters:
  ///   - log: Lines of the query log, oldest first.
  ///   - staleSeconds: A topic is stale if its newest document is so much older than the memory's.
  public func gaps(log: [QueryLogEntry], staleSeconds: Int64, limit: Int) throws(GriotError) -> GapReport {
    var report = GapReport()
    report.queries = log.count
    report.misses = Array(try misses(log).prefix(limit))
    try topics(&report, staleSeconds, limit)
    try engine(memory.path) { () throws(IndexError) in try memory.reader.checkDamage() }
    return report
  }

  // MARK: Queries

  private func misses(_ log: [QueryLogEntry]) throws(GriotError) -> [GapReport.Miss] {
    var asked: [String: (query: String, times: Int, last: String, foundNothing: Bool)] = [:]
    for entry in log {
      let key = entry.query.lowercased()
      let known = asked[key]
      asked[key] = (
        entry.query, (known?.times ?? 0) + 1, max(known?.last ?? "", entry.time),
        known?.foundNothing == true || entry.total == 0
      )
    }
    let queries = asked.values.sorted { $0.times != $1.times ? $0.times > $1.times : $0.query < $1.query }
    var out: [GapReport.Miss] = []
    let analyzer = analyzer(corrects: false)
    let correcting = self.analyzer(corrects: true)
    for asked in queries.prefix(Self.mostQueries) {
      let words = words(asked.query)
      guard !words.isEmpty else { continue }
      var miss = GapReport.Miss(
        query: asked.query, times: asked.times, last: asked.last, kind: .gap, unknown: [], suggestion: nil, documents: 0
      )
      for word in words {
        if try count(word, analyzer) == 0 { miss.unknown.append(word) }
      }
      let found = try count(all: words, analyzer)
      if found > 0 {
        guard asked.foundNothing else { continue }
        miss.kind = .answered
        miss.documents = found
      } else {
        // Words that are all known and merely never meet are no gap unless the query found nothing at all.
        guard asked.foundNothing || !miss.unknown.isEmpty else { continue }
        if let (suggestion, documents) = try otherWords(words, unknown: miss.unknown, analyzer, correcting) {
          miss.kind = .vocabulary
          miss.suggestion = suggestion
          miss.documents = documents
        }
      }
      out.append(miss)
    }
    return out
  }

  /// The content words of a query, without its operators.
  private func words(_ query: String) -> [String] {
    let stemmer = Stemmer()
    let stops = StopWords.of(memory.languages.queryLanguages.first ?? .english)
    var out: [String] = []
    for token in Analyzer().tokens(of: query)
    where token.positionIncrement > 0 && !stops.contains(stemmer.fold(token.term)) {
      let word = String(decoding: token.term, as: UTF8.self)
      if !out.contains(word) { out.append(word) }
    }
    return out
  }

  private func count(_ query: String, _ analyzer: QueryAnalyzer, syntax: SearchRequest.Syntax = .free)
    throws(GriotError) -> Int
  {
    var request = SearchRequest(query)
    request.syntax = syntax
    request.rank = .bm25
    guard let query = try prepare(request, analyzer).query else { return 0 }
    return try engine(memory.path) { () throws(IndexError) in try searcher.count(query) }
  }

  private func count(all words: [String], _ analyzer: QueryAnalyzer) throws(GriotError) -> Int {
    var queries: [Query] = []
    for word in words {
      var request = SearchRequest(word)
      request.syntax = .free
      request.rank = .bm25
      guard let query = try prepare(request, analyzer).query else { return 0 }
      queries.append(query)
    }
    let all = Query.and(queries)
    return try engine(memory.path) { () throws(IndexError) in try searcher.count(all) }
  }

  /// The same query in words that the memory has: as probably spelt, or other words that begin alike.
  private func otherWords(
    _ words: [String], unknown: [String], _ analyzer: QueryAnalyzer, _ correcting: QueryAnalyzer
  ) throws(GriotError) -> (String, Int)? {
    guard !unknown.isEmpty else { return nil }
    var corrected: [String] = []
    for word in words {
      guard unknown.contains(word) else {
        corrected.append(word)
        continue
      }
      var other = try correction(word, correcting)
      if other == nil { other = try prefix(word, analyzer) }
      guard let other else { return nil }
      corrected.append(other)
    }
    let query = corrected.map { "+" + $0 }.joined(separator: " ")
    let found = try count(query, analyzer, syntax: .full)
    return found > 0 ? (corrected.joined(separator: " "), found) : nil
  }

  /// What the query language would read instead of a word that no document has.
  private func correction(_ word: String, _ correcting: QueryAnalyzer) throws(GriotError) -> String? {
    guard let query = try prepare(SearchRequest(word), correcting).query, case .word(let match) = query,
      let alternative = match.alternatives.first
    else { return nil }
    let other = String(decoding: alternative.form ?? alternative.stem, as: UTF8.self)
    let found = try engine(memory.path) { () throws(IndexError) in try searcher.count(query) }
    guard other != word, found > 0 else { return nil }
    return other
  }

  /// Half of a long word and more, as the beginning of others: `kalibrierungen` → `kalibrier*`.
  private func prefix(_ word: String, _ analyzer: QueryAnalyzer) throws(GriotError) -> String? {
    let letters = Array(word)
    var count = letters.count - 1
    while count >= max(5, (letters.count + 1) / 2) {
      let pattern = String(letters[..<count]) + "*"
      if try self.count(pattern, analyzer, syntax: .full) > 0 { return pattern }
      count -= 1
    }
    return nil
  }

  // MARK: Topics

  private func topics(_ report: inout GapReport, _ staleSeconds: Int64, _ limit: Int) throws(GriotError) {
    var miner = TopicMiner()
    var newest = Int64.min
    for segment in memory.reader.segments {
      for ordinal in 0..<segment.documentCount where segment.isLive(ordinal) {
        let stored = try memory.stored(segment, ordinal)
        if let date = stored.document.date?.seconds { newest = max(newest, date) }
        miner.add(stored.document, stored.language, people: try makers(stored.document))
      }
    }
    for (topic, _) in miner.topics(minimum: Self.topicDocuments) {
      let people = topic.people.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
      let line = GapReport.Topic(
        name: topic.name, documents: topic.documents, people: people.prefix(3).map(\.key),
        last: topic.last.map { DocumentDate(seconds: $0, precision: .day) })
      // Nearly every document of the topic must tell who wrote it, or somebody unnamed may know it too.
      if people.count == 1, 4 * topic.attributed >= 3 * topic.documents, report.single.count < limit {
        report.single.append(line)
      }
      if let last = topic.last, newest - last >= staleSeconds, report.stale.count < limit { report.stale.append(line) }
    }
  }
}
