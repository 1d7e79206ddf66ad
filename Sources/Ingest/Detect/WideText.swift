import Glibc

/// Text in 16 or 32 bits a character, by byte order mark or by where its zero bytes stand.
enum WideText {
  enum Encoding: String {
    case utf16LE = "UTF-16LE", utf16BE = "UTF-16BE", utf32LE = "UTF-32LE", utf32BE = "UTF-32BE"
  }

  static func recognise(_ head: UnsafeRawBufferPointer) -> Encoding? {
    if head.starts(with: [0xFF, 0xFE, 0, 0]) { return .utf32LE }
    if head.starts(with: [0, 0, 0xFE, 0xFF]) { return .utf32BE }
    if head.starts(with: [0xFF, 0xFE]) { return .utf16LE }
    if head.starts(with: [0xFE, 0xFF]) { return .utf16BE }
    // Without a mark: text in a Western script has a zero in every second byte, always on the same side.
    let sample = head.prefix(4096)
    guard sample.count >= 16, memchr(head.baseAddress!, 0, sample.count) != nil else { return nil }
    var zeros = [0, 0]
    for (index, byte) in sample.enumerated() where byte == 0 { zeros[index & 1] += 1 }
    let half = sample.count / 2
    if zeros[1] * 10 >= half * 7, zeros[0] * 50 <= half { return .utf16LE }
    if zeros[0] * 10 >= half * 7, zeros[1] * 50 <= half { return .utf16BE }
    return nil
  }

  /// As UTF-8 without the mark; what does not decode becomes U+FFFD.
  static func decode(_ bytes: UnsafeRawBufferPointer, _ encoding: Encoding) -> [UInt8] {
    let text: String
    switch encoding {
    case .utf16LE, .utf16BE:
      let units = (0..<(bytes.count / 2)).map { i -> UInt16 in
        let unit = bytes.loadUnaligned(fromByteOffset: i * 2, as: UInt16.self)
        return encoding == .utf16LE ? UInt16(littleEndian: unit) : UInt16(bigEndian: unit)
      }
      text = String(decoding: units, as: UTF16.self)
    case .utf32LE, .utf32BE:
      let units = (0..<(bytes.count / 4)).map { i -> UInt32 in
        let unit = bytes.loadUnaligned(fromByteOffset: i * 4, as: UInt32.self)
        return encoding == .utf32LE ? UInt32(littleEndian: unit) : UInt32(bigEndian: unit)
      }
      text = String(decoding: units, as: UTF32.self)
    }
    var out = Array(text.utf8)
    if out.starts(with: [0xEF, 0xBB, 0xBF]) { out.removeFirst(3) }
    return out
  }
}
