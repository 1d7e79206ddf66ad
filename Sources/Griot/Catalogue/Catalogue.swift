import Documents
import SearchEngine

/// What a memory knows of the files that it was filled from: sources, roots, files, and which files hold documents
/// that several of them hold. Which documents a file holds otherwise is told by the index's `file` column.
///
/// On disk it is a log of entries in two side files of the same commit: a compacted base, and what came since.
struct Catalogue: Sendable {
  static let baseName = "catalogue"
  static let logName = "catalogue.log"

  private(set) var sources: [UInt32: CatalogueSource] = [:]
  private(set) var roots: [UInt32: CatalogueRoot] = [:]
  private(set) var files: [UInt32: CatalogueFile] = [:]
  private(set) var holders: [DocumentKey: Holders] = [:]
  private var nextSource: UInt32 = 1
  private var nextRoot: UInt32 = 1
  private var nextFile: UInt32 = 1

  /// Entries since ``takeLog()``.
  private var log = WireWriter()

  init() {}

  /// - Throws: ``FrameError`` for bytes that are no catalogue.
  init(base: [UInt8]?, log: [UInt8]?) throws(FrameError) {
    if let base {
      let records = try CatalogueBase.records(in: base)
      try apply(base, records)
    }
    if let log { try apply(log, 0..<log.count) }
  }

  private mutating func apply(_ bytes: [UInt8], _ range: Range<Int>) throws(FrameError) {
    let result = bytes.withUnsafeBytes { raw in
      Result { () throws(FrameError) in
        var reader = WireReader(raw, range)
        var entries: [CatalogueEntry] = []
        while let entry = try CatalogueEntry.next(&reader) { entries.append(entry) }
        return entries
      }
    }
    for entry in try result.get() { apply(entry) }
  }

  private mutating func apply(_ entry: CatalogueEntry) {
    switch entry {
    case .source(let source):
      sources[source.id] = source
      nextSource = max(nextSource, source.id &+ 1)
    case .root(let root):
      roots[root.id] = root
      nextRoot = max(nextRoot, root.id &+ 1)
    case .file(let file):
      files[file.id] = file
      nextFile = max(nextFile, file.id &+ 1)
    case .fileRemoved(let id):
      files[id] = nil
      // Numbers are never used again: columns of dead documents may still hold them.
      nextFile = max(nextFile, id &+ 1)
    case .sourceRemoved(let id):
      sources[id] = nil
      for root in roots.values where root.source == id { roots[root.id] = nil }
    case .holders(let key, let value): holders[key] = value
    }
  }

  /// Changes the catalogue and notes the change for the log.
  mutating func record(_ entry: CatalogueEntry) {
    apply(entry)
    entry.encode(into: &log)
  }

  /// Changes the catalogue and returns the encoded change instead of noting it.
  mutating func recordApart(_ entry: CatalogueEntry) -> [UInt8] {
    apply(entry)
    var w = WireWriter()
    entry.encode(into: &w)
    return w.bytes
  }

  mutating func newSource(_ name: String) -> CatalogueSource {
    let source = CatalogueSource(id: nextSource, name: name, language: nil)
    record(.source(source))
    return source
  }

  mutating func newRoot(source: UInt32, path: [UInt8], isFolder: Bool) -> CatalogueRoot {
    let root = CatalogueRoot(id: nextRoot, source: source, path: path, isFolder: isFolder, kind: nil, language: nil)
    record(.root(root))
    return root
  }

  /// A number for a file that is about to be read. Its entry is recorded when it was.
  mutating func newFileID() -> UInt32 {
    defer { nextFile += 1 }
    return nextFile
  }

  /// The encoded changes since the last call.
  mutating func takeLog() -> [UInt8] {
    defer { log = WireWriter() }
    return log.bytes
  }

  /// Everything as a compact base, in a canonical order.
  func base() -> [UInt8] {
    CatalogueBase.encode(
      entries: sources.values.sorted { $0.id < $1.id }.map { .source($0) }
        + roots.values.sorted { $0.id < $1.id }.map { .root($0) },
      files: files.values.sorted { $0.id < $1.id },
      holders: holders.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) },
      // Numbers in use stay used even if the file with the highest one is gone.
      tail: nextFile > 1 && files[nextFile - 1] == nil ? [.fileRemoved(nextFile - 1)] : [])
  }

  /// The place of a file for people.
  func location(of file: CatalogueFile) -> String {
    guard let root = roots[file.root] else { return String(decoding: file.path, as: UTF8.self) }
    return root.location(of: file.path)
  }
}

extension CatalogueRoot {
  func absolutePath(of file: [UInt8]) -> [UInt8] { isFolder ? path + [0x2F] + file : path }
  func location(of file: [UInt8]) -> String { String(decoding: absolutePath(of: file), as: UTF8.self) }
}
