import CICU
import CKernels

/// Unicode properties of single characters, as the rules of this module need them. Static tables of ICU: no data file
/// is opened, nothing is initialised.
enum CharacterClasses {
  /// How the word kernel treats a character of the Basic Multilingual Plane.
  ///
  /// Hard is whatever UAX #29 leaves to a dictionary or to a wide context, and whatever may be an emoji token.
  static func wordClass(_ scalar: UInt32) -> UInt8 {
    let wordBreak = Int(cicu_word_break(scalar))
    if (0xAC00...0xD7A3).contains(scalar) { return UInt8(CTEXT_HANGUL) }
    if isMark(scalar) {
      return UInt8(wordBreak == Int(CICU_WB_ZWJ) || isHardMark(scalar) ? CTEXT_HARD_MARK : CTEXT_EXTEND)
    }
    if isCJK(scalar) { return UInt8(CTEXT_HARD_CJK) }
    if cicu_is_complex_context(scalar) != 0 || isEmojiByItself(scalar) { return UInt8(CTEXT_HARD) }
    switch wordBreak {
    case Int(CICU_WB_ALETTER):
      return UInt8(scalar == 0x2BC ? CTEXT_LETTER_APOSTROPHE : CTEXT_LETTER)
    case Int(CICU_WB_NUMERIC): return UInt8(CTEXT_NUMERIC)
    case Int(CICU_WB_MIDLETTER):
      // ICU 72 tailors the colons away: ASCII, small and fullwidth.
      return UInt8(scalar == 0xFE55 || scalar == 0xFF1A ? CTEXT_OTHER : CTEXT_MIDLETTER)
    case Int(CICU_WB_MIDNUM): return UInt8(CTEXT_MIDNUM)
    case Int(CICU_WB_MIDNUMLET): return UInt8(CTEXT_MIDNUMLET)
    case Int(CICU_WB_EXTENDNUMLET), Int(CICU_WB_KATAKANA), Int(CICU_WB_HEBREW), Int(CICU_WB_REGIONAL):
      return UInt8(CTEXT_HARD)
    default: return UInt8(CTEXT_OTHER)
    }
  }

  /// Extend, Format and ZWJ: what UAX #29 counts to the character before it.
  private static func isMark(_ scalar: UInt32) -> Bool {
    let wordBreak = Int(cicu_word_break(scalar))
    return wordBreak == Int(CICU_WB_EXTEND) || wordBreak == Int(CICU_WB_ZWJ) || wordBreak == Int(CICU_WB_FORMAT)
  }

  /// Extend and ZWJ: what may stand between the parts of an emoji.
  static func isJoinerOrMark(_ scalar: UInt32) -> Bool {
    let wordBreak = Int(cicu_word_break(scalar))
    return wordBreak == Int(CICU_WB_EXTEND) || wordBreak == Int(CICU_WB_ZWJ)
  }

  /// Marks that make an emoji of what stands before them, and the sound marks of Kana.
  private static func isHardMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xFE0F, 0x20E3, 0x3099, 0x309A, 0xFF9E, 0xFF9F: true
    default: cicu_is_complex_context(scalar) != 0
    }
  }

  /// Han, Hiragana, Katakana, Hangul: scripts in which positions count characters.
  static func isCJK(_ scalar: UInt32) -> Bool {
    switch UInt32(cicu_script_of(scalar)) {
    case CICU_SCRIPT_HAN.rawValue, CICU_SCRIPT_HIRAGANA.rawValue, CICU_SCRIPT_KATAKANA.rawValue,
      CICU_SCRIPT_HANGUL.rawValue:
      true
    // The prolonged sound mark and the repeat marks of Kana are common to both.
    default:
      scalar == 0x30FC || scalar == 0xFF70 || (0x3031...0x3035).contains(scalar) || cicu_is_ideographic(scalar) != 0
    }
  }

  /// Shown as an emoji without a variation selector, or a symbol that people use as one (☀, ✔, ❤).
  static func isEmojiByItself(_ scalar: UInt32) -> Bool {
    let level = cicu_emoji_level(scalar)
    return level == 2 || (level == 1 && (scalar >= 0x1F000 || (0x2600...0x27BF).contains(scalar)))
  }
}
