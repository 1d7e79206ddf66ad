public import Documents

/// A question for what was learned.
public struct LessonRequest: Sendable {
  /// Words, filters, limit, offset. No words: everything that was learned.
  public var search: SearchRequest
  /// Any of these; empty for all.
  public var types: [LessonType] = []
  /// Weaker lessons are left out.
  public var minimumConfidence: Float = LessonSpan.shownConfidence
  /// Whether near-identical lessons of different documents become one hit.
  public var folds = true

  public init(_ search: SearchRequest) { self.search = search }
}

/// The answer to a ``LessonRequest``.
public struct LessonResults: Sendable {
  public var query: String
  /// Lessons, near-identical ones counted once.
  public var total: SearchResults.Total
  public var tookMicroseconds: Int
  public var notes: [String]
  public var hits: [LessonHit]
  /// Over the documents with lessons that match.
  public var facets: SearchResults.Facets

  public init(query: String) {
    self.query = query
    total = .init(value: 0, relation: .eq)
    tookMicroseconds = 0
    notes = []
    hits = []
    facets = .init()
  }
}

/// One lesson with where it stands.
public struct LessonHit: Sendable {
  /// The document; its anchor is the lesson's, its snippet the lesson's text, `folded` how many more learned it.
  public var hit: SearchHit
  /// Verbatim.
  public var text: String
  public var type: LessonType
  /// 0…1.
  public var confidence: Float
  /// What told that it is a lesson: `heading: What went well`, `cue: hindsight`.
  public var rule: String
  /// Who says it, in a recording.
  public var speaker: String?
  public var context: LessonContext
  /// Every document that learned it, this one first, then from the oldest on.
  public var occurrences: [LessonOccurrence]

  public init(
    hit: SearchHit, text: String, type: LessonType, confidence: Float, rule: String, speaker: String?,
    context: LessonContext, occurrences: [LessonOccurrence]
  ) {
    self.hit = hit
    self.text = text
    self.type = type
    self.confidence = confidence
    self.rule = rule
    self.speaker = speaker
    self.context = context
    self.occurrences = occurrences
  }
}

/// What the same document says around a lesson, verbatim; `nil` where it does not.
public struct LessonContext: Sendable, Equatable {
  public var happened: String?
  public var why: String?
  /// What to do.
  public var advice: String?
  public init(happened: String? = nil, why: String? = nil, advice: String? = nil) {
    self.happened = happened
    self.why = why
    self.advice = advice
  }
}

/// A document in which a lesson stands.
public struct LessonOccurrence: Sendable, Equatable {
  public var id: String
  public var title: String
  public var date: DocumentDate?
  public var anchor: String?
  public init(id: String, title: String, date: DocumentDate?, anchor: String?) {
    self.id = id
    self.title = title
    self.date = date
    self.anchor = anchor
  }
}
