public import SearchEngine
internal import TextAnalysis

/// Small random corpora for property tests: few words, so that everything meets everything, in bursts, because the
/// words of real documents come in bursts and block bounds would otherwise never bite.
public struct RandomCorpus {
  public struct Shape: Sendable {
    public var documents: Int
    /// Passages a document: 1 up to this many.
    public var passages: Int
    /// Words a passage: up to this many.
    public var words: Int
    public var vocabulary: Int
    public var hasTitles: Bool
    public var hasHeadings: Bool
    /// Every passage after the first of a document continues it with this probability.
    public var continuing: Double

    public init(
      documents: Int, passages: Int = 1, words: Int = 30, vocabulary: Int = 24, hasTitles: Bool = false,
      hasHeadings: Bool = false, continuing: Double = 0
    ) {
      self.documents = documents
      self.passages = passages
      self.words = words
      self.vocabulary = vocabulary
      self.hasTitles = hasTitles
      self.hasHeadings = hasHeadings
      self.continuing = continuing
    }
  }

  /// Words of several forms, an identifier, a hyphen: the most frequent first.
  public static let words = [
    "the", "pump", "valve", "of", "water", "pumps", "fail", "pumping", "failed", "state", "a", "valves", "failing",
    "ERR_42", "states", "stop-gap", "house", "housing", "waters", "fails", "stated", "houses", "C++", "gap", "stop",
    "to",
    "seal", "seals", "sealed", "leak", "leaks", "leaking", "oil", "oils", "gauge", "gauges", "relay", "relays", "fuse",
    "fuses",
  ]

  /// The columns that every corpus has, in this order.
  public static let schema = Schema(columns: [
    .init(name: "kind", type: .keyword), .init(name: "date", type: .integer), .init(name: "tags", type: .keywords),
    .init(name: "marks", type: .inverted), .init(name: "print", type: .fixed),
  ])
  public static let kinds = ["wiki", "newsletter", "transcript"]
  public static let people = ["Ann Lee", "Bo Ek", "Cy Dahl", "Di Mor"]

  public let documents: [IndexDocument]

  public init(_ shape: Shape, random: inout SplitMix64, firstKey: UInt64 = 0) {
    var documents: [IndexDocument] = []
    var topic: [String] = []
    for number in 0..<shape.documents {
      // A topic lasts for a run of documents.
      if topic.isEmpty || Int.random(in: 0..<12, using: &random) == 0 {
        topic = (0..<3).map { _ in Self.word(shape, &random) }
      }
      func text(_ most: Int, least: Int = 0) -> [UInt8] {
        var words: [String] = []
        for _ in 0..<Int.random(in: least...max(least, most), using: &random) {
          let isTopic = Int.random(in: 0..<3, using: &random) == 0
          words.append(isTopic ? topic.randomElement(using: &random)! : Self.word(shape, &random))
        }
        return Array(words.joined(separator: " ").utf8)
      }
      var passages: [IndexPassage] = []
      for index in 0..<Int.random(in: 1...shape.passages, using: &random) {
        let continues = index > 0 && Double.random(in: 0..<1, using: &random) < shape.continuing
        passages.append(
          IndexPassage(
            heading: shape.hasHeadings && !continues ? text(2) : [], body: text(shape.words), continues: continues))
      }
      var columns: [ColumnValue] = []
      if Int.random(in: 0..<10, using: &random) > 0 {
        columns.append(ColumnValue(column: 0, .bytes(Array(Self.kinds.randomElement(using: &random)!.utf8))))
      }
      if Int.random(in: 0..<10, using: &random) > 0 {
        columns.append(ColumnValue(column: 1, .integer(Int64.random(in: -40...400, using: &random) * 86_400 * 30)))
      }
      for tag in ["x", "y", "z"] where Bool.random(using: &random) {
        columns.append(ColumnValue(column: 2, .bytes(Array(tag.utf8))))
        columns.append(ColumnValue(column: 3, .bytes(Array("\(tag)\(number % 3)".utf8))))
      }
      if number % 4 > 0 {
        columns.append(ColumnValue(column: 4, .bytes([UInt8(number % 251), UInt8(number % 4), 7])))
      }
      var mentions: [Mention] = []
      for person in Self.people where Int.random(in: 0..<4, using: &random) == 0 {
        mentions.append(
          Mention(name: Array(person.utf8), address: [], role: UInt8(Int.random(in: 0..<3, using: &random))))
      }
      documents.append(
        IndexDocument(
          key: DocumentKey(high: 7, low: firstKey + UInt64(number)), language: .english,
          title: shape.hasTitles ? text(3) : [], passages: passages, columns: columns, mentions: mentions))
    }
    self.documents = documents
  }

  /// A word by a law near Zipf's.
  static func word(_ shape: Shape, _ random: inout SplitMix64) -> String {
    let count = min(shape.vocabulary, words.count)
    let place = Double.random(in: 0..<1, using: &random)
    return words[min(count - 1, Int(Double(count) * place * place))]
  }
}
