/// The account of an ingest (design §8). Records: `found` = `added` + `updated` + `unchanged` + `skipped.count` +
/// `failed.count`, and every file met counts at least one.
public struct IngestAccount: Sendable, Equatable {
  /// A file or record that gave no document.
  public struct Problem: Sendable, Equatable {
    /// The path as given joined with the path inside the source; records of one file carry `path:offset` or the
    /// member of the archive behind `!`.
    public var path: String
    public var reason: String
    public init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  /// One source's share, for the summary lines on a terminal.
  public struct Source: Sendable, Equatable {
    public var name: String
    public var files = 0
    public var added = 0
    public var updated = 0
    public var unchanged = 0
    public var skipped = 0
    public var failed = 0
    public init(name: String) { self.name = name }
  }

  /// Files met, all of them: hidden ones, pipes and sockets too.
  public var files = 0
  public var added = 0
  public var updated = 0
  public var unchanged = 0
  /// Records (already counted in `added`, `updated`, `unchanged`) that are grouped with another.
  public var duplicates = 0
  /// Documents taken out: vanished from a file that changed, or from the source with `--prune`.
  public var removed = 0
  public var skipped: [Problem] = []
  public var failed: [Problem] = []
  /// Paths that the catalogue knows and the walk did not meet (kept unless pruned).
  public var vanished: [String] = []
  /// In the memory afterwards.
  public var documents = 0
  public var passages = 0
  /// Bytes of the frames of added and updated documents: their text with what is known of it, not compressed.
  public var frameBytes = 0
  /// About so many bytes the memory grows by what was added and updated.
  public var expectedBytes: Int { Int(Double(frameBytes) * Self.indexByFrames) }
  /// Measured on mail, wiki pages, transcripts and newsletters: 0.68 to 0.75.
  private static let indexByFrames = 0.7
  /// Bytes of the files that were read.
  public var bytes: UInt64 = 0
  public var seconds: Double = 0
  /// In the order in which they were walked.
  public var sources: [Source] = []
  /// Doubts that are no failures: a changed analyzer, a file that changed while it was read.
  public var notes: [String] = []

  public init() {}

  public var found: Int { added + updated + unchanged + skipped.count + failed.count }
}
