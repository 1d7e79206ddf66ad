import CICU
import Documents

/// Bytes as UTF-8, with the account of how they were read.
struct DecodedText {
  var utf8: [UInt8]
  var charset: Charset
  var source: CharsetSource
  /// U+FFFD that the decoding put in.
  var replacementCount: Int
}

/// Decodes bytes whose charset somebody may have named, and named wrongly (user-needs R3): declared charset, byte
/// order mark, HTML meta, strict UTF-8, statistics, windows-1252. A label that the bytes contradict is overruled.
/// There is always a text; nothing here fails.
enum CharsetDecoder {
  struct Hints {
    /// From a MIME header or other envelope.
    var declared: String?
    /// Look for a meta element or XML declaration.
    var isMarkup = false
  }

  static func decode(_ bytes: UnsafeRawBufferPointer, _ hints: Hints = Hints()) -> DecodedText {
    if let (charset, length) = ByteOrderMark.find(bytes) {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[length...])
      let (utf8, replacements) = convert(rest, charset)
      return DecodedText(utf8: utf8, charset: charset, source: .byteOrderMark, replacementCount: replacements)
    }
    var named: (charset: Charset, source: CharsetSource)?
    if let label = hints.declared, let charset = Charset.named(label) { named = (charset, .declared) }
    if named == nil, hints.isMarkup, let charset = MarkupCharset.find(bytes) { named = (charset, .markup) }

    if let named, named.charset.family == .stateful || named.charset.family == .wide {
      if let text = stateful(bytes, named) { return text }
    }
    let check = UTF8Check.check(bytes)
    if check.validPrefix == bytes.count {
      if let text = validUTF8(bytes, check, named) { return text }
    }
    if let named, let text = asNamed(bytes, named) { return text }
    return detected(bytes, check)
  }

  /// Stateful charsets are ASCII to the eye, wide ones are not even that: their label is believed if it works out.
  private static func stateful(
    _ bytes: UnsafeRawBufferPointer, _ named: (charset: Charset, source: CharsetSource)
  ) -> DecodedText? {
    // UTF-16 in a meta element that was found by reading ASCII is a lie.
    if named.charset.family == .wide, named.source == .markup || !looksWide(bytes) { return nil }
    let (utf8, replacements) = convert(bytes, named.charset)
    guard replacements * 50 <= bytes.count else { return nil }
    return DecodedText(
      utf8: utf8, charset: named.charset, source: named.source, replacementCount: replacements)
  }

  private static func looksWide(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let sample = bytes.prefix(4096)
    return sample.contains(0) || !sample.allSatisfy { $0 < 0x80 } && UTF8Check.check(bytes).validPrefix < bytes.count
  }

  private static func validUTF8(
    _ bytes: UnsafeRawBufferPointer, _ check: UTF8Check.Result, _ named: (charset: Charset, source: CharsetSource)?
  ) -> DecodedText? {
    if !check.hasMultiByte {
      if let wide = CharsetDetector.wide(bytes) { return asDetected(bytes, wide) }
      if named == nil || named?.charset.family == .ascii, let escaped = CharsetDetector.escaped(bytes) {
        return asDetected(bytes, escaped)
      }
      // Plain ASCII reads alike in all of them.
      return DecodedText(
        utf8: [UInt8](bytes), charset: named?.charset ?? .ascii, source: named?.source ?? .validUTF8,
        replacementCount: 0)
    }
    if let named, named.charset.family == .multiByte, check.longer == 0 {
      // Two-byte sequences alone are also plausible in the double-byte charsets of East Asia.
      let (utf8, replacements) = convert(bytes, named.charset)
      if replacements == 0 {
        return DecodedText(utf8: utf8, charset: named.charset, source: named.source, replacementCount: 0)
      }
    }
    let source: CharsetSource = named?.charset == .utf8 ? named!.source : .validUTF8
    return DecodedText(utf8: [UInt8](bytes), charset: .utf8, source: source, replacementCount: 0)
  }

  private static func asNamed(
    _ bytes: UnsafeRawBufferPointer, _ named: (charset: Charset, source: CharsetSource)
  ) -> DecodedText? {
    switch named.charset.family {
    case .utf8:
      let (utf8, replacements, wellFormed) = UTF8Check.repair(bytes)
      // A stray byte or a cut tail in a text that otherwise is UTF-8.
      guard wellFormed >= 4 * replacements else { return nil }
      return DecodedText(
        utf8: utf8, charset: .utf8, source: named.source, replacementCount: replacements)
    case .ascii, .stateful, .wide:
      return nil
    case .windows1252, .singleByte, .multiByte:
      let (utf8, replacements) = convert(bytes, named.charset)
      if replacements > 0, contradicted(bytes, replacements) { return nil }
      return DecodedText(
        utf8: utf8, charset: named.charset, source: named.source, replacementCount: replacements)
    }
  }

  /// Over a twentieth of the non-ASCII bytes cannot be read: the label is wrong.
  private static func contradicted(_ bytes: UnsafeRawBufferPointer, _ replacements: Int) -> Bool {
    var high = 0
    for byte in bytes where byte >= 0x80 { high &+= 1 }
    return replacements * 20 > high
  }

  private static func detected(_ bytes: UnsafeRawBufferPointer, _ check: UTF8Check.Result) -> DecodedText {
    if let wide = CharsetDetector.wide(bytes) { return asDetected(bytes, wide) }
    // Damaged UTF-8: far more sequences that fit than do not.
    let (utf8, replacements, wellFormed) = UTF8Check.repair(bytes)
    if wellFormed >= 8 * replacements {
      return DecodedText(utf8: utf8, charset: .utf8, source: .detected, replacementCount: replacements)
    }
    if let charset = CharsetDetector.detect(bytes) { return asDetected(bytes, charset) }
    let (text, count) = convert(bytes, .windows1252)
    return DecodedText(utf8: text, charset: .windows1252, source: .fallback, replacementCount: count)
  }

  private static func asDetected(_ bytes: UnsafeRawBufferPointer, _ charset: Charset) -> DecodedText {
    let (utf8, replacements) = convert(bytes, charset)
    return DecodedText(utf8: utf8, charset: charset, source: .detected, replacementCount: replacements)
  }

  /// Decodes without doubt or judgement.
  ///
  /// - Returns: UTF-8 and how many U+FFFD were put in.
  static func convert(_ bytes: UnsafeRawBufferPointer, _ charset: Charset) -> ([UInt8], Int) {
    switch charset.family {
    case .utf8, .ascii:
      let check = UTF8Check.check(bytes)
      if check.validPrefix == bytes.count { return ([UInt8](bytes), 0) }
      let (text, replacements, _) = UTF8Check.repair(bytes)
      return (text, replacements)
    case .windows1252:
      return (Windows1252.decode(bytes), 0)
    default:
      guard let converter = cicu_charset_open(charset.converter) else {
        return (Windows1252.decode(bytes), 0)
      }
      defer { cicu_charset_close(converter) }
      var count = 0, replacements = 0
      let base = bytes.bindMemory(to: UInt8.self).baseAddress
      guard let utf8 = cicu_charset_decode(converter, base, bytes.count, &count, &replacements) else { return ([], 0) }
      return ([UInt8](UnsafeBufferPointer(start: utf8, count: count)), replacements)
    }
  }
}

/// The charset of last resort and of most mail that says ISO-8859-1: every byte is a character.
enum Windows1252 {
  /// Code points of 0x80…0x9F; the five holes are C1 controls, as the WHATWG has it.
  static let high: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]

  static func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + bytes.count / 8 + 16)
    var i = 0
    while i < bytes.count {
      let ascii = UTF8Check.asciiPrefix(bytes, from: i)
      if ascii > i { out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[i..<ascii])) }
      i = ascii
      guard i < bytes.count else { break }
      let byte = bytes[i]
      let scalar = byte < 0xA0 ? high[Int(byte) - 0x80] : UInt16(byte)
      if scalar < 0x800 {
        out.append(0xC0 | UInt8(scalar >> 6))
      } else {
        out.append(0xE0 | UInt8(scalar >> 12))
        out.append(0x80 | UInt8(scalar >> 6 & 0x3F))
      }
      out.append(0x80 | UInt8(scalar & 0x3F))
      i += 1
    }
    return out
  }
}
