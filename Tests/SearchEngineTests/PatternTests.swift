import TestSupport
import Testing

@testable import SearchEngine

@Suite struct PatternTests {
  private func regexp(_ expression: String, _ term: String) throws -> Bool {
    _ = try RegularExpression(expression)
    return LazyAutomaton(.regexp(Array(expression.utf8))).accepts(Array(term.utf8))
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
        LazyAutomaton(pattern).accepts(form) == NaivePattern.matches(pattern, String(decoding: form, as: UTF8.self)),
        "seed \(seed): \(pattern) on \(String(decoding: form, as: UTF8.self))")
    }
  }

  /// The walk over front-coded keys, with its skips and jumps, finds what looking at every form finds.
  @Test func scansEqualLookingAtEveryForm() throws {
    let seed: UInt64 = 41
    var random = SplitMix64(seed: seed)
    let letters = Array("aabcdé東")
    var words: Set<String> = []
    for _ in 0..<6000 {
      words.insert(
        String((0..<Int.random(in: 1...9, using: &random)).map { _ in letters.randomElement(using: &random)! }))
    }
    let text = words.sorted().joined(separator: " ")
    let index = try TestIndex([
      [IndexDocument(key: DocumentKey(high: 0, low: 1), passages: [IndexPassage(body: Array(text.utf8))])]
    ])
    let forms = try index.searcher.reader.segments[0].forms()
    var all: [String] = []
    var iterator = forms.iterator()
    while try iterator.next() { all.append(String(decoding: iterator.form, as: UTF8.self)) }
    #expect(all.count > 2000)
    let pieces = ["a", "b", "c", "é", "ab", "東", "*", "?", "*", "d"]
    for round in 0..<300 {
      let literal = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        String(letters.randomElement(using: &random)!)
      }.joined()
      let pattern: PatternQuery.Pattern =
        switch round % 3 {
        case 0: .prefix(Array(literal.utf8))
        case 1: .fuzzy(Array(literal.utf8), distance: 1 + round % 2)
        default:
          .wildcard(
            Array(
              (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
                .utf8))
        }
      let scan = try FormScan(LazyAutomaton(pattern), forms)
      let found = Set(scan.accepted.map { String(decoding: $0.form, as: UTF8.self) })
      #expect(scan.isWhole)
      #expect(
        found == Set(all.filter { NaivePattern.matches(pattern, $0) }), "seed \(seed), round \(round): \(pattern)")
      for accepted in scan.accepted {
        let entries = try forms.lookup(accepted.form)
        #expect(entries.contains { $0.stem == accepted.stem && $0.code == accepted.code }, "\(pattern)")
      }
    }
  }

  /// Automata that would grow without end are given up, and what they cost stays within bounds.
  @Test func intricatePatternsAreCut() {
    let automaton = LazyAutomaton(.regexp(Array(".*a.{60}".utf8)))
    var random = SplitMix64(seed: 5)
    for _ in 0..<20_000 where !automaton.isExhausted {
      _ = automaton.accepts((0..<80).map { _ in Bool.random(using: &random) ? 0x61 : 0x62 })
    }
    #expect(automaton.isExhausted)
    #expect(!automaton.accepts(Array(("a" + String(repeating: "b", count: 60)).utf8)) || automaton.isExhausted)
    let long = LazyAutomaton(.fuzzy(Array(repeating: 0x61, count: 10_000), distance: 2))
    #expect(long.start == LazyAutomaton.dead)
    #expect(LazyAutomaton(.prefix(Array(repeating: 0x61, count: 10_000))).start == LazyAutomaton.dead)
  }
}
