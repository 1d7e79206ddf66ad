import Documents
import SearchEngine

/// The compacted catalogue: the entries, a table that leads from a file's number to its entry and one that leads from a
/// document's key to its holders, so that a search finds the places of its ten hits without reading the entries of a
/// hundred thousand files.
///
/// Layout (little-endian): magic `GRIOTCAT`, version u32, first file number u32, slots of the file table u64, entries of
/// the holder table u64, end of the records u64; the file table (one u64 a number: offset of the entry in this file, 0
/// for none); the holder table, sorted (key of 16 bytes, offset u64); the records.
enum CatalogueBase {
  static let version: UInt32 = 1
  private static let magic = Array("GRIOTCAT".utf8)
  private static let headerSize = 40, holderSize = 24

  private struct Header {
    var first: UInt32
    var slots: Int
    var holders: Int
    var records: Range<Int>
    var holderTable: Int { headerSize + slots * 8 }
  }

  /// - Parameters:
  ///   - entries: Sources and roots.
  ///   - files: By number.
  ///   - holders: By key.
  static func encode(
    entries: [CatalogueEntry], files: [CatalogueFile], holders: [(key: DocumentKey, value: Holders)],
    tail: [CatalogueEntry]
  ) -> [UInt8] {
    let first = files.first?.id ?? 0
    let slots = files.last.map { Int($0.id - first) + 1 } ?? 0
    let start = headerSize + slots * 8 + holders.count * holderSize
    var fileTable = [UInt64](repeating: 0, count: slots)
    var holderTable: [UInt8] = []
    var w = WireWriter()
    for entry in entries { entry.encode(into: &w) }
    for file in files {
      fileTable[Int(file.id - first)] = UInt64(start + w.bytes.count)
      CatalogueEntry.file(file).encode(into: &w)
    }
    for (key, value) in holders {
      holderTable += key.bytes
      withUnsafeBytes(of: UInt64(start + w.bytes.count).littleEndian) { holderTable.append(contentsOf: $0) }
      CatalogueEntry.holders(key, value).encode(into: &w)
    }
    for entry in tail { entry.encode(into: &w) }
    var out = magic
    func append<T: FixedWidthInteger>(_ n: T) { withUnsafeBytes(of: n.littleEndian) { out.append(contentsOf: $0) } }
    append(version)
    append(first)
    append(UInt64(slots))
    append(UInt64(holders.count))
    append(UInt64(start + w.bytes.count))
    for offset in fileTable { append(offset) }
    return out + holderTable + w.bytes
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
    guard case .file(let file)? = try entry(at: offset, header, bytes), file.id == id else {
      throw FrameError(offset: Int(clamping: offset), what: "no entry of file \(id) here")
    }
    return file
  }

  /// Who else holds a document, `nil` if only its own file does. O(log n).
  static func holders(_ key: DocumentKey, in bytes: UnsafeRawBufferPointer) throws(FrameError) -> Holders? {
    let header = try header(bytes)
    func entryKey(_ index: Int) -> DocumentKey {
      let place = header.holderTable + index * holderSize
      return DocumentKey(
        high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)),
        low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place + 8, as: UInt64.self)))
    }
    var low = 0
    var high = header.holders
    while low < high {
      let middle = (low + high) / 2
      if entryKey(middle) < key { low = middle + 1 } else { high = middle }
    }
    guard low < header.holders, entryKey(low) == key else { return nil }
    let place = header.holderTable + low * holderSize + 16
    let offset = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    guard case .holders(_, let holders)? = try entry(at: offset, header, bytes) else {
      throw FrameError(offset: Int(clamping: offset), what: "no holders here")
    }
    return holders
  }

  /// All that is not a file, in front of the files: sources and roots.
  static func roots(in bytes: UnsafeRawBufferPointer) throws(FrameError) -> [CatalogueEntry] {
    var reader = WireReader(bytes, try header(bytes).records)
    var out: [CatalogueEntry] = []
    while let entry = try CatalogueEntry.next(&reader) {
      switch entry {
      case .source, .root: out.append(entry)
      default: return out
      }
    }
    return out
  }

  private static func entry(
    at offset: UInt64, _ header: Header, _ bytes: UnsafeRawBufferPointer
  ) throws(FrameError) -> CatalogueEntry? {
    guard offset >= UInt64(header.records.lowerBound), offset < UInt64(header.records.upperBound) else {
      throw FrameError(offset: 0, what: "an entry lies outside the catalogue, at \(offset)")
    }
    var reader = WireReader(bytes, Int(offset)..<header.records.upperBound)
    return try CatalogueEntry.next(&reader)
  }

  private static func header(_ bytes: UnsafeRawBufferPointer) throws(FrameError) -> Header {
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
    let (slots, holders, end) = (number(16), number(24), number(32))
    let total = UInt64(bytes.count)
    guard slots <= total / 8, holders <= total / UInt64(holderSize), end <= total,
      UInt64(headerSize) + slots * 8 + holders * UInt64(holderSize) <= end
    else { throw FrameError(offset: 16, what: "catalogue of \(bytes.count) bytes announces \(end)") }
    let start = headerSize + Int(slots) * 8 + Int(holders) * holderSize
    return Header(
      first: UInt32(truncatingIfNeeded: number(8) >> 32), slots: Int(slots), holders: Int(holders),
      records: start..<Int(end))
  }
}
