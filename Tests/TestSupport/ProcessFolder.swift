import Glibc

/// A folder for one test, gone with the last reference to it.
public final class ProcessFolder: Sendable {
  public let path: String

  public init() throws {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
    var template = Array("\(base)/griot-test-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!).map { String(cString: $0) } }
    guard let made else { throw ProcessError("mkdtemp: \(String(cString: strerror(errno)))") }
    // Symbolic links on the way would make paths in messages differ from what a test expects.
    let real = realpath(made, nil)
    path = real.map { String(cString: $0) } ?? made
    free(real)
  }

  deinit { Self.remove(path) }

  public subscript(_ name: String) -> String { path + "/" + name }

  /// Writes a file, with the folders on the way to it.
  @discardableResult
  public func write(_ name: String, _ bytes: some Collection<UInt8>) throws -> String {
    let parts = name.split(separator: "/").dropLast()
    var folder = path
    for part in parts {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
    try Self.write(self[name], Array(bytes))
    return self[name]
  }

  public static func write(_ path: String, _ bytes: [UInt8]) throws {
    guard let handle = fopen(path, "we") else {
      throw ProcessError("cannot write \(path): \(String(cString: strerror(errno)))")
    }
    defer { fclose(handle) }
    let n = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, handle) }
    guard n == bytes.count else { throw ProcessError("cannot write \(path)") }
  }

  @discardableResult
  public func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  public static func read(_ path: String) throws -> [UInt8] {
    guard let handle = fopen(path, "re") else {
      throw ProcessError("cannot read \(path): \(String(cString: strerror(errno)))")
    }
    defer { fclose(handle) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let n = buffer.withUnsafeMutableBytes { fread($0.baseAddress, 1, $0.count, handle) }
      if n == 0 { return bytes }
      bytes += buffer[..<n]
    }
  }

  /// Never follows a symbolic link out of the folder.
  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    chmod(path, 0o700)
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(folder)
    }
    rmdir(path)
  }
}
