/// Strict UTF-8 (Unicode 15, table 3-7), at memory speed where the text is ASCII.
enum UTF8Check {
  /// What a validating pass saw.
  struct Result {
    /// Length of the longest valid prefix.
    var validPrefix: Int
    /// Well-formed sequences of two, and of three or four bytes, in that prefix.
    var twoByte = 0, longer = 0
    var hasMultiByte: Bool { twoByte + longer > 0 }
  }

  /// Length of the run of ASCII bytes at the front.
  static func asciiPrefix(_ bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Int {
    var i = start
    let count = bytes.count
    while i &+ 16 <= count {
      let v = bytes.loadUnaligned(fromByteOffset: i, as: SIMD2<UInt64>.self)
      if (v.x | v.y) & 0x8080_8080_8080_8080 != 0 { break }
      i &+= 16
    }
    while i < count, bytes[i] < 0x80 { i &+= 1 }
    return i
  }

  static func check(_ bytes: UnsafeRawBufferPointer) -> Result {
    var result = Result(validPrefix: 0)
    var i = asciiPrefix(bytes)
    while i < bytes.count {
      let length = sequenceLength(bytes, i)
      guard length > 0 else { break }
      if length == 2 { result.twoByte &+= 1 } else if length > 2 { result.longer &+= 1 }
      i &+= length
      // Text in other scripts alternates; only a look at the next byte decides whether a run of ASCII begins.
      if i < bytes.count, bytes[i] < 0x80 { i = asciiPrefix(bytes, from: i) }
    }
    result.validPrefix = i
    return result
  }

  /// Length of the well-formed sequence at `i`, 0 if there is none.
  @inline(__always)
  static func sequenceLength(_ bytes: UnsafeRawBufferPointer, _ i: Int) -> Int {
    let a = bytes[i]
    if a < 0x80 { return 1 }
    let left = bytes.count &- i
    if a < 0xC2 || left < 2 { return 0 }
    let b = bytes[i &+ 1]
    if a < 0xE0 { return b & 0xC0 == 0x80 ? 2 : 0 }
    if left < 3 || bytes[i &+ 2] & 0xC0 != 0x80 { return 0 }
    if a < 0xF0 {
      if a == 0xE0 { return b >= 0xA0 && b <= 0xBF ? 3 : 0 }
      if a == 0xED { return b >= 0x80 && b <= 0x9F ? 3 : 0 }
      return b & 0xC0 == 0x80 ? 3 : 0
    }
    if left < 4 || bytes[i &+ 3] & 0xC0 != 0x80 { return 0 }
    if a == 0xF0 { return b >= 0x90 && b <= 0xBF ? 4 : 0 }
    if a == 0xF4 { return b >= 0x80 && b <= 0x8F ? 4 : 0 }
    return a < 0xF4 && b & 0xC0 == 0x80 ? 4 : 0
  }

  /// Copies the bytes with U+FFFD for every maximal ill-formed part ("substitution of maximal subparts", Unicode
  /// 15 §3.9).
  ///
  /// - Returns: The text, how many U+FFFD were put in, and how many sequences over one byte were well-formed.
  static func repair(_ bytes: UnsafeRawBufferPointer) -> (text: [UInt8], replacements: Int, wellFormed: Int) {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + 64)
    var replacements = 0, wellFormed = 0
    var i = 0
    while i < bytes.count {
      let ascii = asciiPrefix(bytes, from: i)
      if ascii > i { out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[i..<ascii])) }
      i = ascii
      guard i < bytes.count else { break }
      let length = sequenceLength(bytes, i)
      if length > 0 {
        out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[i..<i + length]))
        wellFormed += 1
        i += length
      } else {
        out.append(contentsOf: [0xEF, 0xBF, 0xBD])
        replacements += 1
        i += illFormedLength(bytes, i)
      }
    }
    return (out, replacements, wellFormed)
  }

  /// Length of the maximal subpart of an ill-formed sequence: a start of a sequence that could have gone on, or 1.
  private static func illFormedLength(_ bytes: UnsafeRawBufferPointer, _ i: Int) -> Int {
    let a = bytes[i]
    guard a >= 0xC2, a <= 0xF4, i + 1 < bytes.count else { return 1 }
    let b = bytes[i + 1]
    let secondFits: Bool =
      switch a {
      case 0xC2...0xDF: false
      case 0xE0: b >= 0xA0 && b <= 0xBF
      case 0xED: b >= 0x80 && b <= 0x9F
      case 0xF0: b >= 0x90 && b <= 0xBF
      case 0xF4: b >= 0x80 && b <= 0x8F
      default: b & 0xC0 == 0x80
      }
    guard secondFits else { return 1 }
    if a >= 0xF0, i + 2 < bytes.count, bytes[i + 2] & 0xC0 == 0x80 { return 3 }
    return 2
  }
}
