/// Collects the forms that are not the only form of a stem of the same bytes, and writes them sorted.
///
/// They come in the order of their stems and leave in their own, so that all are kept until the last has come: in sorted
/// runs, coded as `FormRun` does. (In one list that is sorted at the end they took most of what a merge of a million
/// documents took, 98 MB: now 51 in all.)
struct FormCollector: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var key: UInt64
    var form: UInt32
    var stem: UInt32
    var formCount: UInt16
    var stemCount: UInt16
    var code: UInt32
  }
  /// As many entries make a run.
  static let runLength = 1 << 16
  private let runLength: Int
  /// The run that is being filled.
  private var arena: [UInt8] = []
  private var entries: [Entry] = []
  private var runs: [UnsafeRawBufferPointer] = []

  init(runLength: Int = FormCollector.runLength) { self.runLength = runLength }

  deinit { for run in runs { run.deallocate() } }

  /// Forms of one stem come one after another, so that the stem is kept once.
  mutating func add(_ form: UnsafeRawBufferPointer, stem: UnsafeRawBufferPointer, code: UInt32) {
    if code == 0 {
      if entries.count >= runLength { endRun() }
      arena.append(contentsOf: stem)
    }
    let stemStart = code == 0 ? arena.count - stem.count : Int(entries[entries.count - 1].stem)
    entries.append(
      Entry(
        key: form.sortKey, form: UInt32(arena.count), stem: UInt32(stemStart), formCount: UInt16(form.count),
        stemCount: UInt16(stem.count), code: code))
    arena.append(contentsOf: form)
  }

  /// Calls `body` with the entries of the run that is being filled, sorted.
  private mutating func forEachSorted(
    _ body: (_ form: UnsafeRawBufferPointer, _ stem: UnsafeRawBufferPointer, _ code: UInt32) -> Void
  ) {
    arena.withUnsafeBytes { arena in
      func form(_ e: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: arena[Int(e.form)..<Int(e.form) + Int(e.formCount)])
      }
      func stem(_ e: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: arena[Int(e.stem)..<Int(e.stem) + Int(e.stemCount)])
      }
      entries.sort { a, b in
        if a.key != b.key { return a.key < b.key }
        let order = form(a).compare(form(b))
        return order != 0 ? order < 0 : stem(a).compare(stem(b)) < 0
      }
      for entry in entries { body(form(entry), stem(entry), entry.code) }
    }
  }

  private mutating func endRun() {
    var writer = FormRunWriter()
    forEachSorted { form, stem, code in writer.add(form, stem: stem, code: code) }
    // Without the room that the array grew into.
    let run = UnsafeMutableRawBufferPointer.allocate(byteCount: writer.bytes.count, alignment: 1)
    run.copyBytes(from: writer.bytes)
    runs.append(UnsafeRawBufferPointer(run))
    entries.removeAll(keepingCapacity: true)
    arena.removeAll(keepingCapacity: true)
  }

  /// Writes the sections of the dictionary of forms; answers the number of entries.
  consuming func write(to writer: ContentWriter) -> UInt64 {
    writer.begin(SectionID("FBLK"))
    var sections = FormBlocksWriter(writer)
    if runs.isEmpty {
      forEachSorted { form, stem, code in sections.add(form, stem: stem, code: code) }
    } else {
      if !entries.isEmpty { endRun() }
      entries = []
      arena = []
      FormRun.merge(runs) { form, stem, code in sections.add(form, stem: stem, code: code) }
    }
    return sections.finish()
  }
}

/// Writes the dictionary of forms from its sorted entries.
private struct FormBlocksWriter: ~Copyable {
  private let writer: ContentWriter
  private let start: UInt64
  private var keys = KeyBlockWriter()
  /// What leads from the forms of the block to their stems.
  private var tail: [UInt8] = []
  private var count: UInt64 = 0

  init(_ writer: ContentWriter) {
    self.writer = writer
    start = writer.offset
  }

  mutating func add(_ form: UnsafeRawBufferPointer, stem: UnsafeRawBufferPointer, code: UInt32) {
    keys.add(form)
    tail.appendEdit(from: form, to: stem)
    tail.append(varint: UInt64(code))
    count += 1
    if keys.count == TermLayout.block { endBlock() }
  }

  private mutating func endBlock() {
    let offset = writer.offset - start
    keys.write(flags: 0, to: writer)
    writer.append(tail)
    keys.endBlock(at: offset)
    tail.removeAll(keepingCapacity: true)
  }

  consuming func finish() -> UInt64 {
    if keys.count > 0 { endBlock() }
    let end = writer.offset - start
    writer.end()
    writer.begin(SectionID("FIDX"))
    keys.writeIndex(end: end, to: writer)
    writer.end()
    return count
  }
}
