import CICU
import CKernels
import Glibc

/// NFKC_Casefold, the form in which terms are compared, with two amendments: a dot above (U+0307) behind `i` goes
/// (`İstanbul` is `istanbul`, user-needs R22), and every apostrophe is `'` (R16).
///
/// Most words of most alphabets fold character by character without changing their length; they are folded in place
/// by a table of the Basic Multilingual Plane, filled from ICU as characters are met. The others go to ICU.
///
/// Belongs to one thread.
final class CaseFolding {
  /// The folded character, 0 where not asked yet, 1 where ICU has to see the whole word.
  private let table: UnsafeMutablePointer<UInt16>
  private static let complex: UInt16 = 1

  init() {
    table = ZeroedTable.make(UInt16.self)
  }

  deinit { ZeroedTable.unmake(table) }

  /// Folds well-formed UTF-8, in which A-Z are in lower case already, in place. False, with the bytes in any state,
  /// when a character needs ICU.
  func foldInPlace(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
    var i = 0
    while i < count {
      let lead = bytes[i]
      if lead < 0x80 {
        i += 1
      } else if lead < 0xE0 {
        let scalar = UInt32(lead & 0x1F) << 6 | UInt32(bytes[i + 1] & 0x3F)
        let folded = lookup(scalar)
        if folded == Self.complex { return false }
        if UInt32(folded) != scalar {
          bytes[i] = UInt8(0xC0 | folded >> 6)
          bytes[i + 1] = UInt8(0x80 | folded & 0x3F)
        }
        i += 2
      } else if lead < 0xF0 {
        let scalar = UInt32(lead & 0x0F) << 12 | UInt32(bytes[i + 1] & 0x3F) << 6 | UInt32(bytes[i + 2] & 0x3F)
        let folded = lookup(scalar)
        if folded == Self.complex { return false }
        if UInt32(folded) != scalar {
          bytes[i] = UInt8(0xE0 | folded >> 12)
          bytes[i + 1] = UInt8(0x80 | folded >> 6 & 0x3F)
          bytes[i + 2] = UInt8(0x80 | folded & 0x3F)
        }
        i += 3
      } else {
        return false
      }
    }
    return true
  }

  @inline(__always)
  private func lookup(_ scalar: UInt32) -> UInt16 {
    let folded = table[Int(scalar)]
    return folded != 0 ? folded : build(scalar)
  }

  /// One character at a time: a text meets a few dozen, a page of them would cost a fresh process a tenth of its time.
  @inline(never)
  private func build(_ scalar: UInt32) -> UInt16 {
    let folded = Self.simpleFold(scalar) ?? Self.complex
    table[Int(scalar)] = folded
    return folded
  }

  /// The folded character when folding is a matter of this character alone and keeps its length in UTF-8.
  private static func simpleFold(_ value: UInt32) -> UInt16? {
    guard value >= 0x80, value != 0x2BC, value != 0x2018, value != 0x2019, let scalar = Unicode.Scalar(value) else {
      return nil
    }
    if cicu_combining_class(value) != 0 || cicu_may_combine_backwards(value) != 0 { return nil }
    let source = Array(String(Character(scalar)).utf8)
    let folded = String(decoding: source.withUnsafeBytes { icuFold($0) }, as: UTF8.self).unicodeScalars
    guard folded.count == 1, let only = folded.first, only.value < 0x10000 else { return nil }
    if cicu_combining_class(only.value) != 0 || cicu_may_combine_backwards(only.value) != 0 { return nil }
    return String(Character(only)).utf8.count == source.count ? UInt16(only.value) : nil
  }

  /// Folds any text by ICU.
  static func fold(_ utf8: UnsafeRawBufferPointer) -> [UInt8] { amend(icuFold(utf8)) }

  static func fold(_ utf8: [UInt8]) -> [UInt8] { utf8.withUnsafeBytes { fold($0) } }

  private static func icuFold(_ utf8: UnsafeRawBufferPointer) -> [UInt8] {
    guard let source = utf8.assumingMemoryBound(to: UInt8.self).baseAddress else { return [] }
    var capacity = utf8.count * 2 + 16
    while true {
      var needed = 0
      let out = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
        needed = Int(cicu_nfkc_casefold(source, utf8.count, target.baseAddress, capacity))
        count = max(0, min(needed, capacity))
      }
      if needed <= capacity { return out }
      capacity = needed
    }
  }

  private static func amend(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var i = 0
    while i < bytes.count {
      let left = bytes.count - i
      if bytes[i] == 0xCC, left >= 2, bytes[i + 1] == 0x87, out.last == 0x69 {
        i += 2
      } else if let length = Apostrophe.length(bytes[i], left >= 2 ? bytes[i + 1] : 0, left >= 3 ? bytes[i + 2] : 0) {
        out.append(0x27)
        i += length
      } else {
        out.append(bytes[i])
        i += 1
      }
    }
    return out
  }
}

/// The characters that people write as an apostrophe: U+0027, U+2018, U+2019, U+02BC, U+FF07.
enum Apostrophe {
  /// The number of bytes of the apostrophe that these bytes begin with, or nil.
  @inline(__always)
  static func length(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Int? {
    switch a {
    case 0x27: 1
    case 0xE2: b == 0x80 && (c == 0x98 || c == 0x99) ? 3 : nil
    case 0xCA: b == 0xBC ? 2 : nil
    case 0xEF: b == 0xBC && c == 0x87 ? 3 : nil
    default: nil
    }
  }
}
