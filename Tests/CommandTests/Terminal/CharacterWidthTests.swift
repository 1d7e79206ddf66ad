import Glibc
import TestSupport
import Testing

@testable import GriotCommand

@Suite struct CharacterWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("かな", 4), ("が", 2), ("か\u{3099}", 2), ("ｱ", 1),
    ("Ａ", 2), ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("😀", 2), ("👨‍👩‍👧", 2), ("🇩🇪", 2), ("👍🏽", 2), ("❤", 1),
    ("❤\u{FE0F}", 2), ("1\u{FE0F}\u{20E3}", 2), ("สวัสดี", 4), ("नमस्ते", 4), ("שלום", 4), ("a\u{200B}b", 2),
    ("\u{AD}", 0), ("…", 1), ("“”", 2), ("\u{1F1E6}", 1), ("中文 mixed テキスト", 19), ("हिन्दी", 5),
  ])
  func cells(_ text: String, _ width: Int) { #expect(CharacterWidth.of(text) == width) }

  @Test func tableIsThatOfUnicode() throws {
    let path = "/usr/share/unicode/EastAsianWidth.txt"
    guard access(path, R_OK) == 0 else {
      print("SKIPPED: \(path) is missing (Debian package unicode-data); the width table is not compared")
      return
    }
    var wide: [ClosedRange<UInt32>] = []
    for line in String(decoding: try ProcessFolder.read(path), as: UTF8.self).split(separator: "\n") {
      let data = line.prefix { $0 != "#" }.filter { $0 != " " }.split(separator: ";")
      guard data.count == 2, data[1] == "W" || data[1] == "F" else { continue }
      let ends = data[0].split(separator: ".").map { UInt32($0, radix: 16)! }
      wide.append(ends.first!...ends.last!)
    }
    let table = CharacterWidth.wideRanges
    let ours = stride(from: 0, to: table.count, by: 2).map { table[$0]...table[$0 + 1] }
    let a = Set(wide.flatMap { $0 })
    let b = Set(ours.flatMap { $0 })
    #expect(a == b, "differ in \(a.symmetricDifference(b).sorted().prefix(20))")
    for (x, y) in zip(ours, ours.dropFirst()) { #expect(x.upperBound < y.lowerBound) }
  }
}
