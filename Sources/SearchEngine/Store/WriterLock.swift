internal import Glibc

/// The right to write to a memory: a lock of the kernel on the file `lock`, which ends with the process whatever
/// happens to it. The file's content only says who holds it.
final class WriterLock {
  private var descriptor: Int32

  /// - Parameter purpose: What the holder is doing, for whoever has to wait.
  init(_ directory: String, purpose: String) throws(IndexError) {
    let path = directory + "/lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .io(path: path, operation: "open", errno: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      var text = [UInt8](repeating: 0, count: 256)
      let count = max(0, pread(descriptor, &text, 256, 0))
      _ = Glibc.close(descriptor)
      guard code == EWOULDBLOCK else { throw .io(path: path, operation: "lock", errno: code) }
      let holder = String(decoding: text[..<count].prefix { $0 != 0x0A }, as: UTF8.self)
      throw .locked(path: directory, holder: holder.isEmpty ? "another process" : holder)
    }
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, 255)
    let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let doing = purpose.isEmpty ? "" : " (\(purpose))"
    let text = [UInt8]("process \(getpid()) on \(host)\(doing) since \(Self.now())\n".utf8)
    // Who holds the lock is a courtesy: failing to say so is no reason to stop.
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, text, text.count, 0)
    self.descriptor = descriptor
  }

  /// Whether a writer seems to be at work: the lock names a process that is alive. Does not try the lock, which could
  /// keep out a writer that begins just then.
  static func isHeld(_ directory: String) -> Bool {
    guard let text = try? FileSystemDirectory(directory).read("lock") else { return false }
    let words = text.split(separator: 0x20)
    guard words.count > 1, let process = Int32(String(decoding: words[1], as: UTF8.self)) else { return false }
    return kill(process, 0) == 0 || errno == EPERM
  }

  /// In UTC, as ISO 8601 has it.
  private static func now() -> String {
    var (seconds, parts) = (time(nil), tm())
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { close() }

  func close() {
    guard descriptor >= 0 else { return }
    _ = ftruncate(descriptor, 0)
    // Closing alone would leave the lock with a child that another thread is just making: it has a copy of the
    // descriptor until it becomes another program.
    flock(descriptor, LOCK_UN)
    _ = Glibc.close(descriptor)
    descriptor = -1
  }
}
