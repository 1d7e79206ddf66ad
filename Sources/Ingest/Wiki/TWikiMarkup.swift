/// `%META:TYPE{key="value" …}%`
struct TWikiMeta {
  private(set) var type = ""
  private var values: [String: String] = [:]

  init(_ line: UnsafeBufferPointer<UInt8>) {
    let bytes = Array(line)
    guard let brace = bytes.firstIndex(of: 0x7B) else { return }
    type = String(decoding: bytes[6..<max(6, brace)], as: UTF8.self)
    var i = brace + 1
    while i < bytes.count {
      let start = i
      while i < bytes.count, bytes[i].isASCIILetter || bytes[i].isASCIIDigit || bytes[i] == 0x5F { i += 1 }
      guard i > start, i + 1 < bytes.count, bytes[i] == 0x3D, bytes[i + 1] == 0x22 else {
        i = max(i, start) + 1
        continue
      }
      let key = String(decoding: bytes[start..<i], as: UTF8.self)
      let from = i + 2
      let to = bytes[from...].firstIndex(of: 0x22) ?? bytes.count
      values[key] = Self.decoded(bytes[from..<to])
      i = to + 1
    }
  }

  subscript(_ key: String) -> String? { values[key] }

  /// `%0a`, `%22`
  private static func decoded(_ value: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    var i = value.startIndex
    while i < value.endIndex {
      if value[i] == 0x25, i + 2 < value.endIndex,
        let byte = UInt8(String(decoding: value[(i + 1)...(i + 2)], as: UTF8.self), radix: 16)
      {
        out.append(byte)
        i += 3
      } else {
        out.append(value[i])
        i += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// TWiki's marks inside a line.
enum TWikiMarkup {
  /// The words of a line: labels of links, no emphasis, variables gone, HTML tags gone.
  static func plain(_ source: [UInt8], topic: String, web: String) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(source.count)
    var i = 0
    while i < source.count {
      switch source[i] {
      case 0x25: i = variable(source, i, topic, web, &out)
      case 0x5B where i + 1 < source.count && source[i + 1] == 0x5B: i = link(source, i, topic, web, &out)
      case 0x3C:
        if source[i...].starts(with: "<!--".utf8) {
          i = end(of: "-->", source, i) ?? source.count
        } else if let tag = WikiTag(source, i) {
          if !WikiTag.inline.contains(tag.name), tag.name != "nop" { out.append(0x20) }
          i = tag.end
        } else {
          out.append(0x3C)
          i += 1
        }
      case 0x26:
        let (text, length) = CharacterReference.read(source, at: i)
        out += text
        i += length
      case 0x2A, 0x5F, 0x3D:
        if isMark(source, i) {
          while i < source.count, source[i] == 0x2A || source[i] == 0x5F || source[i] == 0x3D { i += 1 }
        } else {
          out.append(source[i])
          i += 1
        }
      case 0x21 where i + 1 < source.count && source[i + 1].isASCIIUppercase && (i == 0 || source[i - 1].isWhiteSpace):
        i += 1
      default:
        out.append(source[i])
        i += 1
      }
    }
    return Array(WhiteSpace.collapse(out).utf8)
  }

  /// An emphasis mark opens before a word or closes behind one, at the edge of words.
  private static func isMark(_ source: [UInt8], _ i: Int) -> Bool {
    func isEdge(_ k: Int) -> Bool {
      guard source.indices.contains(k) else { return true }
      return source[k].isWhiteSpace || "(){}[],.;:!?|-\"'/<>".utf8.contains(source[k])
    }
    func isWord(_ k: Int) -> Bool { source.indices.contains(k) && !source[k].isWhiteSpace }
    var end = i
    while end < source.count, source[end] == source[i], end - i < 3 { end += 1 }
    guard end - i <= 2 else { return false }
    return isEdge(i - 1) && isWord(end) && !isEdge(end) || isEdge(end) && isWord(i - 1)
  }

  private static func end(of mark: String, _ source: [UInt8], _ start: Int) -> Int? {
    let wanted = Array(mark.utf8)
    var i = start
    // Marks that never end must not make a line quadratic.
    while i + wanted.count <= source.count, i - start < 2000 {
      if source[i...].starts(with: wanted) { return i + wanted.count }
      i += 1
    }
    return nil
  }

  /// `%TOPIC%` is the topic's name; what others would say is not known.
  private static func variable(
    _ source: [UInt8], _ start: Int, _ topic: String, _ web: String, _ out: inout [UInt8]
  ) -> Int {
    var i = start + 1
    while i < source.count, source[i].isASCIIUppercase || source[i].isASCIIDigit || source[i] == 0x5F { i += 1 }
    guard i > start + 1, i < source.count else {
      out.append(0x25)
      return start + 1
    }
    let name = String(decoding: source[(start + 1)..<i], as: UTF8.self)
    if source[i] == 0x25 {
      switch name {
      case "TOPIC", "BASETOPIC": out += topic.utf8
      case "WEB", "BASEWEB": out += web.utf8
      case "WIKITOOLNAME": out += "TWiki".utf8
      case "MAINWEB", "USERSWEB": out += "Main".utf8
      default: break
      }
      return i + 1
    }
    if source[i] == 0x7B {
      // Arguments may hold variables of their own; the brace before the sign ends it.
      var depth = 0
      var k = i
      while k < source.count, k - i < 2000 {
        if source[k] == 0x7B { depth += 1 }
        if source[k] == 0x7D {
          depth -= 1
          if depth == 0, k + 1 < source.count, source[k + 1] == 0x25 { return k + 2 }
        }
        k += 1
      }
    }
    out.append(0x25)
    return start + 1
  }

  private static func link(
    _ source: [UInt8], _ start: Int, _ topic: String, _ web: String, _ out: inout [UInt8]
  ) -> Int {
    guard let close = end(of: "]]", source, start + 2) else {
      out += [0x5B, 0x5B]
      return start + 2
    }
    let inside = source[(start + 2)..<(close - 2)]
    if let parting = inside.indices.dropLast().first(where: { inside[$0] == 0x5D && inside[$0 + 1] == 0x5B }) {
      out += plain(Array(inside[(parting + 2)...]), topic: topic, web: web)
    } else {
      out += plain(Array(inside), topic: topic, web: web)
    }
    return close
  }

  /// `JaneDoe` is Jane Doe.
  static func spaced(_ wikiName: String) -> String {
    var out = ""
    var previous: Character = " "
    for character in wikiName {
      if character.isUppercase, previous.isLowercase { out.append(" ") }
      out.append(character == "_" ? " " : character)
      previous = character
    }
    return WhiteSpace.collapse(out)
  }
}
