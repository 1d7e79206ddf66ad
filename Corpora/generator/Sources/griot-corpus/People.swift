/// Who writes: names, addresses, years with the organization, one to five topics, favourite words.
struct People {
  static let count = 20_000
  static let favourites = 48
  static let topicsEach = 5

  struct Person {
    var joined: Int
    var left: Int
    /// What the person writes about, the favourite first, and how much each counts.
    var topics: [UInt16]
    var weights: [Float]
    var name: [UInt8]
    var address: [UInt8]
    /// From this year on the second address is used (a new domain, a marriage); 99 for never.
    var moved: Int
    var newAddress: [UInt8]
  }

  let all: [Person]
  let words: [UInt32]
  /// Some write a hundred times as much as others.
  let activity: AliasTable

  init(seed: UInt64, topics: Topics, vocabulary: borrowing Vocabulary) {
    var all: [Person] = []
    var words: [UInt32] = []
    words.reserveCapacity(Self.count * Self.favourites)
    for index in 0..<Self.count {
      var random = SplitMix64(seed: seed, kind: 2, index: UInt64(index))
      for _ in 0..<Self.favourites { words.append(UInt32(vocabulary.drawKeyword(&random))) }
      all.append(Self.make(index, topics, &random))
    }
    self.all = all
    self.words = words
    activity = AliasTable((0..<Self.count).map { 1 / (Double($0) + 30) })
  }

  private static func make(_ index: Int, _ topics: Topics, _ random: inout SplitMix64) -> Person {
    let joined = random.below(Topics.years + 3) - 3
    let stay = 1 + random.below(10)
    let several = 1 + random.below(topicsEach)
    var chosen: [UInt16] = []
    var weights: [Float] = []
    var weight: Float = 1
    for _ in 0..<several {
      let year = min(max(joined + random.below(stay), 0), Topics.years - 1)
      chosen.append(UInt16(topics.byYear[year].draw(&random)))
      weights.append(weight)
      weight *= 0.35 + 0.4 * Float(random.unit())
    }
    // One in a hundred has the name of somebody else: the same draw as an earlier person's.
    var naming = SplitMix64(random.chance(0.01) ? UInt64(index / 2) : random.next())
    let given = Self.givenNames[naming.below(Self.givenNames.count)]
    var family = [UInt8](repeating: 0, count: 64)
    let length = family.withUnsafeMutableBufferPointer {
      WordShape.spell(rank: 4_000 + naming.below(60_000), into: $0.baseAddress!)
    }
    family.removeLast(64 - length)
    let local = Array(Self.ascii(given)) + [UInt8(ascii: ".")] + family
    family[0] -= 32
    let name = Array(given.utf8) + [UInt8(ascii: " ")] + family
    let unit = ["field", "data", "office", "north", "south", "lab"][random.below(6)]
    let number = random.chance(0.03) ? "2" : ""
    let address = local + Array("\(number)@\(unit).example".utf8)
    let moved = random.chance(0.15) ? min(max(joined, 0) + 1 + random.below(5), Topics.years) : 99
    return Person(
      joined: joined, left: joined + stay, topics: chosen, weights: weights, name: name, address: address, moved: moved,
      newAddress: Array(Self.ascii(given).prefix(1)) + family.map { $0 | 32 } + Array("@corpus.example".utf8))
  }

  /// The given name without marks, in small letters, as mail administrators write it.
  private static func ascii(_ name: String) -> [UInt8] {
    let plain: [Character: String] = [
      "é": "e", "è": "e", "ë": "e", "ï": "i", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ł": "l", "ą": "a", "ç": "c",
      "ñ": "n", "ó": "o", "á": "a", "í": "i", "Å": "aa", "É": "e", "Ö": "oe", "Ł": "l", "ć": "c", "ş": "s", "ğ": "g",
    ]
    return name.flatMap { Array((plain[$0] ?? $0.lowercased()).utf8) }
  }

  private static let givenNames = [
    "Anna", "Björn", "Chloé", "Dmitri", "Eleni", "Fatima", "Grace", "Hélène", "Ivan", "José", "Kenji", "Lena",
    "Małgosia",
    "Nikos", "Olga", "Pilar", "Quentin", "Rosa", "Søren", "Tomasz", "Ursula", "Víctor", "Wiebke", "Xenia", "Yannick",
    "Zoë", "Aisha", "Bruno", "Carla", "Daniel", "Emma", "Frida", "Gustav", "Hanna", "Ingrid", "Jan", "Katerina", "Loïc",
    "Maria", "Noah", "Otto", "Paul", "Rachel", "Sakura", "Thomas", "Uwe", "Vera", "Walter", "Yusuf", "Åsa", "Łukasz",
    "Émile", "Mehmet", "Priya", "Ravi", "Siobhan", "Tariq", "Mónica", "Jörg", "Françoise", "Günter", "Inés", "Wei",
    "Mei",
  ]
}
