import Documents
import SearchEngine
import Synchronization

/// Finds where files lie without reading the whole catalogue: the base is looked up through its table, the log (short,
/// or it would have been compacted) is read once.
final class CatalogueLookup: Sendable {
  private struct Overlay {
    var roots: [UInt32: CatalogueRoot] = [:]
    var files: [UInt32: CatalogueFile?] = [:]
    var holders: [DocumentKey: Holders?] = [:]
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
    if let known = overlay.holders[document] {
      holders = known
    } else {
      holders = try base { (bytes) throws(FrameError) in try CatalogueBase.holders(document, in: bytes) } ?? nil
    }
    if holders?.isOwnerGone == true { return try holders?.others.first.map(location) ?? nil }
    return try location(file)
  }

  private func location(_ file: UInt32) throws(GriotError) -> String? {
    let overlay = try load()
    let entry: CatalogueFile?
    if let known = overlay.files[file] {
      entry = known
    } else {
      entry = try base { (bytes) throws(FrameError) in try CatalogueBase.file(file, in: bytes) } ?? nil
    }
    guard let entry, let root = overlay.roots[entry.root] else { return nil }
    return root.location(of: entry.path)
  }

  /// The whole catalogue, for what is not done for every hit.
  func catalogue() throws(GriotError) -> Catalogue { try IngestRun.catalogue(reader, memory).0 }

  private func base<R>(_ body: (UnsafeRawBufferPointer) throws(FrameError) -> R) throws(GriotError) -> R? {
    let result = try engine(memory) { () throws(IndexError) in
      try reader.withSideFile(Catalogue.baseName) { bytes in
        Result { () throws(FrameError) in try body(bytes) }
      }
    }
    do { return try result?.get() } catch { throw GriotError(error, memory: memory, what: "catalogue") }
  }

  private func load() throws(GriotError) -> Overlay {
    if let overlay = overlay.withLock({ $0 }) { return overlay }
    var loaded = Overlay()
    for entry in try base({ (bytes) throws(FrameError) in try CatalogueBase.roots(in: bytes) }) ?? [] {
      if case .root(let root) = entry { loaded.roots[root.id] = root }
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
        case .root(let root): loaded.roots[root.id] = root
        case .file(let file): loaded.files[file.id] = .some(file)
        case .fileRemoved(let id): loaded.files[id] = .some(nil)
        case .holders(let key, let holders): loaded.holders[key] = .some(holders)
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
