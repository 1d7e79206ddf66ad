import Glibc

/// A directory of its own that goes with the object.
public final class TemporaryDirectory: Sendable {
  public let path: String

  public init() {
    var template = [CChar]("/tmp/griot-test-XXXXXX".utf8CString)
    if let base = getenv("TMPDIR"), base.pointee != 0 {
      template = [CChar]((String(cString: base) + "/griot-test-XXXXXX").utf8CString)
    }
    guard mkdtemp(&template) != nil else { fatalError("no temporary directory can be made: errno \(errno)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    if let stream = opendir(path) {
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { remove(path + "/" + name) }
      }
      closedir(stream)
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}
