public import SearchEngine

/// The files of a memory as they lie on the disk.
public enum MemoryFiles {
  /// Name and bytes of each, the lock left out.
  public static func contents(_ memory: String) throws(IndexError) -> [String: [UInt8]] {
    let directory = FileSystemDirectory(memory)
    var contents: [String: [UInt8]] = [:]
    let names = try directory.list("") + directory.list("segments") + directory.list("side")
    for name in names where name != "lock" { contents[name] = try directory.read(name) }
    return contents
  }

  /// Names of files that two memories do not have alike.
  public static func differences(_ a: [String: [UInt8]], _ b: [String: [UInt8]]) -> [String] {
    Set(a.keys).union(b.keys).filter { a[$0] != b[$0] }.sorted()
  }
}
