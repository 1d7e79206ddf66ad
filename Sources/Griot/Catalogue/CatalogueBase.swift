import Documents

/// The compacted catalogue: the entries, and a table that leads from a file's number to its entry, so that a search
/// finds the places of its ten hits without reading the entries of a hundred thousand files.
///
/// Layout (little-endian): magic `GRIOTCAT`, version u32, first file number u32, count of table slots u64, offset of
/// the records u64, end of the records u64; the table (one u64 a number: offset of the entry's message in this file,
/// 0 for none); the records.
enum CatalogueBase {
  static let version: UInt32 = 1
  private static let magic = Array("GRIOTCAT".utf8)
  private static let headerSize = 40

  static func encode(entries: [CatalogueEntry], files: [CatalogueFile], tail: [CatalogueEntry]) -> [UInt8] {
    let first = files.first?.id ?? 0
    let slots = files.last.map { Int($0.id - first) + 1 } ?? 0
    let recordsStart = headerSize + slots * 8
    var table = [UInt64](repeating: 0, count: slots)
    var w = WireWriter()
    for entry in entries { entry.encode(into: &w) }
    for file in files {
      table[Int(file.id - first)] = UInt64(recordsStart + w.bytes.count)
      CatalogueEntry.file(file).encode(into: &w)
    }
    for entry in tail { entry.encode(into: &w) }
    var out = magic
    func append<T: FixedWidthInteger>(_ n: T) { withUnsafeBytes(of: n.littleEndian) { out.append(contentsOf: $0) } }
    append(version)
    append(first)
    append(UInt64(slots))
    append(UInt64(recordsStart))
    append(UInt64(recordsStart + w.bytes.count))
    for offset in table { append(offset) }
    return out + w.bytes
  }

  /// Where the records lie.
  static func records(in bytes: [UInt8]) throws(FrameError) -> Range<Int> {
    let result = bytes.withUnsafeBytes { raw in Result { () throws(FrameError) in try header(raw).records } }
    return try result.get()
  }

  /// The entry of a file, `nil` if the base has none.
  static func file(_ id: UInt32, in bytes: UnsafeRawBufferPointer) throws(FrameError) -> CatalogueFile? {
    let header = try header(bytes)
    guard id >= header.first, Int(id - header.first) < header.slots else { return nil }
    let slot = headerSize + Int(id - header.first) * 8
    let offset = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: slot, as: UInt64.self))
    guard offset != 0 else { return nil }
    guard offset >= UInt64(header.records.lowerBound), offset < UInt64(header.records.upperBound) else {
      throw FrameError(offset: slot, what: "entry of file \(id) lies outside the catalogue")
    }
    var reader = WireReader(bytes, Int(offset)..<header.records.upperBound)
    guard case .file(let file)? = try CatalogueEntry.next(&reader), file.id == id else {
      throw FrameError(offset: Int(offset), what: "no entry of file \(id) here")
    }
    return file
  }

  /// All that is not a file, in front of the files: sources and roots.
  static func roots(in bytes: UnsafeRawBufferPointer) throws(FrameError) -> [CatalogueEntry] {
    var reader = WireReader(bytes, try header(bytes).records)
    var out: [CatalogueEntry] = []
    while let entry = try CatalogueEntry.next(&reader) {
      if case .file = entry { break }
      out.append(entry)
    }
    return out
  }

  private static func header(
    _ bytes: UnsafeRawBufferPointer
  ) throws(FrameError) -> (first: UInt32, slots: Int, records: Range<Int>) {
    guard bytes.count >= headerSize, bytes.prefix(8).elementsEqual(magic) else {
      throw FrameError(offset: 0, what: "not a catalogue")
    }
    func number(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    let found = UInt32(truncatingIfNeeded: number(8))
    guard found == version else {
      throw FrameError(offset: 8, what: "catalogue version \(found), this Griot reads \(version)")
    }
    let first = UInt32(truncatingIfNeeded: number(8) >> 32)
    let (slots, start, end) = (number(16), number(24), number(32))
    guard slots < UInt64(bytes.count), start == UInt64(headerSize) + slots * 8, start <= end,
      end <= UInt64(bytes.count)
    else { throw FrameError(offset: 16, what: "catalogue of \(bytes.count) bytes announces \(end)") }
    return (first, Int(slots), Int(start)..<Int(end))
  }
}
