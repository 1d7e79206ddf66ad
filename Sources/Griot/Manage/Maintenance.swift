import Documents
import SearchEngine
import TextAnalysis

/// Operations that write to a memory: each takes the writer's lock for its time.
public enum Maintenance {
  /// What `griot remove` took out.
  public struct Removal: Sendable, Equatable {
    public var documents: Int
    /// Sources that are gone altogether.
    public var sources: [String]
    public init(documents: Int, sources: [String]) {
      self.documents = documents
      self.sources = sources
    }
  }

  /// Takes a source or a document out.
  ///
  /// A document that is removed does not come back while the file that holds it stays as it is.
  ///
  /// - Parameters:
  ///   - target: Name of a source; else an id, a unique beginning of one, or an external id.
  ///   - purge: Also rewrites what held it, so that no byte of it stays in the memory.
  public static func remove(_ target: String, memory path: String, purge: Bool) throws(GriotError) -> Removal {
    let writer = try open(path)
    defer { writer.close() }
    let memory = try Memory(opening: path)
    var catalogue = try memory.files.catalogue()
    var languages = memory.languages
    var keys: [DocumentKey] = []
    var removal = Removal(documents: 0, sources: [])
    if let source = catalogue.sources.values.first(where: { $0.name == target }) {
      removal.sources = [target]
      for (key, language) in try memory.documents(ofSource: target) {
        keys.append(key)
        languages.add(language, -1)
        if catalogue.holders[key] != nil { catalogue.record(.holders(key, nil)) }
      }
      let roots = Set(catalogue.roots.values.filter { $0.source == source.id }.map(\.id))
      for file in catalogue.files.values.filter({ roots.contains($0.root) }).sorted(by: { $0.id < $1.id }) {
        catalogue.record(.fileRemoved(file.id))
      }
      catalogue.record(.sourceRemoved(source.id))
    } else {
      let place = try memory.resolve(target)
      keys = [place.key]
      let language = try engine(path) { () throws(IndexError) in
        try memory.reader.segments[place.segment].text(MemorySchema.language, place.document)
      }
      languages.add(Language(code: language ?? ""), -1)
      if catalogue.holders[place.key] != nil { catalogue.record(.holders(place.key, nil)) }
    }
    let (doomed, attribute, log) = (keys, languages.attribute, catalogue.takeLog())
    // What is purged must not live on in an entry of the log.
    let base = purge ? catalogue.base() : nil
    removal.documents = try engine(path) { () throws(IndexError) in
      let count = try writer.delete(doomed)
      writer.setAttribute(MemorySchema.languagesAttribute, attribute)
      if let base {
        try writer.replaceSideFile(Catalogue.baseName, base)
        try writer.replaceSideFile(Catalogue.logName, [])
        try writer.merge(to: max(1, memory.reader.segments.count))
      } else if !log.isEmpty {
        try writer.appendSideFile(Catalogue.logName, log)
      }
      try writer.commit()
      return count
    }
    try Memory.refreshPeople(path, writer)
    return removal
  }

  /// Merges all segments into one, and compacts the catalogue.
  public static func merge(memory path: String) throws(GriotError) {
    let writer = try open(path)
    defer { writer.close() }
    let base = try Memory(opening: path).files.catalogue().base()
    try engine(path) { () throws(IndexError) in
      try writer.merge(to: 1)
      try writer.replaceSideFile(Catalogue.baseName, base)
      try writer.replaceSideFile(Catalogue.logName, [])
      try writer.commit()
    }
    try Memory.refreshPeople(path, writer)
  }

  /// A writer on a memory that exists: unlike an ingest, these operations make none.
  static func open(_ path: String) throws(GriotError) -> IndexWriter {
    _ = try Memory(opening: path)
    let configuration = MemorySchema.configuration(32 << 20)
    return try engine(path) { () throws(IndexError) in try IndexWriter(path, configuration) }
  }
}

extension Memory {
  /// The live documents of a source, in order of ingest.
  func documents(ofSource name: String) throws(GriotError) -> [(key: DocumentKey, language: Language)] {
    let wanted = Array(name.utf8)
    return try engine(path) { () throws(IndexError) in
      var out: [(key: DocumentKey, language: Language)] = []
      for segment in reader.segments {
        guard let sources = try segment.keywords(MemorySchema.source), let ordinal = sources.ordinal(of: wanted) else {
          continue
        }
        for document in 0..<segment.documentCount where segment.isLive(document) && sources[document] == ordinal {
          guard let key = try segment.key(document) else { continue }
          out.append((key, Language(code: try segment.text(MemorySchema.language, document) ?? "")))
        }
      }
      try reader.checkDamage()
      return out
    }
  }
}
