extension TokenBuffer {
  /// Appends a token whose term stands in the arena already, cut at `Analyzer.maximumTermBytes`. An empty term is none.
  @inline(__always)
  mutating func append(
    termStart: Int, termLength: Int, start: Int, end: Int, positionIncrement: UInt8, kind: TokenKind
  ) {
    let length = termLength <= Analyzer.maximumTermBytes ? termLength : cut(termStart)
    guard length > 0 else { return }
    reserveTokens(1)
    tokens[count] = Token(
      start: UInt32(start), end: UInt32(end), termStart: UInt32(termStart), termLength: UInt16(length),
      positionIncrement: positionIncrement, kind: kind, hash: TermHash.hash(padded: bytes + termStart, length))
    count += 1
    positionCount += Int(positionIncrement)
  }

  /// The length at which a term is cut: at most the maximum, and not inside a character.
  @inline(never)
  private func cut(_ termStart: Int) -> Int {
    var length = Analyzer.maximumTermBytes
    while length > 0, bytes.load(fromByteOffset: termStart + length, as: UInt8.self) & 0xC0 == 0x80 { length -= 1 }
    return length
  }

  /// Copies bytes behind the arena's used part; returns where they begin.
  mutating func store(_ term: [UInt8]) -> Int {
    term.withUnsafeBytes { source in
      reserveBytes(source.count)
      let start = byteCount
      if let base = source.baseAddress { (bytes + start).copyMemory(from: base, byteCount: source.count) }
      byteCount += source.count
      return start
    }
  }

  /// One byte behind the arena's used part.
  mutating func store(_ byte: UInt8) {
    reserveBytes(1)
    bytes.storeBytes(of: byte, toByteOffset: byteCount, as: UInt8.self)
    byteCount += 1
  }
}
