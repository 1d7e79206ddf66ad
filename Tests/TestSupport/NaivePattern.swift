public import SearchEngine

/// Patterns by their definition, over characters (Unicode scalars).
public enum NaivePattern {
  public static func matches(_ pattern: PatternQuery.Pattern, _ form: String) -> Bool {
    switch pattern {
    case .prefix(let bytes): return Array(form.utf8).starts(with: bytes)
    case .wildcard(let bytes):
      return wildcard(
        Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...], Array(form.unicodeScalars)[...])
    case .fuzzy(let bytes, let distance):
      return edits(Array(String(decoding: bytes, as: UTF8.self).unicodeScalars), Array(form.unicodeScalars)) <= distance
    case .regexp: return false
    }
  }

  private static func wildcard(_ pattern: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return (text.startIndex...text.endIndex).contains { wildcard(pattern.dropFirst(), text[$0...]) }
    }
    guard let character = text.first else { return false }
    if first == "?" { return wildcard(pattern.dropFirst(), text.dropFirst()) }
    if first == "\\", let literal = pattern.dropFirst().first {
      return literal == character && wildcard(pattern.dropFirst(2), text.dropFirst())
    }
    return first == character && wildcard(pattern.dropFirst(), text.dropFirst())
  }

  /// Optimal string alignment: insertions, deletions, substitutions, exchanges of neighbours.
  static func edits(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var d = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { d[i][0] = i }
    for j in 0...b.count { d[0][j] = j }
    for i in stride(from: 1, through: a.count, by: 1) {
      for j in stride(from: 1, through: b.count, by: 1) {
        d[i][j] = min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { d[i][j] = min(d[i][j], d[i - 2][j - 2] + 1) }
      }
    }
    return d[a.count][b.count]
  }
}
