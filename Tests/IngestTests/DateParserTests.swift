import Documents
import Testing

@testable import Ingest

struct DateParserTests {
  static let cases: [(String, String?)] = [
    ("2019-05-01", "2019-05-01"), ("2019/5/1", "2019-05-01"), ("20190501", "2019-05-01"), ("2019-05", "2019-05"),
    ("2019", "2019"), ("2019-05-01T10:00:00Z", "2019-05-01T10:00:00Z"),
    ("2019-05-01T10:00:00.123+02:00", "2019-05-01T08:00:00Z"), ("2019-05-01 10:00", "2019-05-01T10:00:00Z"),
    ("2019-05-01 10:00:00 -0700", "2019-05-01T17:00:00Z"), ("\"2019-05-01\"", "2019-05-01"),
    ("Tue, 1 Jul 2003 10:52:37 +0200", "2003-07-01T08:52:37Z"), ("Tue Jul  1 10:52:37 2003", "2003-07-01T10:52:37Z"),
    ("1 Jul 2003 10:52 PST", "2003-07-01T18:52:00Z"), ("May 1st, 2019", "2019-05-01"), ("1. Mai 2019", "2019-05-01"),
    ("3 März 2020", "2020-03-03"), ("12 août 2018", "2018-08-12"), ("5 de enero de 2021", "2021-01-05"),
    ("1.5.2019", "2019-05-01"), ("13/5/2019", "2019-05-13"), ("5/13/2019", "2019-05-13"), ("3/4/2021", "2021"),
    ("4/4/2021", "2021-04-04"), ("Sept 2003", "2003-09"), ("03-May-2019", "2019-05-03"),
    ("1556668800", "2019-05-01T00:00:00Z"),
    ("1556668800000", "2019-05-01T00:00:00Z"), ("2019-02-30", nil), ("2019-13-01", nil), ("hello", nil), ("", nil),
    ("99999999999999999999", nil), ("12:30", nil), ("10:30 PM, May 1, 2019", "2019-05-01T22:30:00Z"),
    ("May 1, 2019 at 12:05 AM", "2019-05-01T00:05:00Z"), ("2019-05-01T24:99:00", "2019-05-01"),
  ]

  @Test(arguments: cases) func shapes(_ value: (String, String?)) {
    #expect(DateParser.parse(value.0)?.iso8601 == value.1, "\(value.0)")
  }

  static let names: [(String, String?, String)] = [
    ("_posts/2019-05-01-hello-world.md", "2019-05-01", "Hello world"),
    ("2021-10/oct-26.md", "2021-10-26", "Oct 26"),
    ("2018/2018-01-09 Christmas retro.vtt", "2018-01-09", "Christmas retro"),
    ("x/2023-11-07 Ciarán after-action call.vtt", "2023-11-07", "Ciarán after-action call"),
    ("acdt/2026-07-06_086/transcript.vtt", "2026-07-06", "Acdt 2026-07-06 086, transcript"),
    ("notes 20190501.txt", "2019-05-01", "Notes 20190501"),
    ("2019/05/17/a-title.md", "2019-05-17", "A title"),
    ("2016/minutes of march.txt", "2016", "Minutes of march"),
    ("show/episodes/8_5.srt", nil, "Episodes 8_5"), ("Handbook.md", nil, "Handbook"),
    ("v12345678.txt", nil, "V12345678"), ("1234567890.txt", nil, "1234567890"),
    ("newsletter-2020-03.md", "2020-03", "Newsletter 2020 03"),
  ]

  @Test(arguments: names) func fileNames(_ value: (String, String?, String)) {
    let facts = NameFacts(value.0)
    #expect(facts.date?.iso8601 == value.1, "\(value.0)")
    #expect(facts.title == value.2)
  }
}
