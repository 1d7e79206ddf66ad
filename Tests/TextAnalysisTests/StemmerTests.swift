import Testing

@testable import TextAnalysis

@Suite struct StemmerTests {
  private let stemmer = Stemmer()

  private func stem(_ word: String, _ language: Language) -> String {
    String(decoding: stemmer.stem(CaseFolding.fold(Array(word.utf8)), language), as: UTF8.self)
  }

  private func fold(_ word: String) -> String {
    String(decoding: stemmer.fold(CaseFolding.fold(Array(word.utf8))), as: UTF8.self)
  }

  @Test func stemsByLanguage() {
    #expect(stem("running", .english) == "run")
    #expect(stem("Connections", .english) == "connect")
    #expect(stem("Häuser", .german) == stem("Haus", .german))
    #expect(stem("información", .spanish) == stem("informaciones", .spanish))
    #expect(stem("informação", .portuguese) == stem("informações", .portuguese))
    #expect(stem("chantée", .french) == stem("chanter", .french))
    #expect(stem("книгами", .russian) == stem("книга", .russian))
    #expect(stem("ёлками", .russian) == "елк")
    #expect(stem("running", .other) == "running")
    #expect(stem("running", Language(code: "ja")) == "running")
    #expect(stem("running", Language(rawValue: 250)) == "running")
  }

  /// Every language that claims a stemmer has one: it changes some word of a sample of endings.
  @Test func everyStemmerOpens() {
    let words = """
      running nationalities kitaplar házakban absurdităţile αγαπημένος والمكتبات लड़कियों knygos పుస్తకం bhfear liburuak
      arbejdernes auton huizen chats Häuser arbeiderne böckerna gatti livros casas libros книгами књигама puluhan
      membacakan गर्नुहोस् ஓடினான் գրողներից մարդկանց բարեկամներին ביכער llibres leabhair lietuviškai pelajarannya zwemmende
      """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    for language in Language.all where language.hasStemmer {
      #expect(words.contains { stem($0, language) != fold($0) }, "\(language)")
    }
  }

  @Test func whatIsNoWordStays() {
    for term in ["foo_bar", "3.11", "c++", "cve20241234", "jane@example.com", "python3s"] {
      #expect(stem(term, .english) == term)
    }
  }

  /// user-needs R12: marks of Latin, Greek and Cyrillic go, others carry the word.
  @Test func foldsDiacritics() {
    let cases = [
      ("résumé", "resume"), ("ŞİŞ", "sis"), ("ısı", "isi"), ("Łódź", "lodz"), ("Ørsted", "orsted"), ("Ægir", "aegir"),
      ("Ǽ", "ae"), ("œuvre", "oeuvre"), ("straße", "strasse"), ("Việt Nam", "viet nam"), ("x\u{302}", "x"),
      ("ΆΈΉ ΐ ώ", "αεη ι ω"), ("ёлка", "елка"), ("йод", "йод"), ("Київ", "київ"), ("за\u{301}мок", "замок"),
      ("が", "が"), ("か\u{3099}", "が"), ("한글", "한글"), ("สวัสดี", "สวัสดี"), ("हिन्दी", "हिन्दी"),
      ("שָׁלוֹם", "שָׁלוֹם"), ("مَرْحَبًا", "مَرْحَبًا"), ("plain", "plain"), ("", ""),
    ]
    for (word, expected) in cases {
      let wanted = String(decoding: CaseFolding.fold(Array(expected.utf8)), as: UTF8.self)
      #expect(Array(fold(word).utf8) == Array(wanted.utf8), "\(word)")
    }
  }

  /// Folding is idempotent, and its result holds no foldable letter, for every letter of the three scripts.
  @Test func foldingIsIdempotent() {
    for value in Array(0xC0..<UInt32(0x530)) + Array(0x1D00..<0x2000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let folded = fold(String(Character(scalar)))
      #expect(Array(fold(folded).utf8) == Array(folded.utf8), "U+\(String(value, radix: 16))")
    }
  }

  /// The pointers of `fold` and `stem` live side by side.
  @Test func formAndStemTogether() {
    let term = Array("übermäßige".utf8)
    term.withUnsafeBytes {
      let form = stemmer.fold($0)
      let stem = stemmer.stem($0, .german)
      #expect(Array(form) == Array("ubermaßige".utf8))
      #expect(Array(stem).starts(with: Array("uberma".utf8)))
    }
  }
}
