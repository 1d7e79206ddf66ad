import Glibc

/// Where the reader process's executable lies.
public enum ReaderExecutable {
  /// Beside the running executable, else in `../libexec/griot/` as `make install` puts it.
  ///
  /// - Parameter override: A path that the caller was given (an environment variable, an option); taken as it is.
  /// - Throws: ``GriotError`` of kind `io` naming the places that were tried.
  public static func locate(override: String? = nil) throws(GriotError) -> String {
    if let override, !override.isEmpty {
      guard isExecutable(override) else {
        throw GriotError(.io, "the reader \(override) is not an executable file")
      }
      return override
    }
    guard let own = runningExecutable() else {
      throw GriotError(.io, "cannot tell where the running executable lies; name the reader explicitly")
    }
    let folder = own.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(own[..<$0]) } ?? "."
    let candidates = ["\(folder)/griot-reader", "\(folder)/../libexec/griot/griot-reader"]
    for candidate in candidates where isExecutable(candidate) { return candidate }
    throw GriotError(.io, "griot-reader is missing: looked for \(candidates.joined(separator: " and "))")
  }

  private static func isExecutable(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
  }

  private static func runningExecutable() -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer -> String? in
      let n = readlink("/proc/self/exe", buffer.baseAddress!, buffer.count)
      guard n > 0 else { return nil }
      return String(decoding: UnsafeRawBufferPointer(buffer)[..<n], as: UTF8.self)
    }
  }
}
