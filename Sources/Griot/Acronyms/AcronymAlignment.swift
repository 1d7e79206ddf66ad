/// Finds where the long form of a short one begins, in text that ends with it.
///
/// Two strategies, the stricter one first, in the manner of Ab3P (Sohn, Comeau, Kim, Wilbur, "Abbreviation definition
/// identification based on automatic precision estimates", 2008):
/// 1. every letter is the initial of a word, with only function words left out;
/// 2. the cheapest alignment from right to left in which words may be left out, and a word may give several of its
///    letters, its initial among them or, dearer, not. The first letter is always an initial (as with Schwartz and
///    Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text", 2003).
struct AcronymAlignment {
  private let text: AcronymText
  private let tokens: [Range<Int>]
  private let letters: [Unicode.Scalar]
  private let isPlural: Bool

  init(_ short: AcronymText, _ text: AcronymText) {
    self.text = text
    tokens = text.tokens
    letters = short.characters.filter(\.isWord).map(\.folded)
    let last = short.characters.suffix(2)
    isPlural =
      letters.count > 2 && last.count == 2 && last.last!.scalar == "s"
      && last.first!.folded != last.first!.scalar
  }

  /// Whether a short form may find its long one in a text, by a look at its bytes: a necessary condition of ``start()``,
  /// for nine brackets of ten say something else.
  ///
  /// Either every letter is the initial of a word, or its letters stand in this order in the last words that
  /// ``cheapest(_:)`` looks at, the first of them as an initial.
  static func mayStart(_ short: AcronymText, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    var letters: [UInt8] = []
    for character in short.characters where character.isWord {
      guard character.folded.isASCII else { return true }
      letters.append(UInt8(character.folded.value))
    }
    guard letters.count > 1 else { return true }
    let reach = reach(letters.count)
    // The last letter may be that of a plural.
    let mayBePlural = letters.count > 2 && letters.last == 0x73
    if mayBePlural { letters.removeLast() }
    var next = letters.count - 1
    var nextInitial = next
    var tokens = 0
    var tokenEnd = 0
    // Initials go from word to word: another one that is no function word ends them.
    var mayBeInitials = true
    var isInside = false
    var index = text.count
    while index > 0 {
      index -= 1
      let byte = text[index]
      guard byte < 0x80 else { return true }
      guard isWord(byte) else {
        isInside = false
        continue
      }
      if !isInside {
        tokens += 1
        tokenEnd = index + 1
        if tokens > reach, !mayBeInitials { return false }
      }
      isInside = true
      let isInitial = index == 0 || text[index - 1] < 0x80 && !isWord(text[index - 1])
      let folded = byte | (byte &- 0x41 < 26 ? 0x20 : 0)
      if tokens <= reach, folded == letters[next], next > 0 || isInitial {
        if next == 0 { return true }
        next -= 1
      }
      guard isInitial, mayBeInitials else { continue }
      if folded == letters[nextInitial] {
        if nextInitial == 0 { return true }
        nextInitial -= 1
      } else if !mayBePlural, tokens == 1 || tokenEnd - index > longestFunctionWord {
        mayBeInitials = false
      }
    }
    return false
  }

  private static func isWord(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }

  /// How many words ``cheapest(_:)`` looks at.
  private static func reach(_ letters: Int) -> Int { max(2 * letters, letters + 5) }

  /// The index in the text at which the long form begins.
  func start() -> Int? {
    guard !letters.isEmpty else { return nil }
    if letters.count == 1 { return single() }
    if let start = initials() { return start }
    if let start = cheapest(letters) { return start }
    return isPlural ? cheapest(Array(letters.dropLast())) : nil
  }

  /// A single letter stands for the word right before it.
  private func single() -> Int? {
    guard let last = text.words.last, last.count >= 4, last.upperBound == text.count,
      text[text.count - 1].isWord,
      text[last.lowerBound].folded == letters[0], letters[0].properties.isAlphabetic
    else { return nil }
    return last.lowerBound
  }

  func initials() -> Int? {
    let letters = isPlural ? letters.dropLast() : letters[...]
    var letter = letters.count - 1
    var token = tokens.count - 1
    while letter >= 0 {
      guard token >= 0 else { return nil }
      if text[tokens[token].lowerBound].folded == letters[letter] {
        letter -= 1
      } else if token == tokens.count - 1 || !Self.isFunctionWord(text.folded(tokens[token])) {
        return nil
      }
      token -= 1
    }
    return tokens[token + 1].lowerBound
  }

  // MARK: The cheapest alignment

  private struct Way {
    var cost: Int
    /// The token with the first letter.
    var start: Int
  }

  // In hundredths of a word left out.
  private static let leftOut = 100
  private static let leftOutFunctionWord = 20
  private static let furtherLetter = 25
  private static let withoutInitial = 90
  private static let allowance = (base: 55, each: 45)

  private func cheapest(_ letters: [Unicode.Scalar]) -> Int? {
    let count = letters.count
    let tokens = tokens.suffix(Self.reach(count))
    guard !tokens.isEmpty, count <= 14 else { return nil }
    // ways[k]: the first k letters in the tokens so far; `next`, with one more of them.
    var ways = [Way?](repeating: nil, count: count + 1)
    var next = ways
    text.characters.withUnsafeBufferPointer { characters in
      letters.withUnsafeBufferPointer { letters in
        for (number, token) in tokens.enumerated() {
          ways[0] = Way(cost: 0, start: number)
          let word = UnsafeBufferPointer(rebasing: characters[token])
          let isFunctionWord = word.count <= Self.longestFunctionWord && Self.isFunctionWord(word.map(\.folded))
          let skipped = isFunctionWord ? Self.leftOutFunctionWord : Self.leftOut
          for k in 1...count {
            var best = ways[k].map { Way(cost: $0.cost + skipped, start: $0.start) }
            func offer(_ before: Way?, _ cost: Int, _ start: Int?) {
              guard let before else { return }
              let cost = before.cost + cost
              if let found = best, found.cost <= cost { return }
              best = Way(cost: cost, start: start ?? before.start)
            }
            // The word gives the letters from j on.
            for j in stride(from: k - 1, through: 0, by: -1) {
              let further = Self.furtherLetter * (k - 1 - j)
              if word[0].folded == letters[j], Self.holds(word, from: 1, letters, j + 1..<k) {
                offer(ways[j], further, j == 0 ? number : nil)
              }
            }
            for j in stride(from: k - 1, to: 0, by: -1) {
              guard Self.holds(word, from: 0, letters, j..<k) else { break }
              offer(ways[j], Self.withoutInitial + Self.furtherLetter * (k - 1 - j), nil)
            }
            next[k] = best
          }
          swap(&ways, &next)
        }
      }
    }
    guard let way = ways[count], way.cost <= Self.allowance.base + Self.allowance.each * count else { return nil }
    return tokens[tokens.startIndex + way.start].lowerBound
  }

  /// Whether the letters of a range stand in the word in this order, from one of its characters on.
  private static func holds(
    _ word: UnsafeBufferPointer<AcronymText.Character>, from start: Int,
    _ letters: UnsafeBufferPointer<Unicode.Scalar>, _ range: Range<Int>
  ) -> Bool {
    var at = start
    for index in range {
      let letter = letters[index]
      while at < word.count, word[at].folded != letter { at += 1 }
      if at >= word.count { return false }
      at += 1
    }
    return true
  }

  /// Words that acronyms pass over, in the languages of Latin script that have such words most.
  private static let functionWords: Set<[Unicode.Scalar]> = Set(
    "the a an of in on for to and or with by from at as de la et und der die das des du le les y el"
      .split(separator: " ")
      .map { Array($0.unicodeScalars) })

  private static let longestFunctionWord = 4

  static func isFunctionWord(_ word: [Unicode.Scalar]) -> Bool { functionWords.contains(word) }
}
