import Documents
import SearchEngine

extension GriotError {
  /// What an error of the engine means to the user of a memory.
  init(_ error: IndexError, memory: String) {
    switch error {
    case .corrupt(let file, let offset, let what):
      self.init(
        .corrupt, "\(memory)/\(file) is damaged at byte \(offset): \(what); restore a backup, or ingest anew")
    case .formatTooNew(let file, let found, let supported):
      self.init(
        .memoryIncompatible,
        "\(memory)/\(file) has format \(found), this Griot reads up to \(supported); use the newer Griot")
    case .formatTooOld(let file, let found, let supported):
      self.init(
        .memoryIncompatible,
        "\(memory)/\(file) has format \(found), this Griot reads from \(supported) on; ingest the sources anew")
    case .missing(let path):
      self.init(.memoryMissing, "there is no memory at \(path); make one with: griot --memory \(path) ingest PATH")
    case .locked(let path, let holder): self.init(.locked, "the memory \(path) is being written by \(holder)")
    case .io(let path, let operation, let code):
      let kind: GriotError.Kind = code == 13 || code == 1 || code == 30 ? .denied : .io  // EACCES, EPERM, EROFS
      self.init(kind, "cannot \(operation) \(path): \(FileWalk.text(code))")
    case .vanished(let file): self.init(.stale, "\(memory)/\(file) was merged away while it was read; try again")
    case .invalid(let what): self.init(.usage, what)
    }
  }

  init(_ error: FrameError, memory: String, what: String) {
    self.init(.corrupt, "the \(what) of the memory \(memory) is damaged at byte \(error.offset): \(error.what)")
  }
}

/// Runs calls of the engine, giving its errors the name of the memory.
func engine<R>(_ memory: String, _ body: () throws(IndexError) -> R) throws(GriotError) -> R {
  do { return try body() } catch { throw GriotError(error, memory: memory) }
}
