import Glibc

/// A plain thread: builders are few, long-lived and busy, which is not what a task pool is for.
struct Thread {
  private final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private var handle = pthread_t()

  init(_ body: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Box(body))
    let code = pthread_create(
      &handle, nil,
      { argument in
        Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, box.toOpaque())
    precondition(code == 0, "no thread: \(code)")
  }

  func join() { pthread_join(handle, nil) }
}

/// Bytes of all files below a folder.
func treeSize(_ path: String) -> Int {
  var total = 0
  walk(path) { file, status in if status.st_mode & S_IFMT == S_IFREG { total += Int(status.st_size) } }
  return total
}

/// Removes a folder and what is in it.
func removeTree(_ path: String) { walk(path) { file, _ in remove(file) } }

/// Visits children before their folder.
private func walk(_ path: String, _ visit: (String, stat) -> Void) {
  var status = stat()
  guard lstat(path, &status) == 0 else { return }
  if status.st_mode & S_IFMT == S_IFDIR, let folder = opendir(path) {
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    closedir(folder)
    for name in names { walk(path + "/" + name, visit) }
  }
  visit(path, status)
}

/// Two decimals, without a formatter.
func decimal(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  let rest = hundredths % 100
  return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}
