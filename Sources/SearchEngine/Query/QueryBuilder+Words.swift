internal import TextAnalysis

extension QueryBuilder {
  /// One typed word.
  mutating func word(_ text: String, _ scope: QueryScope) throws(IndexError) -> Query? {
    var tokens = analyzer.parts(of: text)
    var parts = tokens.filter { $0.token.positionIncrement > 0 }
    if parts.count > Self.maximumPhrase {
      note("a word of more than \(Self.maximumPhrase) parts; only so many of them were searched")
      parts.removeSubrange(Self.maximumPhrase...)
      let end = parts[parts.count - 1].token.range.upperBound
      tokens.removeAll { $0.token.range.upperBound > end }
    }
    guard let first = parts.first, let last = parts.last else { return nil }
    if parts.contains(where: { $0.token.kind.isCJK }) { return try mixed(tokens, scope) }

    if parts.count > 1 { extraCost += Self.phraseCost }
    let extent = first.token.range.lowerBound..<last.token.range.upperBound
    let overlaps = tokens.filter { $0.token.positionIncrement == 0 }
    var readings: [Query] = []
    if parts.count == 1 {
      var alternatives = try analyzer.alternatives(first, exact: false)
      if !isExcluded, correctionsLeft > 0, tokens.allSatisfy({ $0.token.kind == .word || $0.token.kind == .casePart }),
        let correction = try analyzer.correction(first, alternatives, &correctionsLeft)
      {
        let meant = String(decoding: correction.form, as: UTF8.self)
        if correction.replaces {
          alternatives = correction.alternatives
          note("“\(text)” is not in the memory; searched for “\(meant)” instead (in quotes a word stays as it is)")
        } else {
          alternatives += correction.alternatives.filter { !alternatives.contains($0) }
          note("“\(text)” is not in the memory; searched for “\(meant)” too (in quotes a word stays as it is)")
        }
        corrections[first.form] = (correction.form, alternatives.map(\.stem))
      }
      readings.append(.word(WordQuery(alternatives, scope: scope)))
      // `getUserName` also where the text says "get user name".
      let pieces = overlaps.filter { $0.token.kind == .casePart }
      if pieces.count > 1 {
        if rowsOfPieces < Self.maximumRowsOfPieces {
          readings.append(try row(pieces, scope))
        } else if rowsOfPieces == Self.maximumRowsOfPieces {
          note(
            "the query has many words like getUserName; only the first \(Self.maximumRowsOfPieces) were also searched as"
              + " words in a row")
        }
        rowsOfPieces += 1
      }
    } else {
      readings.append(try row(parts, scope))
    }
    readings += try wholes(of: extent, overlaps, scope)
    return .or(readings)
  }

  /// The readings of a word that was cut as one: `foo_bar` beside foo and bar in a row.
  private func wholes(
    of extent: Range<Int>, _ overlaps: [QueryAnalyzer.Part], _ scope: QueryScope
  ) throws(IndexError) -> [Query] {
    var readings: [Query] = []
    for whole in overlaps
    where (whole.token.kind == .identifier || whole.token.kind == .joined) && whole.token.range.covers(extent) {
      readings.append(.word(WordQuery(try analyzer.alternatives(whole, exact: false), scope: scope)))
    }
    return readings
  }

  /// Words in a row, any form.
  private func row(_ parts: [QueryAnalyzer.Part], _ scope: QueryScope) throws(IndexError) -> Query {
    var words: [PhraseQuery.Word] = []
    for (offset, part) in parts.enumerated() {
      words.append(.init(offset: offset, try analyzer.alternatives(part, exact: false)))
    }
    return .phrase(PhraseQuery(words, scope: scope))
  }

  /// A word that holds text of a script without spaces: its runs in one manner of writing, each for itself. A run that
  /// is a stop word restricts nothing beside another one (`a東京` is not searched by its "a").
  private mutating func mixed(_ tokens: [QueryAnalyzer.Part], _ scope: QueryScope) throws(IndexError) -> Query? {
    let parts = tokens.filter { $0.token.positionIncrement > 0 }
    var readings: [Query] = []
    var stops: [Query] = []
    var start = 0
    while start < parts.count {
      let isCJK = parts[start].token.kind.isCJK
      let end = parts[start...].firstIndex { $0.token.kind.isCJK != isCJK } ?? parts.count
      let run = Array(parts[start..<end])
      let extent = run[0].token.range.lowerBound..<run[run.count - 1].token.range.upperBound
      start = end
      let inside = tokens.filter { extent.covers($0.token.range) }
      if isCJK {
        readings += try ideographs(inside, scope)
      } else if run.count > 1 {
        extraCost += Self.phraseCost
        readings.append(try row(run, scope))
        readings += try wholes(of: extent, inside.filter { $0.token.positionIncrement == 0 }, scope)
      } else {
        let word = Query.word(WordQuery(try analyzer.alternatives(run[0], exact: false), scope: scope))
        if analyzer.isStopWord(run[0].form) { stops.append(word) } else { readings.append(word) }
      }
    }
    if readings.isEmpty { readings = stops }
    return readings.isEmpty ? nil : .or(readings)
  }

  /// Text of a script without spaces: its dictionary words, each as the row of its characters, so that it is found
  /// wherever the characters stand side by side, however the text around them was cut.
  private func ideographs(_ tokens: [QueryAnalyzer.Part], _ scope: QueryScope) throws(IndexError) -> [Query] {
    let parts = tokens.filter { $0.token.positionIncrement > 0 }
    let words = tokens.filter { $0.token.kind == .cjkWord }
    var readings: [Query] = []
    for token in tokens {
      if token.token.kind == .cjkWord {
        let characters = parts.filter { token.token.range.covers($0.token.range) }
        readings.append(try row(characters, scope))
      } else if token.token.positionIncrement > 0 {
        if words.contains(where: { $0.token.range.covers(token.token.range) }) { continue }
        readings.append(.word(WordQuery(try analyzer.alternatives(token, exact: false), scope: scope)))
      }
    }
    return readings
  }

  /// A quoted phrase: the forms as they were typed, stop words included.
  mutating func phrase(_ text: String, _ slop: Int?, _ scope: QueryScope) throws(IndexError) -> Query? {
    var parts = analyzer.parts(of: text).filter { $0.token.positionIncrement > 0 }
    if parts.count > Self.maximumPhrase {
      note("a phrase of more than \(Self.maximumPhrase) words; only so many of them were compared")
      parts.removeSubrange(Self.maximumPhrase...)
    }
    guard let first = parts.first else { return nil }
    var words: [PhraseQuery.Word] = []
    for part in parts {
      words.append(
        .init(
          offset: part.token.position - first.token.position, try analyzer.alternatives(part, exact: true)))
    }
    if words.count == 1 { return .word(WordQuery(words[0].alternatives, scope: scope)) }
    extraCost += Self.phraseCost
    return .phrase(PhraseQuery(words, slop: slop, scope: scope))
  }

  // MARK: Patterns

  mutating func pattern(_ syntax: QuerySyntax, _ scope: QueryScope) throws(IndexError) -> Query? {
    extraCost += Self.patternCost
    switch syntax {
    case .prefix(let text):
      guard let form = normalized(text) else { return try plain(text, scope) }
      return .pattern(PatternQuery(.prefix(form), scope: scope))
    case .fuzzy(let text, let distance):
      guard let form = normalized(text) else { return try plain(text, scope) }
      return .pattern(PatternQuery(.fuzzy(form, distance: distance), scope: scope))
    case .wildcard(let text):
      guard let pattern = normalizedWildcard(text) else { return try plain(text, scope) }
      return .pattern(PatternQuery(.wildcard(pattern), scope: scope))
    case .regexp(let text):
      let lowered = Self.lowercased(text)
      do {
        _ = try RegularExpression(lowered)
      } catch {
        note("/\(text)/ is no regular expression (\(error.reason), character \(error.position)); read as text")
        return try word(text, scope)
      }
      return .pattern(PatternQuery(.regexp(Array(lowered.utf8)), scope: scope))
    default: return nil
    }
  }

  private mutating func plain(_ text: String, _ scope: QueryScope) throws(IndexError) -> Query? {
    note("a pattern must be one word; “\(text)” was read as text")
    return try word(text, scope)
  }

  /// The form of a text that is one word or one identifier; nil if it is more.
  private func normalized(_ text: String) -> [UInt8]? {
    let tokens = analyzer.parts(of: text)
    let parts = tokens.filter { $0.token.positionIncrement > 0 }
    guard let first = parts.first, let last = parts.last else { return nil }
    if parts.count == 1 { return first.form }
    let extent = first.token.range.lowerBound..<last.token.range.upperBound
    return tokens.first { $0.token.kind == .identifier && $0.token.range.covers(extent) }?.form
  }

  /// The literal pieces of a wildcard, normalised one by one.
  private func normalizedWildcard(_ text: String) -> [UInt8]? {
    var pattern: [UInt8] = []
    var literal = ""
    func flush() -> Bool {
      if literal.isEmpty { return true }
      defer { literal = "" }
      guard let form = normalized(literal) else { return !literal.unicodeScalars.contains { $0.isWordLike } }
      for byte in form {
        if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "\\") {
          pattern.append(UInt8(ascii: "\\"))
        }
        pattern.append(byte)
      }
      return true
    }
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        literal.unicodeScalars.append(scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == "*" || scalar == "?" {
        guard flush() else { return nil }
        pattern.append(UInt8(scalar.value))
      } else {
        literal.unicodeScalars.append(scalar)
      }
    }
    return flush() ? pattern : nil
  }

  /// Forms are folded to lower case; the names of classes (`\D`) keep theirs.
  private static func lowercased(_ expression: String) -> String {
    var result = ""
    var isEscaped = false
    for scalar in expression.unicodeScalars {
      if isEscaped {
        result.unicodeScalars.append(scalar)
        isEscaped = false
      } else {
        isEscaped = scalar == "\\"
        result += scalar.properties.lowercaseMapping
      }
    }
    return result
  }
}

extension TokenKind {
  var isCJK: Bool { self == .cjkCharacter || self == .cjkSingle }
}

extension Range where Bound == Int {
  func covers(_ other: Range<Int>) -> Bool { lowerBound <= other.lowerBound && upperBound >= other.upperBound }
}
