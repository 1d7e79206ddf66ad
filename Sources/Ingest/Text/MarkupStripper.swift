/// The text of small pieces of HTML inside other formats (Markdown, captions): tags go, the entities that matter are
/// resolved. Whole pages go through the HTML reader.
enum MarkupStripper {
  static func text(_ html: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(html.count)
    var unclosed: Set<String> = []
    var i = 0
    while i < html.count {
      let byte = html[i]
      if byte == UInt8(ascii: "<"), let end = tagEnd(html, i) {
        let name = tagName(html, i)
        if invisible.contains(name), !unclosed.contains(name), html[i + 1] != UInt8(ascii: "/") {
          if let behind = close(html, name, from: end) {
            i = behind
            continue
          }
          unclosed.insert(name)
        }
        if blockTags.contains(name) {
          // Ends of paragraphs and rows part texts.
          out += [0x0A, 0x0A]
        } else if name == "br" {
          out.append(0x0A)
        } else if name == "td" || name == "th" {
          out.append(0x20)
        }
        i = end
      } else if byte == UInt8(ascii: "&"), let (scalar, end) = entity(html, i) {
        out.append(contentsOf: String(Character(scalar)).utf8)
        i = end
      } else {
        out.append(byte)
        i += 1
      }
    }
    return out
  }

  static func isLineBreak(_ tag: UnsafeBufferPointer<UInt8>) -> Bool {
    tag.first == UInt8(ascii: "<") && tagName(tag, 0) == "br"
  }

  private static let invisible: Set<String> = ["script", "style", "template", "svg", "iframe", "noscript"]
  private static let blockTags: Set<String> = [
    "p", "div", "table", "tr", "ul", "ol", "li", "section", "article", "details", "summary", "h1", "h2", "h3", "h4",
    "h5", "h6", "blockquote", "pre", "hr", "center", "figure", "figcaption", "dl", "dt", "dd",
  ]

  /// Behind the `>` of a tag, comment or declaration; `nil` if this is a less-than sign.
  private static func tagEnd(_ html: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    guard start + 1 < html.count else { return nil }
    let next = html[start + 1]
    guard next.isASCIILetter || next == UInt8(ascii: "/") || next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
    else {
      return nil
    }
    if start + 3 < html.count, next == UInt8(ascii: "!"), html[start + 2] == 0x2D, html[start + 3] == 0x2D {
      var i = start + 4
      while i + 2 < html.count {
        if html[i] == 0x2D, html[i + 1] == 0x2D, html[i + 2] == 0x3E { return i + 3 }
        i += 1
      }
      return html.count
    }
    var quote: UInt8 = 0
    var i = start + 1
    // No tag is longer; without a bound, many unclosed ones would each be searched to the end.
    let limit = min(html.count, start + 16_384)
    while i < limit {
      let byte = html[i]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      } else if byte == 0x3E {
        return i + 1
      }
      i += 1
    }
    return nil
  }

  private static func tagName(_ html: UnsafeBufferPointer<UInt8>, _ start: Int) -> String {
    var i = start + 1
    if i < html.count, html[i] == UInt8(ascii: "/") { i += 1 }
    let first = i
    while i < html.count, i - first < 12, html[i].isASCIILetter || html[i].isASCIIDigit { i += 1 }
    return String(decoding: html[first..<i].map(\.asciiLowercased), as: UTF8.self)
  }

  /// Behind the end tag of an element whose content is no text; `nil` if it never ends.
  private static func close(_ html: UnsafeBufferPointer<UInt8>, _ name: String, from start: Int) -> Int? {
    var i = start
    while i + 1 < html.count {
      if html[i] == UInt8(ascii: "<"), html[i + 1] == UInt8(ascii: "/"), tagName(html, i) == name {
        return tagEnd(html, i) ?? html.count
      }
      i += 1
    }
    return nil
  }

  /// The character of an entity and where it ends: numbers, and the names that captions and wikis use.
  static func entity(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> (Unicode.Scalar, Int)? {
    let limit = min(text.count, start + 12)
    guard let end = text[start..<limit].firstIndex(of: UInt8(ascii: ";")), end > start + 1 else { return nil }
    let name = String(decoding: text[(start + 1)..<end], as: UTF8.self)
    if name.hasPrefix("#") {
      let digits = name.dropFirst()
      let value = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      guard let value, value >= 0x20 || value == 9 || value == 10, let scalar = Unicode.Scalar(value) else {
        return nil
      }
      return (scalar, end + 1)
    }
    return names[name].map { ($0, end + 1) }
  }

  private static let names: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "shy": "\u{AD}", "lrm": "\u{200E}",
    "rlm": "\u{200F}", "ndash": "–", "mdash": "—", "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
    "rdquo": "”", "laquo": "«", "raquo": "»", "bull": "•", "middot": "·", "copy": "©", "reg": "®", "trade": "™",
    "euro": "€", "pound": "£", "deg": "°", "times": "×", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä",
    "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "ntilde": "ñ",
  ]
}
