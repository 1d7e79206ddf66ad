extension TokenBuffer {
  /// Appends a token whose term is copied into the arena, cut at `Analyzer.maximumTermBytes`. An empty term is no token.
  mutating func append(_ term: [UInt8], start: UInt32, end: UInt32, positionIncrement: UInt8, kind: TokenKind) {
    term.withUnsafeBytes {
      append($0, start: start, end: end, positionIncrement: positionIncrement, kind: kind)
    }
  }

  mutating func append(
    _ term: UnsafeRawBufferPointer, start: UInt32, end: UInt32, positionIncrement: UInt8, kind: TokenKind
  ) {
    var length = term.count
    if length > Analyzer.maximumTermBytes {
      length = Analyzer.maximumTermBytes
      while length > 0, term[length] & 0xC0 == 0x80 { length -= 1 }
    }
    guard length > 0, let base = term.baseAddress else { return }
    reserveBytes(length)
    reserveTokens(1)
    let termStart = byteCount
    (bytes + termStart).copyMemory(from: base, byteCount: length)
    byteCount += length
    tokens[count] = Token(
      start: start, end: end, termStart: UInt32(termStart), termLength: UInt16(length),
      positionIncrement: positionIncrement, kind: kind, hash: TermHash.hash(bytes + termStart, length))
    count += 1
    positionCount += Int(positionIncrement)
  }
}
