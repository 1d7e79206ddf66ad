/// Puts the files of a copied commit into a directory where no memory is yet: the other end of `IndexReader.copy`.
///
/// Until `finish` there is no manifest, and so no memory; what a killed receiver left is taken away by the next one.
/// Holds the writer's lock meanwhile.
public final class IndexReceiver {
  private let directory: FileSystemDirectory
  private let lock: WriterLock
  private var received: Set<String> = []
  private var isFinished = false

  /// - Throws: `.invalid` where the directory holds anything but leftovers of a receiver; `.locked`; `.io`.
  public init(_ path: String, purpose: String) throws(IndexError) {
    directory = FileSystemDirectory(path)
    try directory.make("")
    for name in try directory.entries("", folders: true)
    where !["lock", "segments", "side", Manifest.temporaryName].contains(name) {
      guard name == Manifest.fileName else {
        throw .invalid("\(path) is not empty (\(name)): a memory needs a directory of its own")
      }
      throw .invalid("\(path) holds a memory already, and nothing is overwritten: move it away, or name another place")
    }
    lock = try WriterLock(directory.path, purpose: purpose)
    try directory.make("segments")
    try directory.make("side")
    try removeAll()
  }

  deinit { if !isFinished { abandon() } }

  /// Whether a name is one that a file of a memory can have. Names of a copy come from outside.
  public static func isName(_ name: String) -> Bool {
    if name == Manifest.fileName { return true }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    switch parts[0] {
    case "side": return Manifest.SideFile.isName(Array(parts[1].utf8))
    case "segments":
      let bytes = Array(parts[1].utf8)
      return bytes.count <= 64 && bytes.first.map { (0x30...0x39).contains($0) } == true
        && Manifest.SideFile.isName(bytes)
    default: return false
    }
  }

  /// Opens a file of the copy for writing.
  /// - Throws: `.invalid` for a name that no file of a memory has, or that came before.
  public func create(_ name: String) throws(IndexError) -> any OutputFile {
    guard Self.isName(name) else { throw .invalid("\(name) is no file of a memory") }
    guard received.insert(name).inserted else { throw .invalid("\(name) comes twice") }
    return try directory.create(name == Manifest.fileName ? Manifest.temporaryName : name)
  }

  /// A reader of what was received, all of it mapped: for a check before `finish`.
  /// - Throws: `.invalid` where the manifest did not come; `.vanished` where a file did not; `.corrupt`.
  public func open() throws(IndexError) -> IndexReader {
    guard received.contains(Manifest.fileName) else {
      throw .invalid("the copy is cut short: it has no manifest, which comes last")
    }
    guard let reader = try IndexReader.open(directory.path, manifest: Manifest.temporaryName, reusing: nil) else {
      throw .missing(path: directory.path)
    }
    try reader.pin()
    return reader
  }

  /// Makes the memory exist, durably, and gives the lock back. The files were synchronized by whoever wrote them.
  public func finish() throws(IndexError) {
    try directory.synchronize("segments")
    try directory.synchronize("side")
    try directory.rename(Manifest.temporaryName, to: Manifest.fileName)
    try directory.synchronize("")
    isFinished = true
    lock.close()
  }

  /// Takes everything away again.
  public func abandon() {
    guard !isFinished else { return }
    isFinished = true
    try? removeAll()
    try? directory.removeDirectory("segments")
    try? directory.removeDirectory("side")
    try? directory.remove("lock")
    lock.close()
    try? directory.removeDirectory("")
  }

  private func removeAll() throws(IndexError) {
    for name in try directory.list("segments") + directory.list("side") where Self.isName(name) {
      try directory.remove(name)
    }
    try directory.remove(Manifest.temporaryName)
  }
}
