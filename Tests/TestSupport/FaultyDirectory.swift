public import SearchEngine
import Synchronization

/// A directory that stops working at a step: every change of the disk counts one, and from step `limit` on all of
/// them fail, as if the process had been killed there. A write that is hit leaves half of its bytes.
public final class FaultyDirectory: Directory {
  private let real: FileSystemDirectory
  private let limit: Int
  private let steps = Atomic<Int>(0)
  /// Files whose content was not made durable since they were last written.
  private let dirty = Mutex<Set<String>>([])

  public init(_ path: String, failingAt limit: Int = .max) {
    real = FileSystemDirectory(path)
    self.limit = limit
  }

  public var path: String { real.path }

  /// The number of changes so far.
  public var stepCount: Int { steps.load(ordering: .relaxed) }

  /// Whether the failure was met.
  public var hasFailed: Bool { stepCount > limit }

  private func step(_ name: String) throws(IndexError) {
    let number = steps.add(1, ordering: .relaxed).oldValue
    if number >= limit { throw .io(path: name, operation: "fault at step \(number)", errno: 28) }
  }

  /// As if the power had failed: files that were not made durable lose the second half of their bytes.
  public func losePower() throws(IndexError) {
    for name in dirty.withLock({ $0 }).sorted() {
      guard let bytes = try real.read(name) else { continue }
      let file = try real.append(name, at: UInt64(bytes.count / 2))
      file.close()
    }
  }

  public func create(_ name: String) throws(IndexError) -> any OutputFile {
    try step(name)
    dirty.withLock { _ = $0.insert(name) }
    return FaultyFile(try real.create(name), name, self)
  }

  public func append(_ name: String, at length: UInt64) throws(IndexError) -> any OutputFile {
    try step(name)
    // What was durable before stays; tests lose only the whole of new files.
    return FaultyFile(try real.append(name, at: length), name, self)
  }

  public func synchronize(file name: String) throws(IndexError) {
    try step(name)
    try real.synchronize(file: name)
    dirty.withLock { _ = $0.remove(name) }
  }

  public func read(_ name: String) throws(IndexError) -> [UInt8]? { try real.read(name) }

  public func rename(_ from: String, to: String) throws(IndexError) {
    try step(to)
    try real.rename(from, to: to)
    dirty.withLock { if $0.remove(from) != nil { $0.insert(to) } }
  }

  public func remove(_ name: String) throws(IndexError) {
    try step(name)
    try real.remove(name)
    dirty.withLock { _ = $0.remove(name) }
  }

  public func list(_ subdirectory: String) throws(IndexError) -> [String] { try real.list(subdirectory) }

  public func make(_ subdirectory: String) throws(IndexError) {
    try step(subdirectory)
    try real.make(subdirectory)
  }

  public func synchronize(_ subdirectory: String) throws(IndexError) {
    try step(subdirectory)
    try real.synchronize(subdirectory)
  }

  private final class FaultyFile: OutputFile {
    private let real: any OutputFile
    private let name: String
    private let directory: FaultyDirectory

    init(_ real: any OutputFile, _ name: String, _ directory: FaultyDirectory) {
      self.real = real
      self.name = name
      self.directory = directory
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
      do throws(IndexError) { try directory.step(name) } catch {
        if directory.stepCount == directory.limit + 1 {
          try real.write(UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]))
        }
        throw error
      }
      try real.write(bytes)
    }

    func synchronize() throws(IndexError) {
      try directory.step(name)
      try real.synchronize()
      directory.dirty.withLock { _ = $0.remove(name) }
    }

    func close() { real.close() }
  }
}
