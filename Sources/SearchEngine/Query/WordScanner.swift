/// Reads one word of a query, up to white space or the parenthesis that closes a group, and says what it is: text, a
/// prefix, a wildcard, a fuzzy word, a regular expression, or everything.
struct WordScanner {
  /// Index behind the word.
  private(set) var end: Int
  private(set) var syntax: QuerySyntax
  private(set) var note: String?

  /// The greatest number of edits of a fuzzy word; with more, unrelated words match (Damerau–Levenshtein automata of
  /// search engines end here too).
  static let maximumDistance = 2

  init(_ scalars: [Unicode.Scalar], from start: Int, insideGroup: Bool) {
    var index = start
    var text = String.UnicodeScalarView()
    var pattern = String.UnicodeScalarView()
    var stars = 0
    var questions = 0
    var lastIsStar = false
    var tilde: Int?  // where a bare `~` stands in `text`
    var textAtTilde = 0
    var depth = 0
    var hasQuote = false
    while index < scalars.count {
      let scalar = scalars[index]
      if QueryLexer.isSpace(scalar) { break }
      lastIsStar = false
      switch scalar {
      case ")" where depth == 0 && insideGroup && index > start: break
      case "\\":
        guard index + 1 < scalars.count, !scalars[index + 1].isWordLike else { fallthrough }
        let next = scalars[index + 1]
        if next == "*" || next == "?" || next == "\\" { pattern.append("\\") }
        text.append(next)
        pattern.append(next)
        index += 2
        continue
      default:
        if scalar == "(" { depth += 1 }
        if scalar == ")" { depth -= 1 }
        if scalar == "\"" { hasQuote = true }
        if scalar == "*" {
          stars += 1
          lastIsStar = true
        }
        if scalar == "?" { questions += 1 }
        if scalar == "~" {
          tilde = index
          textAtTilde = text.count
        }
        text.append(scalar)
        if scalar == "\\" { pattern.append("\\") }
        pattern.append(scalar)
        index += 1
        continue
      }
      break
    }
    end = index
    let raw = scalars[start..<index]
    syntax = .word(String(text))
    note = nil

    if raw.count == 4 || raw.count == 3, raw.first == "\\" {
      // `\AND`: the operator's name as a word.
      let name = String(String.UnicodeScalarView(raw.dropFirst()))
      if QueryLexer.operatorWords.contains(name) {
        syntax = .word(name)
        return
      }
    }
    if let body = Self.regexpBody(raw) {
      syntax = .regexp(body)
      return
    }
    if raw.count == 1, raw.first == "*" {
      syntax = .everything
      return
    }
    let letters = text.contains { $0.isWordLike }
    if let tilde, letters, let distance = Self.distance(scalars[(tilde + 1)..<index]) {
      let head = String(String.UnicodeScalarView(text.prefix(textAtTilde)))
      let headHasLetters = head.unicodeScalars.contains { $0.isWordLike }
      if headHasLetters, stars == 0 {
        if distance > Self.maximumDistance { note = "fuzzy words differ by at most \(Self.maximumDistance) edits" }
        syntax = .fuzzy(head, distance: min(distance, Self.maximumDistance))
        return
      }
    }
    // A question mark at the end ends a question.
    var innerQuestions = questions
    var tail = raw[...]
    while innerQuestions > 0, tail.last == "?" {
      tail.removeLast()
      innerQuestions -= 1
      if tail.last == "\\" { break }
    }
    if letters, stars == 1, lastIsStar, innerQuestions == 0, questions == 0 {
      syntax = .prefix(String(String.UnicodeScalarView(text.dropLast())))
    } else if letters, stars + innerQuestions > 0 {
      syntax = .wildcard(String(pattern))
    } else if stars + innerQuestions > 0 {
      note = "a pattern needs at least one letter or digit; read as text"
    } else if hasQuote {
      note = "a quote without its partner was read as text"
    }
  }

  /// `/…/` without an unescaped slash inside: paths such as `/usr/bin/` stay text.
  private static func regexpBody(_ raw: ArraySlice<Unicode.Scalar>) -> String? {
    guard raw.count > 2, raw.first == "/", raw.last == "/" else { return nil }
    let body = raw.dropFirst().dropLast()
    var escaped = false
    for scalar in body {
      if scalar == "/", !escaped { return nil }
      escaped = !escaped && scalar == "\\"
    }
    return escaped ? nil : String(String.UnicodeScalarView(body))
  }

  /// The number behind `~`: nothing means 2; nil if something else than digits stands there.
  private static func distance(_ digits: ArraySlice<Unicode.Scalar>) -> Int? {
    if digits.isEmpty { return maximumDistance }
    guard digits.allSatisfy(\.isASCIIDigit), let value = Int(String(String.UnicodeScalarView(digits))) else {
      return nil
    }
    return value == 0 ? nil : value
  }
}

extension Unicode.Scalar {
  /// A letter or a digit: something that the analyzer can make a term of.
  var isWordLike: Bool { properties.isAlphabetic || properties.numericType != nil }
}
