/// Text as the acronym rules look at it: scalars with what they are, so that no rule decodes.
struct AcronymText {
  struct Character {
    var scalar: Unicode.Scalar
    /// In lower case; the scalar itself where that is several.
    var folded: Unicode.Scalar
    var isAlphabetic: Bool
    var isNumeric: Bool
    var isSpace: Bool
    var isWord: Bool { isAlphabetic || isNumeric }

    @inline(__always)
    init(_ byte: UInt8) {
      let isUpper = byte &- 0x41 < 26
      scalar = Unicode.Scalar(byte)
      folded = isUpper ? Unicode.Scalar(byte | 0x20) : scalar
      isAlphabetic = isUpper || byte &- 0x61 < 26
      isNumeric = byte &- 0x30 < 10
      isSpace = byte == 0x20 || byte &- 0x09 < 5
    }

    init(_ scalar: Unicode.Scalar) {
      self.init(UInt8(truncatingIfNeeded: scalar.value))
      guard !scalar.isASCII else { return }
      let properties = scalar.properties
      let lower = properties.lowercaseMapping.unicodeScalars
      self.scalar = scalar
      folded = lower.count == 1 ? lower.first! : scalar
      isAlphabetic = properties.isAlphabetic
      isNumeric = properties.numericType != nil
      isSpace = properties.isWhitespace
    }
  }

  let characters: [Character]

  init(_ text: some StringProtocol) { characters = text.unicodeScalars.map { Character($0) } }

  /// - Parameter utf8: What is ill-formed is U+FFFD.
  init(utf8: UnsafeBufferPointer<UInt8>) {
    guard utf8.allSatisfy({ $0 < 0x80 }) else {
      self.init(String(decoding: utf8, as: UTF8.self))
      return
    }
    let characters = [Character](unsafeUninitializedCapacity: utf8.count) { out, count in
      for byte in utf8 {
        out.initializeElement(at: count, to: Character(byte))
        count += 1
      }
    }
    self.init(characters: characters)
  }

  private init(characters: [Character]) { self.characters = characters }

  init(_ characters: some Collection<Character>) { self.characters = Array(characters) }

  var count: Int { characters.count }
  subscript(_ index: Int) -> Character { characters[index] }
  subscript(_ range: Range<Int>) -> AcronymText { AcronymText(characters[range]) }

  var string: String {
    var out = String.UnicodeScalarView()
    for character in characters { out.append(character.scalar) }
    return String(out)
  }

  /// Without blanks and the given characters at both ends.
  func trimmed(_ others: (Unicode.Scalar) -> Bool = { _ in false }) -> AcronymText {
    func goes(_ character: Character) -> Bool { character.isSpace || others(character.scalar) }
    guard let first = characters.firstIndex(where: { !goes($0) }),
      let last = characters.lastIndex(where: { !goes($0) })
    else { return AcronymText([]) }
    return last + 1 - first == count ? self : self[first..<last + 1]
  }

  /// Runs of letters and digits: `root-mean-square` is three.
  var tokens: [Range<Int>] { runs { $0.isWord } }
  /// What blanks separate.
  var words: [Range<Int>] { runs { !$0.isSpace } }
  var wordCount: Int {
    var count = 0
    var isInside = false
    for character in characters {
      if !character.isSpace, !isInside { count += 1 }
      isInside = !character.isSpace
    }
    return count
  }

  func runs(_ belongs: (Character) -> Bool) -> [Range<Int>] {
    var out: [Range<Int>] = []
    out.reserveCapacity(characters.count / 4)
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
