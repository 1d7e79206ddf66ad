import Documents
import TestSupport
import Testing

@testable import Ingest

@Suite struct CharsetDecoderTests {
  private func decode(_ bytes: [UInt8], _ declared: String? = nil, markup: Bool = false) -> DecodedText {
    bytes.withUnsafeBytes { CharsetDecoder.decode($0, CharsetDecoder.Hints(declared: declared, isMarkup: markup)) }
  }
  private func text(_ decoded: DecodedText) -> String { String(decoding: decoded.utf8, as: UTF8.self) }

  @Test func labelsMeanWhatTheWebMeans() {
    let cases = [
      "iso-8859-1": "windows-1252", "LATIN1": "windows-1252", "us-ascii": "US-ASCII", "gb2312": "GBK", "x-gbk": "GBK",
      "ks_c_5601-1987": "EUC-KR", "cp949": "EUC-KR", "shift-jis": "Shift_JIS", "Windows-31J": "Shift_JIS",
      "\"utf8\"": "UTF-8", "iso8859-9": "windows-1254", "tis-620": "windows-874", "big5-hkscs": "Big5",
      " UTF-8;": "UTF-8",
      "koi8-r": "KOI8-R", "iso-8859-8-i": "ISO-8859-8", "unicode-1-1-utf-7": "UTF-7",
    ]
    for (label, name) in cases { #expect(Charset.named(label)?.name == name, "\(label)") }
    #expect(Charset.named("klingon") == nil)
    #expect(Charset.named("") == nil)
  }

  @Test func declaredAndRight() {
    let latin = decode([0x4D, 0xF6, 0x77, 0x65, 0x80], "iso-8859-1")
    #expect(text(latin) == "Möwe€" && latin.source == .declared && latin.charset.name == "windows-1252")
    #expect(text(decode([0x82, 0xA0, 0x82, 0xA2], "shift_jis")) == "あい")
    #expect(text(decode([0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42], "iso-2022-jp")) == "あ")
    #expect(text(decode([0xB0, 0xA1], "ks_c_5601-1987")) == "가")
  }

  /// Bytes overrule the label where they contradict it.
  @Test func declaredAndWrong() {
    let utf8 = [UInt8]("Größe – наука".utf8)
    for label in ["windows-1252", "us-ascii", "iso-8859-2", "koi8-r", "klingon"] {
      let decoded = decode(utf8, label)
      #expect(text(decoded) == "Größe – наука" && decoded.charset == .utf8 && decoded.source == .validUTF8, "\(label)")
    }
    let latin = decode(
      [UInt8]("Gr".utf8) + [0xF6, 0xDF] + [UInt8]("e, f".utf8) + [0xFC] + [UInt8]("r alle".utf8), "utf-8")
    #expect(text(latin) == "Größe, für alle" && latin.replacementCount == 0)
    let utf16 = decode([UInt8]("plain".utf8), "utf-16")
    #expect(text(utf16) == "plain")
  }

  @Test func damagedUTF8KeepsItsText() {
    let decoded = decode([UInt8]("наука и жизнь".utf8) + [0xD0], "utf-8")
    #expect(text(decoded) == "наука и жизнь\u{FFFD}" && decoded.replacementCount == 1 && decoded.charset == .utf8)
  }

  @Test func byteOrderMarks() {
    #expect(text(decode([0xEF, 0xBB, 0xBF] + [UInt8]("a".utf8), "iso-8859-1")) == "a")
    #expect(text(decode([0xFF, 0xFE, 0x61, 0, 0xE4, 0])) == "aä")
    #expect(text(decode([0xFE, 0xFF, 0, 0x61])) == "a")
    #expect(decode([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]).charset.name == "UTF-32LE")
    let bare: [UInt8] = "wide text without a mark".utf8.flatMap { [$0, UInt8(0)] }
    #expect(text(decode(bare)) == "wide text without a mark")
  }

  @Test func markupNamesItsCharset() {
    func page(_ head: String) -> [UInt8] {
      [UInt8]("<html><head>\(head)</head><p>caf".utf8) + [0xE9] + [UInt8]("</p>".utf8)
    }
    for head in [
      "<meta charset=iso-8859-1>", "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=ISO-8859-1'>",
      "<!-- <meta charset=koi8-r> --><meta charset = \"latin1\" >",
    ] {
      let decoded = decode(page(head), markup: true)
      #expect(text(decoded).contains("café") && decoded.source == .markup, "\(head)")
    }
    let xml = decode([UInt8]("<?xml version='1.0' encoding='koi8-r'?><p>".utf8) + [0xCE, 0xC1], markup: true)
    #expect(text(xml).contains("на"))
  }

  @Test func nothingElseIsWindows1252() {
    let decoded = decode([0x81, 0x8D, 0x93, 0x94])
    #expect(decoded.replacementCount == 0)
    #expect(decode([]).utf8.isEmpty)
  }

  /// The strict test agrees with the standard library on every short sequence and on random ones.
  @Test func utf8CheckAgreesWithTheStandardLibrary() {
    let seed: UInt64 = 8
    var random = SplitMix64(seed: seed)
    let edges: [UInt8] = [
      0, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4,
      0xF5, 0xFF,
    ]
    for round in 0..<60_000 {
      let bytes = (0..<Int.random(in: 0..<24, using: &random)).map { _ in
        Int.random(in: 0..<3, using: &random) == 0 ? 0x61 : edges.randomElement(using: &random)!
      }
      let valid = String(validating: bytes, as: UTF8.self) != nil
      bytes.withUnsafeBytes {
        #expect((UTF8Check.check($0).validPrefix == bytes.count) == valid, "seed \(seed) round \(round) \(bytes)")
        let repaired = UTF8Check.repair($0)
        #expect(
          repaired.text == [UInt8](String(decoding: bytes, as: UTF8.self).utf8), "seed \(seed) round \(round) \(bytes)")
      }
    }
  }

  /// Whatever the bytes and the label: valid UTF-8 comes out.
  @Test func randomBytesGiveText() {
    let seed: UInt64 = 0xC4A5
    var random = SplitMix64(seed: seed)
    let labels = [
      nil, "utf-8", "utf-16", "utf-7", "iso-2022-jp", "iso-2022-kr", "hz", "gbk", "big5", "euc-tw", "shift_jis",
      "us-ascii", "windows-1255", "utf-32be",
    ]
    for round in 0..<1500 {
      let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let label = labels.randomElement(using: &random)!
      let decoded = decode(bytes, label, markup: round % 2 == 0)
      #expect(String(validating: decoded.utf8, as: UTF8.self) != nil, "seed \(seed) round \(round) \(label ?? "-")")
    }
  }

  @Test func zeroWidthPaddingGoes() {
    func strip(_ text: String) -> String { String(decoding: ZeroWidth.strip([UInt8](text.utf8)), as: UTF8.self) }
    #expect(strip("Read \u{200C}\u{00A0}\u{200C}\u{00A0}\u{200C} \u{034F}more") == "Read more")
    #expect(strip("می\u{200C}خواهم") == "می\u{200C}خواهم")
    #expect(strip("👨\u{200D}👩\u{200D}👧") == "👨\u{200D}👩\u{200D}👧")
    #expect(strip("\u{FEFF}plain") == "plain")
    #expect(strip("plain") == "plain")
  }
}
