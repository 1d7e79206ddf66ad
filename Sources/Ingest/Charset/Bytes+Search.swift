import CGMime

/// ASCII work on raw bytes: what headers, separators and markup need, without a String.
extension UnsafeRawBufferPointer {
  /// Whether `text` (lower-case ASCII) stands at `offset`, whatever the case of the bytes.
  @inline(__always)
  func matches(_ text: StaticString, at offset: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard offset >= 0, offset &+ count <= self.count else { return false }
    let pattern = text.utf8Start
    for i in 0..<count where self[offset &+ i].asciiLowercased != pattern[i] { return false }
    return true
  }

  /// First place at or behind `from` where `text` (lower-case ASCII) stands, whatever the case of the bytes.
  func find(_ text: StaticString, from: Int = 0) -> Int? {
    let count = text.utf8CodeUnitCount
    guard count > 0, self.count >= count, from >= 0 else { return nil }
    let first = text.utf8Start[0]
    var i = from
    while i <= self.count &- count {
      if self[i].asciiLowercased == first, matches(text, at: i) { return i }
      i &+= 1
    }
    return nil
  }
}

extension UnsafeRawBufferPointer {
  /// First place at or behind `from` of exactly these bytes, at memory speed.
  func firstOffset(of pattern: [UInt8], from: Int = 0) -> Int? {
    guard let base = bindMemory(to: UInt8.self).baseAddress, from >= 0, from < count else { return nil }
    guard let found = cgmime_find(base + from, count - from, pattern, pattern.count) else { return nil }
    return found - base
  }
}

extension UInt8 {
  @inline(__always) var asciiLowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
  @inline(__always) var isASCIIDigit: Bool { self &- 0x30 < 10 }
  @inline(__always) var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
  @inline(__always) var isASCIISpace: Bool { self == 0x20 || self &- 0x09 < 5 }
}
