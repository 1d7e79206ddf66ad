/// Makes JSON that other programs write, and that the standard forbids, parseable. Only for records that failed.
///
/// Repaired: bytes that are not UTF-8 and lone surrogate escapes (U+FFFD, counted), `NaN` and `Infinity` (null),
/// numbers of more than 18 digits (quoted), raw control characters in strings (escaped).
enum JSONRepair {
  static func repair(_ json: UnsafeRawBufferPointer) -> (bytes: [UInt8], replacements: Int) {
    let utf8 = UTF8Check.repair(json)
    let input = utf8.text
    var replacements = utf8.replacements
    var out: [UInt8] = []
    out.reserveCapacity(input.count + 16)
    var inString = false
    var i = 0
    while i < input.count {
      let byte = input[i]
      if inString {
        if byte == UInt8(ascii: "\\"), i + 1 < input.count {
          i = escape(input, at: i, into: &out, &replacements)
          continue
        }
        if byte == UInt8(ascii: "\"") { inString = false }
        if byte < 0x20 {
          out += Array("\\u00".utf8)
          for nibble in [byte >> 4, byte & 15] { out.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }
        } else {
          out.append(byte)
        }
        i += 1
        continue
      }
      if byte == UInt8(ascii: "\"") { inString = true }
      if isTokenByte(byte) {
        let end = input[i...].firstIndex { !isTokenByte($0) } ?? input.count
        out += token(input[i..<end])
        i = end
        continue
      }
      out.append(byte)
      i += 1
    }
    return (out, replacements)
  }

  private static func isTokenByte(_ b: UInt8) -> Bool {
    b.isASCIIDigit || b.isASCIILetter || b == 0x2D || b == 0x2B || b == 0x2E
  }

  private static func token(_ token: ArraySlice<UInt8>) -> [UInt8] {
    switch String(decoding: token, as: UTF8.self) {
    case "NaN", "Infinity", "-Infinity", "nan", "None", "undefined": return Array("null".utf8)
    case "True": return Array("true".utf8)
    case "False": return Array("false".utf8)
    default: break
    }
    let isLong = token.count > 18 && token.dropFirst().allSatisfy { $0.isASCIIDigit }
    return isLong ? [0x22] + token + [0x22] : Array(token)
  }

  /// Copies one escape, or U+FFFD for half a surrogate pair; returns the position behind it.
  private static func escape(
    _ input: [UInt8], at i: Int, into out: inout [UInt8], _ replacements: inout Int
  ) -> Int {
    func unit(_ at: Int) -> Int? {
      guard at + 6 <= input.count, input[at] == UInt8(ascii: "\\"), input[at + 1] == UInt8(ascii: "u") else {
        return nil
      }
      return Int(String(decoding: input[(at + 2)..<(at + 6)], as: UTF8.self), radix: 16)
    }
    if let first = unit(i), (0xD800...0xDFFF).contains(first) {
      if first < 0xDC00, let second = unit(i + 6), (0xDC00...0xDFFF).contains(second) {
        out += input[i..<(i + 12)]
        return i + 12
      }
      out += Array("\\ufffd".utf8)
      replacements += 1
      return i + 6
    }
    if Array("\"\\/bfnrtu".utf8).contains(input[i + 1]) {
      out += input[i..<(i + 2)]
    } else {
      // `\x` is no escape: the backslash was meant.
      out += [0x5C, 0x5C]
      return i + 1
    }
    return i + 2
  }
}
