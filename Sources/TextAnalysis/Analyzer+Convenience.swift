/// A token with its text and its position: for queries, tests and explanations, not for the indexer.
public struct AnalyzedToken: Hashable, Sendable {
  /// The normalised form.
  public let term: [UInt8]
  /// From 0; overlaps repeat the position of the token that they overlap.
  public let position: Int
  /// Place in the original text, in bytes of its UTF-8.
  public let range: Range<Int>
  /// 1, or 0 for an overlap.
  public let positionIncrement: Int
  public let kind: TokenKind

  /// The normalised form as a string.
  public var text: String { String(decoding: term, as: UTF8.self) }

  public init(term: [UInt8], position: Int, range: Range<Int>, positionIncrement: Int, kind: TokenKind) {
    self.term = term
    self.position = position
    self.range = range
    self.positionIncrement = positionIncrement
    self.kind = kind
  }
}

extension Analyzer {
  /// The tokens of a text of bytes.
  public func tokens(of utf8: [UInt8]) -> [AnalyzedToken] {
    var buffer = TokenBuffer()
    utf8.withUnsafeBytes { analyze($0, into: &buffer) }
    var result: [AnalyzedToken] = []
    result.reserveCapacity(buffer.count)
    var position = -1
    for index in 0..<buffer.count {
      let token = buffer[index]
      position += Int(token.positionIncrement)
      result.append(
        AnalyzedToken(
          term: buffer.term(token), position: position, range: Int(token.start)..<Int(token.end),
          positionIncrement: Int(token.positionIncrement), kind: token.kind))
    }
    return result
  }

  public func tokens(of text: String) -> [AnalyzedToken] { tokens(of: Array(text.utf8)) }
}
