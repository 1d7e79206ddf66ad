public import Documents

/// Who knows about this?
public struct ExpertRequest: Sendable {
  /// The topic and the filters, as in a search; `limit`, `offset`, `sort` and facets are not looked at.
  public var search: SearchRequest
  public var limit = 10
  /// Documents shown for each expert; 0 for none.
  public var evidence = 3
  /// Days in which a document's weight halves, counted back from the newest document on the topic; `nil` (the
  /// default): age does not count.
  public var halfLife: Double?
  /// What the model does; other than standard for measuring what each ingredient is worth.
  public var model = ExpertModel()

  public init(_ query: String) {
    search = SearchRequest(query)
    search.facets = false
  }
}

/// The people that a memory knows to have worked on a topic: activity in the archive, never competence.
public struct ExpertResults: Sendable {
  public var query: String
  public var notes: [String] = []
  public var experts: [Expert] = []
  /// How fast the query's votes fell with the score.
  public var decay = 0.0

  public init(query: String) { self.query = query }
}

/// One person of an answer.
public struct Expert: Sendable {
  /// From 1.
  public var rank: Int
  /// Falls strictly with the rank.
  public var score: Float
  /// The part of all votes on the topic that is this person's, 0…1.
  public var share: Double
  public var name: String
  public var addresses: [String]
  public var unit: String?
  public var title: String?
  /// Documents of the person among the candidates for the topic (the best thousand).
  public var documents: Int
  /// Dates of the first and the last of them.
  public var first: DocumentDate?
  public var last: DocumentDate?
  public var evidence: [ExpertEvidence]
  /// People who appear in the same documents on the topic, most often first: who could help instead.
  public var collaborators: [String]
  public var explanation: ExpertExplanation
}

/// Why somebody is named.
public struct ExpertEvidence: Sendable {
  public var hit: SearchHit
  /// What the person did in that document.
  public var role: PersonRole
}

/// The numbers of a score: `score = votes / (volume + prior) ^ exponent`.
public struct ExpertExplanation: Sendable, Equatable {
  /// Sum over the years of what the person's documents on the topic are worth together.
  public var votes: Double
  /// Documents of the person in the whole memory.
  public var volume: Int
  /// What the votes were divided by.
  public var divisor: Double
}
