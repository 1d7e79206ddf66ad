internal import CKernels

/// The one writer of a memory. Holds the memory's lock from `init` to `close` (or the end of the process).
///
/// Everything between two commits is invisible to readers and lost with the process; `commit` makes it durable at
/// once. Not thread-safe: one thread appends, others build. After an error only `close` makes sense: the next writer
/// finds the last commit.
public final class IndexWriter {
  let directory: any Directory
  private let lock: WriterLock
  public let configuration: IndexConfiguration
  /// The last commit.
  private var committed: Manifest
  /// What the next commit will be.
  var next: Manifest
  /// In the order of `next.segments`.
  var segments: [WriterSegment] = []
  /// Files written since the last commit that it has to make durable.
  private var unsynchronized: Set<String> = []
  private var isClosed = false

  /// Opens the memory in `path` for writing, making it where there is none. Removes files that the manifest does not
  /// name: what a killed writer left.
  /// - Throws: `.locked` where another writer has it; `.corrupt` and format errors of the manifest.
  public convenience init(_ path: String, _ configuration: IndexConfiguration) throws(IndexError) {
    try self.init(FileSystemDirectory(path), configuration)
  }

  /// The same, changing the disk through `directory`.
  public init(_ directory: any Directory, _ configuration: IndexConfiguration) throws(IndexError) {
    try directory.make("")
    let lock = try WriterLock(directory.path, purpose: configuration.purpose)
    let bytes = try directory.read(Manifest.fileName)
    let manifest = try bytes.map { (bytes) throws(IndexError) in try Manifest(bytes) } ?? Manifest()
    self.directory = directory
    self.lock = lock
    self.configuration = configuration
    committed = manifest
    next = manifest
    next.analyzerFingerprint = configuration.analyzerFingerprint
    try directory.make("segments")
    try directory.make("side")
    for record in manifest.segments { segments.append(try WriterSegment(directory.path, record)) }
    try removeUnnamed()
  }

  deinit { close() }

  /// The commit that the writer began with or made last.
  public var generation: UInt64 { committed.generation }

  /// Documents that are live, uncommitted ones included.
  public var liveDocumentCount: UInt64 { segments.reduce(0) { $0 + UInt64($1.liveCount) } }

  /// The sequence number that the next document will get.
  public var nextSequence: UInt64 { next.nextSequence }

  /// The number of segments, uncommitted ones included.
  public var segmentCount: Int { segments.count }

  private func removeUnnamed() throws(IndexError) {
    let named = committed.fileNames
    for name in try directory.list("segments") + directory.list("side") where !named.contains(name) {
      try directory.remove(name)
    }
    if try directory.read(Manifest.temporaryName) != nil { try directory.remove(Manifest.temporaryName) }
  }

  // MARK: Segments

  /// Appends a segment behind all earlier ones: call it in the order of the batches. Documents with a key that the
  /// segment brings again, or that is listed in `deletions`, die in all earlier segments. May merge.
  public func append(_ segment: EncodedSegment, deletions: [DocumentKey] = []) throws(IndexError) {
    try delete(deletions)
    try delete(segment.keys)
    let id = takeSegmentID()
    var sizes: [UInt64] = []
    for (kind, content) in zip(FileKind.ofSegment, segment.contents) {
      try write(content, kind.name(id), id)
      sizes.append(content.fileSize)
    }
    let record = SegmentRecord(
      id: id, documentCount: segment.documentCount, deletedCount: 0, passageCount: segment.passageCount,
      totalLength: segment.totalLength, firstSequence: next.nextSequence, weights: segment.weights, liveGeneration: 0,
      fileSizes: sizes)
    next.nextSequence += UInt64(segment.documentCount)
    let appended = try WriterSegment(directory.path, record)
    for document in segment.replaced() { appended.delete(document) }
    segments.append(appended)
    try mergeByPolicy()
  }

  func takeSegmentID() -> SegmentID {
    defer { next.nextSegment += 1 }
    return next.nextSegment
  }

  /// Writes a finished content as a file, not yet durable.
  func write(_ content: ContentWriter, _ name: String, _ id: SegmentID) throws(IndexError) {
    unsynchronized.insert(name)
    let file = try directory.create(name)
    defer { file.close() }
    try content.seal(id, to: file)
  }

  /// A file that a merge writes by itself.
  func createFile(_ name: String) throws(IndexError) -> any OutputFile {
    unsynchronized.insert(name)
    return try directory.create(name)
  }

  /// Deletes documents of all segments appended so far; answers how many lived.
  @discardableResult
  public func delete(_ keys: [DocumentKey]) throws(IndexError) -> Int {
    guard !keys.isEmpty else { return 0 }
    // Rising keys walk forward through each table.
    let keys = keys.sorted()
    var count = 0
    for segment in segments { count += try segment.delete(keys) }
    return count
  }

  /// Replaces adjacent segments by what they were merged into; nil where no document was left.
  func replace(_ range: Range<Int>, by merged: WriterSegment?) throws(IndexError) {
    let old = segments[range].flatMap { $0.record.fileNames }
    segments.replaceSubrange(range, with: merged.map { [$0] } ?? [])
    // Files that no commit names can go at once, others with the next commit.
    let named = committed.fileNames
    for name in old where !named.contains(name) {
      unsynchronized.remove(name)
      try directory.remove(name)
    }
  }

  // MARK: Attributes and side files

  /// Sets a named attribute of the next commit; nil removes it.
  public func setAttribute(_ name: String, _ value: [UInt8]?) {
    let name = [UInt8](name.utf8)
    next.attributes.removeAll { $0.name == name }
    guard let value else { return }
    next.attributes.append(Manifest.Attribute(name: name, value: value))
    next.attributes.sort { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// A named attribute, as the next commit will have it.
  public func attribute(_ name: String) -> [UInt8]? {
    next.attributes.first { $0.name.elementsEqual(name.utf8) }?.value
  }

  /// Appends to a side file (made where there is none). Valid with the next commit, all or nothing.
  public func appendSideFile(_ name: String, _ bytes: [UInt8]) throws(IndexError) {
    guard let index = next.sideFiles.firstIndex(where: { $0.name.elementsEqual(name.utf8) }) else {
      return try replaceSideFile(name, bytes)
    }
    let entry = next.sideFiles[index]
    unsynchronized.insert(entry.fileName)
    let file = try directory.append(entry.fileName, at: entry.length)
    defer { file.close() }
    try file.write(bytes)
    next.sideFiles[index].length += UInt64(bytes.count)
    next.sideFiles[index].sum = bytes.withUnsafeBytes { ck_crc32c(entry.sum, $0.baseAddress, $0.count) }
  }

  /// Replaces a side file (a new generation). Valid with the next commit.
  public func replaceSideFile(_ name: String, _ bytes: [UInt8]) throws(IndexError) {
    let nameBytes = [UInt8](name.utf8)
    guard Manifest.SideFile.isName(nameBytes) else { throw .invalid("\(name) cannot name a side file") }
    let old = next.sideFiles.first { $0.name == nameBytes }
    let entry = Manifest.SideFile(
      name: nameBytes, generation: next.generation + 1 + (old?.generation ?? 0), length: UInt64(bytes.count),
      sum: bytes.withUnsafeBytes { ck_crc32c(0, $0.baseAddress, $0.count) })
    unsynchronized.insert(entry.fileName)
    let file = try directory.create(entry.fileName)
    defer { file.close() }
    try file.write(bytes)
    try dropSideFile(name)
    next.sideFiles.append(entry)
    next.sideFiles.sort { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// Removes a side file with the next commit.
  public func removeSideFile(_ name: String) throws(IndexError) { try dropSideFile(name) }

  private func dropSideFile(_ name: String) throws(IndexError) {
    guard let index = next.sideFiles.firstIndex(where: { $0.name.elementsEqual(name.utf8) }) else { return }
    let old = next.sideFiles.remove(at: index).fileName
    if !committed.fileNames.contains(old) {
      unsynchronized.remove(old)
      try directory.remove(old)
    }
  }

  /// The bytes of a side file, as the next commit will have it; nil where there is none of the name.
  public func sideFile(_ name: String) throws(IndexError) -> [UInt8]? {
    try next.sideFiles.first { $0.name.elementsEqual(name.utf8) }?.read(directory)
  }

  // MARK: Commit

  /// Makes everything since the last commit durable and visible; answers the new generation. Where nothing changed,
  /// nothing is written.
  @discardableResult
  public func commit() throws(IndexError) -> UInt64 {
    for segment in segments { try segment.writeLive(self) }
    next.segments = segments.map { $0.record }
    if next == committed, committed.generation > 0 { return committed.generation }
    next.generation = committed.generation + 1
    try directory.synchronize(files: unsynchronized.sorted())
    try directory.synchronize("segments")
    try directory.synchronize("side")
    let file = try directory.create(Manifest.temporaryName)
    do throws(IndexError) {
      try file.write(next.encoded())
      try file.synchronize()
    } catch {
      file.close()
      throw error
    }
    file.close()
    try directory.rename(Manifest.temporaryName, to: Manifest.fileName)
    try directory.synchronize("")
    let obsolete = committed.fileNames.subtracting(next.fileNames)
    unsynchronized = []
    committed = next
    // The commit stands; what cannot be removed now, the next writer removes.
    for name in obsolete.sorted() { try? directory.remove(name) }
    return committed.generation
  }

  /// Takes away what no commit names any more, where `commit` could not. Until this succeeds, bytes of documents that
  /// were removed and merged away may still be on the disk.
  public func removeLeftovers() throws(IndexError) { try removeUnnamed() }

  /// Gives the lock back. Uncommitted work is dropped, and its room given back (a full disk may be why it ends here);
  /// what cannot be removed now, the next writer removes.
  public func close() {
    guard !isClosed else { return }
    isClosed = true
    segments = []
    if !unsynchronized.isEmpty {
      let named = committed.fileNames
      for name in unsynchronized.sorted() where !named.contains(name) { try? directory.remove(name) }
      for file in committed.sideFiles where unsynchronized.contains(file.fileName) {
        (try? directory.append(file.fileName, at: file.length))?.close()
      }
      try? directory.remove(Manifest.temporaryName)
    }
    lock.close()
  }
}
