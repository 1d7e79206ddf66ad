internal import TextAnalysis

/// Turns the token log of a batch into postings: sorts the tokens by stem, and encodes stem after stem.
enum SegmentInverter {
  /// A token on its way: passage (22 bits), position (26), code (16). Words of one stem stand in the order of the text.
  private static func pack(_ passage: UInt64, _ position: UInt32, _ code: UInt64) -> UInt64 {
    passage << 42 | UInt64(position) << 16 | code
  }

  /// - Parameter isShared: A second thread takes a part of the work; the bytes are the same.
  static func encode(
    forms: borrowing FormTable, log: borrowing TokenLog, stemmer: Stemmer, passages: PassageTableWriter,
    signatures: ContentWriter?, isShared: Bool, times: inout BuildTimes
  ) throws(IndexError) -> (terms: ContentWriter, postings: ContentWriter, positions: ContentWriter) {
    var clock = BuildTimes.now()
    let table = StemTable(forms, stemmer, isShared: isShared)
    clock = times.spend(since: clock, \.stems)
    var total = 0
    for stem in table.stems { total += stem.occurrences }
    let words = HugePages.allocate(UInt64.self, capacity: max(1, total))
    defer { words.deallocate() }
    let norms = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, passages.norms.count))
    defer { norms.deallocate() }
    for (i, norm) in passages.norms.enumerated() { norms[i] = norm }
    let documents = passages.documents()
    let documentMap = documents.map { array in
      let map = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, array.count))
      map.initialize(from: array, count: array.count)
      return map
    }
    defer { documentMap?.deallocate() }

    let terms = ContentWriter(.terms)
    let postings = ContentWriter(.postings)
    let positions = ContentWriter(.positions)
    postings.begin(SectionID("LIST"))
    positions.begin(SectionID("LIST"))
    var dictionary = TermDictionaryWriter(
      terms, passageCount: UInt32(passages.passageCount), hasDocumentFrequencies: !passages.isIdentity,
      postings: postings.offset, positions: positions.offset)
    let source = Source(
      stems: table.stems, forms: table.forms, words: words, norms: norms,
      documents: documentMap.map { UnsafePointer($0) }, passageCount: UInt32(passages.passageCount))
    withUnsafePointer(to: forms) { forms in
      withUnsafePointer(to: log) { log in
        withUnsafePointer(to: table) { table in
          let summary = signatures.map { signatures in
            // A stemmer serves one thread.
            { sign(forms, log, table, isShared ? Stemmer() : stemmer, to: signatures) }
          }
          let other = isShared ? summary.map { SideThread($0) } : nil
          if !isShared { summary?() }
          scatter(log.pointee, table.pointee, into: words)
          clock = times.spend(since: clock, \.sorting)
          encode(source, total, postings, positions, isShared: isShared, &dictionary)
          other?.join()
        }
      }
    }
    postings.end()
    positions.end()
    dictionary.finish()
    try terms.finish()
    try postings.finish()
    try positions.finish()
    times.spend(since: clock, \.encoding)
    return (terms, postings, positions)
  }

  private static func sign(
    _ forms: UnsafePointer<FormTable>, _ log: UnsafePointer<TokenLog>, _ table: UnsafePointer<StemTable>,
    _ stemmer: Stemmer, to writer: ContentWriter
  ) {
    writer.begin(SectionID("SIGN"))
    SignatureBuilder(forms.pointee, table.pointee, stemmer).write(log.pointee, to: writer)
    writer.end()
  }

  /// What lists are made of.
  private struct Source {
    var stems: [StemTable.Stem]
    var forms: [StemTable.Form]
    /// The tokens, sorted by stem.
    var words: UnsafePointer<UInt64>
    var norms: UnsafePointer<UInt8>
    var documents: UnsafePointer<UInt32>?
    var passageCount: UInt32

    func writer(_ postings: ContentWriter, _ positions: ContentWriter) -> PostingsWriter {
      PostingsWriter(
        postings: postings, positions: positions, passageCount: passageCount, norms: norms, documents: documents)
    }

    /// Encodes some stems, whose tokens begin at `start`.
    func encode(
      _ range: Range<Int>, from start: Int, _ writer: PostingsWriter,
      _ body: (StemTable.Stem, TermRecord, [FormRecord]) -> Void
    ) {
      var encoder = StemEncoder(documents: documents)
      var start = start
      for stem in stems[range] {
        let record = encoder.encode(
          stem, forms[stem.firstForm..<stem.firstForm + stem.formCount],
          UnsafeBufferPointer(start: words + start, count: stem.occurrences), writer)
        body(stem, record, encoder.records)
        start += stem.occurrences
      }
    }
  }

  /// Lists do not know where they stand: the second half of them is encoded elsewhere and put behind the first one.
  private static func encode(
    _ source: Source, _ total: Int, _ postings: ContentWriter, _ positions: ContentWriter, isShared: Bool,
    _ dictionary: inout TermDictionaryWriter
  ) {
    var (middle, start) = (source.stems.count, total)
    if isShared {
      (middle, start) = (0, 0)
      while middle < source.stems.count, start < total / 2 {
        start += source.stems[middle].occurrences
        middle += 1
      }
    }
    let half = Half()
    let headers = (half.postings.offset, half.positions.offset)
    let other =
      middle < source.stems.count
      ? SideThread {
        let writer = source.writer(half.postings, half.positions)
        source.encode(middle..<source.stems.count, from: start, writer) { stem, record, forms in
          half.terms.append(record, forms, writer, hasCodes: stem.formCount > 1)
        }
      } : nil
    let writer = source.writer(postings, positions)
    source.encode(0..<middle, from: 0, writer) { stem, record, forms in
      dictionary.add(stem.bytes, record, forms: forms, gaps: writer.gaps.start, codes: writer.codes.start)
    }
    guard let other else { return }
    other.join()
    half.terms.replay(source.stems[middle...], source.forms, into: &dictionary)
    postings.append(half.postings, from: headers.0)
    positions.append(half.positions, from: headers.1)
  }

  private final class Half {
    let postings = ContentWriter(.postings)
    let positions = ContentWriter(.positions)
    var terms = DeferredTerms()
  }

  /// A counting sort of the log by stem: the order of the text is kept within a stem.
  private static func scatter(
    _ log: borrowing TokenLog, _ table: borrowing StemTable, into words: UnsafeMutablePointer<UInt64>
  ) {
    let next = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, table.stems.count))
    defer { next.deallocate() }
    var start = 0
    for (rank, stem) in table.stems.enumerated() {
      next[rank] = UInt32(truncatingIfNeeded: start)
      start += stem.occurrences
    }
    let places = table.places
    let source = log.words.start
    for passage in 0..<log.starts.count {
      let end = passage + 1 < log.starts.count ? Int(log.starts.start[passage + 1]) : log.words.count
      var position = UInt32.max
      for i in Int(log.starts.start[passage])..<end {
        let word = source[i]
        let value = word & TokenLog.value
        if word & TokenLog.kind == TokenLog.skip {
          position &+= value
          continue
        }
        if word & TokenLog.kind == 0 { position &+= 1 }
        let place = places[Int(value)]
        let slot = next + Int(truncatingIfNeeded: place >> 16)
        words[Int(slot.pointee)] = pack(UInt64(passage), position, place & 0xFFFF)
        slot.pointee &+= 1
      }
    }
  }
}

/// Encodes the sorted tokens of one stem after another.
struct StemEncoder: ~Copyable {
  private let documents: UnsafePointer<UInt32>?
  private var counts = FormCounts()
  /// The forms of the stem encoded last that the dictionary lists.
  private(set) var records: [FormRecord] = []

  init(documents: UnsafePointer<UInt32>?) { self.documents = documents }

  mutating func encode(
    _ stem: StemTable.Stem, _ forms: ArraySlice<StemTable.Form>, _ words: UnsafeBufferPointer<UInt64>,
    _ writer: PostingsWriter
  ) -> TermRecord {
    writer.begin(formCount: UInt32(stem.formCount))
    if stem.formCount > 1 { counts.begin(stem.formCount) }
    var i = 0
    let count = words.count
    guard let source = words.baseAddress else { return writer.end() }
    while i < count {
      let start = i
      let passage = source[i] &>> 42
      repeat { i &+= 1 } while i < count && source[i] &>> 42 == passage
      let id = UInt32(truncatingIfNeeded: passage)
      if stem.formCount > 1 {
        let document = documents.map { $0[Int(id)] } ?? id
        for k in start..<i {
          counts.add(UInt32(truncatingIfNeeded: source[k] & 0xFFFF), passage: id, document: document)
        }
      }
      writer.add(passage: id, words: source + start, frequency: i &- start)
    }
    let record = writer.end()
    records.removeAll(keepingCapacity: true)
    let isTrivial = stem.formCount == 1 && forms[forms.startIndex].bytes.compare(stem.bytes) == 0
    if !isTrivial {
      for (code, form) in forms.enumerated() {
        let frequencies =
          stem.formCount > 1
          ? counts.frequencies(code) : (record.passageFrequency, record.documentFrequency)
        records.append(
          FormRecord(bytes: form.bytes, passageFrequency: frequencies.0, documentFrequency: frequencies.1))
      }
    }
    return record
  }
}

/// Counts in how many passages and documents each form of one stem stands.
struct FormCounts: ~Copyable {
  private struct Count: BitwiseCopyable {
    var passages: UInt32 = 0
    var documents: UInt32 = 0
    var lastPassage: UInt32 = .max
    var lastDocument: UInt32 = .max
  }
  private var counts = UnsafeMutablePointer<Count>.allocate(capacity: 64)
  private var capacity = 64

  deinit { counts.deallocate() }

  mutating func begin(_ formCount: Int) {
    if formCount > capacity {
      counts.deallocate()
      capacity = max(formCount, 2 * capacity)
      counts = .allocate(capacity: capacity)
    }
    counts.update(repeating: Count(), count: formCount)
  }

  /// Passages come in increasing order. The code is below the number of forms.
  @inline(__always)
  mutating func add(_ code: UInt32, passage: UInt32, document: UInt32) {
    let count = counts + Int(code)
    guard count.pointee.lastPassage != passage else { return }
    count.pointee.lastPassage = passage
    count.pointee.passages &+= 1
    guard count.pointee.lastDocument != document else { return }
    count.pointee.lastDocument = document
    count.pointee.documents &+= 1
  }

  func frequencies(_ code: Int) -> (passages: UInt32, documents: UInt32) {
    (counts[code].passages, counts[code].documents)
  }
}
