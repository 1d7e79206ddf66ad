import SearchEngine
import TextAnalysis

/// The documents that a memory held when an ingest began, by key and by file.
struct KnownDocuments {
  struct Known {
    var file: UInt32
    var digest: UInt64
    var language: Language
  }

  private struct Segment {
    var reader: SegmentReader
    var file: IntegerColumn
    var digest: IntegerColumn
    var language: KeywordColumn?
    var languages: [Language]
  }

  private var segments: [Segment] = []

  private init() {}
  static let none = KnownDocuments()

  /// - Parameter reader: `nil` for a memory that is about to be made.
  init(_ reader: IndexReader?) throws(IndexError) {
    for segment in reader?.segments ?? [] {
      guard let file = try segment.integers(MemorySchema.file), let digest = try segment.integers(MemorySchema.digest)
      else { throw .corrupt(file: "segment \(segment.id)", offset: 0, what: "no columns of a memory of Griot") }
      let language = try segment.keywords(MemorySchema.language)
      var languages: [Language] = []
      if let language {
        for i in 0..<language.valueCount {
          languages.append(Language(code: String(decoding: language.value(i), as: UTF8.self)))
        }
      }
      segments.append(
        Segment(reader: segment, file: file, digest: digest, language: language, languages: languages))
    }
  }

  var isEmpty: Bool { segments.isEmpty }

  /// The live document with this key. One probe of a sorted table a segment, newest first.
  func find(_ key: DocumentKey) throws(IndexError) -> Known? {
    for segment in segments.reversed() {
      if let document = try segment.reader.document(key), segment.reader.isLive(document) {
        return known(segment, document)
      }
    }
    return nil
  }

  /// All live documents of some files, file by file in order of ingest. One pass over the `file` columns.
  func documents(of files: Set<UInt32>) throws(IndexError) -> [UInt32: [(key: DocumentKey, known: Known)]] {
    var out: [UInt32: [(key: DocumentKey, known: Known)]] = [:]
    guard !files.isEmpty else { return out }
    for segment in segments {
      var last: Int64 = -1
      var isWanted = false
      for document in 0..<segment.reader.documentCount {
        guard let file = segment.file[document] else { continue }
        // Documents of one file are neighbours.
        if file != last {
          last = file
          isWanted = UInt32(exactly: file).map { files.contains($0) } ?? false
        }
        guard isWanted, segment.reader.isLive(document), let key = try segment.reader.key(document) else { continue }
        let found = known(segment, document)
        out[found.file, default: []].append((key, found))
      }
      try segment.reader.checkDamage()
    }
    return out
  }

  private func known(_ segment: Segment, _ document: DocumentOrdinal) -> Known {
    let language = segment.language?[document].map { segment.languages[Int($0)] }
    return Known(
      file: UInt32(truncatingIfNeeded: segment.file[document] ?? 0),
      digest: UInt64(bitPattern: segment.digest[document] ?? 0), language: language ?? .other)
  }
}
