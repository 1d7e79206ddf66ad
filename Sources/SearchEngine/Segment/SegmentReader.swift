/// One immutable segment, memory-mapped, together with the documents that are live in one commit.
///
/// Files are mapped, and parts opened, at their first use. Thread-safe: any number of queries may read one segment.
public final class SegmentReader: Sendable {
  let record: SegmentRecord
  let directory: String

  private let termsFile: Lazy<MappedFile>
  private let postingsFile: Lazy<MappedFile>
  private let positionsFile: Lazy<MappedFile>
  private let passagesFile: Lazy<MappedFile>
  private let columnsFile: Lazy<MappedFile>
  private let storedFile: Lazy<MappedFile>
  private let lazyTerms: Lazy<TermDictionary>
  private let lazyForms: Lazy<FormDictionary>
  private let lazyNorms: Lazy<FieldNorms>
  private let lazyPassages: Lazy<PassageTable>
  private let lazyColumns: Lazy<ColumnDirectory>
  private let lazyKeys: Lazy<KeyTable?>
  private let lazyStored: Lazy<StoredFieldsReader>
  private let lazySignatures: Lazy<PassageSignatures?>
  /// nil where all documents are live.
  private let live: LiveDocuments?
  private let damage: DamageLog

  /// Opens the file of live documents, where there is one, and nothing else.
  init(directory: String, _ record: SegmentRecord) throws(IndexError) {
    self.record = record
    self.directory = directory
    let damage = DamageLog()
    self.damage = damage
    func lazy(_ kind: FileKind, _ index: Int) -> Lazy<MappedFile> {
      let size = record.fileSizes[index]
      return Lazy { () throws(IndexError) in
        try MappedFile(
          directory: directory, name: record.name(kind), kind: kind, segment: record.id, expectedSize: size,
          damage: damage)
      }
    }
    let terms = lazy(.terms, 0)
    let passages = lazy(.passages, 3)
    let columns = lazy(.columns, 4)
    let stored = lazy(.stored, 5)
    termsFile = terms
    postingsFile = lazy(.postings, 1)
    positionsFile = lazy(.positions, 2)
    passagesFile = passages
    columnsFile = columns
    storedFile = stored
    let lazyTerms = Lazy { () throws(IndexError) in try TermDictionary(terms.get()) }
    self.lazyTerms = lazyTerms
    lazyForms = Lazy { () throws(IndexError) in try FormDictionary(lazyTerms.get()) }
    lazyNorms = Lazy { () throws(IndexError) in try FieldNorms(passages.get(), count: record.passageCount) }
    lazyPassages = Lazy { () throws(IndexError) in
      try PassageTable(passages.get(), passageCount: record.passageCount, documentCount: record.documentCount)
    }
    lazyColumns = Lazy { () throws(IndexError) in
      try ColumnDirectory(columns.get(), documentCount: record.documentCount)
    }
    lazyKeys = Lazy { () throws(IndexError) in try KeyTable.open(columns.get(), documentCount: record.documentCount) }
    lazyStored = Lazy { () throws(IndexError) in
      try StoredFieldsReader(stored.get(), documentCount: record.documentCount)
    }
    lazySignatures = Lazy { () throws(IndexError) in
      try PassageSignatures(stored.get(), passageCount: record.passageCount)
    }
    live = record.liveGeneration == 0 ? nil : try LiveDocuments(directory: directory, record)
  }

  public var id: SegmentID { record.id }
  /// Documents in the segment, deleted ones included.
  public var documentCount: UInt32 { record.documentCount }
  /// Documents that are not deleted in this commit.
  public var liveDocumentCount: UInt32 { record.documentCount - record.deletedCount }
  /// Passages in the segment, those of deleted documents included: the N of BM25's idf.
  public var passageCount: UInt32 { record.passageCount }
  /// The sum of the lengths of all passages (before rounding to a norm).
  public var totalLength: UInt64 { record.totalLength }
  /// The weights with which titles and headings were indexed.
  public var weights: FieldWeights { record.weights }

  /// Says that all of the segment is going to be read (merge, check). Opens all its files.
  func expectSequentialReads() throws(IndexError) {
    for file in [termsFile, postingsFile, positionsFile, passagesFile, columnsFile, storedFile] {
      try file.get().expectSequentialReads()
    }
  }

  /// Maps all files but those that are damaged, which whoever reads them will be told.
  func pinWhatIsSound() throws(IndexError) {
    for file in [termsFile, postingsFile, positionsFile, passagesFile, columnsFile, storedFile] {
      do throws(IndexError) { _ = try file.get() } catch .corrupt {}
    }
  }

  // MARK: Damage

  /// Throws the first damage that any cursor of this segment met. Call it at the end of a query: the results of a
  /// damaged segment may be incomplete.
  public func checkDamage() throws(IndexError) { try damage.check() }

  /// Records what a cursor met; the first one counts.
  func report(_ error: IndexError) { damage.report(error) }

  // MARK: Terms and postings

  public func terms() throws(IndexError) -> TermDictionary { try lazyTerms.get() }
  public func forms() throws(IndexError) -> FormDictionary { try lazyForms.get() }

  /// A cursor on the first passage of the term.
  public func postings(_ term: TermInfo) throws(IndexError) -> PostingsCursor {
    try PostingsCursor(self, try postingsFile.get(), term)
  }

  /// The file of postings, for readers that choose their blocks.
  func postingsData() throws(IndexError) -> MappedFile { try postingsFile.get() }

  /// A reader of positions to go with a cursor of the same term.
  public func positions(_ term: TermInfo) throws(IndexError) -> PositionsCursor {
    PositionsCursor(
      self, postings: try postingsFile.get(), positions: try positionsFile.get(), norms: try norms(), term)
  }

  /// One byte a passage, verified page by page as they are read.
  public func norms() throws(IndexError) -> FieldNorms { try lazyNorms.get() }

  // MARK: Passages and documents

  public func passages() throws(IndexError) -> PassageTable { try lazyPassages.get() }

  /// Whether the document is live in this commit.
  @inline(__always)
  public func isLive(_ document: DocumentOrdinal) -> Bool { live?.isLive(document) ?? true }

  /// One bit a document (bit 0 of word 0 is document 0), nil where all are live. Lives as long as the segment.
  public var liveBits: UnsafePointer<UInt64>? { live?.words }

  /// The document's place in the order of ingest of the whole memory: unique, rising with the ordinal.
  public func sequence(_ document: DocumentOrdinal) throws(IndexError) -> UInt64 {
    record.firstSequence + UInt64(document) + (try passages().sequenceGap(document))
  }

  /// The sequence number of the first document.
  public var firstSequence: UInt64 { record.firstSequence }

  /// One more than the sequence number of the last document.
  public var sequenceEnd: UInt64 {
    get throws(IndexError) {
      record.documentCount == 0 ? record.firstSequence : try sequence(record.documentCount - 1) + 1
    }
  }

  /// The document's key, nil in a segment without keys.
  public func key(_ document: DocumentOrdinal) throws(IndexError) -> DocumentKey? {
    try lazyKeys.get()?.key(document)
  }

  /// The document with this key, live or not; nil where the segment does not hold it. Where an older version of a
  /// document stands in the same segment, this is the newest.
  public func document(_ key: DocumentKey) throws(IndexError) -> DocumentOrdinal? {
    try lazyKeys.get()?.document(key)
  }

  /// The bytes stored with the document; empty where nothing was.
  public func stored(_ document: DocumentOrdinal) throws(IndexError) -> [UInt8] {
    try lazyStored.get().frame(document)
  }

  /// Reads the bytes stored with several documents: in ascending order each block is decompressed once.
  ///
  /// - Parameter body: Gets a document's bytes; returns whether to go on.
  public func forEachStored(
    _ documents: some Sequence<DocumentOrdinal>, _ body: (DocumentOrdinal, [UInt8]) -> Bool
  ) throws(IndexError) {
    let reader = try lazyStored.get()
    var last: DecompressedBlock?
    for document in documents {
      guard body(document, try reader.frame(document, keeping: &last)) else { return }
    }
  }

  /// nil where the segment was written without.
  func signatures() throws(IndexError) -> PassageSignatures? { try lazySignatures.get() }

  // MARK: Columns: nil where the segment has no column of this name and type

  public func integers(_ name: String) throws(IndexError) -> IntegerColumn? { try lazyColumns.get().integers(name) }
  public func keywords(_ name: String) throws(IndexError) -> KeywordColumn? { try lazyColumns.get().keywords(name) }
  public func bytes(_ name: String) throws(IndexError) -> BytesColumn? { try lazyColumns.get().bytes(name) }
  public func inverted(_ name: String) throws(IndexError) -> InvertedColumn? { try lazyColumns.get().inverted(name) }
  public func fixed(_ name: String) throws(IndexError) -> FixedColumn? { try lazyColumns.get().fixed(name) }
  /// Who is named by which document; empty where nobody is.
  public func mentions() throws(IndexError) -> MentionsColumn { try lazyColumns.get().mentions() }

  // MARK: For merges and checks

  var columns: ColumnDirectory { get throws(IndexError) { try lazyColumns.get() } }
  var keys: KeyTable? { get throws(IndexError) { try lazyKeys.get() } }
  var storedFields: StoredFieldsReader { get throws(IndexError) { try lazyStored.get() } }

  /// The exact lengths of all passages.
  func lengths() throws(IndexError) -> [UInt32] {
    try PassageTable.lengths(try passagesFile.get(), count: passageCount)
  }

  /// All files of the segment, mapped.
  func files() throws(IndexError) -> [MappedFile] {
    var files = [
      try termsFile.get(), try postingsFile.get(), try positionsFile.get(), try passagesFile.get(),
      try columnsFile.get(), try storedFile.get(),
    ]
    if let live { files.append(live.file) }
    return files
  }
}
