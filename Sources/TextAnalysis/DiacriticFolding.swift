import CICU
import CKernels
import Glibc

/// Removes the diacritics of Latin, Greek and Cyrillic letters from case-folded text, and of no other script: marks of
/// Kana, Hangul, Thai, Hebrew, Arabic and the Indic scripts carry the word (user-needs R12: が is not か).
///
/// - A letter that decomposes into one of these scripts and marks becomes its base letter (`é`, `ş`, `ộ`, `ά`, `ё`).
/// - Except the Cyrillic letters of their own `й ї ў ќ ѓ`, which no reader takes for a letter with an accent.
/// - Latin letters with a stroke or a tail, and ligatures, become their usual spelling: `ø` `o`, `ł` `l`, `đ` `d`,
///   `ı` `i`, `æ` `ae`, `œ` `oe`, `þ` `th`. (`ß` is `ss` by case folding already.)
/// - Marks that combine with nothing go from behind these scripts.
///
/// Belongs to one thread.
final class DiacriticFolding {
  /// The folded character, 0 where not asked yet, 1 where it folds to two letters, 2 where a mark may go.
  private let table: UnsafeMutablePointer<UInt16>
  private static let expands: UInt16 = 1
  private static let mark: UInt16 = 2

  init() {
    table = ZeroedTable.make(UInt16.self)
  }

  deinit { ZeroedTable.unmake(table) }

  /// Appends the folded text to `out`. O(count).
  func fold(_ text: UnsafePointer<UInt8>, _ count: Int, into out: inout [UInt8]) {
    var at = 0
    var isFoldable = false  // whether the character before is of the three scripts
    while at < count {
      let byte = text[at]
      if byte < 0x80 {
        out.append(byte)
        isFoldable = ProtectedWords.isWordByte(byte)
        at += 1
        continue
      }
      var decoded: Int32 = 0
      let length = ctext_decode(text, at, count, &decoded)
      if decoded < 0 || decoded > 0xFFFF {
        for index in at..<at + length { out.append(text[index]) }
        isFoldable = false
      } else {
        let scalar = UInt32(decoded)
        let folded = lookup(scalar)
        if folded == Self.mark {
          if !isFoldable { Self.append(scalar, &out) }
        } else {
          if folded == Self.expands {
            out.append(contentsOf: Self.expansion(scalar))
          } else {
            Self.append(UInt32(folded), &out)
          }
          isFoldable = Self.isFoldable(scalar)
        }
      }
      at += length
    }
  }

  @inline(__always)
  private func lookup(_ scalar: UInt32) -> UInt16 {
    let folded = table[Int(scalar)]
    return folded != 0 ? folded : build(scalar)
  }

  @inline(never)
  private func build(_ scalar: UInt32) -> UInt16 {
    let folded = max(1, Self.entry(scalar))
    table[Int(scalar)] = folded
    return folded
  }

  private static func entry(_ value: UInt32) -> UInt16 {
    switch value {
    case 0x300...0x36F, 0x483...0x487, 0x1AB0...0x1ACE, 0x1DC0...0x1DFF, 0x20D0...0x20F0: return mark
    case 0x439, 0x457, 0x45E, 0x45C, 0x453: return UInt16(value)  // й ї ў ќ ѓ
    case 0xE6, 0x153, 0xFE: return expands  // æ œ þ
    case 0xF8: return 0x6F  // ø
    case 0xF0, 0x111, 0x256, 0x257: return 0x64  // ð đ ɖ ɗ
    case 0x127: return 0x68  // ħ
    case 0x131, 0x268: return 0x69  // ı ɨ
    case 0x142, 0x19A: return 0x6C  // ł ƚ
    case 0x14B: return 0x6E  // ŋ
    case 0x167: return 0x74  // ŧ
    case 0x180, 0x253: return 0x62  // ƀ ɓ
    case 0x260: return 0x67  // ɠ
    case 0x199: return 0x6B  // ƙ
    default: break
    }
    guard value >= 0xC0, isFoldable(value), let scalar = Unicode.Scalar(value) else { return UInt16(value) }
    let source = Array(String(Character(scalar)).utf8)
    var target = [UInt8](repeating: 0, count: 32)
    let length = Int(cicu_nfd(source, source.count, &target, target.count))
    guard length > 0, length <= target.count else { return UInt16(value) }
    let decomposed = String(decoding: target[..<length], as: UTF8.self).unicodeScalars
    guard let base = decomposed.first, base.value != value, base.value < 0x10000,
      decomposed.dropFirst().allSatisfy({ cicu_combining_class($0.value) != 0 })
    else { return UInt16(value) }
    // Letters such as ǿ and ǽ decompose into one of the table above.
    let further = entry(base.value)
    return further == mark ? UInt16(base.value) : further
  }

  private static func expansion(_ scalar: UInt32) -> [UInt8] {
    switch scalar {
    case 0xE6, 0x1E3, 0x1FD: [0x61, 0x65]
    case 0x153: [0x6F, 0x65]
    default: [0x74, 0x68]
    }
  }

  private static func isFoldable(_ scalar: UInt32) -> Bool {
    switch UInt32(cicu_script_of(scalar)) {
    case CICU_SCRIPT_LATIN.rawValue, CICU_SCRIPT_GREEK.rawValue, CICU_SCRIPT_CYRILLIC.rawValue: true
    default: false
    }
  }

  private static func append(_ scalar: UInt32, _ out: inout [UInt8]) {
    switch scalar {
    case 0..<0x80: out.append(UInt8(scalar))
    case 0x80..<0x800:
      out.append(UInt8(0xC0 | scalar >> 6))
      out.append(UInt8(0x80 | scalar & 0x3F))
    default:
      out.append(UInt8(0xE0 | scalar >> 12))
      out.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      out.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
