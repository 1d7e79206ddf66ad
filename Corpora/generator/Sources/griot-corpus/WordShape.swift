/// Spells the stem of a rank: pronounceable, and different for different ranks.
///
/// A stem is a chain of syllables onset + vowel + coda, and its spelling can be cut into syllables in one way only. Within
/// the stems of k syllables the spelling is a mixed-radix number; a multiplication by a prime modulo the count of such
/// stems keeps neighbours in rank from looking alike. Frequent stems are short more often than rare ones, as in English
/// (Zipf's law of abbreviation).
enum WordShape {
  private static let onsets: [StaticString] = [
    "b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w",
  ]
  /// Only the first syllable may start with one of these.
  private static let clusters: [StaticString] = [
    "br", "dr", "fr", "gr", "kr", "pr", "tr", "bl", "fl", "gl", "kl", "pl",
  ]
  private static let vowels: [StaticString] = ["a", "e", "i", "o", "u"]
  private static let codas: [StaticString] = ["", "n", "r", "l", "s", "m"]
  /// A stem ends in one of these: all take -s, -ed, -ing without change of spelling, and a stemmer can take them off.
  private static let endings: [StaticString] = [
    "n", "r", "l", "m", "t", "d", "k", "p", "nt", "rd", "st", "sh", "rk", "rn", "lt", "mp",
  ]
  private static let firstOnsets = onsets + clusters

  /// The longest stem is "kransanpurd" with its three syllables; a slot leaves room for the length.
  static let longest = 16

  private static let first = firstOnsets.count * vowels.count
  private static let inner = onsets.count * vowels.count * codas.count
  /// How many stems of one, two, three syllables there are: 2,240; 1.08 million; 516 million.
  private static let capacity = [
    first * endings.count, first * endings.count * inner, first * endings.count * inner * inner,
  ]

  /// Writes the stem of `rank`, which must be below `Vocabulary.limit`, and returns its length in bytes.
  static func spell(rank: Int, into out: UnsafeMutablePointer<UInt8>) -> Int {
    let roll = Int(SplitMix64.mix(UInt64(rank) &+ 0x5EED) & 0xFF)
    let syllables: Int
    switch rank {
    case ..<1_000: syllables = roll < 165 ? 1 : 2
    case ..<capacity[0]: syllables = roll < 80 ? 1 : roll < 235 ? 2 : 3
    case ..<200_000: syllables = roll < 165 ? 2 : 3
    case ..<capacity[1]: syllables = roll < 60 ? 2 : 3
    default: syllables = 3
    }
    // 0x9E3779B1 is prime and divides none of the capacities, so the product permutes 0 ..< capacity.
    var number = rank &* 0x9E37_79B1 % capacity[syllables - 1]
    var length = 0
    func take(_ parts: [StaticString]) {
      let text = parts[number % parts.count]
      number /= parts.count
      for offset in 0..<text.utf8CodeUnitCount { out[length + offset] = text.utf8Start[offset] }
      length += text.utf8CodeUnitCount
    }
    take(firstOnsets)
    take(vowels)
    for _ in 1..<syllables {
      take(codas)
      take(onsets)
      take(vowels)
    }
    take(endings)
    return length
  }
}
