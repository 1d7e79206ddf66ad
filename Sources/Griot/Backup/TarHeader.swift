/// A header of a tar archive (POSIX.1-1988 "ustar"): 512 bytes before each member, which is filled up to as many.
struct TarHeader: Equatable {
  static let size = 512

  var name: String
  var count: UInt64
  /// Seconds since 1970.
  var modified: Int64
  /// `0` or zero for a file, `5` for a folder; others are not used here.
  var type: UInt8 = UInt8(ascii: "0")

  var isFile: Bool { type == UInt8(ascii: "0") || type == 0 }
  /// Zeros behind the member.
  var padding: Int { Int((512 - count % 512) % 512) }

  init(name: String, count: UInt64, modified: Int64) {
    self.name = name
    self.count = count
    self.modified = modified
  }

  /// - Precondition: The name has at most 100 bytes: names of a memory do.
  func encoded() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.size)
    func put(_ text: some Sequence<UInt8>, at offset: Int) {
      for (i, byte) in text.enumerated() { bytes[offset + i] = byte }
    }
    precondition(name.utf8.count <= 100, "names in a backup are short")
    put(name.utf8, at: 0)
    put("0000644\0".utf8, at: 100)
    put("0000000\0".utf8, at: 108)
    put("0000000\0".utf8, at: 116)
    if count < 1 << 33 {
      put(Self.octal(count, digits: 11), at: 124)
    } else {
      // Eleven octal digits end at 8 GiB; GNU tar's binary form (first bit set, big-endian) is read everywhere.
      bytes[124] = 0x80
      withUnsafeBytes(of: count.bigEndian) { put($0, at: 128) }
    }
    put(Self.octal(UInt64(max(0, modified)), digits: 11), at: 136)
    put(repeatElement(0x20, count: 8), at: 148)
    bytes[156] = type
    put("ustar\0".utf8, at: 257)
    put("00".utf8, at: 263)
    let sum = bytes.reduce(0) { $0 + UInt64($1) }
    put(Self.octal(sum, digits: 6), at: 148)
    bytes[154] = 0
    return bytes
  }

  private static func octal(_ value: UInt64, digits: Int) -> [UInt8] {
    let text = String(value, radix: 8)
    return Array((String(repeating: "0", count: max(0, digits - text.utf8.count)) + text).utf8)
  }

  /// `nil` for 512 bytes that are no header.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.size, let stated = Self.number(bytes[148..<156]) else { return nil }
    var sum: UInt64 = 0
    for (i, byte) in bytes.enumerated() { sum += (148..<156).contains(i) ? 0x20 : UInt64(byte) }
    guard sum == stated, let count = Self.number(bytes[124..<136]), let modified = Self.number(bytes[136..<148]),
      count < 1 << 62
    else { return nil }
    var name = String(decoding: bytes[0..<100].prefix { $0 != 0 }, as: UTF8.self)
    if bytes[257..<262].elementsEqual("ustar".utf8), bytes[345] != 0, bytes[262] == 0 {
      name = String(decoding: bytes[345..<500].prefix { $0 != 0 }, as: UTF8.self) + "/" + name
    }
    // What `tar -c .` writes.
    while name.hasPrefix("./") { name.removeFirst(2) }
    self.name = name
    self.count = count
    self.modified = Int64(clamping: modified)
    type = bytes[156]
  }

  /// Octal digits with blanks and zeros around them, or GNU's binary form.
  private static func number(_ field: ArraySlice<UInt8>) -> UInt64? {
    if let first = field.first, first & 0x80 != 0 {
      guard first == 0x80, field.dropFirst().prefix(max(0, field.count - 9)).allSatisfy({ $0 == 0 }) else { return nil }
      return field.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
    var value: UInt64 = 0
    var hasDigits = false
    for byte in field {
      switch byte {
      case 0x30...0x37:
        guard value < 1 << 60 else { return nil }
        value = value << 3 | UInt64(byte - 0x30)
        hasDigits = true
      case 0, 0x20: if hasDigits { return value }
      default: return nil
      }
    }
    return hasDigits ? value : 0
  }
}
