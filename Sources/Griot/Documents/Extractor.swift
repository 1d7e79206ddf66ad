/// `griot extract`: what the readers see and how it is split, nothing indexed.
public struct Extractor: Sendable {
  public struct Result: Sendable {
    /// Files that gave no document, and records that failed.
    public var skipped: [IngestAccount.Problem] = []
    public var failed: [IngestAccount.Problem] = []
    public init() {}
  }

  /// Only `paths`, `excludes`, `kind`, `language`, `workers`, limits and `reader` are looked at.
  public let options: IngestOptions
  public init(options: IngestOptions) { self.options = options }

  /// - Parameter onDocument: Called in order of path and record, from the calling thread.
  public func run(
    cancellation: Cancellation = Cancellation(), onDocument: (DocumentView) -> Void
  ) throws(GriotError) -> Result {
    throw GriotError(.io, "extract is not joined yet")
  }
}
