import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// What stands for a pattern that accepts more than can be searched, and what is said of it.
@Suite struct PatternChoiceTests {
  /// Words that no stemmer touches, in the order of their bytes.
  private static func word(_ number: Int) -> String {
    let letters = Array("bcdfgk")
    var number = number
    var word = ""
    for _ in 0..<6 {
      word = String(letters[number % 6]) + word
      number /= 6
    }
    return word
  }

  private static func index(_ texts: [String]) throws -> TestIndex {
    try TestIndex([
      texts.enumerated().map { number, text in
        IndexDocument(
          key: DocumentKey(high: 0, low: UInt64(number + 1)), language: .english,
          passages: [IndexPassage(body: Array(text.utf8))])
      }
    ])
  }

  private static func stem(_ term: PatternStems.Term, _ dictionary: TermDictionary) throws -> String {
    var iterator = dictionary.iterator()
    while try iterator.next() {
      if try iterator.info().ordinal == term.info.ordinal { return String(decoding: iterator.term, as: UTF8.self) }
    }
    return ""
  }

  /// Three thousand words that occur once, ten that occur in many documents, `walk` everywhere and `walks` once, and a
  /// plural that has no singular.
  private static func vocabulary() throws -> (TestIndex, frequent: [String]) {
    let frequent = (0..<10).map { word($0 * 317 + 40) }
    var texts = (0..<100).map { number in
      (0..<30).map { word(number * 30 + $0) }.joined(separator: " ") + " walked walking"
    }
    for number in 0..<60 {
      texts[number] += " " + frequent.prefix(10 - number / 12).joined(separator: " ") + " gadgets"
    }
    texts[7] += " walks"
    return (try index(texts), frequent)
  }

  @Test func theMostFrequentStemsAreFoundInFewBlocks() throws {
    let (index, frequent) = try Self.vocabulary()
    let segment = index.searcher.reader.segments[0]
    let dictionary = try segment.terms()
    let automaton = LazyAutomaton(.regexp(Array("[bcdfgk]{6}".utf8)))
    let blocks = try LiveBlocks(automaton, dictionary.index).blocks
    #expect(blocks.count > 40)
    let few = try FrequentStems(automaton, dictionary, blocks, PostingSizes(dictionary), limit: 11)
    #expect(few.blocksRead == 11)
    var budget = PatternExpansion.Budget()
    let stems = try PatternStems(few, dictionary, &budget, segmentsLeft: 1)
    #expect(stems.isCut)
    let best = try stems.terms.prefix(10).map { try Self.stem($0, dictionary) }
    #expect(Set(best) == Set(frequent))
    // All blocks: as many as are kept, the most frequent first.
    let all = try FrequentStems(automaton, dictionary, blocks, PostingSizes(dictionary), limit: blocks.count)
    #expect(all.found.count == FrequentStems.most)
    #expect(zip(all.found, all.found.dropFirst()).allSatisfy { $0.passages >= $1.passages })
    #expect(all.found.prefix(10).map(\.passages) == few.found.prefix(10).map(\.passages))
  }

  @Test func formsOfFrequentStemsCountByThemselves() throws {
    let (index, _) = try Self.vocabulary()
    let segment = index.searcher.reader.segments[0]
    let dictionary = try segment.terms()
    for (pattern, wanted) in [("walk*", 100), ("*alks", 1), ("walked", 100), ("*lki?g", 100), ("gadg*", 60)] {
      let automaton = LazyAutomaton(.wildcard(Array(pattern.utf8)))
      let blocks = Array(0..<Int32(dictionary.index.count))
      let found = try FrequentStems(automaton, dictionary, blocks, PostingSizes(dictionary), limit: blocks.count).found
      #expect(found.count == 1, "\(pattern)")
      #expect(found.first?.passages == UInt32(wanted), "\(pattern)")
      #expect((found.first?.codes == nil) == (pattern == "walk*" || pattern == "gadg*"), "\(pattern)")
    }
  }

  /// A rare form of a frequent stem costs as much as the stem and finds little: of too many forms it is none that stays.
  @Test func rareFormsOfFrequentStemsAreLeftOut() throws {
    var texts = (0..<1100).map { Self.word($0 * 3) + "s walked" }
    texts[3] += " walks"
    for number in 0..<50 { texts[number] += " gadgets" }
    let index = try Self.index(texts)
    let segment = index.searcher.reader.segments[0]
    let (dictionary, forms) = (try segment.terms(), try segment.forms())
    func stems(_ pattern: String) throws -> PatternStems {
      let scan = try FormScan(LazyAutomaton(.wildcard(Array(pattern.utf8))), forms)
      #expect(scan.isWhole)
      var budget = PatternExpansion.Budget()
      return try PatternStems(scan.accepted, dictionary, &budget, segmentsLeft: 1)
    }
    let cut = try stems("*s")
    #expect(cut.isCut)
    #expect(cut.terms.count == PatternExpansion.maximumForms)
    #expect(try Self.stem(cut.terms[0], dictionary) == "gadget")
    let walk = try #require(try dictionary.lookup(Array("walk".utf8)))
    #expect(!cut.terms.contains { $0.info.ordinal == walk.ordinal })
    // Where nothing is cut it counts like any other.
    let whole = try stems("wal*s")
    #expect(!whole.isCut)
    #expect(whole.terms.map(\.info.ordinal) == [walk.ordinal])
    #expect(whole.terms[0].codes != nil)
  }

  @Test func whatIsCutIsSaid() throws {
    let (index, frequent) = try Self.vocabulary()
    func answer(_ pattern: PatternQuery.Pattern) throws -> TopDocs {
      try index.searcher.search(.pattern(PatternQuery(pattern)), SearchOptions(limit: 200))
    }
    let everything = try answer(.regexp(Array(".*".utf8)))
    #expect(everything.notes.count == 1)
    #expect(everything.notes[0].contains("stands for very many words"))
    #expect(everything.total.relation == .atLeast)
    #expect(everything.hits.count == 100)
    let some = try answer(.prefix(Array(frequent[0].utf8)))
    #expect(some.notes.isEmpty)
    #expect(some.total == TotalHits(value: 60, relation: .exactly))
    let intricate = try answer(.regexp(Array("(.*b.*c.*d.*){8}.{40}".utf8)))
    #expect(intricate.notes.isEmpty || intricate.notes[0].contains("intricate"))
  }

  /// Whatever many patterns ask for, together they read no more than the budget of a query.
  @Test func patternsShareABudget() throws {
    let (index, frequent) = try Self.vocabulary()
    let reader = index.searcher.reader
    let (dictionary, forms) = (try reader.segments[0].terms(), try reader.segments[0].forms())
    let sizes = PostingSizes(dictionary)
    var budget = PatternExpansion.Budget()
    budget.reading = 24 * FrequentStems.blockCost
    budget.postings = 4000
    var isCut = false
    for number in 0..<40 {
      let before = budget
      let pattern = PatternQuery(.wildcard(Array("*\(["b", "c", "d", "f"][number % 4])??".utf8)))
      let expansion = try PatternExpansion(pattern, reader, [dictionary], [forms], [sizes], &budget)
      if expansion.isCut {
        isCut = true
        #expect(expansion.notes.count == 1)
      }
      #expect(budget.reading >= 0 && budget.postings >= 0 && budget.forms >= 0)
      #expect(budget.reading <= before.reading && budget.postings <= before.postings)
    }
    #expect(isCut)
    // The first pattern gets most: the frequent words are among what it stands for.
    var own = PatternExpansion.Budget()
    own.reading = 24 * FrequentStems.blockCost
    let expansion = try PatternExpansion(
      PatternQuery(.regexp(Array("[bcdfgk]{6}".utf8))), reader, [dictionary], [forms], [sizes], &own)
    #expect(expansion.isCut)
    let holders = Set(expansion.lists[0].passages)
    let word = try #require(try dictionary.lookup(Array(frequent[0].utf8)))
    var cursor = try reader.segments[0].postings(word)
    while cursor.passage != .noMore {
      #expect(holders.contains(cursor.passage))
      _ = cursor.advance()
    }
  }

  /// Sums over all passages give what going document by document gives.
  @Test func sumsEqualTheGeneralExecutor() throws {
    let seed = SplitMix64.testSeed
    var random = SplitMix64(seed: seed)
    let shape = RandomCorpus.Shape(
      documents: 120, passages: 4, words: 25, vocabulary: 39, hasTitles: true, hasHeadings: true, continuing: 0.3)
    let documents = RandomCorpus(shape, random: &random, firstKey: 1).documents
    let index = try TestIndex([documents], isDeleted: { $0 % 7 == 3 })
    for round in 0..<80 {
      func word() -> String { RandomCorpus.words.randomElement(using: &random)! }
      func leaf(_ kind: Int) -> Query {
        switch kind {
        case 0: .pattern(PatternQuery(.prefix(Array(word().prefix(1).utf8))))
        case 1: .pattern(PatternQuery(.wildcard(Array(("*" + word().suffix(2)).utf8))))
        case 2: .word(WordQuery([TermMatch(stem: Array(word().utf8))]))
        default:
          .phrase(
            PhraseQuery((0..<2).map { .init(offset: $0, [TermMatch(stem: Array(word().utf8))]) }))
        }
      }
      var clauses = [BooleanQuery.Clause(.should, leaf(round % 5 == 0 ? 3 : 0))]
      if round % 2 == 0 {
        // Alternatives within alternatives.
        let inner = (0..<3).map { _ in leaf(Int.random(in: 0...3, using: &random)) }
        clauses.append(.init(.should, .or([.or(Array(inner[..<2])), inner[2]])))
      }
      if round % 6 == 1 { clauses.append(.init(.should, .all)) }
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        clauses.append(.init(.should, leaf(Int.random(in: 0...3, using: &random))))
      }
      if round % 3 == 0 { clauses.append(.init(.mustNot, leaf(2))) }
      if round % 4 == 0 { clauses.append(.init(.filter, leaf(1))) }
      let query = Query.boolean(BooleanQuery(clauses, minimumShould: 1))
      let options = SearchOptions(limit: 50, countsExactly: true)
      let fast = try index.searcher.search(query, options, strategy: .automatic)
      let slow = try index.searcher.search(query, options, strategy: .exhaustive)
      #expect(fast == slow, "seed \(seed), round \(round)")
    }
  }
}
