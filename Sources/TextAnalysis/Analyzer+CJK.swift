import CKernels

extension Analyzer {
  /// Han, Kana and Hangul (user-needs R18): every character takes a position, the dictionary's word overlaps the first
  /// of its characters.
  ///
  /// So any substring is an exact phrase of its characters, however a dictionary cuts the text around it, also across
  /// the spaces of Korean; a query of one character is a term; and the words stand there for ranking. Bigrams would
  /// cost one more posting a character and answer nothing that the phrase of two characters does not.
  func addCJK(_ segment: ctext_segment, _ text: UnsafePointer<UInt8>, _ buffer: inout TokenBuffer) {
    parts.removeAll(keepingCapacity: true)
    overlaps.removeAll(keepingCapacity: true)
    let start = Int(segment.start)
    let end = Int(segment.end)
    var at = start
    while at < end {
      let from = at
      var isCharacter = false
      // One character with its marks, or a run of what is none.
      while at < end {
        var scalar: Int32 = 0
        let length = ctext_decode(text, at, end, &scalar)
        let value = UInt32(max(scalar, 0))
        let isMark = value >= 0x80 && CharacterClasses.isJoinerOrMark(value)
        if !isMark {
          let isNext = value >= 0x1100 && CharacterClasses.isCJK(value)
          if at > from, isNext || isCharacter { break }
          isCharacter = isNext
        }
        at += length
      }
      let term = term(from, at, isASCII: false, text, &buffer)
      guard term.length > 0 else { continue }
      parts.append(
        Part(
          start: from, end: at, termStart: term.start, termLength: term.length,
          kind: isCharacter ? .cjkCharacter : .word, separator: 0, mayHaveCaseParts: false,
          isRelocated: term.start != from))
    }
    guard parts.count > 0 else { return }
    if parts.count == 1 {
      if parts[0].kind == .cjkCharacter { parts[0].kind = .cjkSingle }
    } else {
      let whole: (start: Int, length: Int)
      if parts.contains(where: \.isRelocated) {
        whole = term(start, end, isASCII: false, text, &buffer)
      } else {
        whole = (start, end - start)
      }
      overlaps.append(
        Overlap(
          part: 0, start: start, end: end, termStart: whole.start, termLength: whole.length, kind: .cjkWord))
    }
    addParts(text, &buffer)
  }
}
