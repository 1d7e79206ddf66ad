import Glibc

/// What is written about: each topic has words of its own, fixed pairs among them, and years in which it is alive.
struct Topics {
  static let count = 800
  static let wordsEach = 2_048
  static let firstYear = 2012
  static let years = 14

  /// Stem ranks, `wordsEach` per topic, in the order of their weight in the topic.
  let words: [UInt32]
  /// Position in the topic's words by weight 1 / (z + 6); the same for all topics.
  let position: AliasTable
  /// Weight of (topic, year): overall popularity (Zipf) times a bell around the topic's best years, over a low floor.
  let prevalence: [Float]
  /// One table per year, for documents about something that their author does not usually write about.
  let byYear: [AliasTable]

  init(seed: UInt64, vocabulary: borrowing Vocabulary) {
    var words: [UInt32] = []
    words.reserveCapacity(Self.count * Self.wordsEach)
    var prevalence = [Float](repeating: 0, count: Self.count * Self.years)
    for topic in 0..<Self.count {
      var random = SplitMix64(seed: seed, kind: 1, index: UInt64(topic))
      for _ in 0..<Self.wordsEach { words.append(UInt32(vocabulary.drawKeyword(&random))) }
      let popularity = 1 / (Double(topic) + 20)
      let best = random.unit() * Double(Self.years + 4) - 2
      let width = 1.2 + 4 * random.unit()
      for year in 0..<Self.years {
        let distance = (Double(year) - best) / width
        prevalence[topic * Self.years + year] = Float(popularity * (0.06 + exp(-distance * distance / 2)))
      }
    }
    self.words = words
    self.prevalence = prevalence
    position = AliasTable((0..<Self.wordsEach).map { 1 / (Double($0) + 6) })
    byYear = (0..<Self.years).map { year in
      AliasTable((0..<Self.count).map { Double(prevalence[$0 * Self.years + year]) })
    }
  }

  @inline(__always)
  func draw(_ topic: Int, _ random: inout SplitMix64) -> Int {
    Int(words[topic * Self.wordsEach + position.draw(&random)])
  }

  /// Every eighth stem has a companion that follows it often ("chart datum"): what phrase queries live on.
  @inline(__always)
  func companion(of rank: Int, in topic: Int) -> Int? {
    let hash = SplitMix64.mix(UInt64(rank) &* 1_000_003 &+ UInt64(topic))
    guard hash & 7 == 0 else { return nil }
    return Int(words[topic * Self.wordsEach + Int(hash &>> 8 & 255)])
  }
}
