/// Finds where a text says what its short forms stand for: `site reliability engineering (SRE)`, `SRE (site reliability
/// engineering)`.
///
/// Held against the MED1250 abstracts by test (`AcronymTests`).
public enum AcronymFinder {
  /// So far a bracket may be from its end, and the long form from its bracket, in bytes.
  private static let longestBracket = 300
  private static let reach = 400

  /// - Returns: Each definition once, in the order of the text. O(length) but for text full of brackets.
  public static func definitions(in text: String) -> [AcronymDefinition] {
    definitions(in: Array(text.utf8))
  }

  /// - Parameter text: UTF-8; what is ill-formed is no letter.
  public static func definitions(in text: [UInt8]) -> [AcronymDefinition] {
    definitions(in: text) { _, _, _ in .either }
  }

  /// Those whose short form is written as one (``AcronymDefinition/isWrittenAsAcronym``). Most brackets of running text
  /// are told by a look at their bytes, before anything is decoded.
  public static func acronyms(in text: [UInt8]) -> [AcronymDefinition] {
    definitions(in: text, where: acronymPlace).filter(\.isWrittenAsAcronym)
  }

  /// Where a short form may stand.
  private enum Place { case nowhere, insideAlone, either }

  /// Where something stands that is as short as a short form and has two bytes that can belong to capitals or digits, one
  /// of them to a capital: in a bracket, or as the word before it. A necessary condition for ``AcronymShape/isShort(_:)``
  /// of either, for those that are written as acronyms.
  private static func acronymPlace(_ text: UnsafeBufferPointer<UInt8>, _ open: Int, _ close: Int) -> Place {
    func isTrimmed(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x22 || byte == 0x27 }
    var before = ShortFormBytes()
    var mayBeBefore = true
    var index = open - 1
    while index >= 0, text[index] <= 0x20 { index -= 1 }
    while index >= 0, text[index] > 0x20 {
      let byte = text[index]
      let isBracket = byte == 0x2C || byte == 0x28 || byte == 0x5B
      // Quotation marks of three bytes are counted, so a few more than one are allowed for.
      guard isBracket || isTrimmed(byte) || before.add(byte) || before.characters < AcronymShape.longest + 6 else {
        mayBeBefore = false
        break
      }
      index -= 1
    }
    if mayBeBefore, before.marks >= 2, before.hasUpperCase { return .either }
    var inside = ShortFormBytes()
    index = open + 1
    while index < close, isTrimmed(text[index]) { index += 1 }
    while index < close, inside.add(text[index]) { index += 1 }
    // It ends here, or a part of it may: at a blank or at a mark of punctuation.
    let mayBeInside = inside.marks >= 2 && inside.hasUpperCase && (index == close || inside.hasBreak)
    return mayBeInside ? .insideAlone : .nowhere
  }

  /// What the bytes of a possible short form hold.
  private struct ShortFormBytes {
    var characters = 0
    var marks = 0
    var hasUpperCase = false
    var hasBreak = false

    /// - Returns: Whether it is still short enough.
    mutating func add(_ byte: UInt8) -> Bool {
      if byte & 0xC0 != 0x80 { characters += 1 }
      let isUpper = byte >= 0x41 && byte <= 0x5A || byte >= 0x80
      if isUpper { hasUpperCase = true }
      if isUpper || byte >= 0x30 && byte <= 0x39 { marks += 1 }
      if byte <= 0x20 || byte == 0x3D || byte == 0xC2 || byte >= 0xE1 { hasBreak = true }
      // One more than a short form has: the mark behind it is looked at too.
      return characters <= AcronymShape.longest + 1
    }
  }

  private static func definitions(
    in text: [UInt8], where place: (UnsafeBufferPointer<UInt8>, Int, Int) -> Place
  ) -> [AcronymDefinition] {
    var found: [AcronymDefinition] = []
    text.withUnsafeBufferPointer { text in
      var index = bracket(text, from: 1)
      while index < text.count {
        defer { index = bracket(text, from: index + 1) }
        guard text[index - 1] <= 0x20, let end = close(text, index) else { continue }
        let place = place(text, index, end)
        guard place != .nowhere, let definition = define(text, index, end, triesBefore: place == .either),
          !found.contains(definition)
        else { continue }
        found.append(definition)
      }
    }
    return found
  }

  /// The next opening bracket; the end where there is none. Most bytes are none: sixteen are looked at together.
  private static func bracket(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    let bytes = UnsafeRawBufferPointer(text)
    let round = SIMD16<UInt8>(repeating: 0x28), square = SIMD16<UInt8>(repeating: 0x5B)
    var index = start
    while index + 16 <= bytes.count {
      let some = bytes.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
      if any((some .== round) .| (some .== square)) { break }
      index += 16
    }
    while index < text.count, text[index] != 0x28, text[index] != 0x5B { index += 1 }
    return min(index, text.count)
  }

  private static func close(_ text: UnsafeBufferPointer<UInt8>, _ open: Int) -> Int? {
    let opening = text[open]
    let closing: UInt8 = opening == 0x28 ? 0x29 : 0x5D
    var depth = 0
    for index in open..<min(text.count, open + longestBracket) {
      if text[index] == opening { depth += 1 }
      if text[index] == closing {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }

  private static func define(
    _ text: UnsafeBufferPointer<UInt8>, _ open: Int, _ close: Int, triesBefore: Bool
  ) -> AcronymDefinition? {
    func decoded(_ range: Range<Int>) -> AcronymText {
      AcronymText(utf8: UnsafeBufferPointer(rebasing: text[range]))
    }
    let inside = decoded(open + 1..<close)
    let short = firstPart(inside).trimmed(isQuote)
    // Most brackets hold no short form and follow none: what stands before them is only decoded where they do.
    let reached = max(0, open - reach)..<open
    if AcronymShape.isShort(short), AcronymAlignment.mayStart(short, in: UnsafeBufferPointer(rebasing: text[reached])) {
      let before = lastSentence(decoded(reached).trimmed()).trimmed { $0 == "," || isQuote($0) }
      if let start = AcronymAlignment(short, before).start() {
        let long = before[wordStart(before, start)..<before.count].trimmed(isQuote)
        if AcronymShape.fits(short, long) { return AcronymDefinition(short: short.string, long: long.string) }
      }
    }
    // The other way round: the short form before the bracket.
    guard triesBefore else { return nil }
    var end = open
    while end > 0, text[end - 1] <= 0x20 { end -= 1 }
    var start = end
    while start > 0, text[start - 1] > 0x20, end - start < longestWord { start -= 1 }
    let outside = decoded(start..<end).trimmed { $0 == "," || $0 == "(" || $0 == "[" || isQuote($0) }
    guard AcronymShape.isShort(outside), outside.hasUpperCase, outside.characters.count(where: \.isWord) > 1 else {
      return nil
    }
    let long = untilComma(inside).trimmed()
    guard let first = AcronymAlignment(outside, long).start(), wordStart(long, first) == 0,
      AcronymShape.fits(outside, long)
    else { return nil }
    return AcronymDefinition(short: outside.string, long: long.string)
  }

  private static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "'", "“", "”", "‘", "’": true
    default: false
    }
  }

  /// A longer word is no short form; in bytes.
  private static let longestWord = 64

  /// A word begins behind a blank or a bracket: what hangs on it with hyphens belongs to it.
  private static func wordStart(_ text: AcronymText, _ start: Int) -> Int {
    var start = start
    while start > 0, !text[start - 1].isSpace,
      !"([{/".unicodeScalars.contains(text[start - 1].scalar)
    { start -= 1 }
    return start
  }

  // MARK: Where a part ends

  /// `SRE, or …`, `SRE; see below`, `SRE = …`: the first of them.
  private static func firstPart(_ text: AcronymText) -> AcronymText {
    for index in 0..<text.count {
      let scalar = text[index].scalar
      let isBeforeSpace = index + 1 < text.count && text[index + 1].isSpace
      if scalar == "=" || (scalar == ";" || scalar == "," || scalar == ":") && isBeforeSpace {
        return text[0..<index]
      }
      if text[index].isSpace {
        var end = index + 1
        while end < text.count, !text[end].isSpace { end += 1 }
        if end < text.count, isTurn(text.characters[index + 1..<end]) { return text[0..<index] }
      }
    }
    return text
  }

  private static let turns: [[Unicode.Scalar]] = ["or", "and", "see", "in", "for", "n"].map { (word: String) in
    Array(word.unicodeScalars)
  }

  private static func isTurn(_ word: ArraySlice<AcronymText.Character>) -> Bool {
    word.count <= 3 && turns.contains { $0.elementsEqual(word.lazy.map(\.scalar)) }
  }

  private static func untilComma(_ text: AcronymText) -> AcronymText {
    for index in 0..<max(0, text.count - 1)
    where text[index + 1].isSpace && ";,:".unicodeScalars.contains(text[index].scalar) {
      return text[0..<index]
    }
    return text
  }

  private static func lastSentence(_ text: AcronymText) -> AcronymText {
    var start = 0
    var index = 1
    while index + 2 < text.count {
      defer { index += 1 }
      guard text[index + 1].isSpace else { continue }
      switch text[index].scalar {
      case ";": start = index + 2
      case ".", ":", "?", "!":
        let last = text[index - 1]
        guard last.isWord && last.folded == last.scalar || last.scalar == ")" else { continue }
        var next = index + 1
        while next < text.count, text[next].isSpace { next += 1 }
        guard next < text.count else { continue }
        let first = text[next]
        if first.folded != first.scalar || first.isNumeric || first.scalar == "\"" || first.scalar == "(" {
          start = next
        }
      default: break
      }
    }
    return text[min(start, text.count)..<text.count]
  }
}
