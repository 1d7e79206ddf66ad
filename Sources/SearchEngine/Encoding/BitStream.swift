/// A stream of bits, the least significant bit of a byte first.
struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private var word: UInt64 = 0
  private var filled = 0

  /// The low `width` bits of `value`; the others have to be zero.
  mutating func append(_ value: UInt64, _ width: Int) {
    assert(width == 64 || value >> UInt64(width) == 0)
    guard width > 0 else { return }
    word |= value << UInt64(filled)
    if filled + width < 64 {
      filled += width
      return
    }
    bytes.append(littleEndian: word)
    let taken = 64 - filled
    word = taken == 64 ? 0 : value >> UInt64(taken)
    filled = width - taken
  }

  /// Exponential Golomb code of order `k`: with q = (value >> k) + 1 of n bits, n − 1 zeros, a one, the low n − 1
  /// bits of q, then the low k bits of the value. Needs value >> k < 2^32.
  mutating func appendGolomb(_ value: UInt64, _ k: Int) {
    let q = (value >> UInt64(k)) + 1
    let low = 63 - q.leadingZeroBitCount
    append(1 << UInt64(low), low + 1)
    append(q & ((1 << UInt64(low)) - 1), low)
    append(value & ((1 << UInt64(k)) - 1), k)
  }

  /// Appends the whole bytes so far to `writer`, and keeps the rest.
  mutating func drain(to writer: ContentWriter) {
    writer.append(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Fills up the last byte with zeros and appends everything to `writer`.
  mutating func finish(to writer: ContentWriter) {
    fillByte()
    drain(to: writer)
  }

  mutating func fillByte() {
    var left = (filled + 7) / 8
    while left > 0 {
      bytes.append(UInt8(truncatingIfNeeded: word))
      word >>= 8
      left -= 1
    }
    word = 0
    filled = 0
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    word = 0
    filled = 0
  }
}

/// Reads such a stream; never beyond `end` by more than a word. Reads that do not fit answer zero and set `failed`.
struct BitReader {
  let base: UnsafePointer<UInt8>
  let bitCount: Int
  /// Where the next read begins.
  private(set) var bit = 0
  private(set) var failed = false

  /// `count` bytes at `base`; at least 16 bytes behind them are readable.
  init(_ base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    bitCount = count * 8
  }

  /// At least 57 bits from here on.
  @inline(__always)
  private var window: UInt64 {
    UnsafeRawPointer(base + (bit &>> 3)).loadUnaligned(as: UInt64.self).littleEndian &>> UInt64(bit & 7)
  }

  @inline(__always)
  private mutating func skip(_ count: Int) -> Bool {
    guard bit + count <= bitCount else {
      failed = true
      return false
    }
    bit += count
    return true
  }

  /// Goes on to a bit that a kernel came to.
  mutating func move(to bit: Int) {
    precondition(bit >= self.bit && bit <= bitCount)
    self.bit = bit
  }

  /// The next `width` bits, at most 56.
  @inline(__always)
  mutating func read(_ width: Int) -> UInt64 {
    let value = window & ((1 &<< UInt64(width)) &- 1)
    return skip(width) ? value : 0
  }

  @inline(__always)
  mutating func readGolomb(_ k: Int) -> UInt64 {
    let zeros = window.trailingZeroBitCount
    guard zeros <= 32, skip(zeros + 1) else {
      failed = true
      return 0
    }
    let q = read(zeros) | 1 &<< UInt64(zeros)
    return (q &- 1) &<< UInt64(k) | read(k)
  }
}
