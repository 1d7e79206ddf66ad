import Glibc
public import TextAnalysis

/// Judges one sentence by its words alone: does it state a lesson, or tell what happened?
///
/// A logistic model over some fifty features that can be read aloud (cues of ``LessonCue``, tense, person, generality,
/// shape), and in English over a few hundred words besides. ``LessonWeights`` has the numbers and where they come from.
public struct LessonModel {
  private var reader: SentenceReader
  private var values = [Float](repeating: 0, count: LessonFeature.count)
  /// Of a sentence that is judged alone.
  private lazy var runs = TextRuns(capacity: 512)

  public init(_ language: Language = .english) { reader = SentenceReader(LessonLanguage(language)) }

  /// - Parameter languageCode: BCP 47.
  public init(languageCode: String) { self.init(Language(code: languageCode)) }

  /// What the model says of a sentence.
  public struct Judgement: Sendable, Equatable {
    /// Log-odds among sentences of which a third state lessons.
    public var score: Float
    public var type: LessonType
    public var rule: LessonRule
    /// Whether the writers speak of themselves: we, our, I.
    var isOwn = false

    /// 0…1.
    ///
    /// - Parameter prior: Log-odds to add where lessons are rarer or more frequent than in the training set.
    public func confidence(prior: Float = 0) -> Double { Self.logistic(Double(score + prior)) }

    static func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  }

  /// - Parameter sentence: UTF-8.
  public mutating func judge(_ sentence: UnsafeRawBufferPointer) -> Judgement {
    let runs = runs
    runs.begin(sentence)
    defer { runs.begin(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return judge(runs, 0..<sentence.count)
  }

  /// Judges a sentence of the text that `runs` is about.
  mutating func judge(_ runs: TextRuns, _ sentence: Range<Int>) -> Judgement {
    reader.read(runs, sentence)
    let reading = reader.reading
    var score = LessonWeights.bias
    values.withUnsafeMutableBufferPointer { values in
      guard let first = values.baseAddress else { return }
      LessonFeature.values(reading, into: first)
      LessonWeights.features.withUnsafeBufferPointer { weights in
        for index in 0..<values.count { score += values[index] * weights[index] }
      }
    }
    return Judgement(
      score: score, type: Self.type(reading), rule: Self.rule(reading), isOwn: reading.has(.own))
  }

  public mutating func judge(_ sentence: String) -> Judgement {
    var sentence = sentence
    return sentence.withUTF8 { judge(UnsafeRawBufferPointer($0)) }
  }

  /// The features of the sentence judged last that are not 0, with what each adds to the score.
  public var explanation: [(feature: String, value: Float, contribution: Float)] {
    zip(LessonFeature.allCases, zip(values, LessonWeights.features)).compactMap { feature, pair in
      pair.0 == 0 ? nil : (feature.rawValue, pair.0, pair.0 * pair.1)
    }
  }

  /// What kind of thing was learned. Who says what to do recommends, whatever else the sentence says.
  static func type(_ reading: SentenceReader.Reading) -> LessonType {
    let asks =
      reading.has(.obligation) || reading.begins(with: .imperative) || reading.innerImperatives > 0
      || reading.has(.judgement)
    if reading.has(.unreal) { return .failed }
    if reading.has(.namedCause) { return .cause }
    if reading.has(.namedRemedy) { return .recommendation }
    if asks { return .recommendation }
    if reading.has(.reason) { return .cause }
    if reading.has(.bad) { return .failed }
    if reading.has(.good) { return .worked }
    if reading.has(.negation), reading.has(.past) { return .failed }
    return .recommendation
  }

  static func rule(_ reading: SentenceReader.Reading) -> LessonRule {
    if reading.has(.hindsight) || reading.has(.unreal) { return .hindsight }
    if reading.has(.namedCause) || reading.has(.namedRemedy) { return .named }
    if reading.begins(with: .imperative) || reading.innerImperatives > 0 { return .imperative }
    if reading.has(.obligation) { return .obligation }
    if reading.has(.judgement) { return .judgement }
    if reading.has(.reason) { return .reason }
    return .wording
  }
}
