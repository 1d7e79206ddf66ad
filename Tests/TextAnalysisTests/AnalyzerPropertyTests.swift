import Glibc
import TestSupport
import Testing

@testable import TextAnalysis

/// What holds for any text.
@Suite struct AnalyzerPropertyTests {
  private let seed: UInt64 = getenv("GRIOT_RANDOM_SEED").flatMap { UInt64(String(cString: $0)) } ?? 5

  /// Offsets, terms, hashes and positions are in order and in range, for any bytes at all.
  @Test func tokensAreWellFormed() {
    let analyzer = Analyzer()
    var buffer = TokenBuffer()
    var text = RandomText(seed: seed)
    for index in 0..<30_000 {
      text.next(maximum: index % 40 == 0 ? 600 : 60)
      text.bytes.withUnsafeBytes { analyzer.analyze($0, into: &buffer) }
      var positions = 0
      var start = 0
      for position in 0..<buffer.count {
        let token = buffer[position]
        let term = buffer.term(token)
        positions += Int(token.positionIncrement)
        let isGood =
          token.start < token.end && Int(token.end) <= text.bytes.count && !term.isEmpty
          && term.count <= Analyzer.maximumTermBytes && term.withUnsafeBytes { TermHash.hash($0) } == token.hash
          && (position > 0 || token.positionIncrement == 1)
          && (token.positionIncrement == 0 || Int(token.start) >= start)
          && String(validating: term, as: UTF8.self) != nil
        if token.positionIncrement == 1 { start = Int(token.start) }
        if !isGood {
          Issue.record("seed \(seed), text \(index), token \(position): \(token) of \(text.bytes)")
          return
        }
      }
      #expect(positions == buffer.positionCount)
    }
  }

  /// tokens(A + " " + B) = tokens(A) + tokens(B), shifted (user-needs R17).
  @Test func concatenation() {
    let analyzer = Analyzer()
    var text = RandomText(seed: seed &+ 1)
    for index in 0..<20_000 {
      text.next(maximum: 40)
      let a = text.bytes
      text.next(maximum: 40)
      let b = text.bytes
      let first = analyzer.tokens(of: a)
      let second = analyzer.tokens(of: b)
      let together = analyzer.tokens(of: a + [0x20] + b)
      let positions = (first.last?.position ?? -1) + 1
      let expected =
        first
        + second.map {
          AnalyzedToken(
            term: $0.term, position: $0.position + positions,
            range: $0.range.lowerBound + a.count + 1..<$0.range.upperBound + a.count + 1,
            positionIncrement: $0.positionIncrement, kind: $0.kind)
        }
      if together != expected {
        Issue.record("seed \(seed), pair \(index): \(a) and \(b): \(together.map(\.text)), \(expected.map(\.text))")
        return
      }
    }
  }

  /// A term analysed again is itself: what the index holds can be typed.
  @Test func termsAreFixedPoints() {
    let analyzer = Analyzer()
    let text = "Straße ÅNGSTRÖM Σίσυφος ЁЛКА İstanbul ﬁn １２３ can’t O'Brien C++ R&D Größe naïve Łódź Ægir 1,000 été"
    for token in analyzer.tokens(of: text) where token.positionIncrement == 1 {
      #expect(analyzer.tokens(of: token.term).first?.term == token.term, "\(token.text)")
    }
  }

  /// The slice that a plain word's offsets name folds to its term.
  @Test func offsetsNameTheWord() throws {
    let corpora = "find '\(SharedTexts.package)/Corpora' -type f -print0 2>/dev/null | sort -z | xargs -0r cat"
    var text = try #require(SharedTexts.run(corpora, limit: 4 << 20))
    if text.isEmpty { text = Array("Die Katze tritt die Treppe krumm. Ça va? Zażółć gęślą jaźń. Ёлка.".utf8) }
    let analyzer = Analyzer()
    var buffer = TokenBuffer()
    text.withUnsafeBytes { analyzer.analyze($0, into: &buffer) }
    var words = 0
    for index in 0..<buffer.count {
      let token = buffer[index]
      guard token.kind == .word else { continue }
      let slice = Array(text[Int(token.start)..<Int(token.end)])
      let folded = CaseFolding.fold(slice)
      if Array(folded.prefix(Analyzer.maximumTermBytes)) != buffer.term(token), slice.count <= Analyzer.maximumTermBytes
      {
        Issue.record(
          "\(String(decoding: slice, as: UTF8.self)) is not \(String(decoding: buffer.term(token), as: UTF8.self))")
        return
      }
      words += 1
    }
    #expect(words > 5)
  }

  /// Offsets are those of the text as it was written, whatever the term became.
  @Test func offsetsOfSpecialTokens() {
    let text = "Né l’équipe (Alice’s) jane.doe@Example.com e-mail İstanbul ﬁn 東京 👍🏽! 1,000.50 R&D #42"
    let utf8 = Array(text.utf8)
    let slices = Analyzer().tokens(of: text).map { String(decoding: utf8[$0.range], as: UTF8.self) }
    #expect(
      slices == [
        "Né", "équipe", "Alice", "jane", "jane.doe@Example.com", "jane.doe", "doe", "Example", "Example.com", "com",
        "e", "e-mail", "mail", "İstanbul", "ﬁn", "東", "東京", "京", "👍🏽", "👍🏽", "1,000", "1,000.50", "50", "R&D", "42",
        "#42",
      ])
  }

  /// Letter case never moves a position: the words of a phrase may be typed in any case.
  @Test func caseMovesNoPosition() throws {
    let analyzer = Analyzer()
    let text =
      "getUserName of HTTPServer in C++ by O'Brien (jane.Doe@Example.COM, ERR_CONN_42, v2.3.1, E-Mail, iPhone, R&D, .NET)"
    func positions(_ text: String) -> [String] {
      analyzer.tokens(of: text).filter { $0.positionIncrement == 1 }.map { "\($0.position) \($0.text)" }
    }
    #expect(positions(text) == positions(text.lowercased()))
    #expect(positions(text) == positions(text.uppercased()))
  }
}
