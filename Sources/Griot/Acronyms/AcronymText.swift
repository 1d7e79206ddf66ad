/// Text as the acronym rules look at it: scalars with what they are, so that no rule decodes.
struct AcronymText {
  struct Character {
    var scalar: Unicode.Scalar
    /// In lower case; the scalar itself where that is several.
    var folded: Unicode.Scalar
    var isWord: Bool
    var isSpace: Bool
  }

  let characters: [Character]

  init(_ text: some StringProtocol) {
    characters = text.unicodeScalars.map { scalar in
      if scalar.isASCII {
        let value = scalar.value
        let isUpper = value >= 0x41 && value <= 0x5A
        let isLetter = isUpper || value >= 0x61 && value <= 0x7A
        return Character(
          scalar: scalar, folded: isUpper ? Unicode.Scalar(UInt8(value | 0x20)) : scalar,
          isWord: isLetter || value >= 0x30 && value <= 0x39,
          isSpace: value == 0x20 || value >= 0x09 && value <= 0x0D)
      }
      let properties = scalar.properties
      let lower = properties.lowercaseMapping.unicodeScalars
      return Character(
        scalar: scalar, folded: lower.count == 1 ? lower.first! : scalar,
        isWord: properties.isAlphabetic || properties.numericType != nil,
        isSpace: properties.isWhitespace)
    }
  }

  init(_ characters: some Sequence<Character>) { self.characters = Array(characters) }

  var count: Int { characters.count }
  subscript(_ index: Int) -> Character { characters[index] }
  subscript(_ range: Range<Int>) -> AcronymText { AcronymText(characters[range]) }

  var string: String {
    var out = String.UnicodeScalarView()
    for character in characters { out.append(character.scalar) }
    return String(out)
  }

  /// Without blanks and the given characters at both ends.
  func trimmed(_ others: String = "") -> AcronymText {
    func goes(_ character: Character) -> Bool {
      character.isSpace || others.unicodeScalars.contains(character.scalar)
    }
    guard let first = characters.firstIndex(where: { !goes($0) }),
      let last = characters.lastIndex(where: { !goes($0) })
    else { return AcronymText([]) }
    return self[first..<last + 1]
  }

  /// Runs of letters and digits: `root-mean-square` is three.
  var tokens: [Range<Int>] { runs { $0.isWord } }
  /// What blanks separate.
  var words: [Range<Int>] { runs { !$0.isSpace } }

  func runs(_ belongs: (Character) -> Bool) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var start: Int?
    for (index, character) in characters.enumerated() {
      if belongs(character) {
        if start == nil { start = index }
      } else if let from = start {
        out.append(from..<index)
        start = nil
      }
    }
    if let start { out.append(start..<characters.count) }
    return out
  }

  func folded(_ range: Range<Int>) -> [Unicode.Scalar] { characters[range].map(\.folded) }

  var isBalanced: Bool {
    var depth = 0
    for character in characters {
      switch character.scalar {
      case "(", "[", "{": depth += 1
      case ")", "]", "}":
        depth -= 1
        if depth < 0 { return false }
      default: break
      }
    }
    return depth == 0
  }

  var hasUpperCase: Bool { characters.contains { $0.folded != $0.scalar } }
}
