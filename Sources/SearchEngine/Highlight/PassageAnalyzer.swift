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
    /// For each token the number of its term, of remembered texts.
    var numbers: [UInt32] = []
    var sentences: [Range<Int>]?
  }

  private let analyzer: Analyzer
  let stemmer = Stemmer()
  private lazy var breaks = Sentences()
  private let mostBytes: Int
  private var readings: [Text: Reading] = [:]
  private var bytes = 0
  private let scratch = Reading()
  /// The distinct terms of all remembered texts, numbered.
  private var terms = TermMemo()
  private var termCount = 0
  /// For each of them what the highlighter that looked at it last made of it.
  private var verdicts: [Verdict] = []
  private var highlighters: UInt32 = 0

  /// What a highlighter found out about a term, so that it looks at each once, whatever texts it stands in.
  struct Verdict {
    /// The highlighter's number; 0: nobody's.
    var owner: UInt32 = 0
    var value: UInt32 = 0
  }

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

  var remembers: Bool { mostBytes > 0 }

  /// A number for a highlighter, to sign its verdicts with.
  func newHighlighter() -> UInt32 {
    highlighters &+= 1
    if highlighters == 0 {
      verdicts = Array(repeating: Verdict(), count: verdicts.count)
      highlighters = 1
    }
    return highlighters
  }

  /// As ``withTokens(of:_:)``, of an analyzer that remembers, with the number of each token's term and what was made of
  /// the terms so far, by number.
  func withNumberedTokens(
    of utf8: [UInt8],
    _ body: (
      _ tokens: UnsafeBufferPointer<Token>, _ arena: UnsafeRawPointer, _ numbers: UnsafeBufferPointer<UInt32>,
      _ verdicts: UnsafeMutableBufferPointer<Verdict>
    ) -> Void
  ) {
    let reading = reading(utf8)
    verdicts.withUnsafeMutableBufferPointer { verdicts in
      reading.numbers.withUnsafeBufferPointer { numbers in
        reading.tokens.withUnsafeTokens { tokens, arena in body(tokens, arena, numbers, verdicts) }
      }
    }
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
    let reading = Reading()
    utf8.withUnsafeBytes { analyzer.analyze($0, into: &reading.tokens) }
    if bytes + utf8.count > mostBytes || termCount + reading.tokens.count > TermMemo.most { forget() }
    number(reading)
    readings[text] = reading
    bytes += utf8.count
    return reading
  }

  private func forget() {
    readings.removeAll()
    bytes = 0
    terms = TermMemo()
    termCount = 0
    verdicts.removeAll()
  }

  private func number(_ reading: Reading) {
    reading.numbers.reserveCapacity(reading.tokens.count)
    reading.tokens.withUnsafeTokens { tokens, arena in
      for token in tokens {
        let term = UnsafeRawBufferPointer(start: arena + Int(token.termStart), count: Int(token.termLength))
        if let number = terms.value(term, token.hash) {
          reading.numbers.append(UInt32(number))
        } else {
          terms.insert(term, token.hash, termCount)
          reading.numbers.append(UInt32(termCount))
          verdicts.append(Verdict())
          termCount += 1
        }
      }
    }
  }
}
