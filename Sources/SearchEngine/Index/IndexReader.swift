internal import CKernels

/// One commit of a memory, opened for reading: an immutable snapshot. Later commits, merges and deletes do not
/// change it.
public final class IndexReader: Sendable {
  /// The segments in the order of ingest: a lower segment and a lower ordinal was ingested earlier.
  public let segments: [SegmentReader]
  let manifest: Manifest
  let directory: String
  /// In the order of the manifest.
  let sideFiles: [Lazy<MappedSideFile>]

  private init(directory: String, _ manifest: Manifest, _ segments: [SegmentReader]) {
    self.directory = directory
    self.manifest = manifest
    self.segments = segments
    sideFiles = manifest.sideFiles.map { file in
      Lazy { () throws(IndexError) in try MappedSideFile(directory: directory, file) }
    }
  }

  /// Opens the newest commit of the memory in `directory`. Reads the manifest and the files of live documents, and
  /// takes no lock. Other files are mapped when they are first needed: where a writer has merged one away by then,
  /// the reader throws `.vanished`, and the memory is to be opened again. `pin()` maps all at once.
  public static func open(_ directory: String) throws(IndexError) -> IndexReader {
    try open(directory, reusing: nil)!
  }

  /// The same with all files mapped at once, for readers that live long or give out their answer in parts. Damage is
  /// not met here but by whoever reads it.
  public static func openPinned(_ directory: String) throws(IndexError) -> IndexReader {
    var attempts = 0
    while true {
      let reader = try open(directory)
      do throws(IndexError) {
        try reader.pinWhatIsSound()
        return reader
      } catch .vanished(let file) {
        // A writer merged between the two steps; it cannot be as fast as this for long.
        attempts += 1
        if attempts == 100 { throw .vanished(file: file) }
      }
    }
  }

  /// A reader on the newest commit, or nil where this is the newest. Segments in both are shared.
  public func refreshed() throws(IndexError) -> IndexReader? { try Self.open(directory, reusing: self) }

  /// - Parameter name: Of the manifest; a copy that is not whole yet has another.
  static func open(
    _ directory: String, manifest name: String = Manifest.fileName, reusing old: IndexReader?
  ) throws(IndexError) -> IndexReader? {
    var attempts = 0
    while true {
      guard let bytes = try FileSystemDirectory(directory).read(name) else {
        throw .missing(path: directory)
      }
      let manifest = try Manifest(bytes)
      if let old, old.manifest.generation == manifest.generation { return nil }
      do throws(IndexError) {
        var segments: [SegmentReader] = []
        for record in manifest.segments {
          if let same = old?.segments.first(where: { $0.record == record }) {
            segments.append(same)
          } else {
            segments.append(try SegmentReader(directory: directory, record))
          }
        }
        return IndexReader(directory: directory, manifest, segments)
      } catch .vanished(let file) {
        // A commit came between the manifest and the file of live documents: the next manifest names another one.
        attempts += 1
        if attempts == 10 { throw .vanished(file: file) }
      }
    }
  }

  /// Maps all files, so that the snapshot stays whole whatever writers do: for readers that live long.
  public func pin() throws(IndexError) {
    for segment in segments { _ = try segment.files() }
    for file in sideFiles { _ = try file.get() }
  }

  private func pinWhatIsSound() throws(IndexError) {
    for segment in segments { try segment.pinWhatIsSound() }
    for file in sideFiles {
      do throws(IndexError) { _ = try file.get() } catch .corrupt {}
    }
  }

  /// Counts the commits of the memory.
  public var generation: UInt64 { manifest.generation }
  /// The fingerprint of the analyzer that made the terms.
  public var analyzerFingerprint: UInt64 { manifest.analyzerFingerprint }

  /// Throws the first damage that reading columns, tables or postings of this snapshot met. Arrays are verified as
  /// they are read and cannot throw there: ask once before an answer is given away.
  public func checkDamage() throws(IndexError) {
    for segment in segments { try segment.checkDamage() }
  }

  /// Documents that are live.
  public var liveDocumentCount: UInt64 { segments.reduce(0) { $0 + UInt64($1.liveDocumentCount) } }
  /// Passages, those of deleted documents included.
  public var passageCount: UInt64 { segments.reduce(0) { $0 + UInt64($1.passageCount) } }
  /// The sum of the lengths of these passages.
  public var totalLength: UInt64 { segments.reduce(0) { $0 + $1.totalLength } }
  /// Bytes of the files that the commit is made of.
  public var byteCount: UInt64 {
    manifest.segments.reduce(0) { $0 + $1.size } + manifest.sideFiles.reduce(0) { $0 + $1.length }
  }

  /// The named attributes of the commit, opaque to the engine.
  public func attribute(_ name: String) -> [UInt8]? {
    manifest.attributes.first { $0.name.elementsEqual(name.utf8) }?.value
  }

  /// The names of the commit's side files.
  public var sideFileNames: [String] { manifest.sideFiles.map { String(decoding: $0.name, as: UTF8.self) } }

  /// The bytes of a side file as this commit has it, nil where there is none of the name.
  public func sideFile(_ name: String) throws(IndexError) -> [UInt8]? {
    try withSideFile(name) { [UInt8]($0) }
  }

  /// The same without copying: the mapped bytes, for side files of many megabytes of which a search needs a few pages.
  /// The whole file is verified at the first call.
  public func withSideFile<R>(
    _ name: String, _ body: (UnsafeRawBufferPointer) throws(IndexError) -> R
  ) throws(IndexError) -> R? {
    guard let index = manifest.sideFiles.firstIndex(where: { $0.name.elementsEqual(name.utf8) }) else { return nil }
    let mapped = try sideFiles[index].get()
    return try body(UnsafeRawBufferPointer(start: mapped.base, count: mapped.count))
  }
}

extension Manifest.SideFile {
  /// The valid bytes, verified.
  func read(_ directory: any Directory) throws(IndexError) -> [UInt8] {
    guard var bytes = try directory.read(fileName) else { throw .vanished(file: fileName) }
    guard bytes.count >= Int(length) else {
      throw .corrupt(file: fileName, offset: UInt64(bytes.count), what: "the file is shorter than the manifest says")
    }
    bytes.removeSubrange(Int(length)...)
    guard bytes.withUnsafeBytes({ ck_crc32c(0, $0.baseAddress, $0.count) }) == sum else {
      throw .corrupt(file: fileName, offset: 0, what: "the file does not have its checksum")
    }
    return bytes
  }
}
