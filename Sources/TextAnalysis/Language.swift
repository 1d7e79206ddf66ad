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
  public init(code: some StringProtocol) { self.init(code: String(code)) }

  /// The same, without the generic call that looks for the type's conformances at run time.
  public init(code: String) {
    var primary: [UInt8] = []
    for byte in code.utf8 {
      if byte == 0x2D || byte == 0x5F { break }
      primary.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
    }
    let code = Array(Self.canonical(String(decoding: primary, as: UTF8.self)).utf8)
    var found: UInt8 = 0
    if code.count == 2 {
      for number in 1..<Self.count
      where Self.codes.utf8Start[2 * number - 2] == code[0] && Self.codes.utf8Start[2 * number - 1] == code[1] {
        found = UInt8(number)
        break
      }
    }
    rawValue = found
  }

  /// The BCP-47 primary subtag, `und` for `other`.
  public var code: String {
    let number = Int(rawValue)
    guard number > 0, number < Self.count else { return "und" }
    return String(decoding: UnsafeBufferPointer(start: Self.codes.utf8Start + 2 * number - 2, count: 2), as: UTF8.self)
  }

  /// Whether Snowball has a stemmer for it.
  public var hasStemmer: Bool { rawValue >= 1 && rawValue <= Self.lastStemmed }

  /// Every known language, `other` first.
  public static var all: [Language] { (0..<count).map { Language(rawValue: UInt8($0)) } }

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

  /// Two letters a language, by number from 1: append only. One literal, because a process that asks for one language
  /// must not build a hundred strings.
  private static let codes: StaticString = """
    arhyeucadanlenfifrdeelhihuidgaitltnenoptrorusressvtatryizhjakothlokmmyhefaurbnplcsskslhrbsbgmkukbelv\
    etisfosqmtcygdbrglaflbfylaeovimstlswkaazkkkyuztttgmnpskupagumrteknmlsiorasamtisohayoigzuxhstrwmgjvsu\
    htoccormbodzug
    """

  private static let count = 1 + codes.utf8CodeUnitCount / 2

  /// Codes that name a language of the list by another name (macro-languages, withdrawn codes, ISO 639-2).
  private static func canonical(_ code: String) -> String {
    switch code {
    case "nb", "nn", "nor": "no"
    case "iw": "he"
    case "in": "id"
    case "ji": "yi"
    case "jw": "jv"
    case "mo": "ro"
    case "sh": "sr"
    case "fil": "tl"
    case "cmn", "yue", "zho", "chi": "zh"
    case "eng": "en"
    case "deu", "ger", "gsw", "nds": "de"
    case "fra", "fre": "fr"
    case "spa": "es"
    case "ita": "it"
    case "por": "pt"
    case "nld", "dut": "nl"
    case "rus": "ru"
    case "swe": "sv"
    case "dan": "da"
    case "fin": "fi"
    case "jpn": "ja"
    case "kor": "ko"
    case "prs": "fa"
    case "ckb": "ku"
    default: code
    }
  }
}

extension Language: CustomStringConvertible {
  public var description: String { code }
}
