/// Archives made by hand, so that a test can lie in every field.
enum ArchiveBuilder {
  /// A zip file whose members are stored, not compressed.
  static func zip(_ members: [(name: String, bytes: [UInt8])], claimedSize: UInt32? = nil) -> [UInt8] {
    var out: [UInt8] = []
    var index: [UInt8] = []
    for (name, bytes) in members {
      let offset = UInt32(out.count)
      let size = claimedSize ?? UInt32(bytes.count)
      // Version, flags (names are UTF-8), stored, time, date, check sum, sizes, name length.
      let common = le16(20) + le16(0x800) + le16(0) + le16(0) + le16(0x21) + le32(crc32(bytes))
      let sizes = le32(size) + le32(size) + le16(UInt16(name.utf8.count)) + le16(0)
      out += Array("PK\u{3}\u{4}".utf8) + common + sizes + Array(name.utf8) + bytes
      index += Array("PK\u{1}\u{2}".utf8) + le16(0x314) + common + sizes + le16(0) + le16(0) + le16(0)
      index += le32(0o100644 << 16) + le32(offset) + Array(name.utf8)
    }
    let start = UInt32(out.count)
    let count = UInt16(members.count)
    out += index + Array("PK\u{5}\u{6}".utf8) + le16(0) + le16(0) + le16(count) + le16(count)
    return out + le32(UInt32(index.count)) + le32(start) + le16(0)
  }

  static func zip(_ members: [(name: String, text: String)]) -> [UInt8] {
    zip(members.map { ($0.name, Array($0.text.utf8)) })
  }

  /// One member of gzip (RFC 1952) whose deflate block is stored, not compressed; at most 65,535 bytes.
  static func gzip(_ bytes: [UInt8], checksum: UInt32? = nil, claimedSize: UInt32? = nil) -> [UInt8] {
    let size = UInt16(bytes.count)
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    return header + [1] + le16(size) + le16(~size) + bytes + le32(checksum ?? crc32(bytes))
      + le32(claimedSize ?? UInt32(bytes.count))
  }

  /// A tar file (ustar). `kind` as in the header: `0` file, `2` symbolic link, `3` device, `5` folder, `6` FIFO.
  static func tar(_ members: [(name: String, kind: Character, bytes: [UInt8])]) -> [UInt8] {
    var out: [UInt8] = []
    for (name, kind, bytes) in members {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, at offset: Int) { for (i, byte) in text.utf8.enumerated() { header[offset + i] = byte } }
      func octal(_ value: Int, _ digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: digits - text.count) + text
      }
      put(name, at: 0)
      put("0000644", at: 100)
      put("0000000", at: 108)
      put("0000000", at: 116)
      put(octal(kind == "0" ? bytes.count : 0, 11), at: 124)
      put("00000000000", at: 136)
      put("        ", at: 148)
      put(String(kind), at: 156)
      if kind == "2" { put("/etc/passwd", at: 157) }
      put("ustar\u{0}00", at: 257)
      put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\u{0} ", at: 148)
      out += header
      if kind == "0" { out += bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512) }
    }
    return out + [UInt8](repeating: 0, count: 1024)
  }

  private static func le16(_ n: UInt16) -> [UInt8] { [UInt8(n & 255), UInt8(n >> 8)] }
  private static func le32(_ n: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: n >> (8 * $0)) } }

  private static let table: [UInt32] = (0..<256).map { n in
    (0..<8).reduce(UInt32(n)) { c, _ in c & 1 == 1 ? 0xEDB8_8320 ^ c >> 1 : c >> 1 }
  }

  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { table[Int(($0 ^ UInt32($1)) & 255)] ^ $0 >> 8 }
  }

  static func base64(_ text: String) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    var bits = 0
    var count = 0
    for byte in text.utf8 {
      guard let value = alphabet.firstIndex(of: byte) else { continue }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(bits >> count & 255))
      }
    }
    return out
  }
}
