/// Cuts a query into operators, parentheses, field names and terms. Every input has a reading: what cannot be an
/// operator where it stands is part of a word.
struct QueryLexer {
  enum Kind: Hashable {
    case open, close, plus, minus
    /// AND, OR, NOT in capitals, standing alone.
    case and, or, not
    /// `name:`, always followed directly by a term or `open`.
    case field(QueryField)
    case term(QuerySyntax)
  }

  struct Token: Hashable {
    var kind: Kind
    /// UTF-8 bytes of the query.
    var range: Range<Int>
  }

  static let operatorWords: Set<String> = ["AND", "OR", "NOT"]

  /// Whether a backslash must stand before the character for it to be text. `+`, `-` and `/` mean something only at
  /// the start of a word.
  static func isSpecial(_ scalar: Unicode.Scalar, atStart: Bool) -> Bool {
    switch scalar {
    case "\"", "(", ")", "*", "?", "~", "\\", ":", "“", "”", "„", "«", "»": true
    case "+", "-", "/": atStart
    default: isSpace(scalar)
    }
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    // Asking for a property costs more than all else that is done with a character.
    scalar.isASCII ? scalar == " " || (0x09...0x0D).contains(scalar.value) : scalar.properties.isWhitespace
  }

  /// The characters that close a quotation opened by `scalar`, or nil if it opens none.
  static func closers(of scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
    switch scalar {
    case "\"": ["\""]
    case "“": ["”", "\""]
    case "„": ["“", "”", "\""]
    case "«": ["»"]
    case "»": ["«"]
    default: nil
    }
  }

  private let scalars: [Unicode.Scalar]
  /// The UTF-8 offset of each scalar, and of the end.
  private let offsets: [Int]
  private var at = 0
  private var openGroups = 0
  private(set) var tokens: [Token] = []
  private(set) var notes: [QueryNote] = []

  init(_ query: String) {
    scalars = Array(query.unicodeScalars)
    var offsets: [Int] = []
    offsets.reserveCapacity(scalars.count + 1)
    var offset = 0
    for scalar in scalars {
      offsets.append(offset)
      offset += scalar.utf8Width
    }
    offsets.append(offset)
    self.offsets = offsets
  }

  /// Reads the whole query. Linear in its length.
  mutating func run() {
    while at < scalars.count {
      if Self.isSpace(scalars[at]) {
        at += 1
      } else {
        readToken(afterSpace: at == 0 || Self.isSpace(scalars[at - 1]) || scalars[at - 1] == "(")
      }
    }
  }

  private mutating func readToken(afterSpace: Bool) {
    let scalar = scalars[at]
    switch scalar {
    case "(":
      append(.open, length: 1)
      openGroups += 1
      return
    case ")":
      // Where no group is open the parser passes over it; within a word (`a)`, `:)`) it is text there.
      append(.close, length: 1)
      openGroups = max(0, openGroups - 1)
      return
    case "+" where afterSpace && startsTerm(at + 1):
      return append(.plus, length: 1)
    case "-" where afterSpace && startsTerm(at + 1):
      return append(.minus, length: 1)
    default: break
    }
    if readField() { return }
    if readPhrase() { return }
    readWord()
  }

  private mutating func append(_ kind: Kind, length: Int) {
    tokens.append(Token(kind: kind, range: offsets[at]..<offsets[at + length]))
    at += length
  }

  /// Whether something that an operator can act on starts here: `--verbose`, `->` and `- a` are text.
  private func startsTerm(_ index: Int) -> Bool {
    guard index < scalars.count else { return false }
    let scalar = scalars[index]
    return !Self.isSpace(scalar) && scalar != "+" && scalar != "-" && scalar != ")" && scalar != ">"
  }

  // MARK: Fields

  private mutating func readField() -> Bool {
    var end = at
    while end < scalars.count, scalars[end].isASCII, (0x61...0x7A).contains(scalars[end].value | 0x20) { end += 1 }
    guard end > at, end < scalars.count, scalars[end] == ":" else { return false }
    let name = String(String.UnicodeScalarView(scalars[at..<end]))
    let next = end + 1
    let range = offsets[at]..<offsets[end + 1]
    let hasValue = next < scalars.count && !Self.isSpace(scalars[next]) && scalars[next] != ")"
    guard let field = QueryField(rawValue: name.lowercased()) else {
      if hasValue, scalars[next] != "/", scalars[next] != "\\", scalars[next] != ":", name.utf8.count > 1 {
        let known = QueryField.allCases.map { $0.rawValue + ":" }.joined(separator: " ")
        note(range, "“\(name):” is not a field and was read as text (fields: \(known))")
      }
      return false
    }
    guard hasValue else {
      note(range, "“\(name):” has no value and was read as text (write \(name.lowercased()):value without a space)")
      return false
    }
    append(.field(field), length: next - at)
    if scalars[at] == "(" {
      append(.open, length: 1)
      openGroups += 1
    } else if !readPhrase() {
      readWord()
    }
    return true
  }

  // MARK: Phrases

  private mutating func readPhrase() -> Bool {
    guard let closers = Self.closers(of: scalars[at]) else { return false }
    var text = String.UnicodeScalarView()
    var index = at + 1
    while index < scalars.count, !closers.contains(scalars[index]) {
      if scalars[index] == "\\", index + 1 < scalars.count, scalars[index + 1] == "\\" || scalars[index + 1] == "\"" {
        index += 1
      }
      text.append(scalars[index])
      index += 1
    }
    guard index < scalars.count else { return false }
    index += 1
    var slop: Int?
    if index < scalars.count, scalars[index] == "~" {
      var end = index + 1
      while end < scalars.count, scalars[end].isASCIIDigit { end += 1 }
      if end > index + 1 {
        let digits = String(String.UnicodeScalarView(scalars[(index + 1)..<end]))
        slop = Int(digits) ?? Self.maximumSlop
        if slop! > Self.maximumSlop {
          note(offsets[index]..<offsets[end], "distances end at \(Self.maximumSlop)")
          slop = Self.maximumSlop
        }
        index = end
      }
    }
    if text.allSatisfy(Self.isSpace) {
      note(offsets[at]..<offsets[index], "nothing stands between the quotes")
    }
    append(.term(.phrase(String(text), slop: slop)), length: index - at)
    return true
  }

  /// Beyond this a distance means "in the same passage", for passages of any size.
  static let maximumSlop = 1000

  // MARK: Words

  private mutating func readWord() {
    let word = WordScanner(scalars, from: at, insideGroup: openGroups > 0)
    let range = offsets[at]..<offsets[word.end]
    if let message = word.note { note(range, message) }
    let raw = scalars[at..<word.end]
    let kind: Kind =
      if Self.reads(raw, "AND") {
        .and
      } else if Self.reads(raw, "OR") {
        .or
      } else if Self.reads(raw, "NOT") {
        .not
      } else {
        .term(word.syntax)
      }
    append(kind, length: word.end - at)
  }

  private static func reads(_ raw: ArraySlice<Unicode.Scalar>, _ name: StaticString) -> Bool {
    raw.count == name.utf8CodeUnitCount
      && zip(raw, UnsafeBufferPointer(start: name.utf8Start, count: raw.count)).allSatisfy { $0.value == UInt32($1) }
  }

  private mutating func note(_ range: Range<Int>, _ message: String) {
    notes.append(QueryNote(range: range, message: message))
  }
}

extension Unicode.Scalar {
  /// Bytes in UTF-8.
  var utf8Width: Int { value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x10000 ? 3 : 4 }
  var isASCIIDigit: Bool { value >= 0x30 && value <= 0x39 }
}
