public import SearchEngine
internal import TextAnalysis

/// Makes the oracle's documents from what an index is given, by the rules of design §4 and §5 written out plainly.
public final class NaiveAnalysis {
  private let analyzer = Analyzer()
  private let stemmer = Stemmer()
  private let weights: FieldWeights

  public init(weights: FieldWeights = FieldWeights()) { self.weights = weights }

  public func document(_ document: IndexDocument) -> NaiveDocument {
    var passages: [NaiveDocument.Passage] = []
    for source in document.passages {
      var passage = NaiveDocument.Passage([])
      var position = 0
      passage.length = 0
      append(document.title, Int(weights.title), document, &passage, &position)
      passage.titleEnd = position
      if position > 0 { position += 1 }
      let headingStart = position
      append(source.heading, Int(weights.heading), document, &passage, &position)
      if position > headingStart { position += 1 }
      passage.bodyStart = position
      append(source.body, 1, document, &passage, &position)
      passage.bodyEnd = position
      passage.continues = source.continues
      if let before = passages.last, source.continues {
        passage.positionBase = before.positionBase + before.bodyEnd - passage.bodyStart
      }
      passages.append(passage)
    }
    var result = NaiveDocument(passages)
    result.key = document.key
    result.mentions = document.mentions
    for value in document.columns {
      let name = RandomCorpus.schema.columns[value.column].name
      switch value.value {
      case .integer(let number): result.numbers[name] = number
      case .bytes(let bytes): result.keywords[name, default: []].append(String(decoding: bytes, as: UTF8.self))
      }
    }
    return result
  }

  /// Words stand one position apart and are emitted `weight` times. Behind a title or heading that has words the caller
  /// leaves one position empty.
  private func append(
    _ text: [UInt8], _ weight: Int, _ document: IndexDocument, _ passage: inout NaiveDocument.Passage,
    _ position: inout Int
  ) {
    let tokens = analyzer.tokens(of: text)
    for token in tokens {
      let word = NaiveDocument.Token(
        position + token.position, String(decoding: stemmer.stem(token.term, document.language), as: UTF8.self),
        form: String(decoding: stemmer.fold(token.term), as: UTF8.self))
      for _ in 0..<weight { passage.tokens.append(word) }
      if token.positionIncrement > 0 { passage.length += weight }
    }
    if let last = tokens.last { position += last.position + 1 }
  }
}
