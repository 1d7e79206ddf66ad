/// What an ingest tells while it runs, for a progress bar or `--progress json`.
public enum IngestEvent: Sendable {
  /// The walk is over: what lies ahead.
  case walked(files: Int, bytes: UInt64)
  /// At most some ten times a second.
  case progress(IngestProgress)
  /// A checkpoint is on disk: a kill from here on repeats nothing before it.
  case committed(documents: Int)
  /// A file or record was skipped or failed, as it happens; also in the account at the end.
  case skipped(IngestAccount.Problem)
  case failed(IngestAccount.Problem)
}

/// Where an ingest stands.
public struct IngestProgress: Sendable {
  /// Bytes of the files that lie ahead (those that must be opened), and how many of them are done.
  public var bytesDone: UInt64 = 0
  public var bytesTotal: UInt64 = 0
  public var filesDone = 0
  public var filesTotal = 0
  /// Documents seen so far: added, updated and unchanged.
  public var documents = 0
  /// Path of the file being read.
  public var currentFile: String = ""
  public var seconds: Double = 0

  public init() {}

  /// Bytes a second since the start.
  public var rate: Double { seconds > 0 ? Double(bytesDone) / seconds : 0 }
  /// Seconds to go at that rate; `nil` while there is nothing to judge by.
  public var secondsLeft: Double? {
    rate > 0 && bytesTotal >= bytesDone ? Double(bytesTotal - bytesDone) / rate : nil
  }
}
