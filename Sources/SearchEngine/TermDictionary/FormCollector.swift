/// Collects the forms that are not the only form of a stem of the same bytes, and writes them sorted.
struct FormCollector: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var key: UInt64
    var form: UInt32
    var stem: UInt32
    var formCount: UInt16
    var stemCount: UInt16
    var code: UInt32
  }
  private var arena: [UInt8] = []
  private var entries: [Entry] = []

  /// Forms of one stem come one after another, so that the stem is kept once.
  mutating func add(_ form: UnsafeRawBufferPointer, stem: UnsafeRawBufferPointer, code: UInt32) {
    if code == 0 { arena.append(contentsOf: stem) }
    let stemStart = code == 0 ? arena.count - stem.count : Int(entries[entries.count - 1].stem)
    entries.append(
      Entry(
        key: form.sortKey, form: UInt32(arena.count), stem: UInt32(stemStart), formCount: UInt16(form.count),
        stemCount: UInt16(stem.count), code: code))
    arena.append(contentsOf: form)
  }

  /// Writes the sections of the dictionary of forms; answers the number of entries.
  consuming func write(to writer: ContentWriter) -> UInt64 {
    var keys = KeyBlockWriter()
    var tail: [UInt8] = []
    writer.begin(SectionID("FBLK"))
    let start = writer.offset
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
      for entry in entries {
        keys.add(form(entry))
        tail.appendEdit(from: form(entry), to: stem(entry))
        tail.append(varint: UInt64(entry.code))
        if keys.count == TermLayout.block { keys.endBlock(&tail, start, writer) }
      }
      if keys.count > 0 { keys.endBlock(&tail, start, writer) }
    }
    let end = writer.offset - start
    writer.end()
    writer.begin(SectionID("FIDX"))
    keys.writeIndex(end: end, to: writer)
    writer.end()
    return UInt64(entries.count)
  }
}

extension KeyBlockWriter {
  /// Writes a block of forms: keys, and behind them what leads to the stems.
  fileprivate mutating func endBlock(_ tail: inout [UInt8], _ start: UInt64, _ writer: ContentWriter) {
    let offset = writer.offset - start
    write(flags: 0, to: writer)
    writer.append(tail)
    endBlock(at: offset)
    tail.removeAll(keepingCapacity: true)
  }
}
