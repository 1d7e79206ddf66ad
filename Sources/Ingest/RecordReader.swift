import Documents

/// Turns the bytes of one file, or of one member of an archive, into documents.
///
/// A reader is made anew for every file, by ``ReaderRegistry``, after ``FormatDetector`` chose its format. It works
/// front to back: it asks the sink at every record, reads the record if it may, and hands over exactly one document,
/// skip or failure for it. It never holds more than a record in memory of its own.
///
/// Hostile bytes never trap. What cannot be read costs one record: call ``RecordSink/failed(_:)`` and go on behind it.
protocol RecordReader {
  init()

  /// - Throws: ``ReadError`` if nothing further can be read of this file. Before the first record that fails the file,
  ///   later it fails the record that was begun last.
  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws
}

/// Where readers put what they find. The worker's sink encodes frames, applies `--kind` and `--lang`, detects the
/// language, counts, and batches; tests use one that collects.
protocol RecordSink: AnyObject {
  /// Must be called before any work on a record whose cost depends on its bytes.
  ///
  /// - Parameter offset: Where the record starts in the (decompressed) file. Rises strictly within a file.
  /// - Returns: `false` for a record to be passed over: it was read by an earlier request (before the resume offset)
  ///   or killed a reader (quarantine; the sink reports that one itself).
  func begin(recordAt offset: UInt64) -> Bool

  /// A reader that works on bytes of no record (looks through a file first, unpacks what it passes over) says so now
  /// and then: silence is taken for a hang.
  func working()

  /// The record that was begun last, as a document. Fields that the reader need not set: `detectedLanguage`, and
  /// `externalID` if the record has no name of its own (empty: the path relative to the source, with the record's
  /// offset behind `#` unless that is 0).
  func document(_ document: consuming Document)
  /// The record that was begun last has no text worth indexing.
  func skipped(_ problem: RecordProblem)
  /// The record that was begun last could not be read.
  func failed(_ problem: RecordProblem)
}

extension RecordSink {
  func working() {}
}

/// What a reader is told about its file.
struct ReadContext {
  var request: ReadRequest
  /// What ``FormatDetector`` said.
  var format: Format
  var limits = ReadLimits()
  /// Path of the member inside an archive, behind `!` inside one that is a member itself; empty for the file itself.
  var member = ""
  /// Path to guess by, where it is not that of the file: `2019-05.mbox` of `2019-05.mbox.gz`.
  var namePath: String?
  /// Archives around this file, and what all of them together may still unpack to.
  var archiveDepth = 0
  /// The other members of the archive around this one.
  var siblings: ArchiveSiblings?
  var budget: ExpansionBudget?

  init(request: ReadRequest, format: Format, limits: ReadLimits = ReadLimits(), member: String = "") {
    self.request = request
    self.format = format
    self.limits = limits
    self.member = member
  }

  /// Name of the file or member without folders, for titles and dates.
  var fileName: Substring { memberPath.split(separator: "/", omittingEmptySubsequences: true).last ?? "" }

  /// External id of a record that is all of this file or member and has no other.
  var identity: String { member.isEmpty ? request.relativePath : request.relativePath + "/" + member }
}

/// Bounds on what one record may cost.
struct ReadLimits {
  /// A longer record fails with a reason and is passed over.
  var recordBytes = 64 << 20
  /// A longer line of JSON Lines or plain text fails with a reason: no text for people has such lines.
  var lineBytes = 16 << 20
  /// Deepest nesting of parts, elements or archives that is followed.
  var nesting = 64
  /// Archives in archives.
  var archiveNesting = 8
  /// Members of one archive.
  var members = 1_000_000
  /// A file on the disk may unpack to so many times its size, in all; small ones to so many bytes in any case. Text
  /// hardly ever packs better than 100 to 1.
  var expansionRatio = 400
  var expansionFloor = 256 << 20
}

/// Why a file, or the rest of it, cannot be read. The message is one line for people: what, where, what to do.
struct ReadError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
