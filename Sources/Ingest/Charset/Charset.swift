/// A charset as the web and mail use it: what its label says, and the converter that reads what is really meant.
///
/// Labels are those of the WHATWG Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels), for real
/// texts that call themselves ISO-8859-1 are windows-1252, those that say GB2312 use GBK, and so on. To them come
/// charsets that old mail still names and browsers dropped.
struct Charset: Sendable, Equatable {
  enum Family: Sendable { case utf8, ascii, windows1252, singleByte, multiByte, stateful, wide }

  /// The name that documents carry: IANA's preferred one, or the WHATWG's where it means more than IANA's.
  let name: String
  /// ICU's name of the converter.
  let converter: String
  let family: Family

  static let utf8 = Charset(name: "UTF-8", converter: "UTF-8", family: .utf8)
  static let ascii = Charset(name: "US-ASCII", converter: "US-ASCII", family: .ascii)
  static let windows1252 = Charset(name: "windows-1252", converter: "windows-1252", family: .windows1252)

  static func == (a: Charset, b: Charset) -> Bool { a.name == b.name }

  /// - Parameter label: As found in a header or meta element; case, white space and quotes do not matter.
  /// - Returns: `nil` for a name that nobody knows.
  static func named(_ label: String) -> Charset? {
    var name = ""
    for byte in label.utf8 where byte > 0x20 && byte != 0x22 && byte != 0x27 && byte != 0x3B && byte < 0x7F {
      name.unicodeScalars.append(Unicode.Scalar(byte | (byte >= 0x41 && byte <= 0x5A ? 0x20 : 0)))
    }
    return labels[name] ?? labels[name.replacingUnderscores]
  }

  private static let labels: [String: Charset] = {
    var out: [String: Charset] = [:]
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: " ").map(String.init)
      let family: Family =
        switch fields[2] {
        case "8": .utf8
        case "a": .ascii
        case "w": .windows1252
        case "1": .singleByte
        case "m": .multiByte
        case "e": .stateful
        default: .wide
        }
      let charset = Charset(name: fields[0], converter: fields[1], family: family)
      out[fields[0].lowercased()] = charset
      for label in fields.dropFirst(3) { out[label] = charset }
    }
    return out
  }()

  /// name, ICU converter, family, labels.
  private static let table = """
    UTF-8 UTF-8 8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8-sig cp65001 utf8mb4
    US-ASCII US-ASCII a ascii ansi_x3.4-1968 ansi-x3.4-1968 iso-ir-6 us 646 iso646-us 7bit 8bit none default
    windows-1252 windows-1252 w cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 \
    iso-8859-1:1987 l1 latin1 latin-1 x-cp1252 win-1252 windows1252 unknown-8bit x-unknown ansi iso-8859
    IBM866 ibm-866 1 866 cp866 csibm866
    IBM855 ibm-855 1 cp855 855 csibm855
    IBM437 ibm-437 1 cp437 437 cspc8codepage437
    IBM850 ibm-850 1 cp850 850 cspc850multilingual
    IBM852 ibm-852 1 cp852 852 cspcp852
    ISO-8859-2 iso-8859-2 1 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso-8859-2:1987 l2 latin2 latin-2
    ISO-8859-3 iso-8859-3 1 csisolatin3 iso-ir-109 iso8859-3 iso88593 iso-8859-3:1988 l3 latin3
    ISO-8859-4 iso-8859-4 1 csisolatin4 iso-ir-110 iso8859-4 iso88594 iso-8859-4:1988 l4 latin4
    ISO-8859-5 iso-8859-5 1 csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso-8859-5:1988
    ISO-8859-6 iso-8859-6 1 arabic asmo-708 csisolatinarabic ecma-114 iso-ir-127 iso8859-6 iso88596 iso-8859-6-e \
    iso-8859-6-i iso-8859-6:1987
    ISO-8859-7 iso-8859-7 1 csisolatingreek ecma-118 elot-928 greek greek8 iso-ir-126 iso8859-7 iso88597 sun-eu-greek
    ISO-8859-8 iso-8859-8 1 csisolatinhebrew hebrew iso-ir-138 iso8859-8 iso88598 visual iso-8859-8-e iso-8859-8-i \
    logical csiso88598i
    ISO-8859-10 iso-8859_10-1998 1 csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6
    ISO-8859-13 iso-8859-13 1 iso8859-13 iso885913 latin7
    ISO-8859-14 iso-8859_14-1998 1 iso8859-14 iso885914 latin8
    ISO-8859-15 iso-8859-15 1 csisolatin9 iso8859-15 iso885915 l9 latin9 latin-9
    ISO-8859-16 windows-1250 1 iso8859-16
    KOI8-R koi8-r 1 cskoi8r koi koi8 koi8r
    KOI8-U koi8-u 1 koi8-ru koi8u
    macintosh macintosh 1 csmacintosh mac x-mac-roman macroman mac-roman
    x-mac-cyrillic x-mac-cyrillic 1 x-mac-ukrainian mac-cyrillic maccyrillic
    x-mac-ce x-mac-ce 1 mac-centraleurope maccentraleurope
    windows-874 windows-874-2000 1 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 tis620 cp874
    windows-1250 windows-1250 1 cp1250 x-cp1250 win-1250
    windows-1251 windows-1251 1 cp1251 x-cp1251 win-1251 windows1251
    windows-1253 windows-1253 1 cp1253 x-cp1253 win-1253
    windows-1254 windows-1254 1 cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 l5 latin5 x-cp1254
    windows-1255 windows-1255 1 cp1255 x-cp1255 win-1255
    windows-1256 windows-1256 1 cp1256 x-cp1256 win-1256
    windows-1257 windows-1257 1 cp1257 x-cp1257 win-1257
    windows-1258 windows-1258 1 cp1258 x-cp1258 win-1258
    GBK gb18030 m chinese csgb2312 csiso58gb231280 gb2312 gb-2312-80 iso-ir-58 x-gbk gb-2312 gb231280 cp936 ms936 \
    windows-936 euc-cn euccn x-euc-cn
    GB18030 gb18030 m
    Big5 big5-hkscs m big5-hkscs cn-big5 csbig5 x-x-big5 big-5 cp950 windows-950 big5hkscs
    EUC-TW euc-tw-2014 m euctw x-euc-tw
    EUC-JP euc-jp-2007 m cseucpkdfmtjapanese x-euc-jp eucjp ujis x-euc
    Shift_JIS ibm-943_P15A-2003 m csshiftjis ms-kanji ms932 shift-jis sjis windows-31j x-sjis cp932 windows-932
    EUC-KR windows-949-2000 m cseuckr csksc56011987 iso-ir-149 korean ks-c-5601-1987 ks-c-5601-1989 ksc5601 ksc-5601 \
    windows-949 cp949 ks-c-5601 ms949 uhc x-windows-949 euckr
    ISO-2022-JP iso-2022-jp-2 e csiso2022jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 iso2022-jp cp50220 cp50221
    ISO-2022-KR iso-2022-kr e csiso2022kr
    ISO-2022-CN iso-2022-cn e iso-2022-cn-ext
    HZ-GB-2312 hz e hz hz-gb-2312
    UTF-7 utf-7 e utf7 unicode-1-1-utf-7 csunicode11utf7 x-unicode-2-0-utf-7
    UTF-16LE UTF-16LE x utf-16 csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf16 utf16le ucs-2le
    UTF-16BE UTF-16BE x unicodefffe utf16be ucs-2be
    UTF-32LE UTF-32LE x utf-32 utf32 ucs-4 ucs-4le utf32le
    UTF-32BE UTF-32BE x utf32be ucs-4be
    """
}

extension String {
  fileprivate var replacingUnderscores: String {
    String(decoding: utf8.map { $0 == 0x5F ? 0x2D : $0 }, as: UTF8.self)
  }
}
