import ArgumentParser
import SearchEngine
import TextAnalysis

/// One operation of the engine, done again and again on a seeded corpus. `micro/run` counts instructions and
/// allocations of it from outside, as the difference of two numbers of rounds: what stands before falls out, and the
/// count is the same on every machine with the same compiler.
struct MicroCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "micro", abstract: "Does one small operation so many times; measured from outside by micro/run.")

  enum Operation: String, ExpressibleByArgument, CaseIterable {
    case analyze, build, lookup, walk, positions, codes, single, or, and, phrase, bytes
  }

  @Argument(help: "What to do.") var operation: Operation
  @Argument(help: "Where the index of the corpus is put.") var directory: String
  @Option(help: "How often.") var rounds = 1

  func run() throws {
    let texts = MicroCorpus.texts(4000)
    removeTree(directory)
    let configuration = IndexConfiguration(weights: FieldWeights(title: 1, heading: 1))
    let writer = try IndexWriter(directory, configuration)
    try writer.append(Self.segment(texts, configuration))
    try writer.commit()
    writer.close()
    let reader = try IndexReader.open(directory)
    let segment = reader.segments[0]
    var sum = UInt64(0)
    // Files are mapped and verified, tables made, before the rounds that count.
    try repeated(1, reader, segment, texts, &sum)
    try repeated(rounds, reader, segment, texts, &sum)
    print(operation == .bytes ? reader.byteCount : sum)
  }

  private func repeated(
    _ rounds: Int, _ reader: IndexReader, _ segment: SegmentReader, _ texts: [[UInt8]], _ sum: inout UInt64
  ) throws {
    let searcher = Searcher(reader)
    let terms = try segment.terms()
    let analyzer = Analyzer()
    var buffer = TokenBuffer()
    for round in 0..<rounds {
      switch operation {
      case .bytes: break
      case .analyze:
        for text in texts.prefix(200) {
          text.withUnsafeBytes { analyzer.analyze($0, into: &buffer) }
          sum += UInt64(buffer.count)
        }
      case .build: sum += try Self.segment(Array(texts.prefix(400)), IndexConfiguration()).byteCount
      case .lookup:
        for rank in stride(from: round % 7, to: 3000, by: 7) {
          sum += UInt64(try terms.lookup(MicroCorpus.word(rank))?.passageFrequency ?? 0)
        }
      case .walk:
        for rank in 0..<20 {
          guard let term = try terms.lookup(MicroCorpus.word(rank)) else { continue }
          var cursor = try segment.postings(term)
          while cursor.passage != .noMore {
            sum += UInt64(cursor.frequency)
            _ = cursor.advance()
          }
        }
      case .positions, .codes:
        for rank in 0..<20 {
          guard let term = try terms.lookup(MicroCorpus.word(rank)) else { continue }
          var cursor = try segment.postings(term)
          var positions = try segment.positions(term)
          while cursor.passage != .noMore {
            sum += UInt64(operation == .codes ? positions.readCodes(&cursor) : positions.read(&cursor))
            _ = cursor.advance(to: cursor.passage + 5)
          }
        }
      case .single, .or, .and, .phrase:
        let maker = BenchQueryMaker(stop: .keep, analyzer: Analyzer.Configuration())
        let shape: BenchQueryMaker.Shape = operation == .and ? .all : operation == .phrase ? .phrase : .any
        for rank in 0..<20 {
          let second = operation == .single ? "" : " " + MicroCorpus.name(rank * 3 + 1)
          let found = try searcher.search(
            maker.query(MicroCorpus.name(rank) + second, shape), SearchOptions(limit: 10))
          sum += UInt64(found.hits.count)
        }
      }
    }
    try reader.checkDamage()
  }

  private static func segment(_ texts: [[UInt8]], _ configuration: IndexConfiguration) throws -> EncodedSegment {
    var builder = SegmentBuilder(configuration)
    for text in texts {
      try builder.add(IndexDocument(key: nil, language: .english, passages: [IndexPassage(body: text)]))
    }
    return try builder.finish()
  }
}

/// Texts of words by a law near Zipf's, in bursts, from a fixed seed.
enum MicroCorpus {
  static func name(_ rank: Int) -> String {
    var rest = rank + 26
    var name = ""
    while rest > 0 {
      name.append(Character(UnicodeScalar(UInt8(97 + rest % 26))))
      rest /= 26
    }
    return name + "q"
  }

  static func word(_ rank: Int) -> [UInt8] { Array(name(rank).utf8) }

  static func texts(_ count: Int) -> [[UInt8]] {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func random() -> UInt64 {  // SplitMix64
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    var topic = 0
    return (0..<count).map { _ in
      if random() % 10 == 0 { topic = Int(random() % 3000) }
      var text: [UInt8] = []
      for _ in 0..<Int(20 + random() % 180) {
        // The product of two uniform numbers crowds at the small ranks.
        let far = Int((random() % 3000) * (random() % 3000) / 3000)
        text += word(random() % 4 == 0 ? (topic + Int(random() % 8)) % 3000 : far)
        if random() % 6 == 0 { text += Array("s".utf8) }
        text.append(0x20)
      }
      return text
    }
  }
}
