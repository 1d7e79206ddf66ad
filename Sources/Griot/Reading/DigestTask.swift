import Documents

/// The digest of a file, computed at once for small files, beside the reader's work for large ones.
final class DigestTask: @unchecked Sendable {
  /// Above this a second thread reads along.
  static let inlineLimit: UInt64 = 8 << 20

  private let file: OpenFile
  private let box = Monitor<Murmur128??>(nil)
  private var thread: WorkerThread?
  private var known: Murmur128??

  init(_ file: OpenFile, now: Bool) {
    self.file = file
    if now {
      known = .some(file.digest())
    } else {
      let box = self.box
      thread = WorkerThread {
        let digest = file.digest()
        box.update { $0 = .some(digest) }
      }
    }
  }

  deinit { thread?.join() }

  /// Waits for it. `nil` if the file could not be read to its end.
  func result() -> Murmur128? {
    if let known { return known }
    let digest = box.wait { $0 }
    known = .some(digest)
    return digest
  }
}
