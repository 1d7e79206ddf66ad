/// What can go wrong in a command as a whole. Trouble with one file or record is no error but a line in the account.
public struct GriotError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Who has to act, and so which exit code the command line gives (design §8).
  public enum Kind: Sendable, Equatable {
    /// The caller asked for something that makes no sense (exit 2).
    case usage
    /// There is no memory at that path (exit 3).
    case memoryMissing
    /// The memory was written by a newer Griot, or is something else altogether (exit 3).
    case memoryIncompatible
    /// Somebody else is writing (exit 4).
    case locked
    /// Bytes of the memory are not what was written (exit 6).
    case corrupt
    /// The operating system refuses (exit 7).
    case denied
    /// No document, source or passage of that name (exit 1).
    case notFound
    /// Input or output failed in another way: disk full, reader process missing (exit 2).
    case io
    /// A writer merged away what the snapshot had not opened yet: open the memory again (or pinned).
    case stale
    /// Stopped by the caller; the last checkpoint is committed (exit 130).
    case cancelled
  }

  public var kind: Kind
  /// What, where, and what to do, for people.
  public var message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  public var description: String { message }
}
