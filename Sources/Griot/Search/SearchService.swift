/// Answers queries on one snapshot of a memory. Values of this type may be used from several threads at once.
public final class SearchService: Sendable {
  public let memory: Memory

  public init(_ memory: Memory) { self.memory = memory }

  /// - Throws: ``GriotError`` of kind `usage` (a date that is none), `corrupt`, `io`.
  public func search(_ request: SearchRequest) throws(GriotError) -> SearchResults {
    throw GriotError(.io, "search is not joined yet")
  }

  /// The ranking alone, without reading stored documents: for TREC runs.
  ///
  /// - Returns: External ids and scores, best first; scores fall strictly.
  public func ranking(_ request: SearchRequest) throws(GriotError) -> [RankedDocument] {
    throw GriotError(.io, "search is not joined yet")
  }

  /// Documents about the same things: the most telling terms of a document, as a query.
  ///
  /// - Parameter reference: An id, a unique beginning of one (≥ 4 digits), or an external id.
  public func related(to reference: String, limit: Int) throws(GriotError) -> SearchResults {
    throw GriotError(.io, "search is not joined yet")
  }
}

/// A line of a run.
public struct RankedDocument: Sendable, Equatable {
  public var externalID: String
  public var score: Float
  public init(externalID: String, score: Float) {
    self.externalID = externalID
    self.score = score
  }
}
