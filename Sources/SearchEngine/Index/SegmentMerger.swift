/// Makes one segment of adjacent ones, without the deleted documents. Terms stream through; what is kept in memory is
/// a few numbers a document and passage, and one list of postings' skip data at a time.
struct SegmentMerger {
  private let sources: [MergeSource]
  private let writer: IndexWriter
  private let id: SegmentID
  private let weights: FieldWeights

  /// At least one document of `segments` has to be live.
  init(_ segments: [WriterSegment], _ writer: IndexWriter) throws(IndexError) {
    var sources: [MergeSource] = []
    var passages: UInt64 = 0
    for segment in segments where segment.liveCount > 0 {
      let source = try MergeSource(segment, firstPassage: UInt32(truncatingIfNeeded: passages))
      for document in source.documents { passages += UInt64(source.table.passages(of: document).count) }
      sources.append(source)
    }
    guard passages < UInt64(UInt32.max) - 1 else {
      throw .invalid("a merge would make a segment of \(passages) passages, more than a segment can number")
    }
    self.sources = sources
    self.writer = writer
    weights = segments[segments.count - 1].record.weights
    id = writer.takeSegmentID()
  }

  func merge() throws(IndexError) -> SegmentRecord {
    var passages = PassageTableWriter()
    for source in sources { try add(source, to: &passages) }
    let passageCount = UInt32(passages.passageCount)
    let documentCount = UInt32(passages.documentCount)
    let totalLength = passages.totalLength
    let first = sources[0]
    let firstSequence = try first.reader.sequence(first.documents[0])

    var sizes: [UInt64] = []
    let terms = try output(.terms)
    let postings = try output(.postings)
    let positions = try output(.positions)
    try mergeTerms(passages, terms.content, postings.content, positions.content)
    for output in [terms, postings, positions] { sizes.append(try finish(output)) }

    let passagesOutput = try output(.passages)
    passages.write(to: passagesOutput.content)
    sizes.append(try finish(passagesOutput))
    sizes.append(try mergeColumns())
    sizes.append(try mergeStored())
    // Arrays report damage instead of throwing it. It must not get new checksums: no merged segment without a clean
    // report of its sources.
    for source in sources { try source.reader.checkDamage() }
    return SegmentRecord(
      id: id, documentCount: documentCount, deletedCount: 0, passageCount: passageCount, totalLength: totalLength,
      firstSequence: firstSequence, weights: weights, liveGeneration: 0, fileSizes: sizes)
  }

  // MARK: Files

  private struct Output {
    var content: ContentWriter
    var file: any OutputFile
  }

  private func output(_ kind: FileKind) throws(IndexError) -> Output {
    let file = try writer.createFile(kind.name(id))
    return Output(content: ContentWriter(kind, sink: file), file: file)
  }

  private func finish(_ output: Output) throws(IndexError) -> UInt64 {
    try output.content.finish()
    try output.content.seal(id, to: output.file)
    output.file.close()
    return output.content.fileSize
  }

  // MARK: Parts

  private func add(_ source: MergeSource, to passages: inout PassageTableWriter) throws(IndexError) {
    let lengths = try source.reader.lengths()
    let table = source.table
    for document in source.documents {
      passages.beginDocument(sequence: try source.reader.sequence(document))
      for passage in table.passages(of: document) {
        passages.addPassage(
          length: lengths[Int(passage)], titleEnd: table.titleEnd(passage), bodyStart: table.bodyStart(passage),
          continues: table.continues(passage), base: table.positionBase(passage))
      }
    }
  }

  private func mergeColumns() throws(IndexError) -> UInt64 {
    let output = try output(.columns)
    var columns: [ColumnsMerger.Source] = []
    for source in sources {
      columns.append(
        .init(columns: try source.reader.columns, keys: try source.reader.keys, documents: source.documents))
    }
    try ColumnsMerger(sources: columns).write(to: output.content)
    return try finish(output)
  }

  /// Blocks without deleted documents are copied as they are.
  private func mergeStored() throws(IndexError) -> UInt64 {
    let output = try output(.stored)
    let stored = StoredFieldsWriter(output.content)
    let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
    for source in sources {
      let reader = try source.reader.storedFields
      if reader.blockCount == 0 {
        for _ in source.documents { stored.add(nothing) }
        continue
      }
      for block in 0..<reader.blockCount {
        let documents = try reader.documents(block)
        if documents.allSatisfy({ source.segment.isLive($0) }) {
          stored.add(block: try reader.bytes(block), documents: documents.count)
          continue
        }
        let (bytes, ranges) = try reader.frames(block)
        for (document, range) in zip(documents, ranges) where source.segment.isLive(document) {
          bytes.withUnsafeBytes { stored.add(UnsafeRawBufferPointer(rebasing: $0[range])) }
        }
      }
    }
    stored.finish()
    try mergeSignatures(to: output.content)
    return try finish(output)
  }

  /// Passages of a segment without signatures get empty ones.
  private func mergeSignatures(to content: ContentWriter) throws(IndexError) {
    var signatures: [PassageSignatures?] = []
    for source in sources { signatures.append(try source.reader.signatures()) }
    guard signatures.contains(where: { $0 != nil }) else { return }
    let none = [UInt8](repeating: 0, count: PassageSignature.size)
    content.begin(SectionID("SIGN"))
    for (source, signatures) in zip(sources, signatures) {
      for document in source.documents {
        let passages = source.table.passages(of: document)
        if let signatures {
          content.append(try signatures.bytes(passages))
        } else {
          for _ in passages { content.append(none) }
        }
      }
    }
    content.end()
  }

  // MARK: Terms

  private func mergeTerms(
    _ passages: PassageTableWriter, _ terms: ContentWriter, _ postings: ContentWriter, _ positions: ContentWriter
  ) throws(IndexError) {
    let norms = UnsafeMutablePointer<UInt8>.allocate(capacity: passages.norms.count)
    defer { norms.deallocate() }
    norms.initialize(from: passages.norms, count: passages.norms.count)
    let documents = passages.documents().map { array in
      let map = UnsafeMutablePointer<UInt32>.allocate(capacity: array.count)
      map.initialize(from: array, count: array.count)
      return map
    }
    defer { documents?.deallocate() }
    postings.begin(SectionID("LIST"))
    positions.begin(SectionID("LIST"))
    var merger = TermMerger(
      PostingsWriter(
        postings: postings, positions: positions, passageCount: UInt32(passages.passageCount), norms: norms,
        documents: documents.map { UnsafePointer($0) }),
      TermDictionaryWriter(
        terms, passageCount: UInt32(passages.passageCount), hasDocumentFrequencies: !passages.isIdentity,
        postings: postings.offset, positions: positions.offset),
      documents: documents.map { UnsafePointer($0) })
    // The sources of the least term, collected in one walk over all of them.
    var same: [MergeSource] = []
    same.reserveCapacity(sources.count)
    while true {
      same.removeAll(keepingCapacity: true)
      for source in sources where source.hasTerm {
        if let least = same.first {
          if least.isBefore(source) { continue }
          if !least.hasSameTerm(source) { same.removeAll(keepingCapacity: true) }
        }
        same.append(source)
      }
      if same.isEmpty { break }
      try merger.merge(same)
      for source in same { try source.advance() }
    }
    postings.end()
    positions.end()
    merger.finish()
  }
}
