internal import TextAnalysis

/// A word that a query wants, as the second phase of ranking sees it: without operators, with its place.
public struct QueryWord: Sendable, Hashable {
  /// What it may stand for in the index, as in `WordQuery.alternatives`.
  public var stems: [[UInt8]]
  /// As it was typed, folded.
  public var form: [UInt8]
  /// Its place among all words of the query, stop words included.
  public var position: Int
  /// The number of all words of the query.
  public var total: Int
  /// Words that were typed as one (`high-speed`) have the same number; nil for a word of its own.
  public var compound: Int?

  public init(stems: [[UInt8]], form: [UInt8], position: Int, total: Int = 0, compound: Int? = nil) {
    self.stems = stems
    self.form = form
    self.position = position
    self.total = total
    self.compound = compound
  }
}

extension QueryAnalyzer {
  /// The words of a query that may match, in the order in which they were typed: no excluded ones, no filters, no
  /// patterns; stop words only where there is nothing else. Ideographs are left to the first phase.
  ///
  /// - Parameter corrections: What stands for words that the index does not hold, by their forms.
  func words(
    of syntax: QuerySyntax, _ corrections: [[UInt8]: (form: [UInt8], stems: [[UInt8]])]
  ) throws(IndexError) -> [QueryWord] {
    var texts: [String] = []
    Self.collect(syntax, into: &texts)
    var content: [QueryWord] = []
    var stops: [QueryWord] = []
    var position = 0
    for (number, text) in texts.enumerated() {
      if content.count >= QueryBuilder.maximumWords { break }
      let parts = parts(of: text).filter { $0.token.positionIncrement > 0 && !$0.token.kind.isCJK }
      for part in parts {
        let meant = corrections[part.form]
        var stems = meant?.stems ?? []
        if stems.isEmpty { stems = try alternatives(part, exact: false).map(\.stem) }
        let word = QueryWord(
          stems: stems, form: meant?.form ?? part.form, position: position, total: 0,
          compound: parts.count > 1 ? number : nil)
        position += 1
        if isStopWord(part.form) { stops.append(word) } else { content.append(word) }
      }
    }
    var words = content.isEmpty ? stops : content
    for index in words.indices { words[index].total = position }
    return words
  }

  private static func collect(_ syntax: QuerySyntax, into texts: inout [String]) {
    switch syntax {
    case .word(let text): texts.append(text)
    case .phrase(let text, _): texts.append(text)
    case .must(let operand): collect(operand, into: &texts)
    case .field(.title, let operand): collect(operand, into: &texts)
    case .and(let operands), .or(let operands), .list(let operands):
      for operand in operands { collect(operand, into: &texts) }
    default: break
    }
  }
}
