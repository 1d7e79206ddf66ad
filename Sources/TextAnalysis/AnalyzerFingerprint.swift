import CICU

/// What an index remembers of the analyzer that filled it (user-needs R21): a hash of the tokens, stems included, of a
/// fixed probe text. Versions are kept for the message only; the hash alone decides whether tokens would differ.
public struct AnalyzerFingerprint: Hashable, Sendable {
  /// Hash of the probe's tokens.
  public let tokens: UInt64
  /// Of the library that is linked, such as "72.1".
  public let icuVersion: String
  /// Such as "15.0".
  public let unicodeVersion: String

  public init(tokens: UInt64, icuVersion: String, unicodeVersion: String) {
    self.tokens = tokens
    self.icuVersion = icuVersion
    self.unicodeVersion = unicodeVersion
  }

  /// Whether an index with this fingerprint can be searched and written by an analyzer with the other.
  public func isCompatible(with other: AnalyzerFingerprint) -> Bool { tokens == other.tokens }
}

extension Analyzer {
  /// The fingerprint of this analyzer. Opens ICU and its dictionaries: a few milliseconds, for writers and `doctor`.
  public func fingerprint() -> AnalyzerFingerprint {
    let stemmer = Stemmer()
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a over terms, positions, offsets and stems
    func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    func mix(_ value: Int) {
      for shift in stride(from: 0, to: 32, by: 8) { mix(UInt8(truncatingIfNeeded: value >> shift)) }
    }
    for token in tokens(of: fingerprintProbe) {
      token.term.forEach { mix($0) }
      mix(0xFF)
      mix(token.position)
      mix(token.range.lowerBound)
      mix(token.range.upperBound)
      mix(token.kind.rawValue)
    }
    for (language, words) in fingerprintStems {
      for word in words.split(separator: " ") {
        let bytes = Array(word.utf8)
        stemmer.stem(bytes.withUnsafeBytes { CaseFolding.fold($0) }, language).forEach { mix($0) }
        mix(0xFE)
      }
    }
    return AnalyzerFingerprint(
      tokens: hash, icuVersion: String(cString: cicu_version()), unicodeVersion: String(cString: cicu_unicode_version())
    )
  }
}

/// Every rule of the analyzer in one text: scripts with dictionaries, marks, apostrophes, identifiers, addresses,
/// numbers, emoji. Part of the index format: changing it changes every fingerprint.
private let fingerprintProbe = """
  The quick brown fox can't jump over Alice's foo_bar, ERR_CONN_42 and getUserName in v2.3.1 (CVE-2024-1234).
  Mail jane.doe@example.com or @user at https://wiki.example.org/a-b/c?d=e#f, see /usr/lib/x86_64 and co:operate.
  C++ C# .NET R&D AT&T; 1,000.50 and 3.14; 10.0.0.1; e-mail, state-of-the-art; it’s l’équipe d'une L'Opoponax O'Brien.
  Straße STRASSE İstanbul ısı Äpfel résumé Ångström ﬁn Ωμέγα Σίσυφος ёлка Йод Київ שלום"ד שָׁלוֹם مَرْحَبًا हिन्दी தமிழ்
  東京都の大学でデータベースを検索する。机器学习和信息检索 검색엔진을 만들다 ｶﾞｷﾞ １２３ สวัสดีชาวโลก ພາສາລາວ ភាសាខ្មែរ မြန်မာဘာသာ
  👨‍👩‍👧 🇩🇪 👍🏽 ❤️ 1️⃣ x α 1a a\u{AD}b a\u{301} e\u{301}t\u{E9} 𝔘nicode 𐐀𐐁 km² ½ №5
  """

private let fingerprintStems: [(Language, String)] = [
  (.english, "running connections generously skies"), (.german, "häuser aufgeregt kategorien"),
  (.french, "chantées continuellement majestueux"), (.spanish, "información canciones rápidamente"),
  (.portuguese, "informações rapidamente"), (.italian, "abbandonata velocità"), (.dutch, "lichamelijkheid opglimpende"),
  (.russian, "важнейшими ёлками"), (.swedish, "jaktkarlarne"), (.norwegian, "havneavgift"), (.danish, "undersøgelser"),
  (.finnish, "edeltäjiinsä"), (.turkish, "kitaplarımızdan"), (.hungarian, "házakban"), (.romanian, "absurdităţile"),
  (.greek, "αγαπημένος"), (.arabic, "والمكتبات"),
]
