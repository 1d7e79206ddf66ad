import CLibXML2

/// A tag in wikitext: HTML's or an extension's.
struct WikiTag {
  let name: String
  let isClosing: Bool
  /// `<ref name="x" />`
  let isEmpty: Bool
  /// Behind the `>`.
  let end: Int

  /// A longer tag is none.
  private static let longest = 2000

  /// - Returns: `nil` if what stands there is no tag.
  init?(_ source: [UInt8], _ start: Int) {
    var k = start + 1
    guard k < source.count else { return nil }
    isClosing = source[k] == 0x2F
    if isClosing { k += 1 }
    let nameStart = k
    while k < source.count, source[k].isASCIILetter || source[k].isASCIIDigit, k - nameStart < 24 { k += 1 }
    guard k > nameStart, k < source.count, source[nameStart].isASCIILetter else { return nil }
    guard source[k] == 0x3E || source[k] == 0x2F || source[k].isWhiteSpace else { return nil }
    name = String(decoding: source[nameStart..<k].map(\.asciiLowercased), as: UTF8.self)
    while k < source.count, source[k] != 0x3E {
      if source[k] == 0x3C || k - start > Self.longest { return nil }
      k += 1
    }
    guard k < source.count else { return nil }
    isEmpty = source[k - 1] == 0x2F
    end = k + 1
  }

  /// Elements whose tags go and whose text stays in its line.
  static let inline: Set<String> = [
    "b", "i", "u", "s", "strike", "del", "ins", "em", "strong", "small", "big", "sub", "sup", "span", "font", "tt",
    "code", "kbd", "samp", "var", "cite", "q", "abbr", "dfn", "mark", "bdi", "bdo", "ruby", "rb", "rp", "rt", "wbr",
    "time", "data", "a", "noinclude", "onlyinclude", "tbody", "thead", "tfoot", "caption", "nobr", "references",
    "translate", "tvar", "languages", "blockcode", "img", "colgroup", "col", "section", "link", "meta",
  ]
}

/// `&nbsp;`, `&#8211;`, `&#x2013;`.
enum CharacterReference {
  /// The text at an ampersand and how many bytes it took; the ampersand itself if it begins no reference.
  static func read(_ source: [UInt8], at start: Int) -> (text: [UInt8], length: Int) {
    var k = start + 1
    while k < source.count, k - start < 34, source[k].isASCIILetter || source[k].isASCIIDigit || source[k] == 0x23 {
      k += 1
    }
    guard k < source.count, source[k] == 0x3B, k > start + 1 else { return ([0x26], 1) }
    let length = k + 1 - start
    let name = source[(start + 1)...k]
    if name.first == 0x23 {
      let digits = name.dropFirst().dropLast()
      let isHexadecimal = digits.first.map { $0 | 0x20 == 0x78 } ?? false
      let text = String(decoding: isHexadecimal ? digits.dropFirst() : digits, as: UTF8.self)
      guard let value = UInt32(text, radix: isHexadecimal ? 16 : 10), value >= 0x20,
        let scalar = Unicode.Scalar(value)
      else { return ([0x20], length) }
      return (Array(String(Character(scalar)).utf8), length)
    }
    switch String(decoding: name, as: UTF8.self) {
    case "amp;": return ([0x26], length)
    case "lt;": return ([0x3C], length)
    case "gt;": return ([0x3E], length)
    case "quot;": return ([0x22], length)
    default: break
    }
    var out = [UInt8](repeating: 0, count: 16)
    let count = Array(name).withUnsafeBufferPointer { cxml_entity_text($0.baseAddress, $0.count, &out) }
    return count == 0 ? ([0x26], 1) : (Array(out[..<count]), length)
  }

  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
    guard text.contains(0x26) else { return Array(text) }
    let source = Array(text)
    var out: [UInt8] = []
    var i = 0
    while i < source.count {
      if source[i] == 0x26 {
        let (piece, length) = read(source, at: i)
        out += piece
        i += length
      } else {
        out.append(source[i])
        i += 1
      }
    }
    return out
  }
}
