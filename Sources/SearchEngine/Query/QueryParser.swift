/// The query language:
///
/// ```
/// query   = { either }                       things beside each other: ranked, any of the words
/// either  = both { "OR" both }
/// both    = signed { "AND" signed }
/// signed  = ( "+" | "-" | "NOT" ) signed | single
/// single  = "(" query ")" | [ field ":" ] term | field ":" "(" query ")"
/// field   = "title" | "author" | "speaker" | "kind" | "source" | "lang" | "after" | "before"
/// term    = word | '"' words '"' [ "~" n ] | word "*" | wild?card | word "~" [ n ] | "/" regexp "/" | "*"
/// ```
///
/// Anything parses. An operator without operands, a quote without its partner, an unknown field: all are read as text;
/// a parenthesis without its partner is passed over. A note says so. `-` and `+` are operators only after white space
/// (or at the start, or behind an opening parenthesis) and directly before a term, so `foo-bar`, `C++` and `--verbose`
/// are words. A backslash makes the next special character plain.
public struct QueryParser {
  /// Parentheses nested more deeply are read as text.
  public static let maximumDepth = 48
  /// More signs than these before one operand say nothing new.
  private static let maximumSigns = 8

  private var tokens: [QueryLexer.Token]
  private var notes: [QueryNote]
  private var operandStarts: [Bool] = []
  private var at = 0

  /// Reads a query in the full language. Linear in its length.
  public static func parse(_ query: String) -> ParsedQuery {
    var lexer = QueryLexer(query)
    lexer.run()
    var parser = QueryParser(tokens: lexer.tokens, notes: lexer.notes)
    parser.pairParentheses()
    parser.findOperandStarts()
    let syntax = parser.list()
    parser.notes.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    return ParsedQuery(syntax: syntax ?? .list([]), notes: parser.notes)
  }

  /// Reads free text: words only, nothing is an operator.
  public static func parseFree(_ query: String) -> ParsedQuery {
    let words = query.unicodeScalars.split(whereSeparator: QueryLexer.isSpace).map { QuerySyntax.word(String($0)) }
    return ParsedQuery(syntax: words.count == 1 ? words[0] : .list(words))
  }

  private init(tokens: [QueryLexer.Token], notes: [QueryNote]) {
    self.tokens = tokens
    self.notes = notes
  }

  // MARK: Grammar

  private mutating func list() -> QuerySyntax? {
    var items: [QuerySyntax] = []
    while at < tokens.count, tokens[at].kind != .close {
      switch tokens[at].kind {
      case .and, .or: items.append(strayOperator())
      case .not where !startsOperand(at + 1): items.append(strayOperator())
      default:
        if let item = either() { items.append(item) }
      }
    }
    return items.isEmpty ? nil : Self.group(items)
  }

  private mutating func either() -> QuerySyntax? {
    var operands: [QuerySyntax] = []
    if let first = both() { operands.append(first) }
    while at < tokens.count, tokens[at].kind == .or, startsOperand(at + 1) {
      at += 1
      if let next = both() { operands.append(next) }
    }
    return operands.count > 1 ? .or(operands) : operands.first
  }

  private mutating func both() -> QuerySyntax? {
    var operands: [QuerySyntax] = []
    if let first = signed() { operands.append(first) }
    while at < tokens.count, tokens[at].kind == .and, startsOperand(at + 1) {
      at += 1
      if let next = signed() { operands.append(next) }
    }
    return operands.count > 1 ? .and(operands) : operands.first
  }

  /// A run of signs is read in a loop and applied from the inside out: there may be any number of them.
  private mutating func signed() -> QuerySyntax? {
    var signs: [QueryLexer.Kind] = []
    while at < tokens.count {
      let kind = tokens[at].kind
      guard kind == .plus || kind == .minus || kind == .not, startsOperand(at + 1) else { break }
      if signs.count < Self.maximumSigns {
        signs.append(kind)
      } else {
        notes.append(QueryNote(range: tokens[at].range, message: "too many signs in a row; this one was left out"))
      }
      at += 1
    }
    guard var node = single() else { return nil }
    for sign in signs.reversed() {
      if Self.isSigned(node) { node = .list([node]) }
      node = sign == .plus ? .must(node) : .not(node)
    }
    return node
  }

  private mutating func single() -> QuerySyntax? {
    guard at < tokens.count else { return nil }
    let token = tokens[at]
    switch token.kind {
    case .open:
      at += 1
      let inner = list()
      at += 1  // the partner, which pairing guarantees
      if inner == nil { notes.append(QueryNote(range: token.range, message: "nothing stands in the parentheses")) }
      return inner
    case .field(let field):
      at += 1
      return single().map { .field(field, $0) }
    case .term(let term):
      at += 1
      return term
    case .close, .plus, .minus, .and, .or, .not:
      return strayOperator()
    }
  }

  private func startsOperand(_ index: Int) -> Bool { index < tokens.count && operandStarts[index] }

  /// From the back, because a sign starts an operand only if what follows does.
  private mutating func findOperandStarts() {
    operandStarts = Array(repeating: false, count: tokens.count)
    for index in tokens.indices.reversed() {
      operandStarts[index] =
        switch tokens[index].kind {
        case .open, .field, .term: true
        case .plus, .minus, .not: index + 1 < tokens.count && operandStarts[index + 1]
        case .close, .and, .or: false
        }
    }
  }

  private mutating func strayOperator() -> QuerySyntax {
    let token = tokens[at]
    at += 1
    let text =
      switch token.kind {
      case .and: "AND"
      case .or: "OR"
      case .not: "NOT"
      case .plus: "+"
      case .minus: "-"
      case .open: "("
      case .close, .field, .term: ")"
      }
    notes.append(QueryNote(range: token.range, message: "“\(text)” has nothing to act on and was read as text"))
    return .word(text)
  }

  private static func isSigned(_ node: QuerySyntax) -> Bool {
    switch node {
    case .must, .not: true
    default: false
    }
  }

  private static func group(_ items: [QuerySyntax]) -> QuerySyntax {
    items.count == 1 && !isSigned(items[0]) ? items[0] : .list(items)
  }

  // MARK: Parentheses

  /// Passes over parentheses without a partner and those nested too deeply: as words they would stand between an
  /// operator and what it was meant for (`NOT (pump` excludes the pump), and nothing could be found by them.
  private mutating func pairParentheses() {
    var open: [Int] = []
    var left: [Int: String] = [:]
    for index in tokens.indices {
      switch tokens[index].kind {
      case .open: open.append(index)
      case .close:
        if let partner = open.popLast() {
          if open.count >= Self.maximumDepth {
            for deep in [partner, index] {
              left[deep] = "parentheses nest at most \(Self.maximumDepth) deep; this one was passed over"
            }
          }
        } else {
          left[index] = Self.withoutPartner
        }
      default: break
      }
    }
    for index in open { left[index] = Self.withoutPartner }
    guard !left.isEmpty else { return }
    for (index, message) in left { notes.append(QueryNote(range: tokens[index].range, message: message)) }
    tokens = tokens.indices.filter { left[$0] == nil }.map { tokens[$0] }
    keepFieldsWithValues()
  }

  private static let withoutPartner = "a parenthesis without its partner was passed over"

  /// `title:(` may have lost what it applied to, or stand before another field now: such a field is a word.
  private mutating func keepFieldsWithValues() {
    for index in tokens.indices {
      guard case .field(let field) = tokens[index].kind else { continue }
      switch index + 1 < tokens.count ? tokens[index + 1].kind : .close {
      case .open, .term: break
      default: tokens[index].kind = .term(.word(field.rawValue + ":"))
      }
    }
  }
}
