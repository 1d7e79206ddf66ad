import Glibc
import Testing

/// Real texts that stand beside the repository on development machines and are not part of it.
enum SharedTexts {
  /// `$GRIOT_SHARED`, else `../shared` of the package; nil where neither exists.
  static let root: String? = {
    if let path = getenv("GRIOT_SHARED") { return String(cString: path) }
    let here = #filePath.split(separator: "/").dropLast(3)
    let path = "/" + here.dropLast().joined(separator: "/") + "/shared"
    return access(path, R_OK) == 0 ? path : nil
  }()

  /// The package's own folder.
  static let package: String = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  /// The bytes of a file, at most `limit`.
  static func read(_ path: String, limit: Int = .max) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    return drain(file, limit: limit)
  }

  /// What a shell command writes to its standard output, at most `limit` bytes.
  static func run(_ command: String, limit: Int) -> [UInt8]? {
    guard let pipe = popen(command, "r") else { return nil }
    defer { pclose(pipe) }
    return drain(pipe, limit: limit)
  }

  private static func drain(_ file: UnsafeMutablePointer<FILE>, limit: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    let chunk = 1 << 20
    while bytes.count < limit {
      let wanted = min(chunk, limit - bytes.count)
      let before = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: wanted))
      let got = bytes.withUnsafeMutableBytes { fread($0.baseAddress! + before, 1, wanted, file) }
      bytes.removeLast(wanted - got)
      if got == 0 { break }
    }
    return bytes
  }
}
