/// Merges the postings of one stem after another.
struct TermMerger: ~Copyable {
  private let writer: PostingsWriter
  private var dictionary: TermDictionaryWriter
  /// The document of each passage of the merged segment; nil where both are one.
  private let documents: UnsafePointer<UInt32>?
  private var formMerger = FormMerger()
  private var counts = FormCounts()
  private var records: [FormRecord] = []
  private var codes = GrowingIntegers()
  private var infos: [TermInfo] = []

  init(_ writer: PostingsWriter, _ dictionary: consuming TermDictionaryWriter, documents: UnsafePointer<UInt32>?) {
    self.writer = writer
    self.dictionary = dictionary
    self.documents = documents
  }

  consuming func finish() { dictionary.finish() }

  /// Merges the current term of `sources`, which is the same in all of them.
  mutating func merge(_ sources: [MergeSource]) throws(IndexError) {
    infos.removeAll(keepingCapacity: true)
    var isTrivial = true
    for source in sources {
      let info = try source.info()
      if source.hasDeletions || !info.hasTrivialForm { isTrivial = false }
      infos.append(info)
    }
    if isTrivial { return try mergeTrivial(sources, infos) }
    let stem = [UInt8](sources[0].term)
    formMerger.begin()
    for (source, info) in zip(sources, infos) {
      var forms = try source.reader.terms().forms(of: info, stem: stem)
      if source.hasDeletions { try count(source, info, &forms) }
      formMerger.add(forms)
    }
    let forms = formMerger.number()
    guard !forms.isEmpty else { return }

    writer.begin(formCount: UInt32(forms.count))
    for (i, (source, info)) in zip(sources, infos).enumerated() {
      let newCodes = formMerger.newCodes(i)
      let isSame = newCodes.count > 1 && newCodes.elementsEqual(0..<UInt32(newCodes.count))
      try source.forEachRun(info) { run in
        guard forms.count > 1, !isSame else { return writer.add(run, codes: run.codes) }
        codes.removeAll()
        let out = codes.grow(by: run.total)
        if newCodes.count == 1 {
          // With one form in the source there are no old codes.
          out.update(repeating: newCodes[0], count: run.total)
        } else {
          // A damaged code becomes a code that exists.
          for k in 0..<run.total { out[k] = newCodes[min(Int(run.codes[k]), newCodes.count - 1)] }
        }
        writer.add(run, codes: codes.start)
      }
    }
    let record = writer.end()
    let isStemAlone = forms.count == 1 && forms[0].form == stem
    // The dictionary reads the forms' bytes at once: they are copied into one arena for the call.
    let bytes = forms.flatMap { $0.form }
    bytes.withUnsafeBytes { bytes in
      records.removeAll(keepingCapacity: true)
      var start = 0
      for form in forms where !isStemAlone {
        records.append(
          FormRecord(
            bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<start + form.form.count]),
            passageFrequency: form.passageFrequency, documentFrequency: form.documentFrequency))
        start += form.form.count
      }
      stem.withUnsafeBytes {
        dictionary.add($0, record, forms: records, gaps: writer.gaps.start, codes: writer.codes.start)
      }
    }
  }

  /// The common case: nobody has forms but the stem itself, and nothing is deleted.
  private mutating func mergeTrivial(_ sources: [MergeSource], _ infos: [TermInfo]) throws(IndexError) {
    writer.begin(formCount: 1)
    let writer = writer
    for (source, info) in zip(sources, infos) {
      if info.form == .inlineOnce {
        var position = info.inlinePositions[0]
        writer.add(passage: source.passage(info.passage), gaps: &position, codes: codes.start, frequency: 1)
        continue
      }
      try source.forEachRun(info) { writer.add($0, codes: $0.codes) }
    }
    let record = writer.end()
    records.removeAll(keepingCapacity: true)
    dictionary.add(
      sources[0].term, record, forms: records, gaps: writer.gaps.start, codes: writer.codes.start)
  }

  /// Replaces the frequencies of a source's forms by those of its live documents.
  private mutating func count(
    _ source: MergeSource, _ info: TermInfo, _ forms: inout [TermForm]
  ) throws(IndexError) {
    counts.begin(forms.count)
    let single = forms.count == 1
    let last = UInt32(forms.count - 1)
    try source.forEachRun(info) { run in
      var at = 0
      for i in 0..<run.count {
        let passage = run.passages[i] &+ run.shift
        let document = documents.map { $0[Int(passage)] } ?? passage
        let frequency = Int(run.frequencies[i])
        for k in at..<(single ? at + 1 : at + frequency) {
          counts.add(single ? 0 : min(run.codes[k], last), passage: passage, document: document)
        }
        at += frequency
      }
    }
    for i in forms.indices {
      let (passages, documents) = counts.frequencies(i)
      forms[i].passageFrequency = passages
      forms[i].documentFrequency = documents
    }
  }
}
