/// What a dictionary has to be told of stems whose lists were encoded by another thread, in their order.
struct DeferredTerms {
  private var records: [TermRecord] = []
  /// Of each stem, how many forms the dictionary lists, and their frequencies.
  private var formCounts: [Int] = []
  private var frequencies: [(passages: UInt32, documents: UInt32)] = []
  /// Of the inline lists.
  private var gaps: [UInt32] = []
  private var codes: [UInt32] = []

  mutating func append(_ record: TermRecord, _ forms: [FormRecord], _ writer: PostingsWriter, hasCodes: Bool) {
    records.append(record)
    formCounts.append(forms.count)
    for form in forms { frequencies.append((form.passageFrequency, form.documentFrequency)) }
    guard record.form == .inlineOnce || record.form == .inlineMany else { return }
    let count = Int(record.totalFrequency)
    gaps.append(contentsOf: UnsafeBufferPointer(start: writer.gaps.start, count: count))
    if hasCodes { codes.append(contentsOf: UnsafeBufferPointer(start: writer.codes.start, count: count)) }
  }

  /// - Parameter stems: Those that were appended.
  func replay(
    _ stems: ArraySlice<StemTable.Stem>, _ forms: [StemTable.Form], into dictionary: inout TermDictionaryWriter
  ) {
    var list: [FormRecord] = []
    var (frequency, gap, code) = (0, 0, 0)
    for (stem, (record, formCount)) in zip(stems, zip(records, formCounts)) {
      list.removeAll(keepingCapacity: true)
      for k in 0..<formCount {
        let (passages, documents) = frequencies[frequency + k]
        list.append(
          FormRecord(
            bytes: forms[stem.firstForm + k].bytes, passageFrequency: passages, documentFrequency: documents))
      }
      frequency += formCount
      gaps.withUnsafeBufferPointer { gaps in
        codes.withUnsafeBufferPointer { codes in
          // Lists that are not inline have none; nobody looks then.
          dictionary.add(
            stem.bytes, record, forms: list, gaps: gaps.baseAddress! + gap, codes: codes.baseAddress! + code)
        }
      }
      guard record.form == .inlineOnce || record.form == .inlineMany else { continue }
      gap += Int(record.totalFrequency)
      if stem.formCount > 1 { code += Int(record.totalFrequency) }
    }
  }
}
