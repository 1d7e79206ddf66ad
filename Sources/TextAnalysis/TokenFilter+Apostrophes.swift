import CKernels

extension TokenFilter {
  /// Appends the piece of a segment between two separators, its apostrophes read (user-needs R16):
  /// - an elided article goes: `l'équipe` is `équipe`, with the offsets of `équipe`;
  /// - a possessive `'s` goes: `Alice's` is `Alice`;
  /// - an English contraction stays one word: `can't`;
  /// - any other word keeps its apostrophe and overlaps itself without: `o'brien`, `obrien`.
  mutating func addWithApostrophes(
    _ start: Int, _ end: Int, _ separator: UInt8, _ flags: UInt32, _ buffer: inout TokenBuffer
  ) {
    var start = start
    var end = end
    guard var first = nextApostrophe(start, end) else {
      addPart(start, end, separator, flags, &buffer)
      return
    }
    while isElision(start, first.at, first.at + first.length, end) {
      start = first.at + first.length
      guard let next = nextApostrophe(start, end) else {
        addPart(start, end, separator, flags, &buffer)
        return
      }
      first = next
    }
    // The last one, and how many there are.
    var last = first
    var apostrophes = 1
    while let next = nextApostrophe(last.at + last.length, end) {
      last = next
      apostrophes += 1
    }
    if end - (last.at + last.length) == 1, text[end - 1] | 0x20 == 0x73 {
      end = last.at
      apostrophes -= 1
      if apostrophes == 0 {
        addPart(start, end, separator, flags, &buffer)
        return
      }
    }
    addContracted(start, end, separator, &buffer, withJoined: !(apostrophes == 1 && isContraction(last, end)))
  }

  /// A part with apostrophes inside, each as `'`; and, if wished, an overlap without them.
  private mutating func addContracted(
    _ start: Int, _ end: Int, _ separator: UInt8, _ buffer: inout TokenBuffer, withJoined: Bool
  ) {
    guard end > start else { return }
    var term = (start: start, length: end - start)
    for at in start..<end where text[at] >= 0x80 {
      let folded = CaseFolding.fold(UnsafeRawBufferPointer(start: text + start, count: end - start))
      term = (buffer.store(folded), folded.count)
      break
    }
    guard term.length > 0 else { return }
    add(
      Part(
        start: start, end: end, termStart: term.start, termLength: term.length, kind: .word, separator: separator,
        mayHaveCaseParts: false, isRelocated: true), &buffer)
    guard withJoined else { return }
    buffer.reserveBytes(term.length)
    let joined = buffer.byteCount
    for at in term.start..<term.start + term.length {
      let byte = buffer.bytes.load(fromByteOffset: at, as: UInt8.self)
      if byte != 0x27 { buffer.store(byte) }
    }
    add(
      Overlap(
        part: partCount - 1, start: start, end: end, termStart: joined, termLength: buffer.byteCount - joined,
        kind: .joined))
  }

  private func nextApostrophe(_ from: Int, _ end: Int) -> (at: Int, length: Int)? {
    var at = from
    while at < end {
      let byte = text[at]
      if byte == 0x27 { return (at, 1) }
      if byte >= 0xCA,
        let length = Apostrophe.length(byte, at + 1 < end ? text[at + 1] : 0, at + 2 < end ? text[at + 2] : 0)
      {
        return (at, length)
      }
      at += 1
    }
    return nil
  }

  /// can't, we'll, you're, they've, I'd, I'm.
  private func isContraction(_ apostrophe: (at: Int, length: Int), _ end: Int) -> Bool {
    let from = apostrophe.at + apostrophe.length
    switch end - from {
    case 1:
      let byte = text[from] | 0x20
      return byte == 0x74 || byte == 0x64 || byte == 0x6D
    case 2:
      let (a, b) = (text[from] | 0x20, text[from + 1] | 0x20)
      return (a == 0x6C && b == 0x6C) || (a == 0x72 && b == 0x65) || (a == 0x76 && b == 0x65)
    default: return false
    }
  }

  /// Whether `text[start..<apostrophe]` is an article of French, Italian, Catalan or Irish, before a vowel or an h.
  private func isElision(_ start: Int, _ apostrophe: Int, _ rest: Int, _ end: Int) -> Bool {
    let length = apostrophe - start
    guard length >= 1, length <= 7, end - rest >= 2 else { return false }
    switch text[rest] | 0x20 {
    case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79, 0x68: break  // a e i o u y h
    case 0x66:  // Irish fh is silent
      if text[rest + 1] | 0x20 != 0x68 { return false }
    case 0xE3:  // C3 | 20: À–Ý but the consonants among them
      let second = text[rest + 1] | 0x20
      guard text[rest] == 0xC3, second != 0xA7, second != 0xB0, second != 0xB1, second != 0xB7, second != 0xBE else {
        return false
      }
    case 0xE5:  // œ
      guard text[rest] == 0xC5, text[rest + 1] == 0x92 || text[rest + 1] == 0x93 else { return false }
    default: return false
    }
    var key: UInt64 = 0
    for at in start..<apostrophe {
      let byte = text[at] | 0x20
      guard Self.isLower(byte) else { return false }
      key = key << 8 | UInt64(byte)
    }
    return Self.elisions.contains(key)
  }

  /// Lucene's lists for French, Italian, Catalan and Irish, with `quell'` and `quest'`; up to seven letters in a number.
  private static let elisions: Set<UInt64> = {
    let words = """
      l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu v un all dall dell nell sull coll pell gl agl dagl degl negl
      sugl quell quest b
      """
    var keys: Set<UInt64> = []
    for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      keys.insert(word.utf8.reduce(0) { $0 << 8 | UInt64($1) })
    }
    return keys
  }()
}
