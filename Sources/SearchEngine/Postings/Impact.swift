/// A competitive pair: no posting of the block (or list) beats all of its pairs, for any k1 >= 0 and 0 <= b <= 1.
/// The bound of a block is the greatest score over its pairs. `frequency` may be rounded up.
public struct Impact: Equatable, Sendable, BitwiseCopyable {
  public var frequency: UInt32
  /// The passage's length as the norm's byte (`FieldNorms.decode(_:)`).
  public var norm: UInt8

  public init(frequency: UInt32, norm: UInt8) {
    self.frequency = frequency
    self.norm = norm
  }
}

/// Collects the (frequency, norm) pairs of postings and answers those that no other beats: a higher frequency or a
/// shorter passage. Norms are ordered as bytes (a greater byte is a longer passage).
struct ImpactAccumulator: ~Copyable {
  private let greatest: UnsafeMutablePointer<UInt32>
  private var seen: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  init() {
    greatest = .allocate(capacity: 256)
    greatest.initialize(repeating: 0, count: 256)
  }

  deinit { greatest.deallocate() }

  @inline(__always)
  mutating func add(frequency: UInt32, norm: UInt8) {
    let slot = greatest + Int(norm)
    if frequency > slot.pointee {
      slot.pointee = frequency
      let bit: UInt64 = 1 &<< UInt64(norm & 63)
      switch norm >> 6 {
      case 0: seen.0 |= bit
      case 1: seen.1 |= bit
      case 2: seen.2 |= bit
      default: seen.3 |= bit
      }
    }
  }

  /// Appends the frontier, by rising norm and rising frequency, at most `PostingsLayout.impacts` pairs, and forgets
  /// all. Where there are more, neighbours are joined into one that beats both, the nearest first: a bound may become
  /// looser, never wrong.
  mutating func drain(into pairs: inout [Impact]) {
    let first = pairs.count
    var best: UInt32 = 0
    func take(_ word: UInt64, _ base: Int, _ pairs: inout [Impact]) {
      var word = word
      while word != 0 {
        let norm = base + word.trailingZeroBitCount
        word &= word &- 1
        if greatest[norm] > best {
          best = greatest[norm]
          pairs.append(Impact(frequency: best, norm: UInt8(norm)))
        }
        greatest[norm] = 0
      }
    }
    take(seen.0, 0, &pairs)
    take(seen.1, 64, &pairs)
    take(seen.2, 128, &pairs)
    take(seen.3, 192, &pairs)
    seen = (0, 0, 0, 0)
    while pairs.count - first > PostingsLayout.impacts {
      var nearest = first
      var loss = UInt64.max
      for i in first..<(pairs.count - 1) {
        // What the joined pair gains over its better half: in frequency, or in length.
        let rise = UInt64(pairs[i + 1].frequency - pairs[i].frequency) * 64 / UInt64(pairs[i + 1].frequency)
        let stretch = UInt64(pairs[i + 1].norm - pairs[i].norm)
        let cost = min(rise, stretch * 8)
        if cost < loss {
          loss = cost
          nearest = i
        }
      }
      pairs[nearest] = Impact(frequency: pairs[nearest + 1].frequency, norm: pairs[nearest].norm)
      pairs.remove(at: nearest + 1)
    }
  }
}
