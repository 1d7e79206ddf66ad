/// What may be a short form, and what may be its long one, apart from their letters.
enum AcronymShape {
  private static let noShortForms: [[Unicode.Scalar]] = [
    "fig", "figs", "ref", "refs", "table", "see", "eg", "ie", "e.g", "i.e", "vs", "mean", "range",
    "group", "type", "year",
    "male", "female",
  ].map { (word: String) in Array(word.unicodeScalars) }

  /// Characters of a short form.
  static let longest = 14

  static func isShort(_ text: AcronymText) -> Bool {
    guard (1...longest).contains(text.count), text[0].isWord, text.isBalanced, text.wordCount <= 2,
      text.characters.contains(where: \.isAlphabetic)
    else { return false }
    let first = text.characters.prefix(while: \.isWord)
    if noShortForms.contains(where: { $0.elementsEqual(first.lazy.map(\.folded)) }) { return false }
    if text.count == 1, text[0].scalar == "n" { return false }
    for (index, character) in text.characters.enumerated() {
      switch character.scalar {
      case "<", ">", "=", "%", ";": return false
      default: break
      }
      guard character.isNumeric else { continue }
      // `10 M`, `0.1 mM`, `P 0.05`: measures.
      if index + 1 < text.count, text[index + 1].isSpace { return false }
      if index > 0, text[index - 1].scalar == "." { return false }
    }
    // Numbers of chapters and panels.
    if text.characters.allSatisfy({ $0.folded == "i" || $0.folded == "v" || $0.folded == "x" }) { return false }
    if !text.hasUpperCase { return text.count <= 5 && text.wordCount == 1 }
    let isName =
      text.count > 5
      && text.characters.dropFirst().allSatisfy { $0.folded == $0.scalar && $0.isWord }
    return !isName
  }

  static func fits(_ short: AcronymText, _ long: AcronymText) -> Bool {
    guard long.count > short.count, long.count >= 4, long.isBalanced else { return false }
    let letters = short.characters.count(where: \.isWord)
    let words = long.words
    guard words.count <= min(letters + 5, 2 * letters + 1) else { return false }
    // A short form does not explain itself.
    let folded = short.folded(0..<short.count)
    if words.contains(where: { long.folded($0) == folded }) { return false }
    let pieces = long.runs { !$0.isSpace && $0.scalar != "-" && $0.scalar != "/" }
    if pieces.contains(where: { long[$0].string == short.string }) { return false }
    // In lower case it may be any word: then only initials are believed.
    if letters > 1, !short.hasUpperCase, words.count > 2 {
      return AcronymAlignment(short, long).initials() != nil
    }
    return true
  }
}
