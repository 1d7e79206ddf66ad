import Glibc
import Testing

@testable import TextAnalysis

/// Unicode's own cases of word boundaries (UAX #29), from Debian's package unicode-data.
@Suite struct WordBreakTestTests {
  static let path = "/usr/share/unicode/auxiliary/WordBreakTest.txt"

  /// Our segmenter gives ICU's words in every case; ICU gives the annex's boundaries but where its root locale is
  /// tailored: a colon joins no letters since CLDR 42 (`a:a`), and `@` is a letter.
  @Test func cases() throws {
    guard let bytes = SharedTexts.read(Self.path) else {
      print("SKIPPED: \(Self.path) is missing (package unicode-data)")
      return
    }
    let trio = WordSegmenterTests.Trio()
    let icu = BreakIterator(.words)
    var count = 0
    var tailored: [String] = []
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where !line.hasPrefix("#") {
      let fields = line.prefix { $0 != "#" }.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard fields.first == "÷" else { continue }
      var text: [UInt8] = []
      var expected: [Int] = []
      var scalars: [UInt32] = []
      for field in fields {
        switch field {
        case "÷": expected.append(text.count)
        case "×": break
        default:
          let scalar = try #require(UInt32(field, radix: 16).flatMap(Unicode.Scalar.init), "\(line)")
          scalars.append(scalar.value)
          text += Array(String(Character(scalar)).utf8)
        }
      }
      var found = [0]
      text.withUnsafeBytes { text in icu.forEachSegment(text) { _, end, _ in found.append(Int(end)) } }
      if found != expected { tailored.append(scalars.contains(0x3A) ? "colon" : "\(line)") }
      let difference = text.withUnsafeBytes { trio.difference($0) }
      #expect(difference == nil, "\(line)")
      count += 1
    }
    #expect(count > 1800)
    // Every difference holds a colon; and there are some, or this test reads nothing.
    #expect(tailored.allSatisfy { $0 == "colon" }, "\(tailored.filter { $0 != "colon" })")
    print("\(count) cases of WordBreakTest.txt, \(tailored.count) where ICU's root locale does not join at a colon")
  }
}
