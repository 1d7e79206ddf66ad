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
  /// Words beyond these say nothing more.
  private static let mostWords = 64

  private let analyzer = Analyzer()
  private let stemmer = Stemmer()
  private var tokens = TokenBuffer()
  /// Distinct stems by number, for each the words of the query that it is, a bit each.
  private var numbers: [[UInt8]: Int32] = [:]
  private var masks: [UInt64] = []
  /// By language and hash of a term: its stem's number, negative (the complement) for a stop word. The texts of a few
  /// hundred documents have some thousand distinct terms among their hundred thousands.
  private var known: [Language: [UInt64: Int32]] = [:]

  init(_ query: Query, _ reader: IndexReader) throws(IndexError) {
    var alternatives: [[TermMatch]] = []
    Self.collect(query, &alternatives)
    var words: [Word] = []
    let passages = Double(max(1, reader.passageCount))
    for matches in alternatives.prefix(Self.mostWords) {
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

  /// Calls `body` with the number of the stem of each token, and whether the token is a stop word. O(bytes).
  private func forEachStem(
    _ text: some Collection<UInt8>, _ language: Language, _ body: (_ stem: Int32, _ isStop: Bool) -> Void
  ) {
    var memo = known[language] ?? [:]
    known[language] = nil
    defer { known[language] = memo }
    func read(_ bytes: UnsafeRawBufferPointer) {
      analyzer.analyze(bytes, into: &tokens)
      tokens.withUnsafeTokens { tokens, arena in
        for token in tokens {
          let number: Int32
          if let found = memo[token.hash] {
            number = found
          } else {
            number = self.number(
              UnsafeRawBufferPointer(start: arena + Int(token.termStart), count: Int(token.termLength)), language)
            memo[token.hash] = number
          }
          body(number < 0 ? ~number : number, number < 0)
        }
      }
    }
    if text.withContiguousStorageIfAvailable({ read(UnsafeRawBufferPointer($0)) }) == nil {
      Array(text).withUnsafeBytes { read($0) }
    }
  }

  private func number(_ term: UnsafeRawBufferPointer, _ language: Language) -> Int32 {
    let isStop = StopWords.of(language).contains([UInt8](stemmer.fold(term)))
    let stem = [UInt8](stemmer.stem(term, language))
    let number: Int32
    if let known = numbers[stem] {
      number = known
    } else {
      number = Int32(masks.count)
      numbers[stem] = number
      var mask: UInt64 = 0
      for (index, word) in words.enumerated() where word.stems.contains(stem) { mask |= 1 << UInt64(index) }
      masks.append(mask)
    }
    return isStop ? ~number : number
  }

  /// The words of the query that stand in a text, a bit each. O(bytes).
  func words(in text: some Collection<UInt8>, _ language: Language) -> UInt64 {
    var found: UInt64 = 0
    forEachStem(text, language) { stem, _ in found |= masks[Int(stem)] }
    return found
  }

  /// Content words of a text as numbers of their stems, for comparing two lessons.
  func contentStems(_ text: some Collection<UInt8>, _ language: Language) -> Set<Int32> {
    var out: Set<Int32> = []
    forEachStem(text, language) { stem, isStop in if !isStop { out.insert(stem) } }
    return out
  }

  /// How much of the query the words are: 0…1, weighed by their rareness.
  func share(_ found: UInt64) -> Double {
    guard total > 0 else { return 0 }
    var sum = 0.0
    for (index, word) in words.enumerated() where found >> UInt64(index) & 1 == 1 { sum += word.weight }
    return sum / total
  }
}
