public import TextAnalysis

/// What the writer of a memory has to know.
public struct IndexConfiguration: Sendable {
  public var schema: Schema
  public var weights: FieldWeights
  /// The fingerprint of the analyzer; kept in the manifest.
  public var analyzerFingerprint: UInt64
  /// A batch (one new segment) ends after the document with which its texts reach so many bytes.
  public var batchBytes: Int
  /// Words (as forms) that are not indexed; they keep their positions and do not count in the length. Empty by
  /// default: the product indexes stop words, comparisons with engines that drop them do not.
  public var leftOutWords: StopWords = .none

  public init(
    schema: Schema = Schema(), weights: FieldWeights = FieldWeights(), analyzerFingerprint: UInt64 = 0,
    batchBytes: Int = 48 << 20
  ) {
    self.schema = schema
    self.weights = weights
    self.analyzerFingerprint = analyzerFingerprint
    self.batchBytes = batchBytes
  }
}

/// Turns one batch of documents into a segment. Owns all it needs: any number of builders work at once on threads
/// of their own. The same documents in the same order give the same bytes, wherever and whenever they are built.
public struct SegmentBuilder: ~Copyable {
  public init(_ configuration: IndexConfiguration) { fatalError("declared, not yet written") }
  /// Analyses and inverts one document.
  public mutating func add(_ document: borrowing IndexDocument) throws(IndexError) { fatalError("declared, not yet written") }
  /// True when the batch has reached its size: call `finish()`, start the next batch with the next document.
  public var isFull: Bool { fatalError("declared, not yet written") }
  /// Encodes the segment and empties the builder for the next batch (its memory is kept).
  public mutating func finish() throws(IndexError) -> EncodedSegment { fatalError("declared, not yet written") }
}

/// A segment in memory, complete but for its number, which it gets when the writer appends it.
public struct EncodedSegment: Sendable {
  public var documentCount: UInt32 { fatalError("declared, not yet written") }
  public var passageCount: UInt32 { fatalError("declared, not yet written") }
}

/// The one writer of a memory. Holds the memory's lock from `open` to `close` (or the end of the process).
///
/// Everything between two commits is invisible to readers and lost with the process; `commit` makes it durable at
/// once. Not thread-safe: one thread appends, others build.
public final class IndexWriter {
  /// Opens the memory in `directory` for writing, making it where there is none. Throws `.locked` where another
  /// writer has it. Removes files that the manifest does not name and cuts side files to their valid length.
  public init(_ directory: String, _ configuration: IndexConfiguration) throws(IndexError) {
    fatalError("declared, not yet written")
  }
  /// Appends a segment behind all earlier ones: call it in the order of the batches. Documents with a key that the
  /// segment brings again, or that is listed in `deletions`, die in all earlier segments. May merge.
  public func append(_ segment: consuming EncodedSegment, deletions: [DocumentKey] = []) throws(IndexError) {
    fatalError("declared, not yet written")
  }
  /// Deletes documents of all segments appended so far; answers how many lived.
  public func delete(_ keys: [DocumentKey]) throws(IndexError) -> Int { fatalError("declared, not yet written") }
  /// Sets a named attribute of the next commit; nil removes it.
  public func setAttribute(_ name: String, _ value: [UInt8]?) { fatalError("declared, not yet written") }
  /// Appends to a side file (made where there is none). Valid with the next commit, all or nothing.
  public func appendSideFile(_ name: String, _ bytes: [UInt8]) throws(IndexError) { fatalError("declared, not yet written") }
  /// Replaces a side file (a new generation). Valid with the next commit.
  public func replaceSideFile(_ name: String, _ bytes: [UInt8]) throws(IndexError) { fatalError("declared, not yet written") }
  /// Makes everything since the last commit durable and visible; answers the new generation.
  @discardableResult
  public func commit() throws(IndexError) -> UInt64 { fatalError("declared, not yet written") }
  /// Merges until at most `count` segments are left and no deleted document takes room. Commit afterwards.
  public func merge(to count: Int) throws(IndexError) { fatalError("declared, not yet written") }
  /// Gives the lock back. Uncommitted work is dropped.
  public func close() { fatalError("declared, not yet written") }
}
