/// A memory opened for reading: one snapshot of index and side files, immutable and shared freely.
public final class Memory: Sendable {
  public let path: String

  /// - Throws: ``GriotError`` of kind `memoryMissing` (naming the path and how to make one), `memoryIncompatible`,
  ///   `corrupt`, `denied`, `io`.
  public init(opening path: String) throws(GriotError) {
    self.path = path
  }

  /// Whether a memory lies at a path (its manifest is there, whatever its state).
  public static func exists(at path: String) -> Bool { false }
}
