/// Writes JSON (RFC 8259) straight into an ``OutputBuffer``, keys in the order of the calls.
///
/// Written by hand because a search must not carry Foundation (start-up), and because `JSONEncoder` orders keys
/// only by name. Commas and nesting are the writer's business; that no key comes twice is the caller's.
struct JSONWriter {
  private let out: OutputBuffer
  private var needsComma = false

  init(_ out: OutputBuffer) { self.out = out }

  // MARK: Members of an object

  mutating func field(_ name: StaticString, _ value: String?) {
    key(name)
    if let value { string(value) } else { out.write("null") }
  }

  mutating func field(_ name: StaticString, _ value: (some BinaryInteger)?) {
    key(name)
    out.write(value.map { String($0) } ?? "null")
  }

  mutating func field(_ name: StaticString, _ value: Double?) {
    key(name)
    number(value)
  }

  mutating func field(_ name: StaticString, _ value: Float?) {
    key(name)
    // Not through Double: 0.1 as Float would print as 0.10000000149011612.
    if let value, value.isFinite { out.write(value.description) } else { out.write("null") }
  }

  mutating func field(_ name: StaticString, _ value: Bool) {
    key(name)
    out.write(value ? "true" : "false")
  }

  mutating func field(_ name: StaticString, _ values: some Sequence<String>) {
    array(name) { for value in values { $0.element(value) } }
  }

  mutating func null(_ name: StaticString) {
    key(name)
    out.write("null")
  }

  mutating func object(_ name: StaticString, _ body: (inout JSONWriter) throws -> Void) rethrows {
    key(name)
    try nested("{", "}", body)
  }

  mutating func array(_ name: StaticString, _ body: (inout JSONWriter) throws -> Void) rethrows {
    key(name)
    try nested("[", "]", body)
  }

  /// A member whose name is data (a facet's value).
  mutating func field(dynamic name: String, _ value: some BinaryInteger) {
    comma()
    string(name)
    out.write(":")
    out.write(String(value))
  }

  // MARK: Elements of an array, and the outermost value

  mutating func element(_ value: String) {
    comma()
    string(value)
  }

  mutating func element(_ value: some BinaryInteger) {
    comma()
    out.write(String(value))
  }

  mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
    comma()
    try nested("{", "}", body)
  }

  mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
    comma()
    try nested("[", "]", body)
  }

  /// One whole value and the line feed behind it: a JSON document, or one line of JSON Lines.
  static func line(_ out: OutputBuffer, _ body: (inout JSONWriter) throws -> Void) rethrows {
    var writer = JSONWriter(out)
    try writer.nested("{", "}", body)
    out.write(0x0A)
  }

  // MARK: Parts

  private mutating func nested(
    _ open: String, _ close: String, _ body: (inout JSONWriter) throws -> Void
  ) rethrows {
    out.write(open)
    var inner = JSONWriter(out)
    try body(&inner)
    out.write(close)
    needsComma = true
  }

  private mutating func comma() {
    if needsComma { out.write(0x2C) }
    needsComma = true
  }

  private mutating func key(_ name: StaticString) {
    comma()
    out.write(0x22)
    name.withUTF8Buffer { out.write($0) }
    out.write("\":")
  }

  private func number(_ value: Double?) {
    // Swift prints the shortest decimal that reads back as the same number; JSON has no words for the rest.
    if let value, value.isFinite { out.write(value.description) } else { out.write("null") }
  }

  private func string(_ value: String) { Self.escape(value, into: out) }

  /// A JSON string with its quotes.
  ///
  /// Beyond what RFC 8259 demands, U+007F–U+009F, U+2028 and U+2029 are escaped: the first are control characters to
  /// a terminal that the JSON may be shown on, the others end lines in some readers of JSON Lines.
  static func escape(_ value: String, into out: OutputBuffer) {
    out.write(0x22)
    var value = value
    value.withUTF8 { utf8 in
      var start = 0
      var i = 0
      while i < utf8.count {
        let byte = utf8[i]
        var length = 1
        var escaped: String?
        switch byte {
        case 0x22: escaped = "\\\""
        case 0x5C: escaped = "\\\\"
        case 0x0A: escaped = "\\n"
        case 0x0D: escaped = "\\r"
        case 0x09: escaped = "\\t"
        case 0..<0x20, 0x7F: escaped = unicodeEscape(UInt16(byte))
        case 0xC2 where utf8[i + 1] < 0xA0:
          escaped = unicodeEscape(UInt16(utf8[i + 1]))
          length = 2
        case 0xE2 where utf8[i + 1] == 0x80 && utf8[i + 2] & 0xFE == 0xA8:
          escaped = unicodeEscape(0x2000 | UInt16(utf8[i + 2] & 0x3F))
          length = 3
        default: break
        }
        if let escaped {
          out.write(utf8[start..<i])
          out.write(escaped)
          i += length
          start = i
        } else {
          i += 1
        }
      }
      out.write(utf8[start...])
    }
    out.write(0x22)
  }

  private static func unicodeEscape(_ unit: UInt16) -> String {
    let hex = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
  }
}
