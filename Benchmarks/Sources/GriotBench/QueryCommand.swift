import ArgumentParser
import Glibc
import SearchEngine
import TextAnalysis

struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Answers the protocol of the search benchmark game on standard input, or times a file of queries.",
    discussion: """
      Protocol: COMMAND<TAB>QUERY a line; COMMAND is COUNT, TOP_10, TOP_100, TOP_1000, TOP_10_COUNT, TOP_100_COUNT or
      TOP_1000_COUNT; a query is `a b` (any), `+a +b` (all) or `"a b"` (adjacent). One number a line comes back:
      the count, or 1 where only the top is wanted.
      """)

  @Argument(help: "The index.") var directory: String
  @Option(help: "Queries to time: class<TAB>qid<TAB>words (single, or, title: any; and: all; phrase: adjacent).")
  var bench: String?
  @Option(help: "Passes over the queries after one that warms up; a query counts with its median.") var passes = 5
  @Option(help: "Write class<TAB>qid<TAB>count<TAB>top ids here.") var dump: String?
  @Option(help: "Hits a query.") var top = 10
  @Option(help: "Threads that may search a query.") var threads = 1
  @Flag(help: "With --bench: both phases of ranking, as the product ranks by default.") var twoPhase = false

  func run() throws {
    let reader = try IndexReader.open(directory)
    let stop = reader.attribute("stop").flatMap { StopPolicy(rawValue: String(decoding: $0, as: UTF8.self)) } ?? .keep
    let searcher = Searcher(reader)
    let tokens =
      reader.attribute("tokens").flatMap { TokenPolicy(rawValue: String(decoding: $0, as: UTF8.self)) } ?? .full
    guard reader.analyzerFingerprint == Analyzer(tokens.analyzer).fingerprint().tokens else {
      throw BenchError("\(directory): another analyzer filled this index; index again")
    }
    let maker = BenchQueryMaker(stop: stop, analyzer: tokens.analyzer)
    if let bench {
      let queries = try BenchFile.read(bench)
      if let dump { try BenchFile.dump(queries, searcher, maker, top, to: dump) }
      try time(queries, searcher, maker)
    } else {
      if dump != nil { throw ValidationError("--dump goes with --bench") }
      try answer(searcher, maker)
    }
  }

  private func answer(_ searcher: Searcher, _ maker: BenchQueryMaker) throws {
    while let line = readLine() {
      let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let command = GameCommand(parts[0]) else {
        print("UNSUPPORTED")
        fflush(nil)
        continue
      }
      let query = maker.gameQuery(parts[1])
      if command.top == 0 {
        print(try searcher.count(query))
      } else {
        var options = SearchOptions(limit: command.top, countsExactly: command.counts)
        options.threads = threads
        let found = try searcher.search(query, options)
        print(command.counts ? found.total.value : 1)
      }
      fflush(nil)
    }
  }

  private func time(_ queries: [BenchFile.Line], _ searcher: Searcher, _ maker: BenchQueryMaker) throws {
    var times = [[Double]](repeating: [], count: queries.count)
    let rescorer = Rescorer(searcher.reader)
    for pass in 0...max(1, passes) {
      for (index, line) in queries.enumerated() {
        let start = nanoseconds()
        let limit = twoPhase ? max(top, rescorer.depth) : top
        var options = SearchOptions(limit: limit)
        options.threads = threads
        var found = try searcher.search(maker.query(line.words, line.shape), options)
        if twoPhase {
          found.hits = Array(try rescorer.rescore(found, maker.words(line.words)).prefix(top))
        }
        let elapsed = Double(nanoseconds() - start) / 1000
        precondition(found.hits.count <= top)
        if pass > 0 { times[index].append(elapsed) }
      }
    }
    var classes: [String] = []
    var byClass: [String: [Double]] = [:]
    for (index, line) in queries.enumerated() {
      if byClass[line.name] == nil { classes.append(line.name) }
      let median = times[index].sorted()[times[index].count / 2]
      byClass[line.name, default: []].append(median)
      byClass["all", default: []].append(median)
    }
    if classes.count > 1 { classes.append("all") }
    for name in classes {
      let values = byClass[name]!.sorted()
      func at(_ share: Double) -> String { decimal(values[min(values.count - 1, Int(share * Double(values.count)))]) }
      let mean = values.reduce(0, +) / Double(values.count)
      print("\(name)\t\(values.count)\t\(at(0.5))\t\(at(0.95))\t\(at(0.99))\t\(decimal(mean))")
    }
  }
}

/// A command of the search benchmark game.
struct GameCommand {
  var top: Int
  var counts: Bool

  init?(_ word: some StringProtocol) {
    switch word {
    case "COUNT": (top, counts) = (0, true)
    case "TOP_10": (top, counts) = (10, false)
    case "TOP_100": (top, counts) = (100, false)
    case "TOP_1000": (top, counts) = (1000, false)
    case "TOP_10_COUNT": (top, counts) = (10, true)
    case "TOP_100_COUNT": (top, counts) = (100, true)
    case "TOP_1000_COUNT": (top, counts) = (1000, true)
    default: return nil
    }
  }
}

/// Nanoseconds of a clock that never goes back.
func nanoseconds() -> UInt64 {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
}
