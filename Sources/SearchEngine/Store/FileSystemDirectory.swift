internal import Glibc

/// The real thing: POSIX calls below one path.
public final class FileSystemDirectory: Directory {
  public let path: String

  public init(_ path: String) { self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path }

  func full(_ name: String) -> String { name.isEmpty ? path : path + "/" + name }

  public func create(_ name: String) throws(IndexError) -> any OutputFile {
    try POSIXOutputFile(full(name), flags: O_WRONLY | O_CREAT | O_TRUNC, length: nil)
  }

  public func append(_ name: String, at length: UInt64) throws(IndexError) -> any OutputFile {
    try POSIXOutputFile(full(name), flags: O_WRONLY | O_CREAT, length: length)
  }

  public func synchronize(file name: String) throws(IndexError) {
    let path = full(name)
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .io(path: path, operation: "open", errno: errno) }
    defer { _ = Glibc.close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .io(path: path, operation: "fsync", errno: errno) }
  }

  public func read(_ name: String) throws(IndexError) -> [UInt8]? {
    let path = full(name)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .io(path: path, operation: "open", errno: errno)
    }
    defer { _ = Glibc.close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .io(path: path, operation: "stat", errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .io(path: path, operation: "read", errno: EISDIR) }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + done, $0.count - done) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .io(path: path, operation: "read", errno: errno) }
      if count == 0 { break }
      done += count
    }
    return Array(bytes.prefix(done))
  }

  public func rename(_ from: String, to: String) throws(IndexError) {
    guard Glibc.rename(full(from), full(to)) == 0 else {
      throw .io(path: full(to), operation: "rename", errno: errno)
    }
  }

  public func remove(_ name: String) throws(IndexError) {
    guard unlink(full(name)) == 0 || errno == ENOENT else {
      throw .io(path: full(name), operation: "remove", errno: errno)
    }
  }

  /// Removes a directory that is empty; one that is not stays.
  func removeDirectory(_ subdirectory: String) throws(IndexError) {
    let path = full(subdirectory)
    guard rmdir(path) == 0 || errno == ENOENT || errno == ENOTEMPTY || errno == EEXIST else {
      throw .io(path: path, operation: "remove", errno: errno)
    }
  }

  public func list(_ subdirectory: String) throws(IndexError) -> [String] {
    try entries(subdirectory, folders: false)
  }

  /// The same with what is in it of folders, if they are wanted.
  func entries(_ subdirectory: String, folders: Bool) throws(IndexError) -> [String] {
    let path = full(subdirectory)
    guard let stream = opendir(path) else {
      if errno == ENOENT { return [] }
      throw .io(path: path, operation: "list", errno: errno)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." || (!folders && entry.pointee.d_type == UInt8(DT_DIR)) { continue }
      names.append(subdirectory.isEmpty ? name : subdirectory + "/" + name)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func make(_ subdirectory: String) throws(IndexError) {
    let path = full(subdirectory)
    if mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw .io(path: path, operation: "make directory", errno: errno)
    }
    try FileSystemDirectory(String(path[..<slash])).make("")
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw .io(path: path, operation: "make directory", errno: errno)
    }
  }

  public func synchronize(_ subdirectory: String) throws(IndexError) {
    let path = full(subdirectory)
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .io(path: path, operation: "open", errno: errno) }
    defer { _ = Glibc.close(descriptor) }
    // Some file systems cannot synchronize a directory and say so; they order names by themselves.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .io(path: path, operation: "fsync", errno: errno) }
  }
}

private final class POSIXOutputFile: OutputFile {
  private let path: String
  private var descriptor: Int32

  init(_ path: String, flags: Int32, length: UInt64?) throws(IndexError) {
    self.path = path
    descriptor = open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .io(path: path, operation: "create", errno: errno) }
    guard let length else { return }
    guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
      let code = errno
      close()
      throw .io(path: path, operation: "truncate", errno: code)
    }
  }

  deinit { close() }

  func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    guard let base = bytes.baseAddress else { return }
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, base + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .io(path: path, operation: "write", errno: count < 0 ? errno : ENOSPC) }
      done += count
    }
  }

  func synchronize() throws(IndexError) {
    guard fsync(descriptor) == 0 else { throw .io(path: path, operation: "fsync", errno: errno) }
  }

  func close() {
    guard descriptor >= 0 else { return }
    _ = Glibc.close(descriptor)
    descriptor = -1
  }
}
