/// What kind of thing was learned (design §1). Raw values are stored: never renumber.
public enum LessonType: UInt8, Sendable, CaseIterable {
  /// Something went well and is worth doing again.
  case worked = 0
  /// Something went wrong.
  case failed = 1
  /// Why it went as it did.
  case cause = 2
  /// What to do, or not to do, next time.
  case recommendation = 3

  public var name: String {
    switch self {
    case .worked: "worked"
    case .failed: "failed"
    case .cause: "cause"
    case .recommendation: "recommendation"
    }
  }

  public init?(name: String) {
    guard let type = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = type
  }
}

/// What told that a stretch of text is a lesson. Raw values are stored: never renumber, at most 64.
public enum LessonRule: UInt8, Sendable, CaseIterable {
  /// It stands under a heading such as “Lessons learned”.
  case heading = 0
  /// It follows a label such as “Recommendation:”.
  case label = 1
  /// Its column of a table has such a name.
  case table = 2
  /// Somebody says that they learned: “we learned”, “next time”, “in hindsight”.
  case hindsight = 3
  /// Cue: somebody shall do something (should, must, need to).
  case obligation = 4
  /// Cue: it tells to do something.
  case imperative = 5
  /// Cue: it says what is important, necessary, recommended.
  case judgement = 6
  /// Cue: it says why.
  case reason = 7
  /// None of the cues above, but words that lessons are made of.
  case wording = 8
  /// The document itself is one lesson (`griot learn`).
  case document = 9
  /// It calls itself a cause or a remedy: “the root cause was”, “to prevent this”.
  case named = 10

  public var name: String {
    switch self {
    case .heading: "heading"
    case .label: "label"
    case .table: "table"
    case .hindsight: "cue: hindsight"
    case .obligation: "cue: obligation"
    case .imperative: "cue: imperative"
    case .judgement: "cue: judgement"
    case .reason: "cue: reason"
    case .wording: "cue: wording"
    case .document: "document"
    case .named: "cue: named"
    }
  }

  /// Whether the author of the text said that this is a lesson; otherwise the model guessed it.
  public var isStructure: Bool {
    switch self {
    case .heading, .label, .table, .document: true
    default: false
    }
  }
}

/// A verbatim stretch of a document that states something learned.
public struct LessonSpan: Sendable, Equatable {
  /// UTF-8 bytes of ``Documents/Document/text``.
  public var range: Range<Int>
  public var type: LessonType
  public var rule: LessonRule
  /// In 255ths: how sure it is that this is a lesson. One byte, because one byte is stored.
  public var level: UInt8
  /// 0…1.
  public var confidence: Float { Float(level) / 255 }

  public init(range: Range<Int>, type: LessonType, rule: LessonRule, confidence: Double) {
    self.range = range
    self.type = type
    self.rule = rule
    level = UInt8(max(0, min(255, (confidence * 255).rounded())))
  }

  init(range: Range<Int>, type: LessonType, rule: LessonRule, level: UInt8) {
    self.range = range
    self.type = type
    self.rule = rule
    self.level = level
  }

  /// Weaker ones are not kept: in running text nearly every sentence would be one.
  public static let keptConfidence = 0.08
  /// From here on a lesson is shown without being asked for.
  public static let shownConfidence: Float = 0.5
}
