import Documents
import SearchEngine
import TextAnalysis

extension SearchService {
  /// A request as the engine takes it; no query if it asks for nothing.
  struct Prepared {
    var query: Query?
    var notes: [String]
    /// What the second phase of ranking looks for; empty where only the first is asked for.
    var words: [QueryWord] = []
    /// Other names of what was asked for, and what finds them.
    var expansions: [Expansion] = []
    var expanded: [Query] = []
  }

  func prepare(_ request: SearchRequest, corrects: Bool = true) throws(GriotError) -> Prepared {
    try prepare(request, analyzer(corrects: corrects))
  }

  /// Analysis owns scratch memory and is cheap to make: one a query keeps this service free of locks.
  ///
  /// - Parameter corrects: Whether words that the memory does not hold are replaced by those probably meant.
  func analyzer(corrects: Bool) -> QueryAnalyzer {
    let fields = fields
    var configuration = QueryAnalyzer.Configuration(
      languages: memory.languages.queryLanguages, reader: memory.reader
    ) { fields.reading($0, $1) }
    configuration.correctsSpelling = corrects
    return QueryAnalyzer(configuration)
  }

  func prepare(_ request: SearchRequest, _ analyzer: QueryAnalyzer) throws(GriotError) -> Prepared {
    let result = try engine(memory.path) { () throws(IndexError) in
      request.syntax == .full ? try analyzer.query(request.query) : try analyzer.freeQuery(request.query)
    }
    if let failure = fields.takeFailure() { throw GriotError(failure, memory: memory.path) }
    var prepared = Prepared(query: result.query, notes: result.notes.map(\.message))
    if request.rank == .standard, request.sort == .relevance { prepared.words = result.words }
    let filters = try filters(request)
    if case .none = result.query {
      // No words: what the filters leave, or nothing at all.
      let isBlank = request.query.utf8.allSatisfy { $0 <= 0x20 }
      prepared.query = isBlank && !filters.isEmpty ? .all : nil
    }
    if !prepared.words.isEmpty, request.expands {
      prepared.expansions = try expansions(result.query, request.query)
      for expansion in prepared.expansions {
        let row = try engine(memory.path) { () throws(IndexError) in try analyzer.row(expansion.meant) }
        guard let row else { continue }
        prepared.expanded.append(
          filters.isEmpty ? row : row.filtered(by: filters.count == 1 ? filters[0] : .and(filters)))
        prepared.notes.append(expansion.note)
      }
    }
    if let query = prepared.query, !filters.isEmpty {
      prepared.query = query.filtered(by: filters.count == 1 ? filters[0] : .and(filters))
    }
    return prepared
  }

  private func filters(_ request: SearchRequest) throws(GriotError) -> [Filter] {
    var filters: [Filter] = []
    func any(_ values: [String], _ field: QueryField, _ option: String) throws(GriotError) {
      guard !values.isEmpty else { return }
      var alternatives: [Filter] = []
      for value in values {
        switch fields.reading(field, value) {
        case .filter(let filter): alternatives.append(filter)
        case .unusable: throw GriotError(.usage, "\(option) \(value): not a date (write 2024, 2024-05 or 2024-05-17)")
        }
      }
      filters.append(alternatives.count == 1 ? alternatives[0] : .or(alternatives))
    }
    try any(request.kinds, .kind, "--kind")
    try any(request.sources, .source, "--source")
    try any(request.languages, .lang, "--lang")
    if let after = request.after { try any([after], .after, "--after") }
    if let before = request.before { try any([before], .before, "--before") }
    if let failure = fields.takeFailure() { throw GriotError(failure, memory: memory.path) }
    var people: [Filter] = []
    for filter in request.people {
      let roles = filter.role.map { $0 == .author ? [.author, .editor] : [$0] } ?? PersonRole.allCases
      people.append(try engine(memory.path) { () throws(IndexError) in try fields.person(filter.text, roles) })
    }
    if !people.isEmpty { filters.append(people.count == 1 ? people[0] : .or(people)) }
    return filters
  }
}
