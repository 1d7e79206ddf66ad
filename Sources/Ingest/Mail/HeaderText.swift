/// The text of a mail header: unfolded, encoded words (RFC 2047) and raw 8-bit bytes decoded.
///
/// Written by hand rather than by GMime, for three things that real mail needs: charset labels as the web means them,
/// one character split over two encoded words, and unencoded words that are UTF-8 or something else.
enum HeaderText {
  static func decode(_ raw: [UInt8]) -> String {
    String(decoding: decodeBytes(raw), as: UTF8.self)
  }

  /// As ``decode(_:)``, as UTF-8 with white space collapsed.
  static func decodeBytes(_ raw: [UInt8]) -> [UInt8] {
    if raw.withUnsafeBytes({ isPlain($0) }) { return collapse(raw) }
    var parts = Collector()
    raw.withUnsafeBytes { bytes in
      var i = 0
      var plainStart = 0
      while i < bytes.count {
        if bytes[i] == 0x3D, i + 1 < bytes.count, bytes[i + 1] == 0x3F, let word = EncodedWord(bytes, at: i) {
          parts.plain(UnsafeRawBufferPointer(rebasing: bytes[plainStart..<i]), beforeWord: true)
          parts.word(word)
          i = word.end
          plainStart = i
        } else {
          i += 1
        }
      }
      parts.plain(UnsafeRawBufferPointer(rebasing: bytes[plainStart...]), beforeWord: false)
    }
    parts.flush()
    return collapse(parts.out)
  }

  /// ASCII without encoded words.
  private static func isPlain(_ raw: UnsafeRawBufferPointer) -> Bool {
    guard UTF8Check.asciiPrefix(raw) == raw.count else { return false }
    for i in 0..<max(raw.count - 1, 0) where raw[i] == 0x3D && raw[i + 1] == 0x3F { return false }
    return true
  }

  /// White space (and the breaks of folding) to single spaces, controls dropped, trimmed.
  static func collapse(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var pending = false
    for byte in text {
      if byte.isASCIISpace {
        pending = !out.isEmpty
      } else if byte >= 0x20, byte != 0x7F {
        if pending { out.append(0x20) }
        pending = false
        out.append(byte)
      }
    }
    return out
  }

  /// Joins the bytes of neighbouring encoded words of one charset before they are decoded.
  private struct Collector {
    var out: [UInt8] = []
    var pending: [UInt8] = []
    var charset: String = ""

    mutating func plain(_ bytes: UnsafeRawBufferPointer, beforeWord: Bool) {
      // White space between two encoded words is not part of the text.
      if beforeWord, !pending.isEmpty, bytes.allSatisfy({ $0.isASCIISpace }) { return }
      flush()
      if UTF8Check.asciiPrefix(bytes) == bytes.count {
        out.append(contentsOf: bytes)
      } else {
        out.append(contentsOf: CharsetDecoder.decode(bytes).utf8)
      }
    }

    mutating func word(_ word: EncodedWord) {
      if word.charset != charset { flush() }
      charset = word.charset
      pending.append(contentsOf: word.bytes)
    }

    mutating func flush() {
      guard !pending.isEmpty else { return }
      pending.withUnsafeBytes {
        out.append(contentsOf: CharsetDecoder.decode($0, CharsetDecoder.Hints(declared: charset)).utf8)
      }
      pending.removeAll(keepingCapacity: true)
    }
  }
}

/// `=?charset?B|Q?text?=`, tolerant of spaces inside a Q word (some mailers write them).
struct EncodedWord {
  var charset: String
  var bytes: [UInt8]
  /// Offset behind the word.
  var end: Int

  init?(_ text: UnsafeRawBufferPointer, at start: Int) {
    var i = start + 2
    let charsetStart = i
    while i < text.count, text[i] != 0x3F, text[i] > 0x20, i - charsetStart < 64 { i += 1 }
    guard i + 2 < text.count, text[i] == 0x3F, text[i + 2] == 0x3F, i > charsetStart else { return nil }
    // RFC 2231: a language may follow the charset behind an asterisk.
    let label = text[charsetStart..<i].prefix { $0 != 0x2A }
    let kind = text[i + 1].asciiLowercased
    let bodyStart = i + 3
    i = bodyStart
    while i + 1 < text.count, !(text[i] == 0x3F && text[i + 1] == 0x3D) {
      // Q encoding may hold "?=" in no other place; a line break ends a broken word.
      if text[i] == 0x0A { return nil }
      i += 1
    }
    guard i + 1 < text.count else { return nil }
    let body = UnsafeRawBufferPointer(rebasing: text[bodyStart..<i])
    switch kind {
    case 0x62: bytes = Base64.decode(body)
    case 0x71: bytes = Self.quoted(body)
    default: return nil
    }
    charset = String(decoding: label, as: UTF8.self).lowercased()
    end = i + 2
  }

  private static func quoted(_ text: UnsafeRawBufferPointer) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var i = 0
    while i < text.count {
      if text[i] == 0x5F {
        out.append(0x20)
      } else if text[i] == 0x3D, i + 2 < text.count, let a = text[i + 1].hexValue, let b = text[i + 2].hexValue {
        out.append(a << 4 | b)
        i += 2
      } else {
        out.append(text[i])
      }
      i += 1
    }
    return out
  }
}

/// Base64 (RFC 4648) that passes over anything foreign.
enum Base64 {
  static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count / 4 * 3 + 3)
    var bits: UInt32 = 0
    var count = 0
    for byte in text {
      guard let value = sextet(byte) else {
        if byte == 0x3D { count = 0 }
        continue
      }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return out
  }

  @inline(__always)
  private static func sextet(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte) - 0x41
    case 0x61...0x7A: UInt32(byte) - 0x61 + 26
    case 0x30...0x39: UInt32(byte) - 0x30 + 52
    case 0x2B, 0x2D: 62
    case 0x2F, 0x5F: 63
    default: nil
    }
  }
}

extension UInt8 {
  var hexValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}
