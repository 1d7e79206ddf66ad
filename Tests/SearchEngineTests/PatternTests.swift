import TestSupport
import Testing

@testable import SearchEngine

@Suite struct PatternTests {
  private func regexp(_ expression: String, _ term: String) throws -> Bool {
    try RegularExpression(expression).matches(Array(term.utf8))
  }

  @Test func regularExpressions() throws {
    for (expression, yes, no) in [
      ("ab+c", ["abc", "abbbc"], ["ac", "abcd", "xabc"]),
      ("(err|warn)_\\d{2,3}", ["err_42", "warn_123"], ["err_4", "err_1234"]),
      ("[a-c]*", ["", "abcabc"], ["abd"]),
      ("[^a-c]?x", ["x", "dx"], ["ax"]),
      (".é.", ["aéb", "éé😀"], ["aeb"]),
      ("a|", ["", "a"], ["b"]),
      ("(a*)*b", ["b", "aaab"], ["aaaa"]),
      ("a{0}b", ["b"], ["ab"]),
      ("[]a]", ["]", "a"], ["b"]),
    ] {
      for term in yes { #expect(try regexp(expression, term), "\(expression) \(term)") }
      for term in no { #expect(try !regexp(expression, term), "\(expression) \(term)") }
    }
    for bad in ["(", ")", "a)", "[a", "*a", "a{2", "a{3,2}", "\\", "[z-a]", "((((a{255}){255}){255}){255})"] {
      #expect(throws: RegularExpression.Failure.self) { try RegularExpression(bad) }
    }
    _ = try RegularExpression("((((){255}){255}){255}){255}")
    #expect(try RegularExpression("abc[d-f]").literalPrefix == Array("abc".utf8))
  }

  /// Against the definitions, over random words of few letters.
  @Test func patternsEqualTheirDefinition() {
    let letters = Array("aabbé*?\\")
    for seed in 0..<20_000 {
      var random = SplitMix64(seed: UInt64(seed))
      func word(_ letters: ArraySlice<Character>, _ most: Int) -> [UInt8] {
        Array(
          String((0..<Int.random(in: 0...most, using: &random)).map { _ in letters.randomElement(using: &random)! })
            .utf8)
      }
      let form = word(letters[0..<5], 7)
      let pattern: PatternQuery.Pattern =
        switch seed % 3 {
        case 0: .prefix(word(letters[0..<5], 3))
        case 1: .wildcard(word(letters[...], 6))
        default: .fuzzy(word(letters[0..<5], 6), distance: Int.random(in: 1...2, using: &random))
        }
      #expect(
        PatternMatcher(pattern).accepts(form) == NaivePattern.matches(pattern, String(decoding: form, as: UTF8.self)),
        "seed \(seed): \(pattern) on \(String(decoding: form, as: UTF8.self))")
    }
  }
}
