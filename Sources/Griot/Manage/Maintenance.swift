/// Operations that write to a memory: each takes the writer's lock for its time.
public enum Maintenance {
  /// What `griot remove` took out.
  public struct Removal: Sendable, Equatable {
    public var documents: Int
    /// Sources that are gone altogether.
    public var sources: [String]
    public init(documents: Int, sources: [String]) {
      self.documents = documents
      self.sources = sources
    }
  }

  /// Takes a source or a document out.
  ///
  /// - Parameters:
  ///   - target: Name of a source; else an id, a unique beginning of one, or an external id.
  ///   - purge: Also rewrites what held it, so that no byte of it stays in the memory.
  public static func remove(_ target: String, memory: String, purge: Bool) throws(GriotError) -> Removal {
    throw GriotError(.io, "remove is not joined yet")
  }

  /// Merges all segments into as few as there can be.
  public static func merge(memory: String) throws(GriotError) {
    throw GriotError(.io, "merge is not joined yet")
  }

  /// Replays the stored documents through today's analyzer and splitting; needs no source files.
  ///
  /// - Returns: Documents replayed.
  public static func reindex(
    memory: String, cancellation: Cancellation = Cancellation(), onEvent: (IngestEvent) -> Void = { _ in }
  ) throws(GriotError) -> Int {
    throw GriotError(.io, "reindex is not joined yet")
  }
}
