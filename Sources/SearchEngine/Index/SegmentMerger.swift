/// Makes one segment of adjacent ones, without the deleted documents. Terms stream through; what is kept in memory is
/// one list of postings' skip data at a time, and a few numbers a document and passage: they bound what a merge of
/// millions of documents takes (51 MB for a million in 1.24 million passages).
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
    let first = sources[0]
    let firstSequence = try first.reader.sequence(first.documents[0])
    let (summary, passages) = try mergePassages()
    var sizes: [UInt64] = []
    let terms = try output(.terms)
    let postings = try output(.postings)
    let positions = try output(.positions)
    try mergeTerms(summary, terms.content, postings.content, positions.content)
    for output in [terms, postings, positions] { sizes.append(try finish(output)) }
    sizes.append(passages)
    sizes.append(try mergeColumns())
    sizes.append(try mergeStored())
    // Arrays report damage instead of throwing it. It must not get new checksums: no merged segment without a clean
    // report of its sources.
    for source in sources { try source.reader.checkDamage() }
    return SegmentRecord(
      id: id, documentCount: summary.documentCount, deletedCount: 0, passageCount: summary.passageCount,
      totalLength: summary.totalLength, firstSequence: firstSequence, weights: weights, liveGeneration: 0,
      fileSizes: sizes)
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

  /// What the lists of the merged segment need to know of its passages.
  private struct Summary {
    var passageCount: UInt32
    var documentCount: UInt32
    var totalLength: UInt64
    var norms: [UInt8]
    /// The document of each passage; nil where both are one.
    var documents: [UInt32]?
  }

  /// Writes the file of passages; first, so that most of what is known of them is gone before the terms come.
  private func mergePassages() throws(IndexError) -> (Summary, fileSize: UInt64) {
    var passages = PassageTableWriter()
    passages.reserve(
      passages: sources.reduce(0) { $0 + Int($1.segment.record.passageCount) },
      documents: sources.reduce(0) { $0 + $1.documents.count })
    for source in sources { try add(source, to: &passages) }
    let output = try output(.passages)
    passages.write(to: output.content)
    let summary = Summary(
      passageCount: UInt32(passages.passageCount), documentCount: UInt32(passages.documentCount),
      totalLength: passages.totalLength, norms: passages.norms, documents: passages.documents())
    return (summary, try finish(output))
  }

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
    _ summary: Summary, _ terms: ContentWriter, _ postings: ContentWriter, _ positions: ContentWriter
  ) throws(IndexError) {
    try summary.norms.withUnsafeBufferPointer { norms throws(IndexError) in
      try (summary.documents ?? []).withUnsafeBufferPointer { documents throws(IndexError) in
        guard let norms = norms.baseAddress else { return }
        let documents = summary.documents == nil ? nil : documents.baseAddress
        postings.begin(SectionID("LIST"))
        positions.begin(SectionID("LIST"))
        var merger = TermMerger(
          PostingsWriter(
            postings: postings, positions: positions, passageCount: summary.passageCount, norms: norms,
            documents: documents),
          TermDictionaryWriter(
            terms, passageCount: summary.passageCount, hasDocumentFrequencies: documents != nil,
            postings: postings.offset, positions: positions.offset),
          documents: documents)
        try mergeTerms(&merger)
        postings.end()
        positions.end()
        merger.finish()
      }
    }
  }

  private func mergeTerms(_ merger: inout TermMerger) throws(IndexError) {
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
  }
}
