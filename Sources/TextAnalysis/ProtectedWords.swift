/// Words whose symbols belong to them (user-needs R20): `C++`, `.NET`, `R&D`. UAX #29 would leave `C`, `NET`, `R D`.
///
/// Case does not matter. A protected word has an ASCII letter or digit and otherwise any ASCII symbols but white space.
public struct ProtectedWords: Sendable, Hashable {
  public static let standard = ProtectedWords([
    "c++", "g++", "notepad++", "objective-c++", "c#", "f#", "j#", "q#", ".net", "r&d", "at&t", "q&a", "m&a", "p&l",
    "s&p", "h&m", "d&d", "k&r",
  ])

  /// In lower case, longest first, by their first letter or digit.
  private var byFirst: [UInt8: [Entry]] = [:]

  private struct Entry: Hashable {
    var word: [UInt8]
    /// Symbols before the first letter or digit.
    var lead: Int
  }

  /// Words that are not of the allowed shape are left out.
  public init(_ words: [String]) {
    for word in Set(words.map { Array($0.utf8) }) {
      let lower = word.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
      guard lower.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), lower.count <= Analyzer.maximumTermBytes,
        let lead = lower.firstIndex(where: Self.isWordByte)
      else { continue }
      byFirst[lower[lead], default: []].append(Entry(word: lower, lead: lead))
    }
    for first in byFirst.keys {
      byFirst[first]?.sort {
        $0.word.count != $1.word.count ? $0.word.count > $1.word.count : $0.word.lexicographicallyPrecedes($1.word)
      }
    }
  }

  /// This list and more words.
  public func adding(_ words: [String]) -> ProtectedWords {
    ProtectedWords(byFirst.values.flatMap { $0.map { String(decoding: $0.word, as: UTF8.self) } } + words)
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
  }

  /// The symbols right behind the first letters and digits of a word, and those right before them: where neither
  /// stands beside a segment, no protected word does.
  var triggers: (behind: Set<UInt8>, before: Set<UInt8>) {
    var behind: Set<UInt8> = []
    var before: Set<UInt8> = []
    for entry in byFirst.values.joined() {
      if entry.lead > 0 { before.insert(entry.word[entry.lead - 1]) }
      if let symbol = entry.word[entry.lead...].first(where: { !Self.isWordByte($0) }) { behind.insert(symbol) }
    }
    return (behind, before)
  }

  /// The protected word whose first letter or digit stands at `at`. `lower` is the text with ASCII in lower case.
  func match(_ lower: UnsafePointer<UInt8>, at: Int, count: Int) -> Range<Int>? {
    guard let entries = byFirst[lower[at]] else { return nil }
    for entry in entries {
      let start = at - entry.lead
      let end = start + entry.word.count
      guard start >= 0, end <= count else { continue }
      var index = 0
      while index < entry.word.count, lower[start + index] == entry.word[index] { index += 1 }
      guard index == entry.word.count else { continue }
      let isWhole = start == 0 || !Self.continues(lower[start - 1], entry.word[0])
      if isWhole, end == count || !Self.continues(lower[end], entry.word[entry.word.count - 1]) { return start..<end }
    }
    return nil
  }

  /// Whether a neighbour forbids the word: a letter beside a letter, the same symbol beside a symbol (`C+++`).
  private static func continues(_ neighbour: UInt8, _ edge: UInt8) -> Bool {
    if isWordByte(edge) { return isWordByte(neighbour) || neighbour >= 0x80 || neighbour == 0x5F }
    return neighbour == edge
  }
}
