/// A JSON value with the order of its keys, read strictly (RFC 8259): what our own writer promises is tested with a
/// reader that shares nothing with it and forgives nothing.
public indirect enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// As written, so that a test can look at the digits.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  public static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let x), .bool(let y)): x == y
    case (.number(let x), .number(let y)): x == y
    case (.string(let x), .string(let y)): x.utf8.elementsEqual(y.utf8)
    case (.array(let x), .array(let y)): x == y
    case (.object(let x), .object(let y)): x.elementsEqual(y) { $0.0 == $1.0 && $0.1 == $1.1 }
    default: false
    }
  }

  public subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == key }?.1
  }

  public subscript(_ index: Int) -> JSONValue? {
    guard case .array(let values) = self, values.indices.contains(index) else { return nil }
    return values[index]
  }

  /// Names of an object's members in order; empty for anything else.
  public var keys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.0)
  }

  public var array: [JSONValue] {
    guard case .array(let values) = self else { return [] }
    return values
  }

  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  public var int: Int? {
    guard case .number(let digits) = self else { return nil }
    return Int(digits)
  }

  public var double: Double? {
    guard case .number(let digits) = self else { return nil }
    return Double(digits)
  }
}

extension JSONValue {
  /// Exactly one value, with white space around it at most.
  public init(parsing bytes: [UInt8]) throws {
    var parser = JSONParser(bytes)
    self = try parser.document()
  }

  public init(parsing text: String) throws { try self.init(parsing: Array(text.utf8)) }

  /// JSON Lines: a value a line, the last line ended as well.
  public static func lines(_ text: String) throws -> [JSONValue] {
    guard text.isEmpty || text.hasSuffix("\n") else {
      throw JSONError(offset: text.utf8.count, what: "no final line end")
    }
    return try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }
}

public struct JSONError: Error, CustomStringConvertible {
  public var offset: Int
  public var what: String
  public var description: String { "JSON, byte \(offset): \(what)" }
}
