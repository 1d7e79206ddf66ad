import TestSupport
import Testing

@testable import SearchEngine

/// Readings of the language, as trees.
@Suite struct QueryParserTests {
  private func syntax(_ query: String) -> QuerySyntax { QueryParser.parse(query).syntax }
  private func w(_ text: String) -> QuerySyntax { .word(text) }

  @Test func operatorsBind() {
    #expect(syntax("a") == w("a"))
    #expect(syntax("a b") == .list([w("a"), w("b")]))
    #expect(syntax("a AND b OR c") == .or([.and([w("a"), w("b")]), w("c")]))
    #expect(syntax("a (b OR c) -d +e") == .list([w("a"), .or([w("b"), w("c")]), .not(w("d")), .must(w("e"))]))
    #expect(syntax("pump failure AND NOT valve") == .list([w("pump"), .and([w("failure"), .not(w("valve"))])]))
    #expect(syntax("author:ann pump OR valve") == .list([.field(.author, w("ann")), .or([w("pump"), w("valve")])]))
    #expect(syntax("NOT NOT a") == .list([.not(.list([.not(w("a"))]))]))
    #expect(syntax("((a))") == w("a"))
    #expect(syntax("-(a b)") == .list([.not(.list([w("a"), w("b")]))]))
  }

  @Test func termsHaveKinds() {
    #expect(syntax("\"a b\"") == .phrase("a b", slop: nil))
    #expect(syntax("\"a b\"~5") == .phrase("a b", slop: 5))
    #expect(
      syntax("“a b” „c d“ «e»")
        == .list([.phrase("a b", slop: nil), .phrase("c d", slop: nil), .phrase("e", slop: nil)]))
    #expect(syntax("net*") == .prefix("net"))
    #expect(syntax("wild?card") == .wildcard("wild?card"))
    #expect(syntax("*card") == .wildcard("*card"))
    #expect(syntax("fuzzy~1 fuzy~") == .list([.fuzzy("fuzzy", distance: 1), .fuzzy("fuzy", distance: 2)]))
    #expect(syntax("/ab+c/") == .regexp("ab+c"))
    #expect(syntax("*") == .everything)
    #expect(
      syntax("title:x title:\"a b\" Title:(a b)")
        == .list([
          .field(.title, w("x")), .field(.title, .phrase("a b", slop: nil)), .field(.title, .list([w("a"), w("b")])),
        ]))
    #expect(
      syntax("author:\"Ann Lee\" after:2024-05 before:2025")
        == .list([
          .field(.author, .phrase("Ann Lee", slop: nil)), .field(.after, w("2024-05")), .field(.before, w("2025")),
        ]))
  }

  /// R14, R20 and friends: what looks like an operator and is none.
  @Test(arguments: [
    "foo-bar", "DEC-0054", "CVE-2024-1234", "C++", "--verbose", "-", "+", "a-", "ERR_CONN_42",
    "http://x.org/a?b=c".replacing("?", with: "/"),
    "10:30", "/usr/bin", "/usr/bin/", "R&D", "what?", "jane.doe@example.com", "#42", ".NET", "foo(bar)", "f(x,y)",
    "C:\\dir", "5\"", "->", "and", "or", "not", "a/b",
  ])
  func isOneWord(_ text: String) { #expect(syntax(text) == w(text)) }

  @Test func minusIsNotOnlyAfterSpace() {
    #expect(syntax("a -b") == .list([w("a"), .not(w("b"))]))
    #expect(syntax("a-b -c-d") == .list([w("a-b"), .not(w("c-d"))]))
    #expect(syntax("a - b") == .list([w("a"), w("-"), w("b")]))
    #expect(syntax("(-a b)") == .list([.not(w("a")), w("b")]))
    #expect(syntax("what is -this?") == .list([w("what"), w("is"), .not(w("this?"))]))
  }

  /// Doubtful input is text, and the note says where.
  @Test func doubtsAreNoted() {
    func notes(_ query: String) -> [Range<Int>] { QueryParser.parse(query).notes.map(\.range) }
    #expect(notes("plain words and \"a phrase\"") == [])
    #expect(syntax("AND a OR") == .list([w("AND"), w("a"), w("OR")]))
    #expect(notes("AND a OR") == [0..<3, 6..<8])
    #expect(syntax("a AND OR b") == .list([w("a"), w("AND"), w("OR"), w("b")]))
    #expect(syntax("\"a b") == .list([w("\"a"), w("b")]))
    #expect(notes("\"a b") == [0..<2])
    #expect(syntax("a) b") == .list([w("a)"), w("b")]))
    #expect(syntax("title: a") == .list([w("title:"), w("a")]))
    #expect(notes("title: a") == [0..<6])
    #expect(syntax("colour:red") == w("colour:red"))
    #expect(notes("colour:red") == [0..<7])
    #expect(notes("word~7") == [0..<6])
    #expect(syntax("word~7") == .fuzzy("word", distance: 2))
    #expect(syntax("\"\"") == .phrase("", slop: nil))
    #expect(notes("\"\" ()") == [0..<2, 3..<4])
    #expect(syntax("") == .list([]))
    #expect(syntax(" \n\t ") == .list([]))
    #expect(syntax("\"") == w("\""))
  }

  /// A parenthesis without its partner is nothing that could be found; as a word it would take the operator's place.
  @Test func parenthesesWithoutPartnersArePassedOver() {
    func notes(_ query: String) -> [Range<Int>] { QueryParser.parse(query).notes.map(\.range) }
    #expect(syntax("(a b") == .list([w("a"), w("b")]))
    #expect(notes("é (a b") == [3..<4])
    #expect(syntax("NOT (a b") == .list([.not(w("a")), w("b")]))
    #expect(syntax("b -(a") == .list([w("b"), .not(w("a"))]))
    #expect(syntax("a AND (b OR c") == .or([.and([w("a"), w("b")]), w("c")]))
    #expect(syntax("NOT ) a") == .list([.not(w("a"))]))
    #expect(notes("NOT ) a") == [4..<5])
    #expect(syntax("title:(a b") == .list([.field(.title, w("a")), w("b")]))
    #expect(syntax("title:(author:a") == .list([w("title:"), .field(.author, w("a"))]))
    #expect(syntax("a title:(") == .list([w("a"), w("title:")]))
    #expect(syntax("a OR (") == .list([w("a"), w("OR")]))
    #expect(syntax("(((a) b") == .list([w("a"), w("b")]))
    #expect(syntax("(") == .list([]))
    #expect(notes("(") == [0..<1])
    let deep = String(repeating: "(", count: 60) + "a" + String(repeating: ")", count: 60)
    #expect(syntax(deep) == w("a"))
    #expect(notes(deep).count == 24)
  }

  @Test func spacesAreThoseOfUnicode() {
    for value in (0...0x3100).compactMap(Unicode.Scalar.init) {
      #expect(QueryLexer.isSpace(value) == value.properties.isWhitespace, "U+\(String(value.value, radix: 16))")
    }
  }

  @Test func backslashMakesPlain() {
    #expect(syntax("\\-a \\\"b \\(c \\AND d\\*") == .list([w("-a"), w("\"b"), w("(c"), w("AND"), w("d*")]))
    #expect(syntax("a\\ b") == w("a b"))
    #expect(syntax("\"a \\\" b\"") == .phrase("a \" b", slop: nil))
    #expect(syntax("a\\*b*") == .prefix("a*b"))
    #expect(syntax("a\\*b*c") == .wildcard("a\\*b*c"))
    #expect(syntax("title\\:x") == w("title:x"))
  }

  @Test func freeTextHasNoOperators() {
    let parsed = QueryParser.parseFree("what -is \"this AND title:that* (")
    #expect(parsed.syntax == .list(["what", "-is", "\"this", "AND", "title:that*", "("].map { .word($0) }))
    #expect(parsed.notes == [])
  }

  /// Reading what a tree prints gives the tree: over random text made of everything that means something.
  @Test func printingIsIdempotent() {
    let pieces = [
      "a", "b", "word", "é", "東京", "AND", "OR", "NOT", "(", ")", "\"", "“", "”", "~", "~2", "*", "?", "+", "-", " ",
      " ", " ", "\\",
      "/", ":", "title:", "author:", "after:", "2024-05", "kind:", "colour:", "\n", "\u{3000}", "\u{0}", "\u{301}", "😀",
      "«", "»", "„",
    ]
    for seed in 0..<20_000 {
      var random = SplitMix64(seed: UInt64(seed))
      var text = ""
      for _ in 0..<Int.random(in: 0...24, using: &random) { text += pieces.randomElement(using: &random)! }
      let parsed = QueryParser.parse(text)
      let printed = parsed.syntax.description
      let again = QueryParser.parse(printed)
      #expect(
        again.syntax == parsed.syntax, "seed \(seed): \(text.debugDescription) printed as \(printed.debugDescription)")
      if again.syntax != parsed.syntax { break }
      for note in parsed.notes {
        #expect(note.range.lowerBound >= 0 && note.range.upperBound <= text.utf8.count, "seed \(seed)")
      }
    }
  }

  /// Random bytes, and the sizes that break recursion or quadratic algorithms.
  @Test func anythingParses() {
    for seed in 0..<3_000 {
      var random = SplitMix64(seed: UInt64(seed))
      let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let parsed = QueryParser.parse(String(decoding: bytes, as: UTF8.self))
      #expect(QueryParser.parse(parsed.syntax.description).syntax == parsed.syntax, "seed \(seed)")
    }
    for piece in [
      "(", ")", "-", "+", "NOT ", "\"", "a ", "a OR ", "(a ", "-(", "title:(", "*", "?", "~", "\\", "/", "a AND (",
    ] {
      let parsed = QueryParser.parse(String(repeating: piece, count: 20_000))
      #expect(parsed.syntax.description.isEmpty == (piece == "(" || piece == ")"), "\(piece)")
    }
    _ = QueryParser.parse(String(repeating: "x", count: 1_000_000))
  }
}
