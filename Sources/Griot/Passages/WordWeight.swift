/// How long a text is, in words, as far as splitting is concerned: cheap, monotone, never less than the number of
/// white-space separated words.
///
/// Scripts without spaces count half a word a character (Han, Kana, Hangul) or a quarter (Thai, Lao); a run of eight
/// bytes without any white space counts as a word's third, so that base64 and minified code are long too. Finding
/// true words is the analyzer's business and costs twenty times as much.
enum WordWeight {
  /// The weight of `bytes`, in words.
  static func of(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let high: UInt64 = 0x8080_8080_8080_8080
    var words = 0
    // Twelfths of a word, from scripts without spaces and from long runs.
    var twelfths = 0
    var inWord: UInt64 = 0  // bit 7: the byte before was no white space
    var position = 0
    let end = bytes.count
    while position + 8 <= end {
      let x = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      // Bit 7 of each byte: greater than a space. Adding to seven bits cannot carry into the next byte.
      let solid = (((x & ~high) &+ ones &* (0x80 - 0x21)) | x) & high
      words &+= (solid & ~(solid << 8 | inWord)).nonzeroBitCount
      inWord = solid >> 56
      if solid == high { twelfths &+= 4 }
      if x & high != 0 { twelfths &+= spacelessTwelfths(base + position, 8) }
      position += 8
    }
    while position < end {
      let byte = base.load(fromByteOffset: position, as: UInt8.self)
      let solid: UInt64 = byte > 0x20 ? 0x80 : 0
      if solid != 0, inWord == 0 { words &+= 1 }
      inWord = solid
      if byte >= 0xE0 { twelfths &+= spacelessTwelfths(base + position, 1) }
      position += 1
    }
    return words + twelfths / 12
  }

  /// Leading bytes of U+3000 and above count six twelfths, of U+0800…U+1FFF (Thai, Lao, Khmer, Burmese; Indic
  /// scripts, which have spaces, suffer little) three.
  @inline(__always)
  private static func spacelessTwelfths(_ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    var sum = 0
    for i in 0..<count {
      let byte = bytes.load(fromByteOffset: i, as: UInt8.self)
      if byte >= 0xE3 { sum &+= 6 } else if byte == 0xE0 || byte == 0xE1 { sum &+= 3 }
    }
    return sum
  }
}
