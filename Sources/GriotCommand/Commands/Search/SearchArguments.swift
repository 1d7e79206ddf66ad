import Documents
import Griot

/// What was asked of `griot search`, however the command line was read.
struct SearchArguments: Equatable {
  enum Format: String, CaseIterable { case text, json, jsonl, tsv, trec }
  enum Syntax: String, CaseIterable { case full, free }
  enum Rank: String, CaseIterable { case `default`, bm25 }
  enum Sort: String, CaseIterable { case relevance, newest, oldest }

  var query: [String] = []
  var memory: String?
  var format: Format = .text
  var color: ColorChoice?
  var limit: Int?
  var offset = 0
  var rank = Rank.default
  var sort = Sort.relevance
  /// `nil`: full for a query, free for a batch.
  var syntax: Syntax?
  var kinds: [String] = []
  var sources: [String] = []
  var languages: [String] = []
  var authors: [String] = []
  var speakers: [String] = []
  var persons: [String] = []
  var after: String?
  var before: String?
  var batch: String?
  var addresses = false
  /// A half-life such as `90d`.
  var recency: String?
  var facets = false
  var noFold = false
  var explain = false
  var noExpand = false

  var hasFilter: Bool {
    !(kinds.isEmpty && sources.isEmpty && languages.isEmpty && authors.isEmpty && speakers.isEmpty && persons.isEmpty)
      || after != nil || before != nil
  }

  func request(_ query: String, limit: Int) -> SearchRequest {
    var request = SearchRequest(query)
    request.syntax = (syntax ?? (batch == nil ? .full : .free)) == .full ? .full : .free
    request.rank = rank == .bm25 ? .bm25 : .standard
    request.sort =
      switch sort {
      case .relevance: .relevance
      case .newest: .newest
      case .oldest: .oldest
      }
    request.limit = limit
    request.offset = offset
    request.kinds = kinds
    request.sources = sources
    request.languages = languages
    request.people =
      authors.map { PersonFilter(role: .author, text: $0) } + speakers.map { PersonFilter(role: .speaker, text: $0) }
      + persons.map { PersonFilter(text: $0) }
    request.after = after
    request.before = before
    // Counting facets visits every match: only for those who get to see them.
    request.facets = (format == .json || facets && format == .text) && batch == nil
    request.explains = explain
    request.expands = !noExpand
    request.halfLife = recency.flatMap(HalfLife.seconds)
    // Folding is for whoever reads the answer; runs and counts are of documents.
    if batch == nil, !noFold {
      switch format {
      case .text: request.folding = .conversations
      case .json: request.folding = .duplicates
      case .jsonl, .tsv, .trec: break
      }
    }
    return request
  }

  /// What no single option can tell.
  func validate() throws(CommandFailure) {
    func usage(_ message: String) -> CommandFailure {
      CommandFailure(.usage, message + "\nSee 'griot search --help' for more information.")
    }
    if let limit, limit < 1 { throw usage("--limit is a whole number above 0, not \(limit)") }
    if offset < 0 { throw usage("--offset is a whole number from 0, not \(offset)") }
    if let recency, HalfLife.seconds(recency) == nil {
      throw usage("--recency is a half-life such as 90d, 6w, 3m or 2y, not \(recency)")
    }
    if let batch {
      guard !batch.isEmpty else { throw usage("--batch needs the path of a file, or - for standard input") }
      guard query.isEmpty else { throw usage("a query and --batch exclude each other") }
      guard format == .trec || format == .tsv || format == .jsonl else {
        throw usage("--batch answers many queries: choose --format trec, tsv or jsonl")
      }
    } else if query.isEmpty, !hasFilter {
      throw usage("what to search for? Give words, a filter such as --author, or --batch FILE")
    }
  }
}

/// `90d`, `6w`, `3m`, `2y`: a number of days, weeks, months or years.
enum HalfLife {
  static func seconds(_ text: String) -> Int64? {
    guard let unit = text.utf8.last, let number = Int64(text.dropLast()),
      (1...100_000).contains(number)
    else { return nil }
    let day: Int64 = 86_400
    switch unit {
    case UInt8(ascii: "d"): return number * day
    case UInt8(ascii: "w"): return number * 7 * day
    case UInt8(ascii: "m"): return number * 2_629_746  // a twelfth of the Gregorian year
    case UInt8(ascii: "y"): return number * 31_556_952
    default: return nil
    }
  }
}
