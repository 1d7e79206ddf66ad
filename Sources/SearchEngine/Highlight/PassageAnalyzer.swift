public import TextAnalysis

/// The tokens and sentences of passages, for highlighters. Shared by those of several queries that find the same
/// passages (saved searches), it analyses each passage once. One per thread.
public final class PassageAnalyzer {
  /// An array hashes its bytes one by one; this hashes them together.
  private struct Text: Hashable {
    var utf8: [UInt8]

    func hash(into hasher: inout Hasher) { utf8.withUnsafeBytes { hasher.combine(bytes: $0) } }
  }

  /// What was found out about one text.
  private final class Reading {
    var tokens = TokenBuffer()
    var sentences: [Range<Int>]?
  }

  private let analyzer: Analyzer
  let stemmer = Stemmer()
  private lazy var breaks = Sentences()
  private let mostBytes: Int
  private var readings: [Text: Reading] = [:]
  private var bytes = 0
  private let scratch = Reading()

  /// - Parameters:
  ///   - analyzer: How the query and the memory were analysed.
  ///   - remembering: Texts of so many bytes in all are kept with their analysis, which takes some ten times as much.
  public init(_ analyzer: Analyzer.Configuration = Analyzer.Configuration(), remembering mostBytes: Int = 0) {
    self.analyzer = Analyzer(analyzer)
    self.mostBytes = mostBytes
  }

  func withTokens<Result>(
    of utf8: [UInt8], _ body: (_ tokens: UnsafeBufferPointer<Token>, _ arena: UnsafeRawPointer) -> Result
  ) -> Result {
    reading(utf8).tokens.withUnsafeTokens(body)
  }

  /// In order, without gaps.
  func sentences(of utf8: [UInt8]) -> [Range<Int>] {
    guard mostBytes > 0 else { return utf8.withUnsafeBytes { breaks.ranges($0) } }
    let reading = reading(utf8)
    if let known = reading.sentences { return known }
    let sentences = utf8.withUnsafeBytes { breaks.ranges($0) }
    reading.sentences = sentences
    return sentences
  }

  private func reading(_ utf8: [UInt8]) -> Reading {
    guard mostBytes > 0 else {
      utf8.withUnsafeBytes { analyzer.analyze($0, into: &scratch.tokens) }
      return scratch
    }
    let text = Text(utf8: utf8)
    if let known = readings[text] { return known }
    if bytes + utf8.count > mostBytes {
      readings.removeAll()
      bytes = 0
    }
    let reading = Reading()
    utf8.withUnsafeBytes { analyzer.analyze($0, into: &reading.tokens) }
    readings[text] = reading
    bytes += utf8.count
    return reading
  }
}
