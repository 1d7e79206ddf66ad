/// A 128-bit hash that is the same on every machine and in every version: ids of records that have none of their own.
///
/// Two lanes of FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv) from different seeds. Not for adversaries.
struct StableHash {
  private var a: UInt64 = 0xCBF2_9CE4_8422_2325
  private var b: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ bytes: [UInt8]) {
    for byte in bytes {
      a = (a ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      b = (b ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    // Ends the field, so that ("ab", "c") and ("a", "bc") differ.
    a = (a ^ 0x100) &* 0x0000_0100_0000_01B3
    b = (b ^ 0x1FF) &* 0x0000_0100_0000_01B3
  }

  var hexadecimal: String {
    func hex(_ n: UInt64) -> String {
      let s = String(n, radix: 16)
      return String(repeating: "0", count: 16 - s.count) + s
    }
    return hex(a) + hex(b)
  }
}
