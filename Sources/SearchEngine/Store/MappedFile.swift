internal import CKernels
internal import Glibc

/// An index file, mapped for reading, whose pages are verified when they are first touched.
///
/// The file must not be changed or cut while it is mapped: index files are written once, synchronized, and only then
/// named by the manifest. A page that does not have its checksum is an error of the caller's read, never a trap.
final class MappedFile: @unchecked Sendable {
  /// Relative to the memory, for messages.
  let name: String
  let segment: SegmentID
  /// The bytes of the content, and behind it at least the trailer (64 bytes) that may be read but means nothing.
  let base: UnsafePointer<UInt8>
  let count: UInt64
  private let mappedCount: Int
  private let pageCount: Int
  private let sums: UnsafePointer<UInt8>
  private let groupSums: UnsafePointer<UInt8>
  /// Lives as long as the file.
  let verified: VerifiedPages
  private let groupBit: Int
  /// Few: looked through.
  private(set) var sections: [(id: SectionID, section: Section)] = []
  private let damage: DamageLog
  private let isWatched: Bool

  /// Maps the file, checks the trailer and reads the table of sections. O(1) in the size of the content, but for the
  /// second level of sums (one byte a megabyte).
  init(
    directory: String, name: String, kind: FileKind, segment: SegmentID, expectedSize: UInt64?,
    damage: DamageLog = DamageLog()
  ) throws(IndexError) {
    let path = directory + "/" + name
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { throw .vanished(file: name) }
      throw .io(path: path, operation: "open", errno: errno)
    }
    defer { _ = Glibc.close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .io(path: path, operation: "stat", errno: errno) }
    let size = Int(status.st_size)
    guard size >= FileLayout.headerSize + FileLayout.trailerSize + 8 else {
      throw .corrupt(file: name, offset: UInt64(size), what: "the file is cut: \(size) bytes are no index file")
    }
    if let expectedSize, expectedSize != UInt64(size) {
      throw .corrupt(
        file: name, offset: UInt64(size), what: "the file has \(size) bytes, the manifest says \(expectedSize)")
    }
    guard let address = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), address != MAP_FAILED else {
      throw .io(path: path, operation: "map", errno: errno)
    }
    // A query touches few pages of a file, far apart. Without this the kernel reads its read-ahead window (up to
    // megabytes) around each of them: measured on a cold memory, 32 % of its bytes for one query instead of under 1 %.
    madvise(address, size, MADV_RANDOM)
    let start = UnsafePointer(address.assumingMemoryBound(to: UInt8.self))
    var trailer = ByteReader(start + (size - FileLayout.trailerSize), end: start + size)
    let contentCount: UInt64 = trailer.fixed()
    let tableOffset: UInt64 = trailer.fixed()
    let foundSegment: UInt64 = trailer.fixed()
    let foundKind: UInt32 = trailer.fixed()
    let version: UInt32 = trailer.fixed()
    let groupsSum: UInt32 = trailer.fixed()
    _ = trailer.bytes(20)
    let trailerSum: UInt32 = trailer.fixed()
    let magic: UInt32 = trailer.fixed()

    let pages = (contentCount &+ UInt64(FileLayout.pageSize - 1)) >> UInt64(FileLayout.pageShift)
    let groups = (pages + UInt64(FileLayout.sumsPerGroup - 1)) / UInt64(FileLayout.sumsPerGroup)
    var problem: IndexError?
    func corrupt(_ offset: Int, _ what: String) {
      if problem == nil { problem = .corrupt(file: name, offset: UInt64(offset), what: what) }
    }
    let trailerOffset = size - FileLayout.trailerSize
    if magic != FileLayout.trailerMagic {
      corrupt(trailerOffset, "no trailer at the end")
    } else if trailerSum != ck_crc32c(0, start + trailerOffset, 56) {
      corrupt(trailerOffset, "the trailer does not have its checksum")
    } else if version > FileLayout.formatVersion {
      problem = .formatTooNew(file: name, found: version, supported: FileLayout.formatVersion)
    } else if foundKind != kind.rawValue || foundSegment != segment {
      corrupt(trailerOffset, "this is another file: segment \(foundSegment), kind \(foundKind)")
    } else if contentCount > UInt64(size) || contentCount + pages * 4 + groups * 4 != UInt64(trailerOffset) {
      corrupt(trailerOffset, "the lengths in the trailer do not fit the file")
    } else if groupsSum
      != ck_crc32c(0, start + Int(contentCount + pages * 4), Int(groups * 4))
    {
      corrupt(Int(contentCount + pages * 4), "the table of checksums does not have its checksum")
    } else if tableOffset > contentCount {
      corrupt(trailerOffset, "the table of sections is outside of the file")
    }
    if let problem {
      munmap(address, size)
      throw problem
    }
    self.name = name
    self.damage = damage
    self.segment = segment
    base = start
    count = contentCount
    mappedCount = size
    pageCount = Int(pages)
    sums = start + Int(contentCount)
    groupSums = start + Int(contentCount + pages * 4)
    groupBit = (Int(pages) + 63) & ~63
    verified = VerifiedPages(pages: pageCount, bits: groupBit + Int(groups), count: contentCount)
    isWatched = MappedPages.add(start, size)
    try readSections(at: tableOffset)
  }

  /// Everything that is on disk, checksums and trailer included: for copies.
  var allBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: mappedCount) }

  /// Says that the file is going to be read from end to end (merge, check): the kernel reads ahead from now on.
  func expectSequentialReads() {
    madvise(UnsafeMutableRawPointer(mutating: base), mappedCount, MADV_SEQUENTIAL)
  }

  deinit {
    if isWatched { MappedPages.remove(base) }
    munmap(UnsafeMutableRawPointer(mutating: base), mappedCount)
    verified.deallocate()
  }

  private func readSections(at tableOffset: UInt64) throws(IndexError) {
    try verify(tableOffset, count - tableOffset)
    var reader = ByteReader(base + Int(tableOffset), end: base + Int(count))
    let number: UInt32 = reader.fixed()
    // The number is not believed before the bytes are there: it may say four billion.
    guard UInt64(number) * 20 == UInt64(reader.remaining) else {
      throw .corrupt(file: name, offset: tableOffset, what: "the table of sections has another length")
    }
    for _ in 0..<number {
      let id = SectionID(rawValue: reader.fixed())
      let section = Section(offset: reader.fixed(), count: reader.fixed())
      guard section.offset <= tableOffset, section.count <= tableOffset - section.offset else {
        throw .corrupt(file: name, offset: tableOffset, what: "a section is outside of the file")
      }
      sections.append((id, section))
    }
    if reader.failed { throw .corrupt(file: name, offset: tableOffset, what: "the table of sections is cut") }
  }

  /// The section, nil where the file has none of this name. Not yet verified.
  func section(_ id: StaticString) -> Section? {
    let wanted = SectionID(id)
    // The last one of a name, should there be two.
    return sections.last { $0.id == wanted }?.section
  }

  // MARK: Verification

  @inline(__always)
  private func isVerified(_ bit: Int) -> Bool { verified.hold(bit: bit) }

  /// Whether a page, which has to exist, is known to be sound already.
  @inline(__always)
  func isVerified(page: Int) -> Bool { verified.hold(bit: page) }

  /// Whether all pages `first ... last`, which have to exist, are known to be sound already.
  @inline(__always)
  func areVerified(_ first: Int, _ last: Int) -> Bool { verified.hold(first, last) }

  /// Whether all pages of the range are known to be sound already.
  @inline(__always)
  func isVerified(_ offset: UInt64, _ length: UInt64) -> Bool { verified.hold(offset, length) }

  /// Makes sure that the pages of a range of the content have their checksums. A few instructions where they were
  /// verified before.
  /// - Throws: `.corrupt` with the offset of the page, also where the range is outside of the content.
  @inline(__always)
  func verify(_ offset: UInt64, _ length: UInt64) throws(IndexError) {
    if isVerified(offset, length) { return }
    try verifyPages(offset, length)
  }

  /// Verifies like `verify`, but reports damage instead of throwing it, for arrays that are read element by element.
  @inline(__always)
  func touch(_ offset: UInt64, _ length: UInt64) {
    if !isVerified(offset, length) { touchPages(offset, length) }
  }

  @inline(never)
  private func touchPages(_ offset: UInt64, _ length: UInt64) {
    do throws(IndexError) { try verifyPages(offset, length) } catch { damage.report(error) }
  }

  @inline(never)
  private func verifyPages(_ offset: UInt64, _ length: UInt64) throws(IndexError) {
    guard offset <= count, length <= count - offset else {
      throw .corrupt(file: name, offset: offset, what: "\(length) bytes are outside of the content (\(count) bytes)")
    }
    guard length > 0 else { return }
    for page in Int(offset >> 12)...Int((offset + length - 1) >> 12) where !isVerified(page) {
      try verifySums(of: page)
      let start = page << FileLayout.pageShift
      let size = min(FileLayout.pageSize, Int(count) - start)
      let sum = UnsafeRawPointer(sums + page * 4).loadUnaligned(as: UInt32.self).littleEndian
      guard ck_crc32c(0, base + start, size) == sum else {
        throw .corrupt(file: name, offset: UInt64(start), what: "the page does not have its checksum")
      }
      verified.add(bit: page)
    }
  }

  private func verifySums(of page: Int) throws(IndexError) {
    let group = page / FileLayout.sumsPerGroup
    guard !isVerified(groupBit + group) else { return }
    let start = group * FileLayout.pageSize
    let size = min(FileLayout.pageSize, pageCount * 4 - start)
    let sum = UnsafeRawPointer(groupSums + group * 4).loadUnaligned(as: UInt32.self).littleEndian
    guard ck_crc32c(0, sums + start, size) == sum else {
      throw .corrupt(file: name, offset: count + UInt64(start), what: "checksums of pages do not have their checksum")
    }
    verified.add(bit: groupBit + group)
  }

  /// The bytes of a range, verified.
  func bytes(_ offset: UInt64, _ length: UInt64) throws(IndexError) -> UnsafeRawBufferPointer {
    try verify(offset, length)
    return UnsafeRawBufferPointer(start: base + Int(offset), count: Int(length))
  }

  /// The bytes of a whole section, verified; nil where the file has none of this name.
  func bytes(_ id: StaticString) throws(IndexError) -> UnsafeRawBufferPointer? {
    guard let section = section(id) else { return nil }
    return try bytes(section.offset, section.count)
  }

  func corrupt(_ offset: UInt64, _ what: String) -> IndexError { .corrupt(file: name, offset: offset, what: what) }

  /// Verifies every page: for `check`.
  func verifyAll() throws(IndexError) {
    try verify(0, count)
    var header = ByteReader(base, end: base + FileLayout.headerSize)
    guard header.fixed() == FileLayout.headerMagic else { throw corrupt(0, "the header's magic number is wrong") }
  }
}
