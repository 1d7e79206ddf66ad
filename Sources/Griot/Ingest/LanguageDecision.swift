import TextAnalysis

/// The language of a source: the majority of its first documents. Of single documents only the detector's sure word on
/// a longer text, or the source's own declaration, counts against it (measured: detection on every passage finds 45
/// languages in an English corpus).
struct LanguageDecision {
  /// So many documents or bytes of them are looked at.
  static let sampleDocuments = 200, sampleBytes = 4 << 20
  /// Letters from which a detector that is sure may overrule the source.
  static let sureLetters = 200
  /// Letters from which a detector that is sure has a vote on the source.
  private static let voteLetters = 40

  private var votes: [Language: Int] = [:]
  /// Votes of a detector that is not sure, or sees a few words only.
  private var guesses: [Language: Int] = [:]
  private(set) var documents = 0
  private(set) var bytes = 0

  var isComplete: Bool { documents >= Self.sampleDocuments || bytes >= Self.sampleBytes }

  mutating func add(_ header: FrameHeader) {
    documents += 1
    bytes += header.textCount
    if let detected = header.detectedLanguage {
      if header.isReliable, header.letters >= Self.voteLetters {
        votes[detected, default: 0] += 1
      } else {
        guesses[detected, default: 0] += 1
      }
    }
    // Templates declare a language too: worth no more than a guess.
    if let declared = header.declaredLanguage { guesses[declared, default: 0] += 1 }
  }

  /// - Parameter fallback: What the rest of the memory is in, for a source that shows nothing.
  func majority(fallback: Language) -> Language {
    func winner(_ counts: [Language: Int]) -> Language? {
      counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
    }
    return winner(votes) ?? winner(guesses) ?? fallback
  }

  /// The language of one document in a source.
  static func language(of header: FrameHeader, source: Language) -> Language {
    if header.isReliable, header.letters > sureLetters, let detected = header.detectedLanguage { return detected }
    return header.declaredLanguage ?? source
  }
}
