import Documents
import Glibc
import SearchEngine
import Synchronization

extension Memory {
  /// The people file of a memory: inside its directory, so that it moves and is backed up with it; no operation on the
  /// index touches it.
  static func peopleFilePath(_ memory: String) -> String { memory + "/people.mailmap" }

  /// The people file; empty if there is none.
  static func peopleFile(_ memory: String) throws(GriotError) -> PeopleFile {
    let path = peopleFilePath(memory)
    guard let bytes = try FileBytes.read(path) else { return .empty }
    return PeopleFile(bytes)
  }

  /// What a table must have been made from to be of use for a snapshot.
  static func peopleStamp(_ reader: IndexReader, _ file: PeopleFile) -> UInt64 {
    var bytes = file.bytes
    func append(_ number: UInt64) { withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) } }
    for segment in reader.segments {
      append(UInt64(segment.id))
      append(UInt64(segment.documentCount) << 32 | UInt64(segment.liveDocumentCount))
    }
    return bytes.withUnsafeBytes { Murmur128.hash($0).h1 }
  }

  /// The people of this snapshot: from the side file where it is fresh, else resolved now.
  func people() throws(GriotError) -> PeopleTable {
    if let known = peopleBox.withLock({ $0 }) { return known }
    let file = try Self.peopleFile(path)
    var fresh = try Self.freshTable(reader, file, path)
    if fresh == nil { fresh = try engine(path) { () throws(IndexError) in try PeopleTable.build(reader, file) } }
    let table = fresh ?? .empty
    peopleBox.withLock { $0 = table }
    return table
  }

  static func freshTable(
    _ reader: IndexReader, _ file: PeopleFile, _ path: String
  ) throws(GriotError) -> PeopleTable? {
    let stamp = peopleStamp(reader, file)
    let result = try engine(path) { () throws(IndexError) -> Result<PeopleTable?, FrameError>? in
      try reader.withSideFile(PeopleTable.sideFile) { bytes throws(IndexError) in
        Result { () throws(FrameError) in try PeopleTable.decode(bytes, stamp: stamp) }
      }
    }
    do { return try result?.get() ?? nil } catch {
      throw GriotError(error, memory: path, what: "people table")
    }
  }

  /// Brings the people table up to date with the newest commit; one more commit if it was not.
  static func refreshPeople(_ path: String, _ writer: IndexWriter) throws(GriotError) {
    let reader = try engine(path) { () throws(IndexError) in try IndexReader.open(path) }
    let file = try peopleFile(path)
    if try freshTable(reader, file, path) != nil { return }
    try engine(path) { () throws(IndexError) in
      let table = try PeopleTable.build(reader, file)
      // Nobody is named and nobody was: no file.
      if table.hashes.isEmpty, try writer.sideFile(PeopleTable.sideFile) == nil { return }
      try writer.replaceSideFile(PeopleTable.sideFile, table.encoded(stamp: peopleStamp(reader, file)))
      try writer.commit()
    }
  }
}

/// Whole small files.
enum FileBytes {
  /// - Returns: `nil` if there is no such file.
  static func read(_ path: String) throws(GriotError) -> [UInt8]? { try read(bytes: Array(path.utf8)) }

  /// - Parameter bytes: A path that need not be UTF-8.
  static func read(bytes: [UInt8]) throws(GriotError) -> [UInt8]? {
    let path = String(decoding: bytes, as: UTF8.self)
    let descriptor = (bytes + [0]).withUnsafeBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_RDONLY | O_CLOEXEC)
    }
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure("read", path)
    }
    defer { close(descriptor) }
    var out: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure("read", path)
      }
      if count == 0 { return out }
      out += buffer[..<count]
    }
  }

  /// Replaces a file: other processes see the old bytes or the new ones.
  static func replace(_ path: String, _ bytes: [UInt8]) throws(GriotError) {
    let temporary = path + ".new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("write", path) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        let error = failure("write", path)
        close(descriptor)
        unlink(temporary)
        throw error
      }
      rest = rest.dropFirst(count)
    }
    let isSynced = fsync(descriptor) == 0
    close(descriptor)
    guard isSynced, rename(temporary, path) == 0 else {
      let error = failure("write", path)
      unlink(temporary)
      throw error
    }
  }

  private static func failure(_ operation: String, _ path: String) -> GriotError {
    let code = errno
    return GriotError(
      code == EACCES || code == EPERM || code == EROFS ? .denied : .io,
      "cannot \(operation) \(path): \(FileWalk.text(code))")
  }
}
