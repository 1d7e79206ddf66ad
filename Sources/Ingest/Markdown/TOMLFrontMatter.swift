/// TOML between `+++` lines, as Hugo and Zola write it: keys, strings, numbers, dates, arrays, inline tables, tables.
///
/// Written by hand because front matter uses a corner of TOML and must be read even where it is wrong: a line that is
/// not understood is passed over with a note.
enum TOMLFrontMatter {
  typealias Entries = [FrontMatterEntry]

  static func parse(_ text: String) -> (entries: Entries, note: String?) {
    var parser = Parser(bytes: Array(text.utf8))
    parser.run()
    return (parser.entries, parser.note)
  }

  private struct Parser {
    let bytes: [UInt8]
    var position = 0
    var entries: Entries = []
    var note: String?
    private var table: String?

    init(bytes: [UInt8]) { self.bytes = bytes }

    private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skipBlank(lines: Bool = false) {
      while position < bytes.count {
        if peek == UInt8(ascii: "#") {
          while position < bytes.count, peek != 0x0A { position += 1 }
        } else if peek.isBlank || peek == 0x0D || (lines && peek == 0x0A) {
          position += 1
        } else {
          return
        }
      }
    }

    private mutating func skipLine() {
      while position < bytes.count, peek != 0x0A { position += 1 }
    }

    mutating func run() {
      while true {
        skipBlank(lines: true)
        guard position < bytes.count else { return }
        let start = position
        if peek == UInt8(ascii: "[") {
          header()
        } else if let key = readKey(), peek == UInt8(ascii: "=") {
          position += 1
          skipBlank()
          if let value = readValue(depth: 0) { add(key, value) } else { doubt(start) }
        } else {
          doubt(start)
        }
        skipLine()
      }
    }

    private mutating func doubt(_ start: Int) {
      let line = bytes[..<start].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
      note = note ?? "front matter is not valid TOML (line \(line)); that line was passed over"
    }

    private mutating func header() {
      while peek == UInt8(ascii: "[") { position += 1 }
      table = readKey()
    }

    private mutating func add(_ key: String, _ value: FrontMatterValue) {
      guard let table, !table.isEmpty else {
        entries.append(FrontMatterEntry(key, value))
        return
      }
      if let index = entries.firstIndex(where: { $0.key == table }), case .map(let inner) = entries[index].value {
        entries[index].value = .map(inner + [FrontMatterEntry(key, value)])
      } else {
        entries.append(FrontMatterEntry(table, .map([FrontMatterEntry(key, value)])))
      }
    }

    /// Bare, quoted or dotted.
    private mutating func readKey() -> String? {
      skipBlank()
      if peek == 0x22 || peek == 0x27 {
        let text = string()
        skipBlank()
        return text
      }
      let start = position
      while position < bytes.count, peek.isASCIILetter || peek.isASCIIDigit || "-_.".utf8.contains(peek) || peek >= 0x80
      {
        position += 1
      }
      guard position > start else { return nil }
      let key = String(decoding: bytes[start..<position], as: UTF8.self)
      skipBlank()
      return key
    }

    private mutating func readValue(depth: Int) -> FrontMatterValue? {
      guard depth < 8, position < bytes.count else { return nil }
      switch peek {
      case 0x22, 0x27: return string().map { .scalar($0) }
      case UInt8(ascii: "["):
        position += 1
        var items: [FrontMatterValue] = []
        while true {
          skipBlank(lines: true)
          if peek == UInt8(ascii: "]") {
            position += 1
            return .list(items)
          }
          guard let item = readValue(depth: depth + 1) else { return nil }
          items.append(item)
          skipBlank(lines: true)
          if peek == UInt8(ascii: ",") { position += 1 }
        }
      case UInt8(ascii: "{"):
        position += 1
        var members: Entries = []
        while true {
          skipBlank(lines: true)
          if peek == UInt8(ascii: "}") {
            position += 1
            return .map(members)
          }
          guard let key = readKey(), peek == UInt8(ascii: "=") else { return nil }
          position += 1
          skipBlank()
          guard let member = readValue(depth: depth + 1) else { return nil }
          members.append(FrontMatterEntry(key, member))
          skipBlank(lines: true)
          if peek == UInt8(ascii: ",") { position += 1 }
        }
      default:
        let start = position
        while position < bytes.count, !",]}#\n\r".utf8.contains(peek) { position += 1 }
        let text = WhiteSpace.collapse(bytes[start..<position])
        return text.isEmpty ? nil : .scalar(text)
      }
    }

    /// Basic and literal strings, on one line or, with three quotes, on several.
    private mutating func string() -> String? {
      let quote = peek
      let isLong = position + 2 < bytes.count && bytes[position + 1] == quote && bytes[position + 2] == quote
      position += isLong ? 3 : 1
      if isLong, peek == 0x0A { position += 1 }
      var out: [UInt8] = []
      while position < bytes.count {
        let byte = peek
        if byte == quote {
          if !isLong {
            position += 1
            return String(decoding: out, as: UTF8.self)
          }
          if position + 2 < bytes.count, bytes[position + 1] == quote, bytes[position + 2] == quote {
            position += 3
            return String(decoding: out, as: UTF8.self)
          }
        }
        if byte == 0x0A, !isLong { return nil }
        if byte == 0x5C, quote == 0x22 {
          escape(&out)
        } else {
          out.append(byte)
          position += 1
        }
      }
      return nil
    }

    private mutating func escape(_ out: inout [UInt8]) {
      position += 1
      let kind = peek
      position += 1
      switch kind {
      case UInt8(ascii: "n"): out.append(0x0A)
      case UInt8(ascii: "t"): out.append(0x09)
      case UInt8(ascii: "r"): out.append(0x0D)
      case UInt8(ascii: "u"), UInt8(ascii: "U"):
        let count = kind == UInt8(ascii: "u") ? 4 : 8
        guard position + count <= bytes.count,
          let number = UInt32(String(decoding: bytes[position..<(position + count)], as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(number)
        else { return }
        out += Array(String(Character(scalar)).utf8)
        position += count
      case 0x0A: while position < bytes.count, peek.isWhiteSpace { position += 1 }
      default: out.append(kind)
      }
    }
  }
}
