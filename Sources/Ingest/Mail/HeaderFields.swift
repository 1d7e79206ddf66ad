import Glibc

/// Where the fields of a header stand: one pass, no copies.
struct HeaderFields {
  struct Field {
    var name: Range<Int>
    /// Behind the colon, folded lines included, without the last line end.
    var value: Range<Int>
  }

  private(set) var fields: [Field] = []
  /// Offset behind the blank line that ends the header; the end of the bytes if there is none.
  private(set) var bodyStart: Int
  /// A line was neither a field nor a continuation of one, or held a NUL: not a header by the book.
  private(set) var isIrregular = false

  init(_ bytes: UnsafeRawBufferPointer, from start: Int = 0) {
    fields.reserveCapacity(32)
    bodyStart = bytes.count
    var i = start
    while i < bytes.count {
      let end = bytes.lineEnd(from: i)
      var contentEnd = end
      if contentEnd > i, bytes[contentEnd - 1] == 0x0D { contentEnd -= 1 }
      if contentEnd == i {
        bodyStart = min(end + 1, bytes.count)
        return
      }
      if bytes[i] == 0x20 || bytes[i] == 0x09 {
        if fields.isEmpty {
          isIrregular = true
        } else {
          fields[fields.count - 1].value = fields[fields.count - 1].value.lowerBound..<contentEnd
        }
      } else if let colon = Self.colon(bytes, i, contentEnd) {
        fields.append(Field(name: i..<colon, value: (colon + 1)..<contentEnd))
      } else {
        isIrregular = true
      }
      i = end + 1
    }
  }

  private static func colon(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int? {
    var i = start
    while i < end, bytes[i] > 0x20, bytes[i] < 0x7F, bytes[i] != 0x3A { i &+= 1 }
    return i < end && bytes[i] == 0x3A && i > start ? i : nil
  }

  /// The value of the first field of that (lower-case) name.
  func first(_ name: StaticString, in bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    let length = name.utf8CodeUnitCount
    for field in fields where field.name.count == length && bytes.matches(name, at: field.name.lowerBound) {
      return UnsafeRawBufferPointer(rebasing: bytes[field.value])
    }
    return nil
  }
}

extension UnsafeRawBufferPointer {
  /// Offset of the next line feed, or the end of the bytes.
  @inline(__always)
  func lineEnd(from start: Int) -> Int {
    guard start < count, let base = baseAddress else { return count }
    guard let found = memchr(base + start, 0x0A, count - start) else { return count }
    return UnsafeRawPointer(found) - base
  }
}

/// A `Content-Type` field (RFC 2045), as far as plain mail needs it.
struct ContentTypeField {
  var type = "text"
  var subtype = "plain"
  private var parameters: [(name: String, value: [UInt8])] = []

  /// - Returns: `nil` for syntax beyond the plain one (comments, RFC 2231): that is GMime's.
  init?(_ value: UnsafeRawBufferPointer) {
    var i = 0
    func skipSpace() { while i < value.count, value[i].isASCIISpace { i += 1 } }
    func token() -> Range<Int> {
      let start = i
      while i < value.count, value[i] > 0x20, !Self.specials.contains(value[i]) { i += 1 }
      return start..<i
    }
    func lower(_ range: Range<Int>) -> String {
      String(decoding: value[range].lazy.map(\.asciiLowercased), as: UTF8.self)
    }
    if value.contains(where: { $0 == 0x28 || $0 == 0x2A || $0 == 0 }) { return nil }
    skipSpace()
    let type = token()
    guard !type.isEmpty, i < value.count, value[i] == 0x2F else { return nil }
    i += 1
    let subtype = token()
    guard !subtype.isEmpty else { return nil }
    self.type = lower(type)
    self.subtype = lower(subtype)
    while true {
      skipSpace()
      guard i < value.count, value[i] == 0x3B else { break }
      i += 1
      skipSpace()
      let name = token()
      skipSpace()
      guard !name.isEmpty, i < value.count, value[i] == 0x3D else { break }
      i += 1
      skipSpace()
      var text: [UInt8] = []
      if i < value.count, value[i] == 0x22 {
        i += 1
        while i < value.count, value[i] != 0x22 {
          if value[i] == 0x5C, i + 1 < value.count { i += 1 }
          text.append(value[i])
          i += 1
        }
        i += 1
      } else {
        text = [UInt8](value[token()])
      }
      parameters.append((lower(name), text))
    }
  }

  func parameter(_ name: String) -> String? {
    parameters.first { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
  }

  func rawParameter(_ name: String) -> [UInt8]? { parameters.first { $0.name == name }?.value }

  private static let specials: Set<UInt8> = Set("()<>@,;:\\\"/[]?=".utf8)
}
