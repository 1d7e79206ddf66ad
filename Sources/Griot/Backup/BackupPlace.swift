/// Where a backup lies.
public enum BackupPlace: Sendable, Equatable {
  /// A directory that is a memory by itself.
  case directory(String)
  /// One file: a tar archive (POSIX.1-1988 ustar) of the same files.
  case archive(String)
  /// The same archive through a file descriptor.
  case stream(Int32)
}

/// What was copied.
public struct BackupReport: Sendable, Equatable {
  public var documents: Int
  public var files: Int
  public var bytes: UInt64
  /// Counts the commits of the memory.
  public var generation: UInt64
  public init(documents: Int, files: Int, bytes: UInt64, generation: UInt64) {
    self.documents = documents
    self.files = files
    self.bytes = bytes
    self.generation = generation
  }
}
