import Documents
import SearchEngine
import Synchronization

/// Finds where files lie without reading the whole catalogue: the base is looked up through its table, the log (short,
/// or it would have been compacted) is read once.
final class CatalogueLookup: Sendable {
  private struct Overlay {
    /// Few: as many as there were paths to ingest.
    var roots: [CatalogueRoot] = []
    /// What the log says, in its order: the last word on something counts. Looked through for each hit, as the log is
    /// short; making dictionaries of it, and their types, costs a fresh process more.
    var files: [(id: UInt32, file: CatalogueFile?)] = []
    var holders: [(key: DocumentKey, holders: Holders?)] = []

    mutating func add(_ root: CatalogueRoot) {
      roots.removeAll { $0.id == root.id }
      roots.append(root)
    }
  }

  private let reader: IndexReader
  private let memory: String
  private let overlay = Mutex<Overlay?>(nil)

  init(_ reader: IndexReader, memory: String) {
    self.reader = reader
    self.memory = memory
  }

  /// The path, for people, of a file that holds a document; `nil` if the catalogue knows none (any more).
  ///
  /// - Parameter file: Of the document's column.
  func location(_ document: DocumentKey, _ file: UInt32) throws(GriotError) -> String? {
    let overlay = try load()
    let holders: Holders?
    if let known = overlay.holders.last(where: { $0.key == document }) {
      holders = known.holders
    } else {
      holders = try base { (bytes) throws(FrameError) in try CatalogueBase.holders(document, in: bytes) } ?? nil
    }
    if holders?.isOwnerGone == true { return try holders?.others.first.map(location) ?? nil }
    return try location(file)
  }

  private func location(_ file: UInt32) throws(GriotError) -> String? {
    let overlay = try load()
    let entry: CatalogueFile?
    if let known = overlay.files.last(where: { $0.id == file }) {
      entry = known.file
    } else {
      entry = try base { (bytes) throws(FrameError) in try CatalogueBase.file(file, in: bytes) } ?? nil
    }
    guard let entry, let root = overlay.roots.first(where: { $0.id == entry.root }) else { return nil }
    return root.location(of: entry.path)
  }

  /// The whole catalogue, for what is not done for every hit.
  func catalogue() throws(GriotError) -> Catalogue { try IngestRun.catalogue(reader, memory).0 }

  private func base<R>(_ body: (UnsafeRawBufferPointer) throws(FrameError) -> R) throws(GriotError) -> R? {
    var answer: R?
    var failure: FrameError?
    _ = try engine(memory) { () throws(IndexError) in
      try reader.withSideFile(Catalogue.baseName) { bytes in
        do throws(FrameError) { answer = try body(bytes) } catch { failure = error }
      }
    }
    if let failure { throw GriotError(failure, memory: memory, what: "catalogue") }
    return answer
  }

  private func load() throws(GriotError) -> Overlay {
    if let overlay = overlay.withLock({ $0 }) { return overlay }
    var loaded = Overlay()
    for entry in try base({ (bytes) throws(FrameError) in try CatalogueBase.roots(in: bytes) }) ?? [] {
      if case .root(let root) = entry { loaded.add(root) }
    }
    let log = try engine(memory) { () throws(IndexError) in try reader.sideFile(Catalogue.logName) } ?? []
    let entries = log.withUnsafeBytes { bytes in
      Result { () throws(FrameError) in
        var reader = WireReader(bytes)
        var out: [CatalogueEntry] = []
        while let entry = try CatalogueEntry.next(&reader) { out.append(entry) }
        return out
      }
    }
    do {
      for entry in try entries.get() {
        switch entry {
        case .root(let root): loaded.add(root)
        case .file(let file): loaded.files.append((file.id, file))
        case .fileRemoved(let id): loaded.files.append((id, nil))
        case .holders(let key, let holders): loaded.holders.append((key, holders))
        case .source, .sourceRemoved: break
        }
      }
    } catch {
      throw GriotError(error, memory: memory, what: "catalogue")
    }
    let result = loaded
    overlay.withLock { $0 = result }
    return loaded
  }
}
