import TestSupport
import Testing

@testable import Griot

/// Names in running text.
@Suite struct NameFinderTests {
  private static let names: FullNames = {
    var hidden = PersonRecord(name: "Zelda Quux")
    hidden.isHidden = true
    let all = [
      "Ana Pérez", "Bo van der Berg", "Jörg O'Brien", "Mei-Ling Wu", "Madonna", "J. R. Hartley", "Sam Hill", "Sam Hill",
    ]
    return FullNames(all.map { PersonRecord(name: $0) } + [hidden])
  }()
  private static var finder: NameFinder { NameFinder(names) }

  private static func found(_ text: String) -> [String] {
    let utf8 = Array(text.utf8)
    return utf8.withUnsafeBytes { finder.names(in: $0) }.map {
      "\($0.person) " + String(decoding: utf8[$0.range], as: UTF8.self)
    }
  }

  @Test func spellings() {
    #expect(Self.found("Patch by Ana Pérez.") == ["0 Ana Pérez"])
    #expect(Self.found("(Ana Perez, Bo van der Berg)") == ["0 Ana Perez", "1 Bo van der Berg"])
    #expect(Self.found("ask PEREZ Ana or ANA PÉREZ") == ["0 PEREZ Ana", "0 ANA PÉREZ"])
    #expect(
      Self.found("Jorg OBrien; Joerg O'Brien; Jörg O'Brien") == ["2 Jorg OBrien", "2 Joerg O'Brien", "2 Jörg O'Brien"])
    #expect(Self.found("Then Mei-Ling Wu spoke") == ["3 Mei-Ling Wu"])
    #expect(Self.found("Thanks Ana Pérez Bo van der Berg") == ["0 Ana Pérez", "1 Bo van der Berg"])
  }

  @Test func noNames() {
    for text in [
      "Madonna sang", "J. R. Hartley", "ana pérez", "Ana, Pérez", "Ana\nPérez", "Ana", "Sam Hill", "Zelda Quux",
      "Bo der Berg", "",
      "Ana Pére",
      "Ana-Pérez", "Ana. Pérez",
    ] { #expect(Self.found(text).isEmpty, "\(text): \(Self.found(text))") }
  }

  /// Bytes from anywhere: ranges stay inside, in order.
  @Test func hostileBytes() {
    var random = SplitMix64(seed: 20_261_122)
    let pieces: [[UInt8]] =
      ["Ana", "Pérez", " ", "-", "'", ".", "\n", "Bo", "van"].map { Array($0.utf8) } + [[0xC3], [0xFF], [0]]
    let finder = Self.finder
    for _ in 0..<2000 {
      var text: [UInt8] = []
      for _ in 0..<Int.random(in: 0...12, using: &random) { text += pieces.randomElement(using: &random)! }
      let found = text.withUnsafeBytes { finder.names(in: $0) }
      var end = 0
      for name in found {
        #expect(name.range.lowerBound >= end && name.range.upperBound <= text.count && !name.range.isEmpty, "\(text)")
        end = name.range.upperBound
      }
    }
  }
}
