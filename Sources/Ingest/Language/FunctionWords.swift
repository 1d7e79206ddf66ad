/// English by its function words: cheap, and sure where it says yes.
enum FunctionWords {
  /// Words that English text cannot do without and that no other language written in ASCII letters shares.
  /// Left out on purpose: `in`, `is`, `of`, `was`, `me`, `on`, `to`, `a` (Dutch, German, Spanish, Italian, …).
  private static let distinctive: Set<UInt64> = Set(
    [
      "the", "and", "that", "this", "with", "for", "are", "you", "not", "have", "from", "but", "they", "which",
      "would", "there", "were", "been", "their", "has", "when", "what", "your", "should", "into", "these", "than",
    ].map { key(Array($0.utf8)) })

  /// At least one word in nine is distinctive English, three different ones at least, and there are twelve words.
  static func isPlainEnglish(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var words = 0
    var hits = 0
    var different = 0
    var seen: UInt64 = 0
    var packed: UInt64 = 0
    var length = 0
    func endWord() {
      if length > 0 {
        words += 1
        if length >= 3, length <= 6, distinctive.contains(packed) {
          hits += 1
          let bit: UInt64 = 1 << (packed &* 0x9E37_79B9_7F4A_7C15 >> 58)
          if seen & bit == 0 {
            seen |= bit
            different += 1
          }
        }
      }
      packed = 0
      length = 0
    }
    for byte in text {
      if byte.isASCIILetter {
        packed = packed << 8 | UInt64(byte | 0x20)
        length += 1
      } else {
        endWord()
      }
    }
    endWord()
    return words >= 12 && different >= 3 && hits * 9 >= words
  }

  /// The last eight bytes of a word as a number.
  private static func key(_ word: [UInt8]) -> UInt64 { word.reduce(0) { $0 << 8 | UInt64($1) } }
}
