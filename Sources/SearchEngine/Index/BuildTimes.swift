internal import Glibc

/// Where a builder's processor time went, apart from analysing and inverting: nanoseconds of its thread, summed over its
/// batches. A clock is asked a few times a batch and twice a stored block, so that it costs nothing to keep.
public struct BuildTimes: Sendable {
  /// Stemming and folding the distinct words, sorting the stems.
  public internal(set) var stems: UInt64 = 0
  /// Sorting the tokens by stem.
  public internal(set) var sorting: UInt64 = 0
  /// Encoding lists and dictionaries, and the checksums of their pages.
  public internal(set) var encoding: UInt64 = 0
  /// Passages, columns, keys.
  public internal(set) var tables: UInt64 = 0
  /// Compressing stored frames.
  public internal(set) var compression: UInt64 = 0

  public init() {}

  /// Processor time of the calling thread, in nanoseconds.
  public static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Adds the time since `start` to one of the parts, and answers the time.
  @discardableResult
  mutating func spend(since start: UInt64, _ part: WritableKeyPath<BuildTimes, UInt64>) -> UInt64 {
    let now = Self.now()
    self[keyPath: part] += now - start
    return now
  }
}
