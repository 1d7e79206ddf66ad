/// The printed form is canonical: `QueryParser.parse(syntax.description).syntax == syntax` for every tree that the
/// parser makes.
extension QuerySyntax: CustomStringConvertible {
  public var description: String {
    var out = ""
    switch self {
    case .list(let items): Self.write(items, separator: " ", to: &out) { $0.write(to: &$1, inside: .list) }
    default: write(to: &out, inside: .list)
    }
    return out
  }

  /// How tightly the surroundings bind; a node that binds less tightly is put in parentheses.
  private enum Surroundings: Int {
    case list, or, and, operand
  }

  private func write(to out: inout String, inside surroundings: Surroundings) {
    let own: Surroundings =
      switch self {
      case .or: .or
      case .and: .and
      default: .operand
      }
    let isNestedList = if case .list = self { true } else { false }
    let sameKind = own == surroundings && own != .operand
    let isSigned =
      switch self {
      case .must, .not: surroundings == .operand
      default: false
      }
    if isNestedList || isSigned || sameKind || own.rawValue < surroundings.rawValue {
      out += "("
      writeBare(to: &out)
      out += ")"
    } else {
      writeBare(to: &out)
    }
  }

  private func writeBare(to out: inout String) {
    switch self {
    case .word(let text): Self.writeWord(text, to: &out)
    case .phrase(let text, let slop):
      out += "\""
      for character in text.unicodeScalars {
        if character == "\"" || character == "\\" { out += "\\" }
        out.unicodeScalars.append(character)
      }
      out += "\""
      if let slop { out += "~\(slop)" }
    case .prefix(let text):
      Self.writeEscaped(text, to: &out)
      out += "*"
    case .wildcard(let pattern):
      // The pattern keeps its own backslashes; everything else that is special is escaped.
      Self.writePattern(pattern, to: &out)
    case .fuzzy(let text, let distance):
      Self.writeEscaped(text, to: &out)
      out += "~\(distance)"
    case .regexp(let pattern): out += "/\(pattern)/"
    case .everything: out += "*"
    case .field(let field, let value):
      out += field.rawValue + ":"
      if case .field = value {
        out += "(\(value))"
      } else {
        value.write(to: &out, inside: .operand)
      }
    case .must(let operand):
      out += "+"
      operand.write(to: &out, inside: .operand)
    case .not(let operand):
      out += "-"
      operand.write(to: &out, inside: .operand)
    case .and(let operands): Self.write(operands, separator: " AND ", to: &out) { $0.write(to: &$1, inside: .and) }
    case .or(let operands): Self.write(operands, separator: " OR ", to: &out) { $0.write(to: &$1, inside: .or) }
    case .list(let items): Self.write(items, separator: " ", to: &out) { $0.write(to: &$1, inside: .list) }
    }
  }

  private static func write(
    _ items: [QuerySyntax], separator: String, to out: inout String, each: (QuerySyntax, inout String) -> Void
  ) {
    for (index, item) in items.enumerated() {
      if index > 0 { out += separator }
      each(item, &out)
    }
  }

  private static func writeWord(_ text: String, to out: inout String) {
    if QueryLexer.operatorWords.contains(text) { out += "\\" }
    writeEscaped(text, to: &out)
  }

  private static func writeEscaped(_ text: String, to out: inout String) {
    var atStart = true
    for scalar in text.unicodeScalars {
      if QueryLexer.isSpecial(scalar, atStart: atStart) { out += "\\" }
      out.unicodeScalars.append(scalar)
      atStart = false
    }
  }

  /// `*`, `?` and backslashes stand for themselves in a pattern, which keeps the backslashes of its own literals.
  private static func writePattern(_ pattern: String, to out: inout String) {
    var atStart = true
    for scalar in pattern.unicodeScalars {
      let isOwn = scalar == "*" || scalar == "?" || scalar == "\\"
      if !isOwn, QueryLexer.isSpecial(scalar, atStart: atStart) { out += "\\" }
      out.unicodeScalars.append(scalar)
      atStart = false
    }
  }
}
