import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// Reading places for many phrases of frequent words is bounded: the first is always compared, of what goes too far only
/// the words count, and a note says so.
@Suite struct PhraseBudgetTests {
  /// Both words stand in every document, never further apart than two places.
  private static func index(_ count: Int, _ text: String? = nil) throws -> TestIndex {
    try TestIndex([
      (0..<count).map { number in
        IndexDocument(
          key: DocumentKey(high: 0, low: UInt64(number + 1)), language: .english,
          passages: [IndexPassage(body: Array((text ?? (number % 10 == 0 ? "dog cat" : "cat dog cow")).utf8))])
      }
    ])
  }

  /// Quoted words keep their form; of what was typed as one word (`dog/cat`, or ideographs) the stems count.
  private static func phrase(_ words: [String], quoted: Bool = true, scope: QueryScope = .anywhere) -> Query {
    let places = words.enumerated().map { place, word in
      PhraseQuery.Word(offset: place, [quoted ? TermMatch(word, form: word) : TermMatch(word)])
    }
    return .phrase(PhraseQuery(places, scope: scope))
  }

  @Test func theFirstPhraseInQuotesIsComparedWhateverItCosts() throws {
    let index = try Self.index(7000)
    let long = Self.phrase((0..<64).map { $0 % 2 == 0 ? "cat" : "dog" })
    let alone = try index.searcher.search(long, SearchOptions(limit: 10, countsExactly: true))
    #expect(alone.total == TotalHits(value: 0, relation: .exactly))
    #expect(alone.notes.isEmpty)
    // The same phrase behind one that took all there is: its words are searched.
    let words = (0..<64).map { $0 % 2 == 0 ? "dog" : "cat" }
    let other = Self.phrase(words)
    let both = try index.searcher.search(.or([long, other]), SearchOptions(limit: 10, countsExactly: true))
    #expect(both.total == TotalHits(value: 7000, relation: .exactly))
    #expect(both.notes.count == 1)
    #expect(both.notes.first?.contains("only the words were searched") == true)
    // What was asked of the title alone is not found in the text.
    let title = Self.phrase(words, scope: .title)
    let inTitle = try index.searcher.search(.or([long, title]), SearchOptions(limit: 10, countsExactly: true))
    #expect(inTitle.total == TotalHits(value: 0, relation: .exactly))
    #expect(inTitle.notes.count == 1)
  }

  /// Nobody said that the order of `dog/cat/…` matters; that of ideographs makes the word.
  @Test func wordsTypedAsOneAreComparedWhereTheyCanBeAfforded() throws {
    func total(_ words: [String], _ index: borrowing TestIndex) throws -> (TotalHits, [String]) {
      let found = try index.searcher.search(
        Self.phrase(words, quoted: false), SearchOptions(limit: 10, countsExactly: true))
      return (found.total, found.notes)
    }
    let index = try Self.index(7000)
    let many = try total((0..<64).map { $0 % 2 == 0 ? "cat" : "dog" }, index)
    #expect(many.0 == TotalHits(value: 7000, relation: .exactly))
    #expect(many.1.count == 1)
    let few = try total(["dog", "cat"], index)
    #expect(few.0 == TotalHits(value: 700, relation: .exactly))
    #expect(few.1.isEmpty)
    let ideographs = try Self.index(7000, "\u{65E5} \u{672C}")
    let word = try total((0..<64).map { $0 % 2 == 0 ? "\u{65E5}" : "\u{672C}" }, ideographs)
    #expect(word.0 == TotalHits(value: 0, relation: .exactly))
    #expect(word.1.isEmpty)
  }

  @Test func whatCanBeAffordedIsCompared() throws {
    let index = try Self.index(7000)
    let found = try index.searcher.search(
      .or([Self.phrase(["dog", "cat"]), Self.phrase(["dog", "cow"])]), SearchOptions(limit: 10, countsExactly: true))
    #expect(found.total == TotalHits(value: 7000, relation: .exactly))
    #expect(found.notes.isEmpty)
    let one = try index.searcher.search(Self.phrase(["dog", "cat"]), SearchOptions(limit: 10, countsExactly: true))
    #expect(one.total == TotalHits(value: 700, relation: .exactly))
    // A phrase with a word that stands nowhere costs nothing.
    let none = try index.searcher.search(
      .or((0..<200).map { Self.phrase(["dog", "absent\($0)"]) } + [Self.phrase(["dog", "cat"])]),
      SearchOptions(limit: 10, countsExactly: true))
    #expect(none.total == TotalHits(value: 700, relation: .exactly))
    #expect(none.notes.isEmpty)
  }
}
