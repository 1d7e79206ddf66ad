internal import TextAnalysis

/// Turns one batch of documents into a segment. Owns all it needs: any number of builders work at once, each on a
/// thread of its own. The same documents in the same order give the same bytes, wherever and whenever they are built.
public struct SegmentBuilder: ~Copyable {
  private let configuration: IndexConfiguration
  private let analyzer: Analyzer
  private let stemmer = Stemmer()
  private var buffer = TokenBuffer()
  private var forms = FormTable()
  private var log = TokenLog()
  private var titleWords = GrowingIntegers(capacity: 256)
  private var passages = PassageTableWriter()
  private var columns: ColumnsWriter
  private var columnsContent = ContentWriter(.columns)
  private var storedContent: ContentWriter
  private var stored: StoredFieldsWriter
  private var keys: [DocumentKey] = []
  /// Bytes of text in the batch so far.
  public private(set) var textBytes = 0
  private var times = BuildTimes()
  /// Where the time went in all batches so far.
  public var buildTimes: BuildTimes {
    var times = times
    times.compression += stored.time
    return times
  }

  // The passage that is being added.
  private var position: UInt32 = .max
  private var length: UInt32 = 0
  private let hasLeftOut: Bool

  /// The most positions of a passage, and the most passages of a batch: they share 64 bits with the code.
  static let mostPositions = 1 << 26
  static let mostPassages = 1 << 22

  public init(_ configuration: IndexConfiguration) {
    self.configuration = configuration
    analyzer = Analyzer(configuration.analyzer)
    hasLeftOut = !configuration.leftOutWords.isEmpty
    columns = ColumnsWriter(configuration.schema)
    storedContent = ContentWriter(.stored)
    stored = StoredFieldsWriter(storedContent)
  }

  /// The number of documents in the batch so far.
  public var documentCount: Int { passages.documentCount }

  /// True when the batch has reached its size: call `finish()`, start the next batch with the next document.
  public var isFull: Bool {
    textBytes >= configuration.batchBytes || passages.passageCount >= Self.mostPassages / 2
      || log.words.count >= 1 << 29
  }

  /// Analyses and inverts one document.
  /// - Throws: `.invalid` where the document breaks a limit; the batch is as before then.
  public mutating func add(_ document: borrowing IndexDocument) throws(IndexError) {
    guard !document.passages.isEmpty else { throw .invalid("a document has at least one passage") }
    guard passages.passageCount + document.passages.count <= Self.mostPassages else {
      throw .invalid("a document has more passages than a segment can hold (\(Self.mostPassages))")
    }
    // A token takes at least a byte of text, and an overlap another word of the log: bytes bound positions.
    let titleBytes = document.title.count * Int(configuration.weights.title)
    for passage in document.passages
    where titleBytes + passage.heading.count * Int(configuration.weights.heading) + passage.body.count + 2
      >= Self.mostPositions
    {
      throw .invalid("a passage is longer than \(Self.mostPositions) bytes: split it into continuing passages")
    }
    try columns.add(key: document.key, values: document.columns, mentions: document.mentions)
    if let key = document.key { keys.append(key) }
    passages.beginDocument(sequence: UInt64(passages.documentCount))
    document.stored.withUnsafeBytes { stored.add($0) }

    titleWords.removeAll()
    let titleLength = analyzeTitle(document.title, document.language)
    var before = (end: UInt32(0), base: UInt32(0))
    for (i, passage) in document.passages.enumerated() {
      log.starts.append(UInt32(truncatingIfNeeded: log.words.count))
      position = .max
      length = titleLength
      replayTitle()
      let titleEnd = position &+ 1
      if titleEnd > 0 { skipPosition() }
      let headingStart = position &+ 1
      append(passage.heading, document.language, weight: configuration.weights.heading)
      if position &+ 1 > headingStart { skipPosition() }
      let bodyStart = position &+ 1
      append(passage.body, document.language, weight: 1)
      let continues = passage.continues && i > 0
      let base = continues ? before.base &+ before.end &- bodyStart : 0
      passages.addPassage(length: length, titleEnd: titleEnd, bodyStart: bodyStart, continues: continues, base: base)
      before = (position &+ 1, base)
      textBytes += passage.body.count + passage.heading.count
    }
    textBytes += document.title.count
  }

  private mutating func skipPosition() {
    log.words.append(TokenLog.skip | 1)
    position &+= 1
  }

  /// Analyses the title once into words of the log, and answers its length.
  private mutating func analyzeTitle(_ title: [UInt8], _ language: Language) -> UInt32 {
    guard !title.isEmpty else { return 0 }
    let start = log.words.count
    position = .max
    length = 0
    append(title, language, weight: configuration.weights.title)
    let count = log.words.count - start
    titleWords.grow(by: count).update(from: log.words.start + start, count: count)
    log.words.removeLast(count)
    // The replay counts the occurrences, once a passage.
    for i in 0..<count where titleWords.start[i] & TokenLog.kind != TokenLog.skip {
      forms.entries[Int(titleWords.start[i] & TokenLog.value)].occurrences &-= 1
    }
    return length
  }

  private mutating func replayTitle() {
    let count = titleWords.count
    guard count > 0 else { return }
    log.words.grow(by: count).update(from: titleWords.start, count: count)
    for i in 0..<count {
      let word = titleWords.start[i]
      if word & TokenLog.kind == TokenLog.skip {
        position &+= word & TokenLog.value
        continue
      }
      forms.entries[Int(word & TokenLog.value)].occurrences &+= 1
      if word & TokenLog.kind == 0 { position &+= 1 }
    }
  }

  /// Analyses a text and appends its tokens to the log, each `weight` times at its position.
  private mutating func append(_ text: [UInt8], _ language: Language, weight: UInt8) {
    guard !text.isEmpty else { return }
    text.withUnsafeBytes { analyzer.analyze($0, into: &buffer) }
    let language = language.hasStemmer ? language.rawValue : 0
    let repeats = UInt32(max(1, weight))
    var position = position
    var length = length
    buffer.withUnsafeTokens { tokens, bytes in
      let room = tokens.count * Int(repeats)
      let out = log.words.grow(by: room)
      var used = 0
      for index in 0..<tokens.count {
        let token = tokens[index]
        if index &+ 24 < tokens.count { forms.prefetchSlot(tokens[index &+ 24].hash, language) }
        if index &+ 12 < tokens.count { forms.prefetchEntry(tokens[index &+ 12].hash, language) }
        if hasLeftOut, isLeftOut(token, bytes) {
          out[used] = TokenLog.skip | UInt32(token.positionIncrement)
          used &+= 1
          position &+= UInt32(token.positionIncrement)
          continue
        }
        let id = forms.id(
          bytes + Int(token.termStart), Int(token.termLength), token.hash, language, occurrences: repeats)
        // A text that begins with an overlap gives it a position of its own.
        let steps = token.positionIncrement != 0 || position == .max
        out[used] = steps ? id : id | TokenLog.stay
        used &+= 1
        if steps {
          position &+= 1
          length &+= repeats
        }
        var extra = repeats
        while extra > 1 {
          out[used] = id | TokenLog.stay
          used &+= 1
          extra &-= 1
        }
      }
      log.words.removeLast(room - used)
    }
    self.position = position
    self.length = length
  }

  private func isLeftOut(_ token: Token, _ bytes: UnsafeRawPointer) -> Bool {
    let term = UnsafeRawBufferPointer(start: bytes + Int(token.termStart), count: Int(token.termLength))
    return configuration.leftOutWords.contains(stemmer.fold(term))
  }

  /// Encodes the segment and empties the builder for the next batch (its memory is kept).
  ///
  /// - Parameter isShared: A second thread helps: for when there is nothing else to do. The bytes are the same.
  /// - Precondition: the batch has at least one document.
  public mutating func finish(isShared: Bool = false) throws(IndexError) -> EncodedSegment {
    precondition(passages.documentCount > 0, "an empty batch makes no segment")
    stored.finish()
    let inverted = try SegmentInverter.encode(
      forms: forms, log: log, stemmer: stemmer, passages: passages,
      signatures: configuration.hasSignatures ? storedContent : nil, isShared: isShared, times: &times)
    let clock = BuildTimes.now()
    let passagesContent = ContentWriter(.passages)
    passages.write(to: passagesContent)
    try passagesContent.finish()
    columns.write(to: columnsContent)
    try columnsContent.finish()
    times.spend(since: clock, \.tables)
    try storedContent.finish()
    times.compression += stored.time
    let segment = EncodedSegment(
      contents: [
        inverted.terms, inverted.postings, inverted.positions, passagesContent, columnsContent, storedContent,
      ],
      keys: keys, documentCount: UInt32(passages.documentCount), passageCount: UInt32(passages.passageCount),
      totalLength: passages.totalLength, weights: configuration.weights)
    forms.removeAll()
    log.removeAll()
    passages.removeAll()
    keys = []
    columns = ColumnsWriter(configuration.schema)
    columnsContent = ContentWriter(.columns)
    storedContent = ContentWriter(.stored)
    stored = StoredFieldsWriter(storedContent)
    textBytes = 0
    return segment
  }
}
