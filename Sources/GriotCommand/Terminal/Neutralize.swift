/// Makes text of documents harmless on a terminal.
///
/// Documents come from anywhere; an escape sequence in one could rewrite the screen, the title of the window or the
/// clipboard of whoever searches (CVE-2003-0063 and its many successors). Controls become visible, what fills no cell
/// and says nothing is dropped, and what turns the direction of the line does not get out of the document.
enum Neutralize {
  /// What stands for a scalar that must not reach the terminal; `nil` for one that may.
  static func replacement(_ scalar: Unicode.Scalar) -> String? {
    let v = scalar.value
    if v >= 0x20, v < 0x7F { return nil }
    switch v {
    case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: return " "
    case 0x00..<0x20: return String(Unicode.Scalar(0x2400 + v)!)  // control pictures: ␛ for escape
    case 0x7F: return "\u{2421}"
    case 0x80..<0xA0: return "\u{FFFD}"
    case 0xAD, 0x34F, 0x200B, 0x2060, 0xFEFF: return ""  // soft hyphen, joiners, zero-width spaces, byte order mark
    case 0x202A...0x202E, 0x2066...0x2069: return ""  // embeddings, overrides, isolates (UAX #9)
    case 0xE0000...0xE007F where v != 0xE007F && v < 0xE0020: return ""
    case 0xFFF9...0xFFFB: return ""  // interlinear annotation
    default: return nil
    }
  }

  /// One line of text without anything that moves the cursor.
  static func line(_ text: String) -> String {
    guard needsWork(text) else { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      if let replacement = replacement(scalar) { out += replacement } else { out.unicodeScalars.append(scalar) }
    }
    return out
  }

  /// Several lines: line feeds and tabs stay.
  static func lines(_ text: String) -> String {
    guard needsWork(text) else { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || scalar == "\t" {
        out.unicodeScalars.append(scalar)
      } else if let replacement = replacement(scalar) {
        out += replacement
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// Most text has none of it: controls below U+0020, or the first two bytes of one of the others.
  private static func needsWork(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { utf8 in
      for (index, byte) in utf8.enumerated() where byte < 0x20 || byte == 0x7F || byte >= 0xC2 {
        guard byte >= 0xC2 else { return true }
        // Strings are well-formed: what leads is followed.
        let next = index + 1 < utf8.count ? utf8[index + 1] : 0
        switch byte {
        case 0xC2: if next < 0xA0 || next == 0xAD { return true }
        case 0xCD: if next == 0x8F { return true }
        case 0xE2: if next <= 0x81 { return true }
        case 0xEF...: return true
        default: break
        }
      }
      return false
    }
  }
}
