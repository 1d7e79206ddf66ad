import Glibc
import SearchEngine
import TextAnalysis

/// The words of a query, for asking how much of it a stretch of text speaks of. One per thread.
final class LessonTopic {
  private struct Word {
    var stems: [[UInt8]]
    var weight: Double
  }

  private let words: [Word]
  private let total: Double
  /// Whether there is anything to rank by.
  var hasWords: Bool { !words.isEmpty }
  private let analyzer = Analyzer()
  private let stemmer = Stemmer()

  init(_ query: Query, _ reader: IndexReader) throws(IndexError) {
    var alternatives: [[TermMatch]] = []
    Self.collect(query, &alternatives)
    var words: [Word] = []
    let passages = Double(max(1, reader.passageCount))
    for matches in alternatives {
      var frequency = 0.0
      for match in matches {
        for segment in reader.segments {
          frequency += Double(try segment.terms().lookup(match.stem)?.passageFrequency ?? 0)
        }
      }
      guard frequency > 0 else { continue }
      let idf = log(1 + max(0, passages - frequency + 0.5) / (frequency + 0.5))
      words.append(Word(stems: matches.map(\.stem), weight: idf))
    }
    self.words = words
    total = words.reduce(0) { $0 + $1.weight }
  }

  private static func collect(_ query: Query, _ words: inout [[TermMatch]]) {
    switch query {
    case .all, .none, .filter, .pattern: break
    case .word(let word): words.append(word.alternatives)
    case .phrase(let phrase): for word in phrase.words { words.append(word.alternatives) }
    case .boolean(let boolean):
      for clause in boolean.clauses where clause.occur == .must || clause.occur == .should {
        collect(clause.query, &words)
      }
    }
  }

  /// Stems of a text. O(bytes).
  func stems(_ text: some Collection<UInt8>, _ language: Language) -> Set<[UInt8]> {
    var out: Set<[UInt8]> = []
    for token in analyzer.tokens(of: Array(text)) { out.insert(stemmer.stem(token.term, language)) }
    return out
  }

  /// Content words of a text as stems, for comparing two lessons.
  func contentStems(_ text: some Collection<UInt8>, _ language: Language) -> Set<[UInt8]> {
    let stops = StopWords.of(language)
    var out: Set<[UInt8]> = []
    for token in analyzer.tokens(of: Array(text)) where !stops.contains(stemmer.fold(token.term)) {
      out.insert(stemmer.stem(token.term, language))
    }
    return out
  }

  /// How much of the query is among the stems: 0…1, words weighed by their rareness.
  func share(_ stems: Set<[UInt8]>) -> Double {
    guard total > 0 else { return 0 }
    var found = 0.0
    for word in words where word.stems.contains(where: stems.contains) { found += word.weight }
    return found / total
  }
}
