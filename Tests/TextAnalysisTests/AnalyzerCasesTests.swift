import Testing

@testable import TextAnalysis

/// Text → tokens, one case a line. In the expectation tokens at one position are joined by `|`, positions by a space;
/// the first of a position is the one with increment 1.
@Suite struct AnalyzerCasesTests {
  static func shown(_ text: String, _ analyzer: Analyzer = Analyzer()) -> String {
    var out = ""
    for token in analyzer.tokens(of: text) {
      if !out.isEmpty { out += token.positionIncrement == 0 ? "|" : " " }
      out += token.text
    }
    return out
  }

  private func check(_ cases: [(String, String)], _ where: SourceLocation = #_sourceLocation) {
    let analyzer = Analyzer()
    for (text, expected) in cases {
      #expect(Self.shown(text, analyzer) == expected, "\(text)", sourceLocation: `where`)
    }
  }

  @Test func words() {
    check([
      ("", ""), ("   \n\t", ""), ("!?… — “”", ""), ("x", "x"),
      ("The quick, brown fox.", "the quick brown fox"),
      ("word—word (paren) “quoted”", "word word paren quoted"),
      ("Straße STRASSE ﬁn", "strasse strasse fin"),
      ("İstanbul ISTANBUL i\u{307}stanbul", "istanbul istanbul istanbul"),
      ("Lià Peña RÉSUMÉ", "lià peña résumé"),
      ("e\u{301}t\u{E9} \u{212B}ngstrom", "été ångstrom"),
      ("ΣΊΣΥΦΟΣ Σίσυφος", "σίσυφοσ σίσυφοσ"),
      ("ЁЛКА Йод", "ёлка йод"),
      ("so\u{AD}ft", "soft"),
      ("km² ½ №5 １２３", "km 5 123"),
      ("x α 1a", "x α 1a"),
      ("a/b and/or TCP/IP", "a b and or tcp ip"),
      ("हिन्दी தமிழ்", "हिन्दी தமிழ்"),
      ("שָׁלוֹם مَرْحَبًا", "שָׁלוֹם مَرْحَبًا"),
    ])
  }

  @Test func identifiers() {
    check([
      ("ERR_CONN_42", "err|err_conn_42 conn 42"),
      ("foo_bar", "foo|foo_bar bar"),
      ("_private __init__ _ __", "private init|__init__"),
      ("getUserName", "getusername|get|user|name"),
      ("HTTPServer parseHTMLDoc", "httpserver|http|server parsehtmldoc|parse|html|doc"),
      ("iPhone macOS IPv6 URLs", "iphone|phone macos|mac|os ipv6|ipv urls"),
      ("python3 utf8 h264 mp3 ISO8859", "python3|python utf8|utf h264|264 mp3 iso8859|iso|8859"),
      ("x86_64-linux-gnu", "x86|x86_64-linux-gnu|x86_64|86 64 linux gnu"),
      ("foo_bar-baz", "foo|foo_bar-baz|foo_bar bar baz"),
      ("foo.bar() done.The", "foo|foo.bar bar done the"),
      ("co:operate std::vector", "co operate std vector"),
      ("aGVsbG8gd29ybGQ 3f9a2c1b7e", "agvsbg8gd29ybgq 3f9a2c1b7e"),
      ("#1234 #hashtag @user", "1234|#1234 hashtag|#hashtag user|@user"),
      ("/usr/lib/x86_64", "usr lib x86|x86_64|86 64"),
    ])
  }

  @Test func versionsTicketsDates() {
    check([
      ("v2.3.1", "v2|v2.3.1|2.3.1|2 3 1"),
      ("Python 3.11.4", "python 3|3.11.4 11 4"),
      ("CVE-2024-1234", "cve|cve20241234 2024 1234"),
      ("DEC-0054", "dec|dec0054 0054"),
      ("2024-05-01 10-20", "2024|20240501 05 01 10 20"),
      ("12:30", "12 30"),
      ("10.0.0.1", "10|10.0.0.1 0 0 1"),
      ("linux-5.10.1-rc2", "linux|linux-5.10.1-rc2 5|5.10.1 10 1 rc2"),
    ])
  }

  @Test func hyphens() {
    check([
      ("e-mail", "e|email mail"),
      ("state-of-the-art", "state|stateoftheart of the art"),
      ("well\u{2010}known non\u{2011}breaking", "well|wellknown known non|nonbreaking breaking"),
      ("a - b -c d- e--f", "a b c d e f"),
      ("E-Mail-Adresse", "e|emailadresse mail adresse"),
    ])
  }

  @Test func addresses() {
    check([
      ("jane.doe@example.com", "jane|jane.doe@example.com|jane.doe doe example|example.com com"),
      (
        "<jane+news@ex-ample.org>",
        "jane|jane+news@ex-ample.org|jane+news news ex|ex-ample.org ample org"
      ),
      ("user@host a@b@c @ foo@ @", "user|user@host host a b c foo"),
      (
        "https://wiki.example.org/a-b/c?d=e#f",
        "https wiki|wiki.example.org example org a|ab b c d e f"
      ),
      ("my-site.example.com", "my|my-site.example.com site|site.example.com example com"),
    ])
  }

  @Test func apostrophes() {
    check([
      ("can't we'll I'd don’t", "can't we'll i'd don't"),
      ("O'Brien rock'n'roll", "o'brien|obrien rock'n'roll|rocknroll"),
      ("Alice's it’s JAMES'S", "alice it james"),
      ("l’équipe d'une L'Opoponax dell'arte l'Œuvre", "équipe une opoponax arte œuvre"),
      ("qu'est-ce aujourd'hui", "est|estce ce aujourd'hui|aujourdhui"),
      ("м’ята мʼята", "м'ята|мята м'ята|мята"),
      ("'quoted' dogs' 'tis", "quoted dogs tis"),
      ("U.S.A. e.g. a.m.", "u|usa s a e|eg g a|am m"),
    ])
  }

  @Test func numbers() {
    check([
      ("1,000.50 1000.50", "1000|1000.50 50 1000|1000.50 50"),
      ("1,000 1'000 1,000,000", "1000 1000 1000000"),
      ("1.000,50 1.000", "1000|1000.50 50 1|1.000 000"),
      ("3,14 3.14", "3|3.14 14 3|3.14 14"),
      ("1,2,3 12,34,56 1,5.2", "1 2 3 12 34 56 1 5|5.2 2"),
      ("0.05 007 1e5", "0|0.05 05 007 1e5"),
    ])
  }

  @Test func protectedWords() {
    check([
      ("C++ C# .NET R&D AT&T F#", "c++ c# .net|net r&d at&t f#"),
      ("C++11 .network R&DX Notepad++ Objective-C++", "c++ 11 network r dx notepad++|notepad objective c++"),
      ("c++, (c#) \"r&d\"", "c++ c# r&d"),
    ])
    // The list stands in the order that `init` would give it.
    #expect(ProtectedWords.standard.adding([]) == .standard)
    #expect(ProtectedWords.standard.adding(["C++", "no space", "Ü+", "++"]) == .standard)
    let own = Analyzer(protectedWords: .standard.adding(["OS/2", "I/O", "pl/sql"]))
    #expect(Self.shown("OS/2, i/o and C++ in PL/SQL", own) == "os/2 i/o and c++ in pl/sql")
    #expect(Self.shown("OS/2", Analyzer()) == "os 2")
  }

  @Test func chineseJapaneseKorean() {
    check([
      ("東京都", "東|東京 京 都"),
      ("大学でデータベース", "大|大学 学 で デ|データベース ー タ ベ ー ス"),
      ("机器学习", "机|机器 器 学|学习 习"),
      ("검색엔진을 만들다", "검|검색엔진을 색 엔 진 을 만|만들다 들 다"),
      ("ｶﾞ", "ガ"),
      ("T恤3月", "t 恤 3 月"),
    ])
  }

  @Test func southEastAsia() {
    check([("สวัสดีชาวโลก", "สวัสดี ชาว โลก")])
    #expect(Analyzer().scriptsWithoutDictionary() == [])
  }

  @Test func emoji() {
    check([
      ("👨‍👩‍👧", "👨‍👩‍👧|👨|👩|👧"), ("👍🏽", "👍🏽|👍"), ("🇩🇪🇫🇷", "🇩🇪 🇫🇷"), ("❤️ ❤", "❤ ❤"), ("1️⃣ 1", "1⃣ 1"),
      ("a👍b ok👍👍", "a 👍 b ok 👍 👍"), ("© ™ ®", ""),
    ])
  }

  @Test func overlapsCanBeLeftOut() {
    let text = "foo_bar e-mail getUserName C++ 東京 👍🏽 .NET rock'n'roll jane@example.com"
    let plain = Analyzer(.init(overlaps: []))
    #expect(Self.shown(text, plain) == "foo bar e mail getusername c++ 東 京 👍🏽 .net rock'n'roll jane example com")
    let joined = Analyzer(.init(overlaps: [.joined, .cjkWords]))
    #expect(
      Self.shown(text, joined)
        == "foo bar e|email mail getusername c++ 東|東京 京 👍🏽 .net rock'n'roll|rocknroll jane example com")
  }

  @Test func longChainsHaveNoWhole() {
    let dotted = (0..<100).map { "x\($0)" }.joined(separator: ".")
    let tokens = Analyzer(.init(overlaps: [.identifiers, .joined])).tokens(of: dotted)
    #expect(tokens.map(\.text) == (0..<100).map { "x\($0)" })
    #expect(tokens.map(\.position) == Array(0..<100))
    let hyphens = String(repeating: "ab-", count: 200)
    #expect(Analyzer().tokens(of: hyphens).filter { $0.positionIncrement == 1 }.count == 200)
  }

  @Test func longWordsAreCut() {
    let word = String(repeating: "a", count: 1000)
    let tokens = Analyzer().tokens(of: "x \(word) y")
    #expect(tokens.map(\.term.count) == [1, Analyzer.maximumTermBytes, 1])
    #expect(tokens[1].range == 2..<1002)
    // At a character's border.
    let umlauts = Analyzer().tokens(of: "x" + String(repeating: "ü", count: 500))
    #expect(umlauts[0].term.count == Analyzer.maximumTermBytes - 1)
    #expect(String(validating: umlauts[0].term, as: UTF8.self) != nil)
  }
}
