import CUchardet
import Glibc

/// Guesses a charset from the bytes alone.
enum CharsetDetector {
  /// uchardet looks at this much; its verdict is settled long before.
  static let sampleBytes = 128 << 10

  static func detect(_ bytes: UnsafeRawBufferPointer) -> Charset? {
    guard let name = uchardet(bytes), let charset = Charset.named(name) else { return nil }
    return isPlausible(charset, bytes) ? charset : nil
  }

  /// The detector is bold on little evidence; its two kinds of error in texts with few letters beyond ASCII are a
  /// foreign script (Greek, Cyrillic, Hebrew, Thai) for a stray accent, and an exotic Latin code page.
  private static func isPlausible(_ charset: Charset, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard charset.family == .singleByte else { return true }
    var high = 0, runs = 0
    var before = false
    for byte in bytes {
      let now = byte >= 0x80
      if now {
        high &+= 1
        if !before { runs &+= 1 }
      }
      before = now
    }
    if usualLatin.contains(charset.name) { return high >= 16 }
    if otherLatin.contains(charset.name) { return high >= 64 }
    // Words of another script are runs of high bytes; accents stand alone.
    return high >= 2 * runs
  }

  private static let usualLatin: Set = ["windows-1250", "ISO-8859-2", "windows-1254", "windows-1257", "ISO-8859-15"]
  private static let otherLatin: Set = [
    "IBM852", "IBM850", "IBM437", "ISO-8859-3", "ISO-8859-4", "ISO-8859-10", "ISO-8859-13", "ISO-8859-14",
    "ISO-8859-16", "windows-1258", "x-mac-ce", "macintosh",
  ]

  static func uchardet(_ bytes: UnsafeRawBufferPointer) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { name in
      let base = bytes.bindMemory(to: UInt8.self).baseAddress
      guard cuchardet_detect(base, min(bytes.count, sampleBytes), name.baseAddress, 64) != 0 else { return nil }
      return String(cString: name.baseAddress!)
    }
  }

  /// UTF-16 and UTF-32 without a byte order mark show in where their NULs stand.
  static func wide(_ bytes: UnsafeRawBufferPointer) -> Charset? {
    let count = min(bytes.count, 4096) & ~3
    guard count >= 8, memchr(bytes.baseAddress!, 0, count) != nil else { return nil }
    var zeros = (0, 0, 0, 0)
    var i = 0
    while i < count {
      if bytes[i] == 0 { zeros.0 += 1 }
      if bytes[i + 1] == 0 { zeros.1 += 1 }
      if bytes[i + 2] == 0 { zeros.2 += 1 }
      if bytes[i + 3] == 0 { zeros.3 += 1 }
      i += 4
    }
    let quads = count / 4
    if zeros.0 + zeros.1 + zeros.2 + zeros.3 == 0 { return nil }
    if zeros.2 > quads * 3 / 4, zeros.3 == quads, zeros.0 < quads / 4 { return ByteOrderMark.utf32LE }
    if zeros.1 > quads * 3 / 4, zeros.0 == quads, zeros.3 < quads / 4 { return ByteOrderMark.utf32BE }
    let even = zeros.0 + zeros.2, odd = zeros.1 + zeros.3
    // White space alone puts a NUL into every tenth unit or so, in any script.
    if odd * 20 > count / 2, even * 10 < odd { return ByteOrderMark.utf16LE }
    if even * 20 > count / 2, odd * 10 < even { return ByteOrderMark.utf16BE }
    return nil
  }

  /// ISO-2022 and HZ show in their escape sequences.
  static func escaped(_ bytes: UnsafeRawBufferPointer) -> Charset? {
    guard let base = bytes.baseAddress else { return nil }
    // Neither character at all, as in nearly every text: two runs of memchr.
    if memchr(base, 0x1B, bytes.count) == nil, bytes.firstOffset(of: [0x7E, 0x7B]) == nil { return nil }
    var i = 0
    while i + 2 < bytes.count {
      if bytes[i] == 0x1B {
        switch (bytes[i + 1], bytes[i + 2]) {
        case (0x24, 0x40), (0x24, 0x42), (0x28, 0x49): return Charset.named("iso-2022-jp")
        case (0x24, 0x29):
          guard i + 3 < bytes.count else { return nil }
          return Charset.named(bytes[i + 3] == 0x43 ? "iso-2022-kr" : "iso-2022-cn")
        default: break
        }
      } else if bytes[i] == 0x7E, bytes[i + 1] == 0x7B, bytes.find("~}", from: i + 2) != nil {
        // `~{` also opens nothing but a row of ASCII art: HZ needs pairs of 0x21…0x7E in between.
        return hzPairs(bytes, i + 2) ? Charset.named("hz-gb-2312") : nil
      }
      i += 1
    }
    return nil
  }

  private static func hzPairs(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    let end = bytes.find("~}", from: start) ?? start
    guard end > start, (end - start) % 2 == 0 else { return false }
    return bytes[start..<end].allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }
}
