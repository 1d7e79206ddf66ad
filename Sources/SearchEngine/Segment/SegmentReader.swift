/// One immutable segment, memory-mapped, together with the documents that are live in one commit.
///
/// All parts are opened at their first use. Thread-safe: any number of queries may read one segment at once.
public final class SegmentReader: Sendable {
  public let id: SegmentID
  /// Documents in the segment, deleted ones included.
  public let documentCount: UInt32
  /// Documents that are not deleted in this commit.
  public let liveDocumentCount: UInt32
  /// Passages in the segment, those of deleted documents included: the N of BM25's idf.
  public let passageCount: UInt32
  /// The sum of the lengths of all passages (before rounding to a norm).
  public let totalLength: UInt64
  /// The weights with which titles and headings were indexed.
  public let weights: FieldWeights

  init() { fatalError("declared, not yet written") }

  /// Throws the first damage that any cursor or column of this segment met. Call it at the end of a query:
  /// results of a damaged segment may be incomplete.
  public func checkDamage() throws(IndexError) { fatalError("declared, not yet written") }

  // MARK: Terms and postings

  public func terms() throws(IndexError) -> TermDictionary { fatalError("declared, not yet written") }
  public func forms() throws(IndexError) -> FormDictionary { fatalError("declared, not yet written") }
  /// A cursor on the first passage of the term.
  public func postings(_ term: TermInfo) throws(IndexError) -> PostingsCursor { fatalError("declared, not yet written") }
  /// A reader of positions to go with a cursor of the same term.
  public func positions(_ term: TermInfo) throws(IndexError) -> PositionsCursor {
    fatalError("declared, not yet written")
  }
  /// One byte a passage.
  public func norms() throws(IndexError) -> FieldNorms { fatalError("declared, not yet written") }

  // MARK: Passages and documents

  public func passages() throws(IndexError) -> PassageTable { fatalError("declared, not yet written") }
  /// Whether the document is live in this commit.
  public func isLive(_ document: DocumentOrdinal) -> Bool { fatalError("declared, not yet written") }
  /// One bit a document (bit 0 of word 0 is document 0), nil where all are live.
  public var liveBits: UnsafePointer<UInt64>? { fatalError("declared, not yet written") }
  /// The document's place in the order of ingest of the whole memory: unique, increasing with the ordinal.
  public func sequence(_ document: DocumentOrdinal) throws(IndexError) -> UInt64 {
    fatalError("declared, not yet written")
  }
  public func key(_ document: DocumentOrdinal) throws(IndexError) -> DocumentKey? {
    fatalError("declared, not yet written")
  }
  /// The document with this key, live or not; nil where the segment does not hold it.
  public func document(_ key: DocumentKey) throws(IndexError) -> DocumentOrdinal? {
    fatalError("declared, not yet written")
  }
  /// The bytes stored with the document.
  public func stored(_ document: DocumentOrdinal) throws(IndexError) -> [UInt8] { fatalError("declared, not yet written") }

  // MARK: Columns: nil where the segment has no column of this name and type

  public func integers(_ name: String) throws(IndexError) -> IntegerColumn? { fatalError("declared, not yet written") }
  public func keywords(_ name: String) throws(IndexError) -> KeywordColumn? { fatalError("declared, not yet written") }
  public func bytes(_ name: String) throws(IndexError) -> BytesColumn? { fatalError("declared, not yet written") }
  public func mentions() throws(IndexError) -> MentionsColumn { fatalError("declared, not yet written") }
}

/// How the passages of a segment lie in their documents and texts.
public struct PassageTable: Sendable {
  /// True where every document has one passage: then both numbers are equal.
  public var isIdentity: Bool { fatalError("declared, not yet written") }
  public func document(of passage: PassageID) -> DocumentOrdinal { fatalError("declared, not yet written") }
  public func passages(of document: DocumentOrdinal) -> Range<PassageID> { fatalError("declared, not yet written") }
  /// The first position of the passage that is not of the title: positions below answer `title:`.
  public func titleEnd(_ passage: PassageID) -> UInt32 { fatalError("declared, not yet written") }
  /// The first position of the passage that is of its body (behind title and heading).
  public func bodyStart(_ passage: PassageID) -> UInt32 { fatalError("declared, not yet written") }
  /// True where the body continues the body of the previous passage: phrases may cross.
  public func continues(_ passage: PassageID) -> Bool { fatalError("declared, not yet written") }
  /// What to add (wrapping) to a body position to get its place in the whole text that the split passages share.
  /// 0 for a passage that continues nothing. Two body positions of one chain are adjacent in the text
  /// exactly when their sums are.
  public func positionBase(_ passage: PassageID) -> UInt32 { fatalError("declared, not yet written") }
}
