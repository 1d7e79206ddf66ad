/// What to take in and how. The library reads no arguments and no environment: everything comes through here.
public struct IngestOptions: Sendable {
  /// Files and folders; each becomes a source (named after its last path component) unless ``sourceName`` is set.
  public var paths: [String]
  /// `--source`: the one source that all paths belong to.
  public var sourceName: String?
  /// `--kind`: overrides what the readers say.
  public var kind: String?
  /// `--lang`: the language of all documents, BCP 47.
  public var language: String?
  /// `--exclude`: globs in the manner of `.gitignore`, matched against paths inside the source.
  public var excludes: [String] = []
  /// `--prune`: documents of vanished files are removed; otherwise they are only reported.
  public var prune = false
  /// `--dry-run`: walk and compare, change nothing.
  public var dryRun = false
  /// Reader processes; `nil` for one per core. The resulting bytes do not depend on it.
  public var workers: Int?
  /// `--buffer`: bound in bytes for what the writer holds at once.
  public var bufferBytes: Int = 256 << 20
  /// A record that takes longer is given up, in seconds.
  public var recordTimeLimit: Double = 60
  /// A reader process that grows beyond this many bytes is given up with the record it is at.
  public var readerMemoryLimit: Int = 1 << 30
  /// Path of the `griot-reader` executable; see ``ReaderExecutable/locate(override:)``.
  public var reader: String

  public init(paths: [String], reader: String) {
    self.paths = paths
    self.reader = reader
  }
}
