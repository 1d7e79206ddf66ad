import Glibc
import SearchEngine

extension Maintenance {
  /// Copies one commit of a memory, whole and verified page by page, whatever writers do meanwhile.
  ///
  /// Nothing that exists is overwritten, and what was begun is taken away if it cannot be ended.
  ///
  /// - Throws: ``GriotError`` of kind `memoryMissing`, `corrupt` (the memory is damaged), `usage` (something is there
  ///   already), `denied`, `io`.
  public static func backup(memory path: String, to place: BackupPlace) throws(GriotError) -> BackupReport {
    let memory = try Memory(opening: path, pinned: true)
    let counts: (files: Int, bytes: UInt64)
    let modified = Self.modified(path)
    switch place {
    case .directory(let target):
      // An index error names the file that it is about; of the copy, it is the copy's.
      let receiver = try engine(target) { () throws(IndexError) in
        try IndexReceiver(target, purpose: "griot backup")
      }
      do throws(GriotError) {
        counts = try engine(path) { () throws(IndexError) in
          let counts = try memory.reader.copy { (name, _) throws(IndexError) in try receiver.create(name) }
          try receiver.finish()
          return counts
        }
      } catch {
        receiver.abandon()
        throw error
      }
      setModified(target, modified)
    case .archive(let target): counts = try archive(memory, target, modified)
    case .stream(let descriptor):
      counts = try archive(memory, TarWriter(descriptor, path: "the output", modified: modified))
    }
    return BackupReport(
      documents: Int(memory.reader.liveDocumentCount), files: counts.files, bytes: counts.bytes,
      generation: memory.reader.generation)
  }

  private static func archive(_ memory: Memory, _ tar: TarWriter) throws(GriotError) -> (files: Int, bytes: UInt64) {
    try engine(memory.path) { () throws(IndexError) in
      let counts = try memory.reader.copy { (name, size) throws(IndexError) in try tar.member(name, size: size) }
      try tar.finish()
      return counts
    }
  }

  /// Into a file beside the target, which takes its place when it is whole and durable.
  private static func archive(
    _ memory: Memory, _ target: String, _ modified: Int64
  ) throws(GriotError) -> (files: Int, bytes: UInt64) {
    guard access(target, F_OK) != 0 else {
      throw GriotError(.usage, "\(target) exists, and nothing is overwritten: name another file")
    }
    let partial = target + ".partial"
    let descriptor = Glibc.open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure("create", partial) }
    defer { close(descriptor) }
    do throws(GriotError) {
      let counts = try archive(memory, TarWriter(descriptor, path: partial, modified: modified))
      guard fsync(descriptor) == 0 else { throw failure("synchronize", partial) }
      // Not rename(2): a file that came into being meanwhile must stay.
      guard link(partial, target) == 0 || (errno != EEXIST && rename(partial, target) == 0) else {
        throw failure("create", target)
      }
      unlink(partial)
      return counts
    } catch {
      unlink(partial)
      throw error
    }
  }

  private static func failure(_ operation: String, _ path: String) -> GriotError {
    let code = errno
    return GriotError(IndexError.io(path: path, operation: operation, errno: code), memory: path)
  }

  /// When the last commit was made, in seconds since 1970.
  static func modified(_ memory: String) -> Int64 {
    FileWalk.status(memory + "/manifest", follow: true).map { Int64($0.st_mtim.tv_sec) } ?? 0
  }

  /// A copy says of itself when it was filled, not when it was copied. Failing to is no reason to stop.
  static func setModified(_ memory: String, _ seconds: Int64) {
    guard seconds > 0 else { return }
    let time = timespec(tv_sec: Int(seconds), tv_nsec: 0)
    let times = [time, time]
    _ = utimensat(AT_FDCWD, memory + "/manifest", times, 0)
  }
}
