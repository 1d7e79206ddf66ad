public import TextAnalysis

/// How a filter of the query language (`kind:`, `author:`, `after:` …) is meant by whoever owns the columns.
public enum FieldReading: Sendable {
  case filter(Filter)
  /// The value means nothing for this field (a date that is none): its words are searched as text, with this note.
  case unusable(String)
}

/// Makes a `Query` of what was typed: words become terms of the index.
///
/// - Free words are ranked, any of them suffices; stop words among them are dropped while a content word remains.
/// - A word that the analyzer cuts in several (`foo-bar`, `ERR_CONN_42`) is the phrase of its parts, or the whole
///   identifier, which the index holds beside the parts; a document with the whole scores by both.
/// - A quoted word must stand in the same form, a free word in any form of its stem.
/// - `title:` and filters restrict; AND, `+` and NOT hold over the document.
///
/// One analyzer per thread.
public final class QueryAnalyzer {
  public struct Configuration {
    /// The languages of the memory whose stems a query word stands for, the most frequent first; three count.
    public var languages: [Language]
    /// The stop words of each of them.
    public var stopWords: [StopWords]
    /// The index that will be searched: its dictionary of forms knows stems of a word in other languages, and
    /// spellings with and without diacritics. nil: only `languages` are used.
    public var reader: IndexReader?
    /// Whether a word that `reader` does not hold is replaced by the one that was probably meant, with a note.
    public var correctsSpelling = false
    /// How words become tokens: as in the `IndexConfiguration` that the memory was filled with.
    public var analyzer: Analyzer.Configuration
    /// What a filter means. Called once for each filter of the query.
    public var field: (QueryField, String) -> FieldReading

    /// - Parameter stopWords: nil: the lists of the languages; `[]`: free queries keep every word.
    public init(
      languages: [Language], stopWords: [StopWords]? = nil, reader: IndexReader? = nil,
      analyzer: Analyzer.Configuration = Analyzer.Configuration(),
      field: @escaping (QueryField, String) -> FieldReading = { field, _ in
        .unusable("“\(field.rawValue):” is not known here and was read as text")
      }
    ) {
      self.languages = Array(languages.prefix(Self.maximumLanguages))
      self.stopWords = stopWords ?? self.languages.map(StopWords.of)
      self.reader = reader
      self.analyzer = analyzer
      self.field = field
    }

    static let maximumLanguages = 3
  }

  public struct Result: Sendable {
    public var query: Query
    /// The parser's notes and those of the analysis, in the order of the query; of very many the first, and how many
    /// more there are.
    public var notes: [QueryNote]
    /// The words that the query wants, for the second phase of ranking.
    public var words: [QueryWord]
  }

  let configuration: Configuration
  private let analyzer: Analyzer
  private let stemmer = Stemmer()
  /// Words that were asked for before, and their stems.
  private var knownWords = Numbering<[UInt8]>()
  private var knownStems: [[[UInt8]]] = []

  public init(_ configuration: Configuration) {
    self.configuration = configuration
    analyzer = Analyzer(configuration.analyzer)
  }

  /// Reads a query in the full language.
  public func query(_ text: String) throws(IndexError) -> Result { try query(QueryParser.parse(text), text) }

  /// Reads free text: nothing in it is an operator.
  public func freeQuery(_ text: String) throws(IndexError) -> Result { try query(QueryParser.parseFree(text), text) }

  private func query(_ parsed: ParsedQuery, _ text: String) throws(IndexError) -> Result {
    var builder = QueryBuilder(self, queryLength: text.utf8.count)
    let query = try builder.build(parsed.syntax, scope: .anywhere)
    return Result(
      query: query ?? .none, notes: Self.readable(parsed.notes) + builder.notes,
      words: Array(try words(of: parsed.syntax, builder.corrections).prefix(QueryBuilder.maximumWords)))
  }

  /// Ten thousand parentheses are ten thousand remarks, which nobody reads.
  private static func readable(_ notes: [QueryNote]) -> [QueryNote] {
    if notes.count <= maximumNotes { return notes }
    let start = notes[maximumNotes].range.lowerBound
    let rest = QueryNote(
      range: start..<max(start, notes[notes.count - 1].range.upperBound),
      message: "\(notes.count - maximumNotes) more remarks like these were left out")
    return notes.prefix(maximumNotes) + [rest]
  }

  private static let maximumNotes = 12

  /// The words of a text in a row, any form of each, weighing together about as much as one word: another name of
  /// something that was asked for ranks below the name that was typed.
  public func row(_ text: String) throws(IndexError) -> Query? {
    var words: [PhraseQuery.Word] = []
    for part in parts(of: text) where part.token.positionIncrement > 0 {
      words.append(.init(offset: words.count, try alternatives(part, exact: false)))
    }
    guard !words.isEmpty else { return nil }
    let boost = Self.otherNameWeight / Float(words.count)
    if words.count == 1 { return .word(WordQuery(words[0].alternatives, boost: boost)) }
    var phrase = PhraseQuery(words)
    phrase.boost = boost
    return .phrase(phrase)
  }

  private static let otherNameWeight: Float = 0.6

  // MARK: Words

  /// A word of the text as the analyzer sees it.
  struct Part {
    var token: AnalyzedToken
    /// Without diacritics: what stands in the dictionary of forms.
    var form: [UInt8]
  }

  func parts(of text: String) -> [Part] {
    analyzer.tokens(of: text).map { Part(token: $0, form: stemmer.fold($0.term)) }
  }

  func isStopWord(_ form: [UInt8]) -> Bool { configuration.stopWords.contains { $0.contains(form) } }

  /// What a word may stand for: its stems in the languages of the memory, and those that its form has in the index.
  func alternatives(_ part: Part, exact: Bool) throws(IndexError) -> [TermMatch] {
    try stems(part).map { TermMatch(stem: $0, form: exact ? part.form : nil) }
  }

  private func stems(_ part: Part) throws(IndexError) -> [[UInt8]] {
    if let known = known(part.token.term) { return known }
    var stems: [[UInt8]] = []
    for language in configuration.languages { append(stemmer.stem(part.token.term, language), to: &stems) }
    if configuration.languages.isEmpty { stems.append(part.form) }
    if let reader = configuration.reader {
      for segment in reader.segments {
        for stem in try segment.forms().stems(part.form) { append(stem, to: &stems) }
      }
    }
    remember(stems, of: part.token.term)
    return stems
  }

  private func known(_ word: [UInt8]) -> [[UInt8]]? { knownWords.number(of: word).map { knownStems[$0] } }

  /// A query asks for each of its words several times; whoever keeps an analyzer for long shall not pay for it.
  private func remember(_ stems: [[UInt8]], of word: [UInt8]) {
    if knownWords.count == 1 << 13 {
      knownWords.removeAll()
      knownStems.removeAll()
    }
    knownWords.append(word)
    knownStems.append(stems)
  }

  struct Correction {
    /// As it stands in the dictionary.
    var form: [UInt8]
    var alternatives: [TermMatch]
    /// Nothing else can have been meant; else it is searched beside the word as typed.
    var replaces: Bool
  }

  /// The word that was probably meant by one that the index does not hold in the form that was typed; nil where it
  /// does, or nothing similar is known.
  ///
  /// Where no other form of the word is there either, it is replaced. Where its stem is there, the word may be a rare
  /// form or a slip: what is much more frequent than the stem and one edit away is searched too. Stems of the second
  /// and third language of a memory say little: they are often those of other words.
  ///
  /// - Parameter left: How many words of the query may still be looked for.
  func correction(
    _ part: Part, _ alternatives: [TermMatch], _ left: inout Int
  ) throws(IndexError) -> Correction? {
    guard configuration.correctsSpelling, let reader = configuration.reader, part.token.kind == .word,
      SpellingCorrector.mayCorrect(part.form), !isStopWord(part.form)
    else { return nil }
    let corrector = SpellingCorrector(reader: reader)
    guard try !corrector.holds(form: part.form) else { return nil }
    var held = 0.0
    for (number, match) in alternatives.enumerated() {
      held += Double(try corrector.documents(stem: match.stem)) * (number == 0 ? 1 : 0.05)
    }
    left -= 1
    let rival = held == 0 ? nil : SpellingCorrector.Rival(documents: held)
    guard let found = try corrector.correct(part.form, rival) else { return nil }
    var stems = found.stems
    for language in configuration.languages { append(stemmer.stem(found.form, language), to: &stems) }
    return Correction(form: found.form, alternatives: stems.map { TermMatch(stem: $0) }, replaces: held == 0)
  }

  private func append(_ stem: [UInt8], to stems: inout [[UInt8]]) {
    if !stems.contains(stem) { stems.append(stem) }
  }
}
