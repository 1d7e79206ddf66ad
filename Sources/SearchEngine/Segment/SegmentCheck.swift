/// The check of one segment, part by part.
struct SegmentCheck {
  let segment: SegmentReader

  init(_ segment: SegmentReader) { self.segment = segment }

  func run(_ report: inout IndexCheckReport) {
    var isWhole = true
    do throws(IndexError) {
      try segment.expectSequentialReads()
      for file in try segment.files() {
        report.bytes += file.count
        do throws(IndexError) { try file.verifyAll() } catch {
          report.problems.append(error)
          isWhole = false
        }
      }
    } catch {
      report.problems.append(error)
      isWhole = false
    }
    // Damaged pages explain all that would follow.
    guard isWhole else { return }
    report.attempt { () throws(IndexError) in try passages() }
    var counts = PostingsCheck.Counts()
    report.attempt { () throws(IndexError) in try PostingsCheck(segment).run(&counts) }
    report.terms += counts.terms
    report.postings += counts.postings
    report.positions += counts.positions
    report.attempt { () throws(IndexError) in try forms() }
    report.attempt { () throws(IndexError) in try columns() }
    report.attempt { () throws(IndexError) in try stored() }
  }

  private func corrupt(_ kind: FileKind, _ what: String) -> IndexError {
    .corrupt(file: segment.record.name(kind), offset: 0, what: what)
  }

  private func passages() throws(IndexError) {
    let table = try segment.passages()
    let norms = try segment.norms()
    var sum: UInt64 = 0
    for (i, length) in try segment.lengths().enumerated() {
      sum += UInt64(length)
      guard FieldNorms.encode(length) == norms[PassageID(i)] else {
        throw corrupt(.passages, "the norm of passage \(i) is not that of its length")
      }
    }
    guard sum == segment.totalLength else {
      throw corrupt(.passages, "the lengths sum to \(sum), the manifest says \(segment.totalLength)")
    }
    var next: UInt32 = 0
    for document in 0..<segment.documentCount {
      let range = table.passages(of: document)
      guard range.lowerBound == next, !range.isEmpty else {
        throw corrupt(.passages, "document \(document) does not begin where the one before ends")
      }
      for passage in range {
        guard table.document(of: passage) == document else {
          throw corrupt(.passages, "passage \(passage) is not of document \(document) both ways")
        }
        guard !table.continues(passage) || passage > range.lowerBound else {
          throw corrupt(.passages, "passage \(passage) continues another document")
        }
        guard table.titleEnd(passage) <= table.bodyStart(passage) else {
          throw corrupt(.passages, "the title of passage \(passage) ends behind the start of its body")
        }
      }
      next = range.upperBound
    }
    guard next == segment.passageCount else {
      throw corrupt(.passages, "passages are left over behind the last document")
    }
    var last: UInt64?
    for document in 0..<segment.documentCount {
      let sequence = try segment.sequence(document)
      if let last, sequence <= last { throw corrupt(.passages, "document \(document) is not in the order of ingest") }
      last = sequence
    }
  }

  /// Every stored form leads to a stem that lists it, in order; and their number is the dictionary's.
  private func forms() throws(IndexError) {
    let dictionary = try segment.forms()
    var stored = StoredFormIterator(dictionary)
    var before: (form: [UInt8], stem: [UInt8])?
    var count: UInt64 = 0
    while try stored.next() {
      _ = try stored.entry()
      if let before,
        before.form == stored.form
          ? !before.stem.lexicographicallyPrecedes(stored.stem) : !before.form.lexicographicallyPrecedes(stored.form)
      {
        throw corrupt(.terms, "the dictionary of forms is not in order")
      }
      before = (stored.form, stored.stem)
      count += 1
    }
    var listed: UInt64 = 0
    var terms = try segment.terms().iterator()
    while try terms.next() {
      if !terms.hasTrivialForm { listed += UInt64(try terms.info().formCount) }
    }
    guard count == listed, count == dictionary.terms.storedFormCount else {
      throw corrupt(.terms, "\(count) forms are in the dictionary of forms, the stems list \(listed)")
    }
  }

  private func columns() throws(IndexError) {
    if let keys = try segment.keys {
      var before: (key: DocumentKey, document: DocumentOrdinal)?
      for place in 0..<Int(segment.documentCount) {
        let document = try keys.document(at: place)
        let key = try keys.key(document)
        if let before, before.key == key ? before.document >= document : before.key > key {
          throw corrupt(.columns, "the keys are not in order")
        }
        before = (key, document)
      }
    }
    for entry in try segment.columns.entries {
      let name = String(decoding: entry.name, as: UTF8.self)
      switch ColumnEncoding(rawValue: entry.encoding) {
      case .packedIntegers: _ = try segment.integers(name)
      case .ordinals, .ordinalLists: try checkKeywords(name)
      case .strings:
        guard let column = try segment.bytes(name) else { break }
        for document in 0..<segment.documentCount { try keep(column.value(document)) }
      case .invertedLists: try checkInverted(name)
      case .rows:
        guard let column = try segment.fixed(name) else { break }
        for document in 0..<segment.documentCount { try keep(column.value(document)) }
      case .mentions:
        let column = try segment.mentions()
        for ordinal in 0..<column.count { _ = try column.mention(ordinal) }
      case nil: break
      }
    }
  }

  /// A value that is read for its check alone. Left unused, the compiler (6.3.1, optimising) frees the array first and
  /// fills it afterwards: AddressSanitizer sees the write behind the free.
  @inline(__always)
  private func keep(_ value: [UInt8]?) { withExtendedLifetime(value) {} }

  private func checkInverted(_ name: String) throws(IndexError) {
    guard let column = try segment.inverted(name) else { return }
    var before: [UInt8]?
    for ordinal in 0..<column.valueCount {
      let value = try column.value(ordinal)
      if let before, !before.lexicographicallyPrecedes(value) {
        throw corrupt(.columns, "the values of column \(name) are not in order")
      }
      before = value
      let documents = try column.documents(ordinal)
      if documents.isEmpty || zip(documents, documents.dropFirst()).contains(where: { $0 >= $1 }) {
        throw corrupt(.columns, "the documents of a value of column \(name) are not in order")
      }
    }
  }

  private func checkKeywords(_ name: String) throws(IndexError) {
    guard let column = try segment.keywords(name), column.valueCount > 1 else { return }
    for ordinal in 1..<column.valueCount
    where !column.value(ordinal - 1).lexicographicallyPrecedes(column.value(ordinal)) {
      throw corrupt(.columns, "the values of column \(name) are not in order")
    }
  }

  private func stored() throws(IndexError) {
    let reader = try segment.storedFields
    var next: UInt32 = 0
    for block in 0..<reader.blockCount {
      let documents = try reader.documents(block)
      guard documents.lowerBound == next else {
        throw corrupt(.stored, "block \(block) does not follow the one before")
      }
      _ = try reader.frames(block)
      next = documents.upperBound
    }
  }
}
