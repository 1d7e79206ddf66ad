/// A form of a stem on its way into the dictionary.
struct FormRecord {
  var bytes: UnsafeRawBufferPointer
  var passageFrequency: UInt32
  var documentFrequency: UInt32
}

/// Writes the file of terms: the dictionary of stems with their lists of forms, then the dictionary of forms.
struct TermDictionaryWriter: ~Copyable {
  private let writer: ContentWriter
  private let passageBits: Int
  private let hasDocumentFrequencies: Bool
  private var keys = KeyBlockWriter()
  private var infos = BitWriter()
  private var flags: UInt64 = 0
  private var termCount: UInt64 = 0
  private var blocksStart: UInt64
  /// Offsets of the block's first term, and of the next term.
  private var blockOffsets = (postings: UInt64(0), positions: UInt64(0), forms: UInt64(0))
  private var offsets = (postings: UInt64(0), positions: UInt64(0), forms: UInt64(0))
  private var formLists: [UInt8] = []
  private var forms = FormCollector()

  /// `postings` and `positions`: where the first list begins in either file.
  init(
    _ writer: ContentWriter, passageCount: UInt32, hasDocumentFrequencies: Bool, postings: UInt64, positions: UInt64
  ) {
    self.writer = writer
    self.hasDocumentFrequencies = hasDocumentFrequencies
    passageBits = passageCount < 2 ? 0 : 32 - (passageCount - 1).leadingZeroBitCount
    offsets = (postings, positions, 0)
    blockOffsets = offsets
    writer.begin(SectionID("TBLK"))
    blocksStart = writer.offset
  }

  /// Adds a stem, greater than the one before. `forms` by code; empty where the only form is the stem itself.
  /// `gaps` and `codes` are those of an inline list.
  mutating func add(
    _ stem: UnsafeRawBufferPointer, _ record: TermRecord, forms list: borrowing [FormRecord],
    gaps: UnsafePointer<UInt32>, codes: UnsafePointer<UInt32>
  ) {
    if !list.isEmpty { flags |= 1 << UInt64(keys.count) }
    keys.add(stem)
    termCount += 1
    writeInfo(record, formCount: max(1, list.count), gaps: gaps, codes: codes)
    offsets.postings += record.listBytes + record.tableBytes
    offsets.positions += record.positionBytes
    if !list.isEmpty {
      let start = formLists.count
      writeForms(list, of: stem)
      infos.appendGolomb(UInt64(formLists.count - start), TermLayout.listBytesOrder)
      offsets.forms += UInt64(formLists.count - start)
    }
    if keys.count == TermLayout.block { endBlock() }
  }

  private mutating func writeInfo(
    _ record: TermRecord, formCount: Int, gaps: UnsafePointer<UInt32>, codes: UnsafePointer<UInt32>
  ) {
    infos.append(UInt64(record.form.rawValue), 2)
    if formCount > 1 || flags >> UInt64(keys.count - 1) & 1 == 1 { infos.appendGolomb(UInt64(formCount - 1), 0) }
    switch record.form {
    case .inlineOnce, .inlineMany:
      infos.append(UInt64(record.passage), passageBits)
      if record.form == .inlineMany { infos.append(record.totalFrequency - 1, 3) }
      let codeBits = formCount < 2 ? 0 : Int.bitWidth - (formCount - 1).leadingZeroBitCount
      for i in 0..<Int(record.totalFrequency) {
        infos.appendGolomb(UInt64(gaps[i]), i == 0 ? TermLayout.positionOrder : TermLayout.gapOrder)
        if codeBits > 0 { infos.append(UInt64(codes[i]), codeBits) }
      }
    case .short, .long:
      infos.appendGolomb(UInt64(record.passageFrequency - 1), record.form == .short ? 1 : 7)
      appendWide(record.totalFrequency - UInt64(record.passageFrequency), 1)
      if hasDocumentFrequencies {
        infos.appendGolomb(UInt64(record.passageFrequency - record.documentFrequency), 0)
      }
      appendWide(record.listBytes, TermLayout.listBytesOrder)
      if record.form == .long {
        appendWide(record.tableBytes, TermLayout.listBytesOrder)
        appendWide(record.positionBytes, TermLayout.positionBytesOrder)
      }
    }
  }

  /// A Golomb code for a number that may pass 32 bits: one bit says which of two ways.
  private mutating func appendWide(_ value: UInt64, _ k: Int) {
    if value < 1 << 32 {
      infos.append(0, 1)
      infos.appendGolomb(value, k)
    } else {
      infos.append(1, 1)
      infos.append(value & 0xFFFF_FFFF, 32)
      infos.append(value >> 32, 32)
    }
  }

  /// A form: bytes cut from the stem's end (high four bits) and added (low four bits), with varints where 15; the
  /// added bytes; and where the stem has several forms its passage frequency and how much less its document frequency.
  private mutating func writeForms(_ list: borrowing [FormRecord], of stem: UnsafeRawBufferPointer) {
    for i in 0..<list.count {
      let form = list[i]
      formLists.appendEdit(from: stem, to: form.bytes)
      if list.count > 1 {
        formLists.append(varint: UInt64(form.passageFrequency))
        if hasDocumentFrequencies {
          formLists.append(varint: UInt64(form.passageFrequency - form.documentFrequency))
        }
      }
      forms.add(form.bytes, stem: stem, code: UInt32(i))
    }
  }

  private mutating func endBlock() {
    guard keys.count > 0 else { return }
    let start = writer.offset - blocksStart
    keys.write(flags: flags, to: writer)
    writer.appendVarint(blockOffsets.postings)
    writer.appendVarint(blockOffsets.positions)
    writer.appendVarint(blockOffsets.forms)
    infos.finish(to: writer)
    keys.endBlock(at: start)
    flags = 0
    blockOffsets = offsets
  }

  /// Ends the dictionary of stems, and writes the dictionary of forms.
  consuming func finish() {
    endBlock()
    let end = writer.offset - blocksStart
    writer.end()
    writer.begin(SectionID("TIDX"))
    keys.writeIndex(end: end, to: writer)
    writer.end()
    writer.begin(SectionID("FLST"))
    writer.append(formLists)
    writer.end()
    let formCount = forms.write(to: writer)
    writer.begin(SectionID("TINF"))
    writer.append(termCount)
    writer.append(formCount)
    writer.append(UInt32(passageBits))
    writer.append(UInt32(hasDocumentFrequencies ? 1 : 0))
    writer.end()
  }
}

extension [UInt8] {
  mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  /// How to make `target` of `source`: bytes cut from its end, and bytes added.
  mutating func appendEdit(from source: UnsafeRawBufferPointer, to target: UnsafeRawBufferPointer) {
    var shared = 0
    while shared < source.count, shared < target.count, source[shared] == target[shared] { shared += 1 }
    let cut = source.count - shared
    let added = target.count - shared
    append(UInt8(Swift.min(cut, 15)) << 4 | UInt8(Swift.min(added, 15)))
    if cut >= 15 { append(varint: UInt64(cut - 15)) }
    if added >= 15 { append(varint: UInt64(added - 15)) }
    append(contentsOf: UnsafeRawBufferPointer(rebasing: target[shared...]))
  }
}

extension ByteReader {
  /// Passes over an edit.
  mutating func skipEdit() {
    let lengths: UInt8 = fixed()
    if lengths >> 4 == 15 { _ = varint() }
    var added = UInt64(lengths & 15)
    if added == 15 { added += varint() }
    if failed || bytes(Int(clamping: added)) == nil { fail() }
  }

  /// Reads an edit and applies it; nil and `failed` where it cannot be applied.
  mutating func edit(of source: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let (cut, rest) = edit(ofCount: source.count) else { return nil }
    return [UInt8](source[..<(source.count - cut)]) + [UInt8](rest)
  }

  /// Reads an edit of so many bytes: how many to cut off, and what follows then.
  mutating func edit(ofCount count: Int) -> (cut: Int, rest: UnsafeRawBufferPointer)? {
    let lengths: UInt8 = fixed()
    var cut = UInt64(lengths >> 4)
    var added = UInt64(lengths & 15)
    if cut == 15 { cut += varint() }
    if added == 15 { added += varint() }
    // Nothing longer than a key may come of it: a merge would write it as one.
    guard !failed, cut <= UInt64(count), added <= UInt64(TermLayout.longest),
      UInt64(count) - cut + added <= UInt64(TermLayout.longest), let rest = bytes(Int(added))
    else {
      fail()
      return nil
    }
    return (Int(cut), rest)
  }
}
