import Testing

@testable import TextAnalysis

@Suite struct LanguageTests {
  @Test func codes() {
    #expect(Language(code: "en") == .english)
    #expect(Language(code: "EN-gb") == .english)
    #expect(Language(code: "pt_BR") == .portuguese)
    #expect(Language(code: "nb") == .norwegian)
    #expect(Language(code: "") == .other)
    #expect(Language(code: "xx") == .other)
    #expect(Language.other.code == "und")
    #expect(Language(rawValue: 255).code == "und")
    #expect(Language(code: "ja").hasStemmer == false)
    for language in Language.all { #expect(Language(code: language.code) == language) }
    #expect(Set(Language.all.map(\.code)).count == Language.all.count)
  }

  /// The numbers are on disk.
  @Test func numbersNeverChange() {
    let numbers: [(Language, UInt8, String)] = [
      (.arabic, 1, "ar"), (.english, 7, "en"), (.german, 10, "de"), (.yiddish, 28, "yi"),
      (Language(code: "zh"), 29, "zh"),
      (Language(code: "ug"), 107, "ug"),
    ]
    for (language, number, code) in numbers {
      #expect(language.rawValue == number && language.code == code)
    }
  }

  @Test func stopWords() {
    #expect(StopWords.luceneEnglish.count == 33)
    #expect(StopWords.of(.english).contains(Array("the".utf8)))
    #expect(StopWords.of(.english).contains(Array("can't".utf8)))
    #expect(!StopWords.of(.english).contains(Array("memory".utf8)))
    // Folded forms.
    #expect(StopWords.of(.german).contains(Array("fur".utf8)))
    #expect(StopWords.of(.french).contains(Array("etes".utf8)))
    #expect(StopWords.of(.russian).contains(Array("ее".utf8)))
    #expect(StopWords.of(Language(code: "ja")).count == 0)
    for language in StopWords.languages { #expect(StopWords.of(language).count > 60, "\(language)") }
    let own = StopWords(words: "Für the\nDE")
    #expect(own.count == 3 && own.contains(Array("fur".utf8)))
  }

  @Test func sentences() {
    let text = "It works. Does it? Yes, v2.3.1 does! Ça va. 日本語です。はい。"
    let sentences = Sentences().ranges(text).map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
    #expect(sentences == ["It works. ", "Does it? ", "Yes, v2.3.1 does! ", "Ça va. ", "日本語です。", "はい。"])
    #expect(Sentences().ranges("").isEmpty)
  }

  @Test func fingerprint() {
    let first = Analyzer().fingerprint()
    #expect(first == Analyzer().fingerprint())
    #expect(!first.icuVersion.isEmpty && !first.unicodeVersion.isEmpty)
    let other = Analyzer(protectedWords: ProtectedWords(["c++"])).fingerprint()
    #expect(!first.isCompatible(with: other))
    // On the ICU of Debian 12. A change of this number is a change of the token stream: old indexes will warn.
    if first.icuVersion == "72.1" {
      #expect(first.tokens == 0x21d2_4c5e_23f9_eca0, "0x\(String(first.tokens, radix: 16))")
    }
  }
}
