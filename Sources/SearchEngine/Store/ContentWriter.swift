internal import CKernels

/// Builds the content of one index file, in memory or through to a file, and sums its pages as it goes.
///
/// Callers either append, or reserve room, fill it through the pointer and say how much they filled.
///
/// One thread uses it, and no method calls back into a caller: run-time exclusivity checks could find nothing, and
/// cost a tenth of the indexing time (measured with those of `PostingsWriter`).
final class ContentWriter {
  let kind: FileKind
  private let sink: (any OutputFile)?
  @exclusivity(unchecked) private(set) var buffer: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) private var capacity: Int
  @exclusivity(unchecked) private var used = 0
  /// Bytes that went to the sink; a multiple of the page size.
  @exclusivity(unchecked) private var flushed: UInt64 = 0
  @exclusivity(unchecked) private var summed = 0
  private(set) var pageSums: [UInt32] = []
  private var sections: [(id: SectionID, section: Section)] = []
  private var tableOffset: UInt64 = 0
  private var failure: IndexError?

  /// Without a sink everything stays in memory.
  init(_ kind: FileKind, sink: (any OutputFile)? = nil) {
    self.kind = kind
    self.sink = sink
    capacity = sink == nil ? 1 << 16 : 5 << 18
    buffer = .allocate(capacity: capacity)
    append(FileLayout.headerMagic)
    append(kind.rawValue)
    append(FileLayout.formatVersion)
  }

  deinit { buffer.deallocate() }

  /// The number of bytes so far: the offset of the next one.
  var offset: UInt64 { flushed + UInt64(used) }

  // MARK: Sections

  func begin(_ id: SectionID) { sections.append((id, Section(offset: offset, count: 0))) }

  func end() {
    let start = sections[sections.count - 1].section.offset
    sections[sections.count - 1].section.count = offset - start
  }

  func section(_ id: SectionID, _ body: () throws(IndexError) -> Void) throws(IndexError) {
    begin(id)
    try body()
    end()
  }

  // MARK: Appending

  /// Room for `count` more bytes (and 16 behind them); valid until the next call.
  @inline(__always)
  func reserve(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    if used + count + 16 > capacity { makeRoom(count + 16) }
    return buffer + used
  }

  /// Says that `count` bytes of the reserved room are filled.
  @inline(__always)
  func advance(_ count: Int) { used += count }

  func append(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    UnsafeMutableRawPointer(reserve(bytes.count)).copyMemory(from: base, byteCount: bytes.count)
    used += bytes.count
  }

  func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  /// The bytes of a writer without a sink, from an offset on.
  func append(_ other: ContentWriter, from start: UInt64) {
    append(UnsafeRawBufferPointer(start: other.buffer + Int(start), count: Int(other.offset - start)))
  }

  /// Little-endian.
  @inline(__always)
  func append<T: FixedWidthInteger>(_ value: T) {
    let size = MemoryLayout<T>.size
    UnsafeMutableRawPointer(reserve(size)).storeBytes(of: value.littleEndian, as: T.self)
    used += size
  }

  /// Seven bits a byte, low ones first, the high bit set on all but the last.
  @inline(__always)
  func appendVarint(_ value: UInt64) {
    let out = reserve(10)
    used += Varint.write(value, out)
  }

  // MARK: Room and sums

  @inline(never)
  private func makeRoom(_ count: Int) {
    if sink != nil { flushPages() }
    guard used + count > capacity else { return }
    let grown = max(capacity * 2, used + count)
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
    bytes.update(from: buffer, count: used)
    buffer.deallocate()
    buffer = bytes
    capacity = grown
  }

  private func sumPages(last: Bool) {
    while used - summed >= FileLayout.pageSize || (last && used > summed) {
      let count = min(FileLayout.pageSize, used - summed)
      pageSums.append(ck_crc32c(0, buffer + summed, count))
      summed += count
    }
  }

  /// Sends the whole pages to the sink. An error is kept and thrown by `finish`: whoever encodes need not throw.
  private func flushPages() {
    sumPages(last: false)
    guard let sink, summed > 0 else { return }
    if failure == nil {
      do throws(IndexError) { try sink.write(UnsafeRawBufferPointer(start: buffer, count: summed)) } catch {
        failure = error
      }
    }
    flushed += UInt64(summed)
    buffer.update(from: buffer + summed, count: used - summed)
    used -= summed
    summed = 0
  }

  // MARK: The end

  /// Appends the table of sections and sums the last page. Nothing may be appended afterwards.
  func finish() throws(IndexError) {
    tableOffset = offset
    append(UInt32(sections.count))
    for (id, section) in sections {
      append(id.rawValue)
      append(section.offset)
      append(section.count)
    }
    sumPages(last: true)
    if let failure { throw failure }
  }

  /// The bytes behind the content: page sums, their sums, trailer.
  private func tail(_ segment: SegmentID) -> [UInt8] {
    var tail: [UInt8] = []
    tail.reserveCapacity(pageSums.count * 4 + FileLayout.trailerSize + 64)
    for sum in pageSums { tail.append(littleEndian: sum) }
    let groupsStart = tail.count
    var start = 0
    while start < groupsStart {
      let end = min(start + FileLayout.pageSize, groupsStart)
      let sum = tail.withUnsafeBytes { ck_crc32c(0, $0.baseAddress! + start, end - start) }
      tail.append(littleEndian: sum)
      start = end
    }
    let groups = tail.withUnsafeBytes { ck_crc32c(0, $0.baseAddress! + groupsStart, $0.count - groupsStart) }
    let trailer = tail.count
    tail.append(littleEndian: offset)
    tail.append(littleEndian: tableOffset)
    tail.append(littleEndian: segment)
    tail.append(littleEndian: kind.rawValue)
    tail.append(littleEndian: FileLayout.formatVersion)
    tail.append(littleEndian: groups)
    tail.append(contentsOf: repeatElement(0, count: 20))
    let sum = tail.withUnsafeBytes { ck_crc32c(0, $0.baseAddress! + trailer, 56) }
    tail.append(littleEndian: sum)
    tail.append(littleEndian: FileLayout.trailerMagic)
    return tail
  }

  /// The size of the finished file.
  var fileSize: UInt64 {
    let pages = UInt64(pageSums.count)
    let groups = (pages + UInt64(FileLayout.sumsPerGroup) - 1) / UInt64(FileLayout.sumsPerGroup)
    return offset + pages * 4 + groups * 4 + UInt64(FileLayout.trailerSize)
  }

  /// After `finish`: writes what is still in memory, and the tail with the segment's number.
  func seal(_ segment: SegmentID, to file: any OutputFile) throws(IndexError) {
    try file.write(UnsafeRawBufferPointer(start: buffer, count: used))
    try file.write(tail(segment))
  }
}

extension [UInt8] {
  mutating func append<T: FixedWidthInteger>(littleEndian value: T) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
