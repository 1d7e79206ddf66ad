import Documents
import Glibc
import SearchEngine
import TextAnalysis

extension Memory {
  public func status() throws(GriotError) -> Status {
    var status = Status(path: path)
    status.documents = Int(reader.liveDocumentCount)
    status.passages = try engine(path) { () throws(IndexError) in try reader.livePassageCount() }
    status.segments = reader.segments.count
    status.bytes = Self.bytes(in: path)
    status.languages = languages.ranked.map { .init(code: $0.language.code, documents: $0.count) }
    let catalogue = try files.catalogue()
    status.sources = catalogue.sources.count
    status.lastIngest = FileWalk.status(path + "/manifest", follow: true).map { Int64($0.st_mtim.tv_sec) }
    if let warning = analyzerWarning() { status.warnings.append(warning) }
    let unfinished = catalogue.files.values.filter { $0.nextOffset != nil }.sorted { $0.id < $1.id }
    for file in unfinished {
      status.warnings.append("an ingest was cut short in \(catalogue.location(of: file)); ingest again to go on")
    }
    return status
  }

  /// What is wrong with the terms of the index, if anything is. Costs some milliseconds: opens all of ICU.
  func analyzerWarning() -> String? {
    guard reader.liveDocumentCount > 0, reader.analyzerFingerprint != Analyzer().fingerprint().tokens else {
      return nil
    }
    return "the memory was made with another analyzer: some words may not be found; run: griot reindex"
  }

  private static func bytes(in folder: String) -> UInt64 {
    var walk = FileWalk(root: folder, excludes: [], avoiding: nil)
    let files = (try? walk.run(Cancellation())) ?? []
    return files.reduce(0) { $0 + $1.stamp.size }
  }

  /// In order of name.
  public func sources() throws(GriotError) -> [SourceSummary] {
    let catalogue = try files.catalogue()
    let counted = try count()
    var out: [SourceSummary] = []
    for source in catalogue.sources.values {
      let roots = catalogue.roots.values.filter { $0.source == source.id }.sorted { $0.id < $1.id }
      var summary = SourceSummary(
        name: source.name, path: roots.map { String(decoding: $0.path, as: UTF8.self) }.joined(separator: ", "))
      let ids = Set(roots.map(\.id))
      summary.files = catalogue.files.values.count { ids.contains($0.root) && !$0.wasGuest }
      summary.language = source.language.map { Language(rawValue: $0).code }
      if let count = counted[source.name] {
        summary.documents = count.documents
        summary.firstDate = count.first.map { DocumentDate(seconds: $0, precision: .day) }
        summary.lastDate = count.last.map { DocumentDate(seconds: $0, precision: .day) }
        summary.kinds = count.kinds.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
          .map { .init(value: $0.key, count: $0.value) }
        // A source of a few documents was not asked to decide; its documents tell.
        summary.language = summary.language ?? count.languages.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
      }
      out.append(summary)
    }
    return out.sorted { $0.name < $1.name }
  }

  /// One pass over the columns of all live documents.
  private func count() throws(GriotError) -> [String: SourceCount] {
    try engine(path) { () throws(IndexError) in
      var out: [String: SourceCount] = [:]
      for segment in reader.segments {
        guard let sources = try segment.keywords(MemorySchema.source) else { continue }
        let kinds = try segment.keywords(MemorySchema.kind)
        let languages = try segment.keywords(MemorySchema.language)
        let dates = try segment.integers(MemorySchema.date)
        func names(_ column: KeywordColumn?) -> [String] {
          guard let column else { return [] }
          return (0..<column.valueCount).map { String(decoding: column.value($0), as: UTF8.self) }
        }
        let (kindNames, languageNames) = (names(kinds), names(languages))
        var counts = [SourceCount](repeating: SourceCount(), count: Int(sources.valueCount))
        for document in 0..<segment.documentCount where segment.isLive(document) {
          guard let source = sources[document] else { continue }
          let slot = Int(source)
          counts[slot].documents += 1
          if let date = dates?[document] {
            counts[slot].first = min(counts[slot].first ?? date, date)
            counts[slot].last = max(counts[slot].last ?? date, date)
          }
          if let kind = kinds?[document] { counts[slot].kinds[kindNames[Int(kind)], default: 0] += 1 }
          if let language = languages?[document] {
            counts[slot].languages[languageNames[Int(language)], default: 0] += 1
          }
        }
        for (name, count) in zip(names(sources), counts) where count.documents > 0 {
          out[name, default: SourceCount()].add(count)
        }
        try segment.checkDamage()
      }
      return out
    }
  }
}

/// What the documents of one source add up to.
private struct SourceCount {
  var documents = 0
  var first: Int64?
  var last: Int64?
  var kinds: [String: Int] = [:]
  var languages: [String: Int] = [:]

  mutating func add(_ other: SourceCount) {
    documents += other.documents
    if let date = other.first { first = min(first ?? date, date) }
    if let date = other.last { last = max(last ?? date, date) }
    kinds.merge(other.kinds) { $0 + $1 }
    languages.merge(other.languages) { $0 + $1 }
  }
}
