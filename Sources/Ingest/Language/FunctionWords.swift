/// English by its function words: cheap, and sure where it says yes.
enum FunctionWords {
  struct Count {
    var letters = 0
    /// Letters beyond ASCII.
    var otherLetters = 0
    var words = 0
    /// Words that are distinctive English, and how many different ones.
    var hits = 0
    var different = 0
    /// Function words of other languages that are written in ASCII letters.
    var foreign = 0

    /// English beyond doubt: hardly a letter beyond ASCII, several different function words of English, hardly any of
    /// other languages. In prose every fifth word is a hit; texts full of names and code have fewer.
    var isPlainEnglish: Bool {
      words >= 12 && different >= 3 && otherLetters * 50 <= letters && foreign * 6 <= hits
        && (hits * 9 >= words || (hits >= 4 && hits * 30 >= words))
    }
  }

  /// Words that English text cannot do without and that no other language written in ASCII letters shares.
  /// Left out on purpose: `in`, `is`, `of`, `was`, `me`, `on`, `to`, `a` (Dutch, German, Spanish, Italian, …).
  private static let distinctive = [
    "the", "and", "that", "this", "with", "for", "are", "you", "not", "have", "from", "but", "they", "which",
    "would", "there", "were", "been", "their", "has", "when", "what", "your", "should", "into", "these", "than",
  ]

  /// Such words of German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian, Polish,
  /// Czech, Turkish, Indonesian, Romanian, Finnish, Hungarian.
  private static let others = [
    "der", "und", "das", "nicht", "ist", "ein", "eine", "mit", "auf", "dem", "les", "des", "est", "une", "pour", "dans",
    "que", "qui", "sur", "avec", "los", "las", "del", "una", "por", "para", "como", "pero", "mais", "nao", "uma", "dos",
    "che", "non", "per", "della", "sono", "con", "het", "een", "van", "niet", "voor", "zijn", "och", "att", "det",
    "som", "inte", "ikke", "til", "nie", "jest", "sie", "jak", "bir", "icin", "yang", "dan", "untuk", "dengan",
    "sau", "este", "ja", "ei", "hogy", "nem", "egy", "ich", "wir", "nous", "vous", "leur",
  ]

  /// An open-addressed table of the words as numbers; 0 is empty, the top bit marks the other languages. 1024 slots
  /// for some hundred words: most lookups end at once.
  private static let table: [UInt64] = {
    var table = [UInt64](repeating: 0, count: 1024)
    for (index, word) in (distinctive + others).enumerated() {
      let key = word.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      var slot = slot(key)
      while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
      table[slot] = index < distinctive.count ? key : key | foreignMark
    }
    return table
  }()

  private static let foreignMark: UInt64 = 1 << 63

  @inline(__always) private static func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 54)
  }

  static func count(_ text: UnsafeBufferPointer<UInt8>) -> Count {
    table.withUnsafeBufferPointer { count(text, $0) }
  }

  private static func count(_ text: UnsafeBufferPointer<UInt8>, _ table: UnsafeBufferPointer<UInt64>) -> Count {
    var count = Count()
    var seen: UInt64 = 0
    var word: UInt64 = 0
    var length = 0
    for byte in text {
      let lower = byte | 0x20
      if lower &- 0x61 < 26 {
        word = word &<< 8 | UInt64(lower)
        length &+= 1
        continue
      }
      if byte >= 0xC0 {
        count.letters &+= 1
        count.otherLetters &+= 1
      }
      guard length > 0 else { continue }
      end(&count, &seen, word, length, table)
      word = 0
      length = 0
    }
    if length > 0 { end(&count, &seen, word, length, table) }
    return count
  }

  @inline(__always)
  private static func end(
    _ count: inout Count, _ seen: inout UInt64, _ word: UInt64, _ length: Int, _ table: UnsafeBufferPointer<UInt64>
  ) {
    count.words &+= 1
    count.letters &+= length
    guard length >= 2, length <= 6 else { return }
    var slot = slot(word)
    while table[slot] != 0 {
      if table[slot] == word | foreignMark {
        count.foreign &+= 1
        return
      }
      if table[slot] == word {
        count.hits &+= 1
        let bit: UInt64 = 1 &<< UInt64(slot & 63)
        if seen & bit == 0 {
          seen |= bit
          count.different &+= 1
        }
        return
      }
      slot = (slot &+ 1) & 1023
    }
  }
}
