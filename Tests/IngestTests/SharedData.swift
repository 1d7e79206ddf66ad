import Glibc

/// Real inputs that are not part of the repository. Where they are missing, tests on them say so and pass.
enum SharedData {
  static let root: String? = {
    if let set = getenv("GRIOT_SHARED") { return String(cString: set) + "/data" }
    // <package>/Tests/IngestTests/SharedData.swift → <package>/../shared
    let parts = #filePath.split(separator: "/").dropLast(4)
    let path = "/" + parts.joined(separator: "/") + "/shared/data"
    return access(path, R_OK) == 0 ? path : nil
  }()

  /// A folder or file of the shared data, or `nil` with a loud note.
  static func path(_ relative: String, function: String = #function) -> String? {
    if let root, access(root + "/" + relative, R_OK) == 0 { return root + "/" + relative }
    print("SKIPPED \(function): no shared data at \(relative) (set GRIOT_SHARED)")
    return nil
  }

  /// Regular files below a folder, sorted by path.
  static func files(below folder: String, suffix: String = "") -> [String] {
    var out: [String] = []
    var queue = [folder]
    while let path = queue.popLast() {
      guard let handle = opendir(path) else { continue }
      defer { closedir(handle) }
      while let entry = readdir(handle) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name == "." || name == ".." { continue }
        let full = path + "/" + name
        var status = stat()
        guard lstat(full, &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { queue.append(full) }
        if status.st_mode & S_IFMT == S_IFREG, name.hasSuffix(suffix) { out.append(full) }
      }
    }
    return out.sorted()
  }

  static func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    return read(file)
  }

  /// What a `.gz` file holds, through gzip.
  static func readCompressed(_ path: String) -> [UInt8] {
    guard let pipe = popen("gzip -dc '\(path)'", "r") else { return [] }
    defer { pclose(pipe) }
    return read(pipe)
  }

  private static func read(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
    var out: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let n = fread(&chunk, 1, chunk.count, file)
      if n == 0 { return out }
      out.append(contentsOf: chunk[0..<n])
    }
  }
}
