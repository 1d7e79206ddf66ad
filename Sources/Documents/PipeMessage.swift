/// What `griot` and its reader process say to each other.
///
/// On the wire: length of the payload (UInt32, little-endian), one byte type, payload. Requests go to the reader's
/// standard input, answers come from its standard output; its standard error is for crashes alone.
///
/// The life of a request: `read` → any number of `document`, `recordSkipped`, `recordFailed`, in record order →
/// one `fileEnd`. Answers are sent in batches of 256 KiB or at `fileEnd`.
public enum PipeMessage: Sendable, Equatable {
  // Requests
  case read(ReadRequest)
  case quit

  // Answers
  /// First word of the reader: protocol version, so that mismatched installations fail with a clear message.
  case hello(version: UInt32)
  /// A ``DocumentFrame``.
  case document([UInt8])
  /// A record without text worth indexing.
  case recordSkipped(RecordProblem)
  /// A record that could not be read.
  case recordFailed(RecordProblem)
  case fileEnd(FileSummary)

  public static let protocolVersion: UInt32 = 1
}

/// Ask the reader for the records of one file.
public struct ReadRequest: Sendable, Equatable {
  /// Path that the reader opens; `-` is never sent (the parent spools standard input).
  public var path: String
  /// The path's bytes where they are no UTF-8 (the file system does not ask for any); `path` then is for people.
  public var pathBytes: [UInt8]?
  /// Path relative to the source: external id of documents that have none, and what messages name.
  public var relativePath: String
  /// `--kind`, `--lang`: override what the reader would say.
  public var kind: String?
  public var language: String?
  /// Records that start before this offset are not sent again (resume, restart behind a crash).
  public var startOffset: UInt64
  /// Record offsets that crashed or hung a reader before: reported as failed, not read.
  public var quarantine: [UInt64]

  public init(path: String, relativePath: String) {
    self.path = path
    self.relativePath = relativePath
    kind = nil
    language = nil
    startOffset = 0
    quarantine = []
  }
}

/// A record that gave no document, and why.
public struct RecordProblem: Sendable, Equatable {
  /// Member of an archive, empty for the file itself.
  public var member: String
  public var record: RecordRange
  /// One line for people: what, where, what to do.
  public var reason: String
  public init(member: String = "", record: RecordRange, reason: String) {
    self.member = member
    self.record = record
    self.reason = reason
  }
}

/// How the reading of a file ended.
public struct FileSummary: Sendable, Equatable {
  /// The format as detected: `mbox`, `eml`, `markdown`, `html`, `mediawiki-html`, `vtt`, `srt`, `speaker-text`,
  /// `jsonl`, `text`, ….
  public var format: String
  /// Records met: documents + skipped + failed.
  public var records: UInt64
  /// Bytes of the file consumed.
  public var bytes: UInt64
  /// Set if the file as a whole was skipped (no reader for it, empty): reason.
  public var skipped: String?
  /// Set if the file as a whole failed (unreadable, damaged before the first record): reason.
  public var failed: String?
  /// Set if the file was small enough to be read as a whole.
  public var content: FileContent?
  public init(format: String, records: UInt64 = 0, bytes: UInt64 = 0) {
    self.format = format
    self.records = records
    self.bytes = bytes
  }
}
