import CKernels

extension Analyzer {
  /// Appends the piece of a segment between two separators, its apostrophes read (user-needs R16):
  /// - an elided article goes: `l'équipe` is `équipe`, with the offsets of `équipe`;
  /// - a possessive `'s` goes: `Alice's` is `Alice`;
  /// - an English contraction stays one word: `can't`;
  /// - any other word keeps its apostrophe and overlaps itself without: `o'brien`, `obrien`.
  func addWithApostrophes(
    _ start: Int, _ end: Int, _ separator: UInt8, _ flags: UInt32, _ text: UnsafePointer<UInt8>,
    _ buffer: inout TokenBuffer
  ) {
    var start = start
    var end = end
    guard var first = nextApostrophe(start, end, text) else {
      addPart(start, end, separator, flags, text, &buffer)
      return
    }
    while isElision(start, first.at, first.at + first.length, end, text) {
      start = first.at + first.length
      guard let next = nextApostrophe(start, end, text) else {
        addPart(start, end, separator, flags, text, &buffer)
        return
      }
      first = next
    }
    // The last one, and how many there are.
    var last = first
    var count = 1
    while let next = nextApostrophe(last.at + last.length, end, text) {
      last = next
      count += 1
    }
    if end - (last.at + last.length) == 1, text[end - 1] | 0x20 == 0x73 {
      end = last.at
      count -= 1
      if count == 0 {
        addPart(start, end, separator, flags, text, &buffer)
        return
      }
    }
    addContracted(
      start, end, separator, flags, text, &buffer, withJoined: !(count == 1 && isContraction(last, end, text)))
  }

  /// A part with apostrophes inside, each as `'`; and, if wished, an overlap without them.
  private func addContracted(
    _ start: Int, _ end: Int, _ separator: UInt8, _ flags: UInt32, _ text: UnsafePointer<UInt8>,
    _ buffer: inout TokenBuffer, withJoined: Bool
  ) {
    guard end > start else { return }
    let folded =
      CaseFolding.foldASCII(text, start, end)
      ?? CaseFolding.fold(
        UnsafeRawBufferPointer(start: text + start, count: end - start))
    guard !folded.isEmpty else { return }
    let termStart = buffer.store(folded)
    if withJoined {
      let joined = folded.filter { $0 != 0x27 }
      let joinedStart = buffer.store(joined)
      overlaps.append(
        Overlap(
          part: parts.count, start: start, end: end, termStart: joinedStart, termLength: joined.count, kind: .joined))
    }
    parts.append(
      Part(
        start: start, end: end, termStart: termStart, termLength: folded.count, kind: .word, separator: separator,
        mayHaveCaseParts: false, isRelocated: true))
  }

  private func nextApostrophe(
    _ from: Int, _ end: Int, _ text: UnsafePointer<UInt8>
  ) -> (at: Int, length: Int)? {
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
  private func isContraction(_ apostrophe: (at: Int, length: Int), _ end: Int, _ text: UnsafePointer<UInt8>) -> Bool {
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
  private func isElision(
    _ start: Int, _ apostrophe: Int, _ rest: Int, _ end: Int, _ text: UnsafePointer<UInt8>
  ) -> Bool {
    let length = apostrophe - start
    guard length >= 1, length <= 7, end - rest >= 2 else { return false }
    var key: UInt64 = 0
    for at in start..<apostrophe {
      let byte = text[at] | 0x20
      guard Self.isLower(byte) else { return false }
      key = key << 8 | UInt64(byte)
    }
    guard Self.elisions.contains(key) else { return false }
    switch text[rest] | 0x20 {
    case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79, 0x68: return true  // a e i o u y h
    case 0x66: return text[rest + 1] | 0x20 == 0x68  // Irish fh is silent
    case 0xE3:  // C3 | 20: À–Ý but the consonants among them
      let second = text[rest + 1] | 0x20
      return text[rest] == 0xC3 && second != 0xA7 && second != 0xB0 && second != 0xB1 && second != 0xB7
        && second != 0xBE
    case 0xE5: return text[rest] == 0xC5 && (text[rest + 1] == 0x92 || text[rest + 1] == 0x93)  // œ
    default: return false
    }
  }

  /// Lucene's lists for French, Italian, Catalan and Irish, with `quell'` and `quest'`; up to seven letters in a number.
  private static let elisions: Set<UInt64> = {
    let words = """
      l d j m t s n c qu jusqu lorsqu puisqu quoiqu presqu v un all dall dell nell sull coll pell gl agl dagl degl negl sugl
      quell quest b
      """
    var keys: Set<UInt64> = []
    for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      keys.insert(word.utf8.reduce(0) { $0 << 8 | UInt64($1) })
    }
    return keys
  }()
}

extension CaseFolding {
  /// The bytes in lower case, or nil when one is not ASCII.
  static func foldASCII(_ text: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> [UInt8]? {
    var out: [UInt8] = []
    out.reserveCapacity(end - start)
    for at in start..<end {
      let byte = text[at]
      if byte >= 0x80 { return nil }
      out.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    return out
  }
}
