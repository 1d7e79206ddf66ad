/// A set of words that answers “certainly not” for nearly all that it does not hold (Bloom's filter of one hash).
struct WordFilter {
  private var bits = [UInt64](repeating: 0, count: 1 << 9)

  mutating func insert(_ word: some Collection<UInt8>) {
    let hash = word.reduce(Self.start, Self.add)
    bits[Int(hash >> 55)] |= 1 << (hash >> 49 & 63)
  }

  @inline(__always)
  func contains(_ hash: UInt64) -> Bool { bits[Int(hash >> 55)] & 1 << (hash >> 49 & 63) != 0 }

  static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  static func add(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15 }
}

/// The words of an ASCII name as ``SectionNames/normalize(_:)`` has them, by their hashes alone.
struct WordScanner<Name: Collection> where Name.Element == UInt8 {
  struct Word {
    /// Of the word in lower case; `nil` where something else than ASCII belongs to it or may stand in front of it.
    var hash: UInt64?
    var isNumber: Bool
  }

  private var rest: Name.Iterator
  /// In square brackets nothing counts.
  private var depth = 0

  init(_ name: Name) { rest = name.makeIterator() }

  mutating func next() -> Word? {
    var hash = WordFilter.start
    var isEmpty = true
    var isNumber = true
    while let byte = rest.next() {
      if byte >= 0x80 { return Word(hash: nil, isNumber: false) }
      let isDigit = byte &- 0x30 < 10
      if depth == 0, isDigit || (byte | 0x20) &- 0x61 < 26 {
        hash = WordFilter.add(hash, isDigit ? byte : byte | 0x20)
        isEmpty = false
        if !isDigit { isNumber = false }
        continue
      }
      if byte == 0x5B { depth += 1 }
      if byte == 0x5D, depth > 0 { depth -= 1 }
      if !isEmpty { return Word(hash: hash, isNumber: isNumber) }
    }
    return isEmpty ? nil : Word(hash: hash, isNumber: isNumber)
  }
}
