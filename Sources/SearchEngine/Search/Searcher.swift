/// Answers queries on one snapshot of an index. Immutable: any number of threads may search at once.
public final class Searcher: Sendable {
  public let reader: IndexReader

  public init(_ reader: IndexReader) { self.reader = reader }

  /// The best documents, their number, facets.
  /// - Throws: `.corrupt` where the query met damage; never a wrong answer.
  public func search(_ query: Query, _ options: SearchOptions = SearchOptions()) throws(IndexError) -> TopDocs {
    fatalError("declared, not yet written")
  }

  /// How many live documents match.
  public func count(_ query: Query) throws(IndexError) -> Int { fatalError("declared, not yet written") }
}
