public import TextAnalysis

/// Finds the words of a query in the text of a passage, by analysing it again: the index keeps no offsets. One per
/// thread.
public final class Highlighter {
  /// A part of the query that is found as a whole.
  enum Unit {
    case word([TermMatch])
    case phrase(PhraseQuery)
    case pattern(LazyAutomaton)
  }

  private let units: [Unit]
  private let languages: [Language]
  let passages: PassageAnalyzer
  /// The terms that were met, each with the place of its words in `recognized`; at 0: none of the query's words.
  private var memo = TermMemo()
  private var recognized: [[Int]] = [[]]

  /// - Parameters:
  ///   - languages: Those that the query was analysed with.
  ///   - analyzer: How the query and the memory were analysed.
  public convenience init(
    _ query: Query, languages: [Language], analyzer: Analyzer.Configuration = Analyzer.Configuration()
  ) {
    self.init(query, languages: languages, passages: PassageAnalyzer(analyzer))
  }

  /// - Parameter passages: Shared with other highlighters of the thread.
  public init(_ query: Query, languages: [Language], passages: PassageAnalyzer) {
    self.passages = passages
    var units: [Unit] = []
    Self.collect(query.simplified(), &units)
    self.units = units
    self.languages = languages
  }

  /// The parts that a document is found for; what it must not hold is not looked for.
  private static func collect(_ query: Query, _ units: inout [Unit]) {
    switch query {
    case .all, .none, .filter: break
    case .word(let word): units.append(.word(word.alternatives))
    case .phrase(let phrase): units.append(.phrase(phrase))
    case .pattern(let pattern): units.append(.pattern(LazyAutomaton(pattern.pattern)))
    case .boolean(let boolean):
      for clause in boolean.clauses where clause.occur == .must || clause.occur == .should {
        collect(clause.query, &units)
      }
    }
  }

  /// Every occurrence of the query in the text, in bytes of UTF-8; ascending, not overlapping. Words of a phrase count
  /// only where the phrase stands, and a phrase in a row is one range; if nothing else is found (the phrase crosses
  /// into another passage), its words count each. O(text).
  public func highlights(in utf8: [UInt8]) -> [Range<Int>] { Self.merged(matches(in: utf8)) }

  /// A place of one unit.
  struct Match {
    var unit: Int
    var range: Range<Int>
  }

  /// All matches, sorted by place.
  func matches(in utf8: [UInt8]) -> [Match] {
    guard !units.isEmpty else { return [] }
    let tokens = tokens(of: utf8)
    var matches: [Match] = []
    findWords(tokens, &matches, loosely: false)
    for unit in units.indices { findPhrase(unit, tokens, &matches) }
    if matches.isEmpty { findWords(tokens, &matches, loosely: true) }
    matches.sort {
      ($0.range.lowerBound, -$0.range.upperBound, $0.unit) < ($1.range.lowerBound, -$1.range.upperBound, $1.unit)
    }
    return matches
  }

  static func merged(_ matches: [Match]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for match in matches {
      if let last = ranges.last, match.range.lowerBound < last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, match.range.upperBound)
      } else {
        ranges.append(match.range)
      }
    }
    return ranges
  }

  // MARK: Tokens

  /// A token of the passage with the units' words that it is.
  private struct PassageToken {
    var position: Int
    var range: Range<Int>
    /// Indices into `interesting`.
    var terms: [Int]
  }

  /// The tokens that matter to any unit. Each distinct term is stemmed once.
  private func tokens(of utf8: [UInt8]) -> [PassageToken] {
    passages.remembers ? rememberedTokens(of: utf8) : freshTokens(of: utf8)
  }

  private func freshTokens(of utf8: [UInt8]) -> [PassageToken] {
    var result: [PassageToken] = []
    var position = -1
    passages.withTokens(of: utf8) { tokens, arena in
      for token in tokens {
        position += Int(token.positionIncrement)
        let terms = recognized[number(of: Self.term(token, arena), token.hash)]
        if !terms.isEmpty {
          result.append(.init(position: position, range: Int(token.start)..<Int(token.end), terms: terms))
        }
      }
    }
    return result
  }

  /// Of a passage that other highlighters look at too: its terms have numbers, so that one that was seen before, in
  /// whatever passage, costs a look into a table.
  private func rememberedTokens(of utf8: [UInt8]) -> [PassageToken] {
    var result: [PassageToken] = []
    var position = -1
    passages.withNumberedTokens(of: utf8) { tokens, arena, numbers, verdicts in
      for (index, token) in tokens.enumerated() {
        position += Int(token.positionIncrement)
        let place = Int(numbers[index])
        if verdicts[place].owner != signature {
          let words = words(of: Self.term(token, arena))
          if !words.isEmpty { recognized.append(words) }
          verdicts[place] = .init(owner: signature, value: words.isEmpty ? 0 : UInt32(recognized.count - 1))
        }
        let terms = Int(verdicts[place].value)
        if terms > 0 {
          result.append(
            .init(position: position, range: Int(token.start)..<Int(token.end), terms: recognized[terms]))
        }
      }
    }
    return result
  }

  private static func term(_ token: Token, _ arena: UnsafeRawPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: arena + Int(token.termStart), count: Int(token.termLength))
  }

  /// Signs what this highlighter found out about terms of shared passages.
  private lazy var signature = passages.newHighlighter()

  /// The query's words that a term is.
  private func words(of term: UnsafeRawBufferPointer) -> [Int] { mayBeWanted(term) ? recognize(Array(term)) : [] }

  /// The number in `recognized` of a token's term. Every distinct term is looked at once, over all texts.
  private func number(of term: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
    if let number = memo.value(term, hash) { return number }
    let words = words(of: term)
    if !words.isEmpty { recognized.append(words) }
    let number = words.isEmpty ? 0 : recognized.count - 1
    memo.insert(term, hash, number)
    return number
  }

  /// What a term can be excluded by without stemming it: nothing that begins with another letter is one of the words.
  private func mayBeWanted(_ term: UnsafeRawBufferPointer) -> Bool {
    guard let beginnings, let first = term.first, (0x30...0x7A).contains(first) else { return true }
    return beginnings[Int(first)]
  }

  /// With which bytes a word of the query can begin; nil where that says nothing: with patterns, and with stemmers that
  /// take away prefixes. (The others leave a first letter of ASCII alone; apostrophes in front are not letters.)
  private lazy var beginnings: [Bool]? = {
    guard languages.allSatisfy({ !$0.hasStemmer || Self.keepingBeginnings.contains($0) }) else { return nil }
    guard vocabulary.patterns.isEmpty else { return nil }
    var found = [Bool](repeating: false, count: 256)
    for word in vocabulary.forms.words + vocabulary.stems.words {
      guard let first = word.first else { return nil }
      found[Int(first)] = true
    }
    return found
  }()

  private static let keepingBeginnings: [Language] = [
    .danish, .dutch, .english, .finnish, .french, .german, .hungarian, .italian, .norwegian, .portuguese, .romanian,
    .russian, .spanish, .swedish,
  ]

  /// The query's words that a term is, as indices into `vocabulary`.
  private func recognize(_ term: [UInt8]) -> [Int] {
    let form = passages.stemmer.fold(term)
    var stems: Set<[UInt8]> = languages.isEmpty ? [form] : []
    for language in languages { stems.insert(passages.stemmer.stem(term, language)) }
    var found: [Int] = []
    // A form is enough: the stem that the index knows may come from a language that is not among `languages`.
    if let indices = vocabulary.forms[form] { found += indices }
    for stem in stems {
      if let indices = vocabulary.stems[stem] { found += indices }
    }
    for (index, matcher) in vocabulary.patterns where matcher.accepts(form) { found.append(index) }
    if found.count > 1 { found.sort() }
    return found
  }

  /// Words with the numbers that each has.
  private struct Numbers {
    private var numbering = Numbering<[UInt8]>()
    private var numbers: [[Int]] = []

    var words: [[UInt8]] { numbering.values }

    subscript(word: [UInt8]) -> [Int]? { numbering.number(of: word).map { numbers[$0] } }

    mutating func add(_ word: [UInt8], _ number: Int) {
      if let place = numbering.number(of: word) { return numbers[place].append(number) }
      numbering.append(word)
      numbers.append([number])
    }
  }

  /// The words of all units by number: those that want a form by the form, others by their stem.
  private struct Vocabulary {
    var forms = Numbers()
    var stems = Numbers()
    var patterns: [(Int, LazyAutomaton)] = []
    /// For each word its unit.
    var units: [Int] = []

    mutating func add(_ match: TermMatch, _ unit: Int) {
      if let form = match.form {
        forms.add(form, units.count)
      } else {
        stems.add(match.stem, units.count)
      }
      units.append(unit)
    }
  }

  private lazy var vocabulary: Vocabulary = {
    var vocabulary = Vocabulary()
    for (number, unit) in units.enumerated() {
      switch unit {
      case .word(let alternatives): for match in alternatives { vocabulary.add(match, number) }
      case .phrase(let phrase):
        for word in phrase.words { for match in word.alternatives { vocabulary.add(match, number) } }
      case .pattern(let matcher):
        vocabulary.patterns.append((vocabulary.units.count, matcher))
        vocabulary.units.append(number)
      }
    }
    return vocabulary
  }()

  // MARK: Units

  private func size(_ unit: Unit) -> Int {
    switch unit {
    case .word(let alternatives): alternatives.count
    case .phrase(let phrase): phrase.words.reduce(0) { $0 + $1.alternatives.count }
    case .pattern: 1
    }
  }

  private lazy var firstWords: [Int] = {
    var first = 0
    return units.map { unit in
      defer { first += size(unit) }
      return first
    }
  }()

  /// Words and patterns; loosely also the words of phrases, each by itself.
  private func findWords(_ tokens: [PassageToken], _ matches: inout [Match], loosely: Bool) {
    for token in tokens {
      var last = -1
      // Ascending, so that the words of one unit come one behind another.
      for term in token.terms {
        let unit = vocabulary.units[term]
        if unit == last { continue }
        last = unit
        if !loosely, case .phrase = units[unit] { continue }
        matches.append(Match(unit: unit, range: token.range))
      }
    }
  }

  private func findPhrase(_ index: Int, _ tokens: [PassageToken], _ matches: inout [Match]) {
    guard case .phrase(let phrase) = units[index] else { return }
    let first = firstWords[index]
    // The tokens of each word of the phrase, by position.
    var words = PhraseWords(capacity: phrase.words.count)
    var ranges: [[Int: Range<Int>]] = []
    var next = first
    for word in phrase.words {
      let terms = next..<(next + word.alternatives.count)
      next = terms.upperBound
      let places = tokens.filter { $0.terms.contains(where: terms.contains) }
      words.append(PhraseWord(offset: word.offset, places: places.map { UInt64($0.position) }))
      ranges.append(Dictionary(places.map { ($0.position, $0.range) }) { a, b in a.count < b.count ? a : b })
    }
    if words.hasEmptyWord { return }
    let count = words.count
    let pointer = words.take()
    defer {
      pointer.deinitialize(count: count)
      pointer.deallocate()
    }
    if let slop = phrase.slop {
      PhraseMatching.windows(pointer, count, slop: slop) { place in
        let window = Int(place)..<(Int(place) + count + slop)
        for word in ranges {
          for (position, range) in word where window.contains(position) {
            matches.append(Match(unit: index, range: range))
          }
        }
      }
    } else {
      PhraseMatching.rows(pointer, count) { place, _ in
        let found = ranges.enumerated().compactMap { word, ranges in ranges[Int(place) + phrase.words[word].offset] }
        let start = found.map(\.lowerBound).min()!
        matches.append(Match(unit: index, range: start..<found.map(\.upperBound).max()!))
      }
    }
  }
}
