import SearchEngine
import TestSupport
import Testing

/// The oracle itself, against numbers worked by hand.
@Suite struct NaiveIndexTests {
  /// The lengths that Lucene's own test gives (TestSmallFloat) and the first ones that lose digits.
  @Test func lengthsAreLucenes() {
    for length in 0...40 { #expect(LuceneLength.decode(LuceneLength.encode(length)) == length) }
    #expect(LuceneLength.encode(41) == 40)  // 41 - 24 = 17 keeps four bits: 16, so 40
    #expect(LuceneLength.decode(40) == 40)
    #expect(LuceneLength.decode(41) == 42)
    #expect(LuceneLength.decode(255) == 2_013_265_944)  // 15 << 27, and 24
    #expect(LuceneLength.decode(LuceneLength.encode(1000)) == 984)  // 976 = 61 * 16, keeps 960 = 15 << 6
  }

  /// Three passages: a a b (3), a c (2), c c c c (4); average length 3.
  ///
  /// idf(a) = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln 1.6 = 0.4700036
  /// idf(b) = ln(1 + (3 - 1 + 0.5) / (1 + 0.5)) = ln 2.6666667 = 0.9808293
  /// first passage, dl/avgdl = 1: K = 1.2; a: 2 / 3.2 = 0.625, b: 1 / 2.2 = 0.4545455
  /// second, dl/avgdl = 2/3: K = 1.2 (0.25 + 0.5) = 0.9; a: 1 / 1.9 = 0.5263158
  @Test func scoresByHand() {
    func passage(_ words: String) -> NaiveDocument {
      NaiveDocument([.init(words.split(separator: " ").enumerated().map { .init($0.offset, String($0.element)) })])
    }
    let index = NaiveIndex([passage("a a b"), passage("a c"), passage("c c c c")])
    let a = index.search(.word(WordQuery("a")))
    #expect(a.map(\.document) == [0, 1])
    #expect(abs(a[0].score - 0.2937523) < 1e-6)
    #expect(abs(a[1].score - 0.2473703) < 1e-6)
    let both = index.search(.or([.word(WordQuery("a")), .word(WordQuery("b"))]))
    #expect(abs(both[0].score - (0.2937523 + 0.4458315)) < 1e-6)
    #expect(both.count == 2)
    #expect(index.search(.and([.word(WordQuery("a")), .word(WordQuery("c"))])).map(\.document) == [1])
    // The phrase "a b": idf is the sum, frequency 1: (0.4700036 + 0.9808293) / 2.2
    let phrase = index.search(.phrase(PhraseQuery(["a", "b"])))
    #expect(phrase.map(\.document) == [0])
    #expect(abs(phrase[0].score - 0.6594695) < 1e-6)
  }

  @Test func phrasesAndWindows() {
    func document(_ words: String) -> NaiveDocument {
      NaiveDocument([.init(words.split(separator: " ").enumerated().map { .init($0.offset, String($0.element)) })])
    }
    func frequency(_ text: String, _ words: String, slop: Int? = nil) -> Int {
      NaivePhrase.frequency(
        PhraseQuery(words.split(separator: " ").map(String.init), slop: slop), document(text), passage: 0)
    }
    #expect(frequency("a b a b b", "a b") == 2)
    #expect(frequency("a a a", "a a") == 2)
    #expect(frequency("b a", "a b", slop: 0) == 1)
    #expect(frequency("b x a", "a b", slop: 0) == 0)
    #expect(frequency("b x a", "a b", slop: 1) == 1)
    #expect(frequency("a b a", "a b", slop: 3) == 2)
    #expect(frequency("a x x b", "a b", slop: 2) == 1)
    #expect(frequency("a", "a a", slop: 5) == 0)
    #expect(frequency("a x a", "a a", slop: 5) == 1)
  }

  @Test func documentsAndPassages() {
    // A text cut in two: "a b | c d", with the title "t" in each passage.
    let first = NaiveDocument.Passage([.init(0, "t"), .init(1, "a"), .init(2, "b")], titleEnd: 1)
    let second = NaiveDocument.Passage(
      [.init(0, "t"), .init(1, "c"), .init(2, "d")], titleEnd: 1, positionBase: 2, continues: true)
    let index = NaiveIndex([NaiveDocument([first, second])])
    #expect(index.search(.phrase(PhraseQuery(["b", "c"]))).map(\.passage) == [0])
    #expect(index.search(.phrase(PhraseQuery(["t", "c"]))).isEmpty)
    #expect(index.search(.and([.word(WordQuery("a")), .word(WordQuery("d"))])).count == 1)
    #expect(index.search(.word(WordQuery("t", scope: .title))).count == 1)
    #expect(index.search(.word(WordQuery("a", scope: .title))).isEmpty)
  }
}
