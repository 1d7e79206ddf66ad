/// The distinct words of a query, looked up and weighted over the whole index.
struct RescoringTerms {
  struct Entry {
    var info: TermInfo
    /// The code of the typed form; nil where the segment does not hold it under this stem.
    var code: UInt32?
  }
  struct Word {
    var word: QueryWord
    /// How often the query has it.
    var count: Int
    var weight: Float
    var formWeight: Float
    /// For each segment what it stands for there.
    var entries: [[Entry]]
  }

  private(set) var words: [Word] = []
  /// The words of the query in its order, as indices of `words`.
  private(set) var sequence: [Int] = []
  /// The place of each of them among all words of the query, and the number of all words.
  let places: [Int]
  let length: Int
  /// Words of the query that are not looked for.
  var stopWords: Int { max(0, length - sequence.count) }
  let inverseLengths: [Float]

  init(
    _ query: [QueryWord], _ reader: IndexReader, _ similarity: BM25, known: LookedUpTerms
  ) throws(IndexError) {
    let average = Float(Double(reader.totalLength) / Double(max(1, reader.passageCount)))
    inverseLengths = similarity.inverseLengths(averageLength: max(average, .leastNormalMagnitude))
    places = query.map(\.position)
    length = (query.last?.total ?? 0)
    for word in query {
      // Few words: looked through faster than hashed.
      if let known = words.firstIndex(where: { $0.word.stems == word.stems }) {
        words[known].count += 1
        sequence.append(known)
        continue
      }
      sequence.append(words.count)
      words.append(try Self.look(word, up: reader, known))
    }
  }

  private static func look(
    _ word: QueryWord, up reader: IndexReader, _ known: LookedUpTerms
  ) throws(IndexError) -> Word {
    var entries = [[Entry]](repeating: [], count: reader.segments.count)
    var frequency: UInt64 = 0
    var formFrequency: UInt64 = 0
    for stem in word.stems {
      let found = known[stem]
      for (index, segment) in reader.segments.enumerated() {
        let terms = try segment.terms()
        let info: TermInfo?
        if let found { info = found[index]?.info } else { info = try terms.lookup(stem) }
        guard let info else { continue }
        frequency += UInt64(info.passageFrequency)
        var entry = Entry(info: info, code: nil)
        if let form = try terms.form(word.form, of: info, stem: stem) {
          entry.code = form.code
          formFrequency += UInt64(form.passages)
        }
        entries[index].append(entry)
      }
    }
    let count = reader.passageCount
    return Word(
      word: word, count: 1, weight: BM25.inverseDocumentFrequency(frequency, of: count),
      formWeight: formFrequency == 0 ? 0 : BM25.inverseDocumentFrequency(formFrequency, of: count), entries: entries)
  }

  /// A share of BM25 with weight 1.
  @inline(__always)
  func share(_ frequency: UInt32, _ norm: UInt8) -> Float {
    1 - 1 / (1 + Float(frequency) * inverseLengths[Int(norm)])
  }
}
