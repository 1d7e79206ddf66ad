/// Words whose symbols belong to them (user-needs R20): `C++`, `.NET`, `R&D`. UAX #29 would leave `C`, `NET`, `R D`.
///
/// Case does not matter. A protected word has an ASCII letter or digit and otherwise any ASCII symbols but white space.
public struct ProtectedWords: Sendable, Hashable {
  public static let standard = ProtectedWords(
    sorted: "at&t c++ c# d&d f# g++ h&m j# k&r m&a notepad++ .net p&l q&a q# r&d s&p ")

  /// The words in lower case, each with a space behind it; by the first letter or digit, longest first. Flat, because
  /// every process starts with the standard list and few ever look a word up.
  private let words: [UInt8]

  private init(sorted words: StaticString) {
    self.words = Array(UnsafeBufferPointer(start: words.utf8Start, count: words.utf8CodeUnitCount))
  }

  /// Words that are not of the allowed shape are left out.
  public init(_ words: [String]) {
    var list: [[UInt8]] = []
    for word in words {
      let lower = word.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
      guard lower.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), lower.count <= Analyzer.maximumTermBytes,
        lower.contains(where: Self.isWordByte)
      else { continue }
      list.append(lower)
    }
    list.sort { a, b in
      let (first, second) = (a.first(where: Self.isWordByte)!, b.first(where: Self.isWordByte)!)
      if first != second { return first < second }
      return a.count != b.count ? a.count > b.count : a.lexicographicallyPrecedes(b)
    }
    var flat: [UInt8] = []
    for (index, word) in list.enumerated() where index == 0 || word != list[index - 1] { flat += word + [0x20] }
    self.words = flat
  }

  /// This list and more words.
  public func adding(_ more: [String]) -> ProtectedWords {
    ProtectedWords(words.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) } + more)
  }

  static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
  }

  /// Calls `behind` with the symbols right behind the first letters and digits of a word, and `before` with those right
  /// before them: where neither stands beside a segment, no protected word does.
  func forEachTrigger(behind: (UInt8) -> Void, before: (UInt8) -> Void) {
    var last: UInt8 = 0x20
    var isInside = false  // behind the first letter of a word
    var isDone = false
    for byte in words {
      if byte == 0x20 {
        isInside = false
        isDone = false
      } else if Self.isWordByte(byte) {
        if !isInside, last != 0x20 { before(last) }
        isInside = true
      } else if isInside, !isDone {
        behind(byte)
        isDone = true
      }
      last = byte
    }
  }

  /// The protected word whose first letter or digit stands at `at`. `lower` is the text with ASCII in lower case.
  func match(_ lower: UnsafePointer<UInt8>, at: Int, count: Int) -> Range<Int>? {
    var from = 0
    while from < words.count {
      var lead = from
      while !Self.isWordByte(words[lead]) { lead += 1 }
      let start = at - (lead - from)
      var to = from
      if words[lead] == lower[at], start >= 0 {
        while words[to] != 0x20, start + to - from < count, lower[start + to - from] == words[to] { to += 1 }
        if words[to] == 0x20 {
          let end = start + to - from
          let isWhole = start == 0 || !Self.continues(lower[start - 1], words[from])
          if isWhole, end == count || !Self.continues(lower[end], words[to - 1]) { return start..<end }
        }
      }
      while words[to] != 0x20 { to += 1 }
      from = to + 1
    }
    return nil
  }

  /// Whether a neighbour forbids the word: a letter beside a letter, the same symbol beside a symbol (`C+++`).
  private static func continues(_ neighbour: UInt8, _ edge: UInt8) -> Bool {
    if isWordByte(edge) { return isWordByte(neighbour) || neighbour >= 0x80 || neighbour == 0x5F }
    return neighbour == edge
  }
}
