/// One commit of a memory, opened for reading: an immutable snapshot. Later commits, merges and deletes do not
/// change it; it keeps its files mapped.
public final class IndexReader: Sendable {
  /// The segments in the order of ingest: a lower segment and a lower ordinal was ingested earlier.
  public let segments: [SegmentReader]
  /// Counts the commits of the memory.
  public let generation: UInt64

  init() { fatalError("declared, not yet written") }

  /// Opens the newest commit of the memory in `directory`. O(number of segments); no lock is taken.
  public static func open(_ directory: String) throws(IndexError) -> IndexReader { fatalError("declared, not yet written") }
  /// A reader on the newest commit, or nil where this is the newest. Segments in both are shared.
  public func refreshed() throws(IndexError) -> IndexReader? { fatalError("declared, not yet written") }

  /// Documents that are live, passages (deleted documents' included), and the sum of the passages' lengths.
  public var liveDocumentCount: UInt64 { fatalError("declared, not yet written") }
  public var passageCount: UInt64 { fatalError("declared, not yet written") }
  public var totalLength: UInt64 { fatalError("declared, not yet written") }
  /// The fingerprint of the analyzer that made the terms.
  public var analyzerFingerprint: UInt64 { fatalError("declared, not yet written") }
  /// The named attributes of the commit, opaque to the engine.
  public func attribute(_ name: String) -> [UInt8]? { fatalError("declared, not yet written") }
  /// The bytes of a side file as this commit has it (its valid length), nil where there is none of the name.
  public func sideFile(_ name: String) throws(IndexError) -> [UInt8]? { fatalError("declared, not yet written") }
  /// The same without copying: the mapped bytes, for side files of many megabytes of which a search needs a few pages.
  public func withSideFile<R>(
    _ name: String, _ body: (UnsafeRawBufferPointer) throws(IndexError) -> R
  ) throws(IndexError) -> R? { fatalError("declared, not yet written") }
}
