/// Finds where JSON values end, by brackets and quotes alone: what lies between is simdjson's business.
enum JSONValueScanner {
  /// Behind the value that starts at `start`; `nil` if it does not end in these bytes.
  static func end(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var i = start
    guard i < bytes.count else { return nil }
    let first = bytes[i]
    guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "\"") else {
      while i < bytes.count, !bytes[i].isWhiteSpace, !",]}".utf8.contains(bytes[i]) { i += 1 }
      return i < bytes.count ? max(i, start + 1) : nil
    }
    var depth = 0
    while i < bytes.count {
      switch bytes[i] {
      case UInt8(ascii: "\""):
        guard let end = stringEnd(bytes, i) else { return nil }
        i = end
        if depth == 0 { return i }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return i + 1 }
      default: break
      }
      i += 1
    }
    return nil
  }

  /// Behind the closing quote.
  private static func stringEnd(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int? {
    var i = start + 1
    while i < bytes.count {
      if bytes[i] == UInt8(ascii: "\\") {
        i += 2
      } else if bytes[i] == UInt8(ascii: "\"") {
        return i + 1
      } else {
        i += 1
      }
    }
    return nil
  }

  /// Names of members that hold the records of an export.
  private static let containers: Set<String> = [
    "documents", "docs", "items", "records", "results", "data", "entries", "articles", "pages", "posts", "messages",
    "lessons", "hits", "rows", "zerver_message",
  ]

  /// Where the array of records starts, in an object that is only their wrapper: the first member of such a name whose
  /// value is an array of objects.
  static func records(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var i = start + 1
    func skip() { while i < bytes.count, bytes[i].isWhiteSpace || bytes[i] == UInt8(ascii: ",") { i += 1 } }
    while true {
      skip()
      guard i < bytes.count, bytes[i] == UInt8(ascii: "\""), let keyEnd = stringEnd(bytes, i) else { return nil }
      let key = String(decoding: bytes[(i + 1)..<(keyEnd - 1)].map(\.asciiLowercased), as: UTF8.self)
      i = keyEnd
      skip()
      guard i < bytes.count, bytes[i] == UInt8(ascii: ":") else { return nil }
      i += 1
      skip()
      guard i < bytes.count else { return nil }
      if bytes[i] == UInt8(ascii: "["), containers.contains(key),
        bytes[(i + 1)...].first(where: { !$0.isWhiteSpace }) == UInt8(ascii: "{")
      {
        return i
      }
      guard let end = end(bytes, from: i) else { return nil }
      i = end
    }
  }
}
