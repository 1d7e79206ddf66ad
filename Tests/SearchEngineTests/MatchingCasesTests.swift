import Glibc
import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// `Tests/Data/matching.tsv`: text, query, and whether the text must match.
@Suite struct MatchingCasesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var line: Int
    var language: String
    var text: String
    var query: String
    var mustMatch: Bool
    var why: String
    var testDescription: String { "line \(line): \(query)" }
  }

  static let cases: [Case] = {
    let path = #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/Data/matching.tsv"
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    var cases: [Case] = []
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.first == 0x23 { continue }
      let fields = line.split(separator: 0x09, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard fields.count == 6, ["yes", "no"].contains(fields[4]) else {
        return []
      }
      cases.append(
        Case(
          line: number + 1, language: fields[1], text: fields[2], query: fields[3], mustMatch: fields[4] == "yes",
          why: fields[5]))
    }
    return cases
  }()

  @Test func thereAreEnough() {
    #expect(Self.cases.count >= 150)
    #expect(Self.cases.count { $0.why.contains("#") || $0.why.hasPrefix("R") } * 2 >= Self.cases.count)
    #expect(Self.cases.count { !$0.mustMatch } >= 50)
  }

  @Test func textsMatchWhatTheyMust() throws {
    var indexes: [String: TestIndex] = [:]
    for item in Self.cases {
      let language = Language(code: item.language)
      let name = item.language + item.text
      let index =
        try indexes[name]
        ?? TestIndex([
          [
            IndexDocument(
              key: DocumentKey(high: 1, low: 2), language: language,
              passages: [IndexPassage(body: Array(item.text.utf8))])
          ]
        ])
      indexes[name] = index
      var configuration = QueryAnalyzer.Configuration(languages: [language], reader: index.searcher.reader)
      configuration.correctsSpelling = true
      let result = try QueryAnalyzer(configuration).query(item.query)
      let found = try index.searcher.search(result.query).hits.count == 1
      #expect(
        found == item.mustMatch,
        "line \(item.line): “\(item.query)” \(found ? "finds" : "does not find") “\(item.text)” – \(item.why); \(result)"
      )
      // What is found can be shown.
      guard found, result.query.simplified() != .all, !item.query.hasPrefix("NOT") else { continue }
      let text = Array(item.text.utf8)
      let places = Highlighter(result.query, languages: [language]).highlights(in: text)
      #expect(!places.isEmpty, "line \(item.line): “\(item.query)” shows nothing in “\(item.text)”; \(result.query)")
    }
  }
}
