import Glibc

/// The content words: stems by rank, their frequencies, their inflected forms.
///
/// Frequencies follow two power laws, as large corpora do (Ferrer-i-Cancho & Solé 2001): exponent 1 with Mandelbrot's
/// offset up to `knee`, then exponent 1.5 without end. The tail is what makes new words keep coming (Heaps' law with an
/// exponent near 1 / 1.5), so ranks up to 2^27 occur; beyond `cached` they are spelled anew each time.
struct Vocabulary: ~Copyable {
  static let cached = 1 << 16
  static let limit = 1 << 27
  static let knee = 1_500.0
  static let offset = 12.0
  /// The most frequent stems name nothing.
  static let head = 40
  static let generalShare = 0.4

  /// A form adds a suffix to the stem. Which forms a stem has depends on its part of speech.
  static let suffixes: [StaticString] = ["", "s", "ed", "ing", "er", "ly", "ness", "ment"]

  /// One table for each sort of stem (see `isGeneral`); the outcome `cached` stands for "in the tail".
  private let general: AliasTable
  private let keyword: AliasTable
  /// Slots of 16 bytes: up to 15 letters, the length in the last byte.
  private let slots: UnsafeMutablePointer<UInt8>
  private static let slot = WordShape.longest

  init() {
    let weights = (0..<Self.cached).map { Self.weight(Double($0)) }
    // The integral of the law over all ranks behind the cached ones; both sorts have their share of them.
    let tail = 2 * Self.knee * Self.weight(Self.knee) * (Self.knee / Double(Self.cached)).squareRoot()
    general = AliasTable(
      (0..<Self.cached).map { Self.isGeneral($0) ? weights[$0] : 0 } + [tail * Self.generalShare])
    keyword = AliasTable(
      (0..<Self.cached).map { Self.isGeneral($0) || $0 < Self.head ? 0 : weights[$0] }
        + [tail * (1 - Self.generalShare)])
    slots = .allocate(capacity: Self.cached * Self.slot)
    for rank in 0..<Self.cached {
      let slot = slots + rank * Self.slot
      let length = WordShape.spell(rank: rank, into: slot)
      slot[Self.slot - 1] = UInt8(length)
    }
  }

  deinit { slots.deallocate() }

  private static func weight(_ rank: Double) -> Double {
    if rank < knee { return 1 / (rank + offset) }
    return 1 / (knee + offset) * pow(knee / rank, 1.5)
  }

  /// A turn of phrase.
  @inline(__always)
  func drawGeneral(_ random: inout SplitMix64) -> Int {
    let rank = general.draw(&random)
    return rank < Self.cached ? rank : tail(general: true, &random)
  }

  /// A stem that names something.
  @inline(__always)
  func drawKeyword(_ random: inout SplitMix64) -> Int {
    let rank = keyword.draw(&random)
    return rank < Self.cached ? rank : tail(general: false, &random)
  }

  /// Inverse of the tail's distribution function: with exponent 1.5 it needs a square and no power.
  @inline(never)
  private func tail(general: Bool, _ random: inout SplitMix64) -> Int {
    while true {
      let u = random.unit()
      let rank = Double(Self.cached) / (u * u)
      if rank < Double(Self.limit), Self.isGeneral(Int(rank)) == general { return Int(rank) }
    }
  }

  /// Two stems in five are turns of phrase ("however", "bring"): spread evenly over documents, in no topic's list. The
  /// others name things. Church and Gale (1995) found both sorts at every frequency.
  @inline(__always)
  static func isGeneral(_ rank: Int) -> Bool {
    (UInt64(rank) &* 0x9E37_79B9_7F4A_7C15) &>> 56 < UInt64(generalShare * 256)
  }

  /// A form of the stem: one of `suffixes` by number. Half of the stems inflect like verbs, a third like nouns.
  @inline(__always)
  func drawForm(of rank: Int, _ random: inout SplitMix64) -> Int {
    let roll = Int(truncatingIfNeeded: random.next() &>> 56)
    if roll < 140 { return 0 }
    switch (rank &* 0x9E37_79B1) &>> 16 & 7 {
    case 0...3: return roll < 175 ? 1 : roll < 212 ? 2 : roll < 248 ? 3 : 4
    case 4...6: return roll < 240 ? 1 : 7
    default: return roll < 180 ? 4 : roll < 228 ? 5 : 6
    }
  }

  /// Writes a form and returns the position behind it. `out` must have 32 bytes of room.
  @inline(__always)
  func write(rank: Int, form: Int, to out: UnsafeMutablePointer<UInt8>) -> UnsafeMutablePointer<UInt8> {
    var end: UnsafeMutablePointer<UInt8>
    if rank < Self.cached {
      let slot = UnsafeRawPointer(slots + rank * Self.slot)
      // Two words of eight are cheaper than a copy of the exact length.
      let target = UnsafeMutableRawPointer(out)
      target.storeBytes(of: slot.loadUnaligned(as: UInt64.self), as: UInt64.self)
      target.storeBytes(of: slot.loadUnaligned(fromByteOffset: 8, as: UInt64.self), toByteOffset: 8, as: UInt64.self)
      end = out + Int(slots[rank * Self.slot + Self.slot - 1])
    } else {
      end = out + WordShape.spell(rank: rank, into: out)
    }
    let suffix = Self.suffixes[form]
    for index in 0..<suffix.utf8CodeUnitCount { end[index] = suffix.utf8Start[index] }
    end += suffix.utf8CodeUnitCount
    return end
  }
}
