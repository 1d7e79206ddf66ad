import Glibc
import SearchEngine

extension Maintenance {
  /// Makes a memory of a backup, and reads every byte of it (``Memory/check()``) before it counts.
  ///
  /// - Parameter path: Of the memory to make: a directory that does not exist or is empty.
  /// - Throws: ``GriotError`` of kind `usage` (there is something already, or no backup), `corrupt` (the backup is
  ///   damaged or cut short), `denied`, `io`. Nothing is left behind then.
  public static func restore(from place: BackupPlace, memory path: String) throws(GriotError) -> BackupReport {
    let source = try open(place)
    let receiver = try engine(path) { () throws(IndexError) in try IndexReceiver(path, purpose: "griot restore") }
    do throws(GriotError) {
      let (counts, modified) = try receive(source, receiver, path)
      let report = try check(receiver, path)
      try engine(path) { () throws(IndexError) in try receiver.finish() }
      setModified(path, modified)
      return BackupReport(
        documents: report.documents, files: counts.files, bytes: counts.bytes, generation: report.generation)
    } catch {
      receiver.abandon()
      throw error
    }
  }

  private enum Source {
    case memory(Memory)
    /// Closed by whoever reads it, if it was opened here.
    case archive(Int32, path: String, isOwned: Bool)
  }

  private static func open(_ place: BackupPlace) throws(GriotError) -> Source {
    switch place {
    case .directory(let path): return .memory(try Memory(opening: path, pinned: true))
    case .archive(let path):
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        let code = errno
        guard code != ENOENT else { throw GriotError(.usage, "there is no backup at \(path)") }
        throw GriotError(IndexError.io(path: path, operation: "open", errno: code), memory: path)
      }
      return .archive(descriptor, path: path, isOwned: true)
    case .stream(let descriptor): return .archive(descriptor, path: "the input", isOwned: false)
    }
  }

  private static func receive(
    _ source: Source, _ receiver: IndexReceiver, _ path: String
  ) throws(GriotError) -> (counts: (files: Int, bytes: UInt64), modified: Int64) {
    switch source {
    case .memory(let memory):
      let counts = try engine(memory.path) { () throws(IndexError) in
        try memory.reader.copy { (name, _) throws(IndexError) in try receiver.create(name) }
      }
      return (counts, modified(memory.path))
    case .archive(let descriptor, let name, let isOwned):
      defer { if isOwned { close(descriptor) } }
      return try receive(TarReader(descriptor, path: name), name, receiver, path)
    }
  }

  private static func receive(
    _ archive: TarReader, _ name: String, _ receiver: IndexReceiver, _ path: String
  ) throws(GriotError) -> (counts: (files: Int, bytes: UInt64), modified: Int64) {
    var archive = archive
    var (files, bytes, modified) = (0, UInt64(0), Int64(0))
    while let header = try archive.next() {
      // Folders say nothing; a lock is what somebody's own tar took along.
      guard header.isFile, IndexReceiver.isName(header.name) else {
        guard !header.isFile || header.name == "lock" else {
          throw GriotError(.corrupt, "\(name) is no backup of a memory: it holds \(header.name)")
        }
        try archive.content(of: header) { (_) throws(GriotError) in }
        continue
      }
      let file = try engine(path) { () throws(IndexError) in try receiver.create(header.name) }
      defer { file.close() }
      try archive.content(of: header) { (piece) throws(GriotError) in
        try engine(path) { () throws(IndexError) in try file.write(piece) }
      }
      try engine(path) { () throws(IndexError) in try file.synchronize() }
      files += 1
      bytes += header.count
      modified = header.modified
    }
    return ((files, bytes), modified)
  }

  private static func check(
    _ receiver: IndexReceiver, _ path: String
  ) throws(GriotError) -> (documents: Int, generation: UInt64) {
    let reader: IndexReader
    do {
      reader = try receiver.open()
    } catch {
      switch error {
      case .vanished(let file):
        throw GriotError(.corrupt, "the backup is incomplete: \(file) is missing; take another backup")
      case .corrupt(let file, let offset, let what):
        throw GriotError(.corrupt, "the backup is damaged: \(file), byte \(offset): \(what); take another backup")
      case .invalid(let what): throw GriotError(.corrupt, what + "; take another backup")
      default: throw GriotError(error, memory: path)
      }
    }
    let report = try Memory(path, reader).check()
    guard let first = report.problems.first else {
      return (Int(reader.liveDocumentCount), reader.generation)
    }
    let more = report.problems.count > 1 ? " (and \(report.problems.count - 1) more)" : ""
    throw GriotError(.corrupt, "the backup is damaged, nothing was restored: \(first)\(more)")
  }
}
