import ArgumentParser
import CSimdJSON
import SearchEngine
import TextAnalysis

/// The written budget of indexing: processor seconds by stage, on one thread.
struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages",
    abstract: "Indexes JSON Lines on one thread and says where the processor time goes, by stage.",
    discussion: """
      Reading and boundaries are measured by passes of their own (reading alone; reading and analysis), the stages at
      the end of a batch by the builder's clocks; inversion is what is left of adding the documents. Each figure is the
      median of the passes.
      """)

  @Argument(help: "JSON Lines with id, title (optional) and text.") var documents: String
  @Argument(help: "Where the index goes; replaced if it exists.") var directory: String
  @Option(help: "Passes.") var passes = 5
  @Flag(help: "Store the text with each document.") var stored = false
  @Option(help: "Tokens: plain or full.") var tokens = TokenPolicy.plain
  @Option(help: "Bytes of JSON Lines of one batch.") var batch = 48 << 20

  func run() throws {
    let lines = try JSONLines(path: documents)
    var rounds: [[(name: String, nanoseconds: UInt64)]] = []
    var bytes = 0
    for _ in 0..<max(1, passes) {
      let (stages, size) = try measure(lines)
      rounds.append(stages)
      bytes = size
    }
    var total = 0.0
    print("stage\tcpu_seconds\tns_per_byte")
    for i in rounds[0].indices {
      let seconds = Double(rounds.map { $0[i].nanoseconds }.sorted()[rounds.count / 2]) / 1e9
      total += seconds
      print("\(rounds[0][i].name)\t\(decimal(seconds))\t\(decimal(seconds * 1e9 / Double(bytes)))")
    }
    print("all\t\(decimal(total))\t\(decimal(total * 1e9 / Double(bytes)))")
  }

  private func measure(_ lines: JSONLines) throws -> ([(name: String, nanoseconds: UInt64)], Int) {
    guard let parser = csimdjson_create() else { throw BenchError("no parser") }
    defer { csimdjson_destroy(parser) }
    let whole = 0..<lines.byteCount
    var bytes = 0
    var clock = BuildTimes.now()
    func lap() -> UInt64 {
      let now = BuildTimes.now()
      defer { clock = now }
      return now - clock
    }
    try lines.forEachDocument(in: whole, parser: parser) { _, title, text in bytes += title.count + text.count }
    let reading = lap()
    let analyzer = Analyzer(tokens.analyzer)
    var buffer = TokenBuffer()
    try lines.forEachDocument(in: whole, parser: parser) { _, title, text in
      analyzer.analyze(title, into: &buffer)
      analyzer.analyze(text, into: &buffer)
    }
    let both = lap()
    let analysis = both - min(both, reading)
    let (adding, finishing, writing, times) = try build(lines, parser)
    // Most blocks are compressed while documents are added; the rest, and nothing else unknown, at the batch's end.
    let ends = times.stems + times.sorting + times.encoding + times.tables
    let late = finishing - min(finishing, ends)
    let known = reading + analysis + times.compression - min(times.compression, late)
    return (
      [
        ("reading (map, JSON)", reading), ("boundaries, case, hashes", analysis),
        ("inversion (distinct words, log)", adding - min(adding, known)), ("stems, sorting them", times.stems),
        ("sorting tokens", times.sorting), ("encoding lists, dictionary, checksums", times.encoding),
        ("tables, columns", times.tables), ("zstd", times.compression), ("writing, merging", writing),
      ], bytes
    )
  }

  private func build(
    _ lines: JSONLines, _ parser: OpaquePointer
  ) throws -> (adding: UInt64, finishing: UInt64, writing: UInt64, BuildTimes) {
    removeTree(directory)
    var configuration = IndexConfiguration(
      schema: Schema(columns: [ColumnField(name: "id", type: .bytes)]), weights: FieldWeights(title: 1, heading: 1))
    configuration.batchBytes = .max
    configuration.analyzer = tokens.analyzer
    let writer = try IndexWriter(directory, configuration)
    var builder = SegmentBuilder(configuration)
    var adding: UInt64 = 0
    var finishing: UInt64 = 0
    var writing: UInt64 = 0
    for piece in lines.pieces(of: batch) {
      let start = BuildTimes.now()
      try lines.forEachDocument(in: piece, parser: parser) { id, title, text in
        try builder.add(
          IndexDocument(
            key: nil, language: .english, title: Array(title), passages: [IndexPassage(body: Array(text))],
            columns: [ColumnValue(column: 0, .bytes(Array(id)))], stored: stored ? Array(text) : []))
      }
      let added = BuildTimes.now()
      let segment = try builder.finish()
      let finished = BuildTimes.now()
      try writer.append(segment)
      adding += added - start
      finishing += finished - added
      writing += BuildTimes.now() - finished
    }
    let start = BuildTimes.now()
    try writer.commit()
    writer.close()
    writing += BuildTimes.now() - start
    return (adding, finishing, writing, builder.buildTimes)
  }
}
