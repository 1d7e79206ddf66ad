/// Recursive descent over bytes; every deviation from RFC 8259 is an error, duplicate keys too.
struct JSONParser {
  private let bytes: [UInt8]
  private var i = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws -> JSONValue {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw fail("not UTF-8") }
    let value = try self.value()
    skipBlanks()
    guard i == bytes.count else { throw fail("something behind the value") }
    return value
  }

  private func fail(_ what: String) -> JSONError { JSONError(offset: i, what: what) }

  private mutating func skipBlanks() {
    while i < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[i]) { i += 1 }
  }

  private mutating func value() throws -> JSONValue {
    skipBlanks()
    guard i < bytes.count else { throw fail("a value is missing") }
    switch bytes[i] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws -> JSONValue {
    guard bytes[i...].starts(with: text.utf8) else { throw fail("not a value") }
    i += text.utf8.count
    return value
  }

  private mutating func take(_ character: Unicode.Scalar) throws {
    skipBlanks()
    guard i < bytes.count, bytes[i] == UInt8(ascii: character) else { throw fail("expected \(character)") }
    i += 1
  }

  private mutating func isNext(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    return i < bytes.count && bytes[i] == UInt8(ascii: character)
  }

  private mutating func object() throws -> JSONValue {
    try take("{")
    var members: [(String, JSONValue)] = []
    var names: Set<String> = []
    if isNext("}") {
      i += 1
      return .object([])
    }
    while true {
      skipBlanks()
      let name = try string()
      guard names.insert(name).inserted else { throw fail("key \(name) twice") }
      try take(":")
      members.append((name, try value()))
      if isNext("}") {
        i += 1
        return .object(members)
      }
      try take(",")
    }
  }

  private mutating func array() throws -> JSONValue {
    try take("[")
    var values: [JSONValue] = []
    if isNext("]") {
      i += 1
      return .array([])
    }
    while true {
      values.append(try value())
      if isNext("]") {
        i += 1
        return .array(values)
      }
      try take(",")
    }
  }

  private mutating func number() throws -> String {
    let start = i
    func digit() -> Bool { i < bytes.count && (0x30...0x39).contains(bytes[i]) }
    func at(_ character: Unicode.Scalar) -> Bool { i < bytes.count && bytes[i] == UInt8(ascii: character) }
    if at("-") { i += 1 }
    guard digit() else { throw fail("not a value") }
    if at("0") { i += 1 } else { while digit() { i += 1 } }
    if at(".") {
      i += 1
      guard digit() else { throw fail("digits are missing behind the point") }
      while digit() { i += 1 }
    }
    if at("e") || at("E") {
      i += 1
      if at("+") || at("-") { i += 1 }
      guard digit() else { throw fail("digits are missing in the exponent") }
      while digit() { i += 1 }
    }
    return String(decoding: bytes[start..<i], as: UTF8.self)
  }

  private mutating func string() throws -> String {
    guard i < bytes.count, bytes[i] == UInt8(ascii: "\"") else { throw fail("expected a string") }
    i += 1
    var units: [UInt8] = []
    while i < bytes.count {
      let byte = bytes[i]
      i += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case 0..<0x20: throw fail("a control character in a string")
      case UInt8(ascii: "\\"): units += Array(String(try escape()).utf8)
      default: units.append(byte)
      }
    }
    throw fail("a string does not end")
  }

  private mutating func escape() throws -> Unicode.Scalar {
    guard i < bytes.count else { throw fail("a string does not end") }
    let byte = bytes[i]
    i += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try unit()
      if let scalar = Unicode.Scalar(first) { return scalar }
      guard bytes[i...].starts(with: [0x5C, 0x75]) else { throw fail("half a surrogate pair") }
      i += 2
      let second = try unit()
      guard UTF16.isLeadSurrogate(first), UTF16.isTrailSurrogate(second) else { throw fail("half a surrogate pair") }
      return Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))!
    default: throw fail("unknown escape")
    }
  }

  private mutating func unit() throws -> UInt16 {
    guard i + 4 <= bytes.count, let value = UInt16(String(decoding: bytes[i..<(i + 4)], as: UTF8.self), radix: 16),
      bytes[i] != UInt8(ascii: "+"), bytes[i] != UInt8(ascii: "-")
    else { throw fail("four hexadecimal digits are missing") }
    i += 4
    return value
  }
}
