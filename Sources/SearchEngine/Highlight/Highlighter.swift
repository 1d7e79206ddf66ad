public import TextAnalysis

/// A piece of a passage that shows why it was found.
public struct Snippet: Sendable, Equatable {
  /// The piece, unchanged text of the passage.
  public var text: String
  /// Where it stands in the passage, in bytes of UTF-8.
  public var range: Range<Int>
  /// The query's words in `text`, in bytes of UTF-8; ascending, not overlapping.
  public var highlights: [Range<Int>]

  /// The same in the passage.
  public var highlightsInPassage: [Range<Int>] {
    highlights.map { $0.lowerBound + range.lowerBound..<$0.upperBound + range.lowerBound }
  }
}

/// Finds the words of a query in the text of a passage, by analysing it again. One per thread.
public final class Highlighter {
  /// - Parameter languages: Those that the query was analysed with.
  public init(_ query: Query, languages: [Language]) { fatalError("declared, not yet written") }

  /// Every occurrence of the query in the text, in bytes of UTF-8; ascending, not overlapping. Words of a phrase count
  /// only where the phrase stands; a phrase is one range. O(text).
  public func highlights(in utf8: [UInt8]) -> [Range<Int>] { fatalError("declared, not yet written") }

  /// The best window of whole sentences (or, in a long sentence, of whole words) of about `bytes` bytes.
  public func snippet(_ utf8: [UInt8], bytes: Int = 240) -> Snippet { fatalError("declared, not yet written") }
}
