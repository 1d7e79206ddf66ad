import Glibc

/// Steele, Lea and Flood's SplitMix64 (OOPSLA 2014): one addition and one mix per number, and any state is a good start,
/// so that each document can have a generator of its own, made from (seed, number).
struct SplitMix64 {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// The generator of one thing (document, person, topic) of a kind, independent of all others.
  init(seed: UInt64, kind: UInt64, index: UInt64) {
    state = Self.mix(seed &+ Self.mix(kind &* 0x9E37_79B9_7F4A_7C15 &+ Self.mix(index)))
  }

  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z &>> 31)
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number in 0 ..< bound by Lemire's multiplication; the bias is below bound / 2^64.
  mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(truncatingIfNeeded: bound)).high)
  }

  /// Uniform in (0, 1], never zero, so that its logarithm exists.
  mutating func unit() -> Double {
    Double((next() &>> 11) &+ 1) * 0x1p-53
  }

  mutating func chance(_ probability: Double) -> Bool {
    next() &>> 11 < UInt64(probability * 0x1p53)
  }

  /// Normal by Box and Muller; used a few times per document only.
  mutating func normal() -> Double {
    (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit())
  }

  /// Log-uniform in low ..< high: as many picks in every decade, which is the density of Zipf's law with exponent 1.
  mutating func logUniform(_ low: Double, _ high: Double) -> Int {
    Int(low * exp(unit() * log(high / low)))
  }
}
