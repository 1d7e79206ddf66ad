/// A language as the index knows it: one byte on disk, a BCP-47 primary code outside.
///
/// The numbers are part of the index format and never change; new languages are appended. Numbers 1 to 28 have a
/// Snowball stemmer, the others are recognised, filtered by and left unstemmed. `other` (0, code "und") is every
/// language without a number.
public struct Language: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8

  /// Any byte is accepted (an index of a newer version may hold a number that this one does not know): an unknown
  /// number behaves as `other`.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The language of a code: `en`, `EN`, `en-GB`, `pt_BR`, `nb`. Region, script and case do not matter; what is not
  /// known is `other`.
  public init(code: some StringProtocol) {
    var primary: [UInt8] = []
    for byte in code.utf8 {
      if byte == 0x2D || byte == 0x5F { break }
      primary.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    }
    let key = String(decoding: primary, as: UTF8.self)
    let canonical = Self.aliases[key] ?? key
    self.rawValue = Self.codes.firstIndex(of: canonical).map(UInt8.init) ?? 0
  }

  /// The BCP-47 primary subtag, `und` for `other`.
  public var code: String { Int(rawValue) < Self.codes.count ? Self.codes[Int(rawValue)] : "und" }

  /// Whether Snowball has a stemmer for it.
  public var hasStemmer: Bool { rawValue >= 1 && rawValue <= Self.lastStemmed }

  /// Every known language, `other` first.
  public static var all: [Language] { codes.indices.map { Language(rawValue: UInt8($0)) } }

  public static let other = Language(rawValue: 0)
  public static let arabic = Language(rawValue: 1)
  public static let armenian = Language(rawValue: 2)
  public static let basque = Language(rawValue: 3)
  public static let catalan = Language(rawValue: 4)
  public static let danish = Language(rawValue: 5)
  public static let dutch = Language(rawValue: 6)
  public static let english = Language(rawValue: 7)
  public static let finnish = Language(rawValue: 8)
  public static let french = Language(rawValue: 9)
  public static let german = Language(rawValue: 10)
  public static let greek = Language(rawValue: 11)
  public static let hindi = Language(rawValue: 12)
  public static let hungarian = Language(rawValue: 13)
  public static let indonesian = Language(rawValue: 14)
  public static let irish = Language(rawValue: 15)
  public static let italian = Language(rawValue: 16)
  public static let lithuanian = Language(rawValue: 17)
  public static let nepali = Language(rawValue: 18)
  public static let norwegian = Language(rawValue: 19)
  public static let portuguese = Language(rawValue: 20)
  public static let romanian = Language(rawValue: 21)
  public static let russian = Language(rawValue: 22)
  public static let serbian = Language(rawValue: 23)
  public static let spanish = Language(rawValue: 24)
  public static let swedish = Language(rawValue: 25)
  public static let tamil = Language(rawValue: 26)
  public static let turkish = Language(rawValue: 27)
  public static let yiddish = Language(rawValue: 28)

  static let lastStemmed: UInt8 = 28

  /// By number: append only.
  private static let codes = [
    "und", "ar", "hy", "eu", "ca", "da", "nl", "en", "fi", "fr", "de", "el", "hi", "hu", "id", "ga", "it", "lt", "ne",
    "no", "pt", "ro", "ru", "sr", "es", "sv", "ta", "tr", "yi",
    "zh", "ja", "ko", "th", "lo", "km", "my", "he", "fa", "ur", "bn", "pl", "cs", "sk", "sl", "hr", "bs", "bg", "mk",
    "uk", "be", "lv", "et", "is", "fo", "sq", "mt", "cy", "gd", "br", "gl", "af", "lb", "fy", "la", "eo", "vi", "ms",
    "tl", "sw", "ka", "az", "kk", "ky", "uz", "tt", "tg", "mn", "ps", "ku", "pa", "gu", "mr", "te", "kn", "ml", "si",
    "or", "as", "am", "ti", "so", "ha", "yo", "ig", "zu", "xh", "st", "rw", "mg", "jv", "su", "ht", "oc", "co", "rm",
    "bo", "dz", "ug",
  ]

  /// Codes that name a language of the list by another name (macro-languages, withdrawn codes, ISO 639-2).
  private static let aliases = [
    "nb": "no", "nn": "no", "nor": "no", "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr",
    "fil": "tl", "cmn": "zh", "yue": "zh", "zho": "zh", "chi": "zh", "eng": "en", "deu": "de", "ger": "de", "fra": "fr",
    "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "dut": "nl", "rus": "ru", "swe": "sv",
    "dan": "da", "fin": "fi", "jpn": "ja", "kor": "ko", "gsw": "de", "nds": "de", "prs": "fa", "ckb": "ku",
  ]
}

extension Language: CustomStringConvertible {
  public var description: String { code }
}
