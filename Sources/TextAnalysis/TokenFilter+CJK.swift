import CKernels

extension TokenFilter {
  /// Han, Kana and Hangul (user-needs R18): every character takes a position, the dictionary's word overlaps the first
  /// of its characters.
  ///
  /// So any substring is an exact phrase of its characters, however a dictionary cuts the text around it, also across
  /// the spaces of Korean; a query of one character is a term; and the words stand there for ranking. Bigrams would
  /// cost one more posting a character and answer nothing that the phrase of two characters does not.
  mutating func addCJK(_ segment: ctext_segment, _ buffer: inout TokenBuffer) {
    let start = Int(segment.start)
    let end = Int(segment.end)
    var at = start
    var characters = 0
    var isWholeInPlace = true
    while at < end {
      let from = at
      var character: Int32 = 0
      at = ctext_cjk_unit(text, at, end, classes, &character)
      let isCharacter = character != 0
      let term = term(from, at, isASCII: false, &buffer)
      isWholeInPlace = isWholeInPlace && term.start == from && term.length == at - from
      guard term.length > 0 else { continue }
      characters += 1
      add(
        Part(
          start: from, end: at, termStart: term.start, termLength: term.length,
          kind: isCharacter ? .cjkCharacter : .word, separator: 0, mayHaveCaseParts: false,
          isRelocated: term.start != from), &buffer)
    }
    guard partCount > 0 else { return }
    if characters == 1 {
      if parts[0].kind == .cjkCharacter { parts[0].kind = .cjkSingle }
    } else if !isOverfull {
      let whole = isWholeInPlace ? (start: start, length: end - start) : term(start, end, isASCII: false, &buffer)
      add(
        Overlap(part: 0, start: start, end: end, termStart: whole.start, termLength: whole.length, kind: .cjkWord))
    }
    addParts(&buffer)
  }
}
