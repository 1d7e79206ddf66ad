import Documents

/// One file to be read, in the order of the walk.
struct FileJob: Sendable {
  /// From 0 without gaps: answers are put together in this order.
  var index: Int
  /// Absolute or relative to the working directory; bytes, since file names need not be UTF-8.
  var path: [UInt8]
  /// Inside the source: external id of documents without one, and what messages name.
  var relativePath: String
  var kind: String?
  var language: String?
  var size: UInt64
  /// If the file's bytes still have this digest it is not read.
  var knownDigest: Murmur128?
  /// Go on behind what an earlier ingest has committed.
  var startOffset: UInt64 = 0
  /// Records that cost a reader its life before, and how.
  var quarantine: [UInt64: String] = [:]
}

/// What comes back for a ``FileJob``: any number of records in order, then one `end`.
enum Answer: Sendable {
  case document(FrameReference)
  case skipped(RecordProblem)
  case failed(RecordProblem)
  case end(FileEnd)
}

/// How a job ended.
struct FileEnd: Sendable {
  var format = ""
  /// The bytes are those of ``FileJob/knownDigest``: nothing was read.
  var isUnchanged = false
  /// `nil` if the file could not be read or changed meanwhile.
  var digest: Murmur128?
  /// As it was when reading began.
  var stamp = FileStamp()
  var bytes: UInt64 = 0
  /// The file as a whole.
  var skipped: String?
  var failed: String?
  /// It was written to while it was read: to be read again next time.
  var changedMeanwhile = false
}
