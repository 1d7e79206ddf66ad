import Documents
import SearchEngine
import TextAnalysis

/// Decides for each record which document of the memory it is. One thread sees all records in order.
///
/// A document's key is a hash of (source, external id, number of the repetition). Within one source, records with the
/// same external id and the same content are one document at several places; with other content they are documents of
/// their own, numbered in order (README.md, "Identity"). In a file that was read before, a record whose name the file
/// already held is that document, updated.
struct DocumentIdentity {
  enum Verdict {
    case added(DocumentKey)
    case updated(DocumentKey, from: Language)
    case unchanged
    /// The same document, found once more.
    case repeated
  }

  private var seen = SeenKeys()
  private let known: KnownDocuments
  /// Documents of files that are read again, by file: what is left over at the end of the file has vanished from it.
  private var owned: [UInt32: [DocumentKey: KnownDocuments.Known]] = [:]

  /// Deleted by this ingest: still to be found in the snapshot, but gone.
  private var deleted: Set<DocumentKey> = []

  init(_ known: KnownDocuments) { self.known = known }

  /// Loads what files held that are going to be read again.
  mutating func prepare(_ files: Set<UInt32>, _ catalogue: Catalogue) throws(IndexError) {
    for (file, documents) in try known.documents(of: files) {
      for (key, known) in documents where catalogue.holders[key]?.isOwnerGone != true {
        owned[file, default: [:]][key] = known
      }
    }
    for (key, holders) in catalogue.holders {
      for file in holders.others where files.contains(file) {
        if let known = try known.find(key) { owned[file, default: [:]][key] = known }
      }
    }
  }

  /// Knows nothing; for moving the state elsewhere without a copy.
  static var empty: DocumentIdentity { DocumentIdentity(KnownDocuments.none) }

  /// A file turned out to be unchanged after all.
  mutating func forget(_ file: UInt32) { owned[file] = nil }

  static func seed(source: String) -> Murmur128 { Murmur128.hash(Array(source.utf8)) }

  static func key(_ seed: Murmur128, _ externalID: UnsafeRawBufferPointer, repetition: Int) -> DocumentKey {
    var hash = Murmur128.hash(externalID, seed: seed)
    if repetition > 0 {
      hash = withUnsafeBytes(of: UInt64(repetition).littleEndian) { Murmur128.hash($0, seed: hash) }
    }
    return DocumentKey(high: hash.h1, low: hash.h2)
  }

  /// - Parameters:
  ///   - seed: Of the source's name.
  ///   - file: The file that is being read.
  mutating func place(
    _ externalID: UnsafeRawBufferPointer, digest: UInt64, seed: Murmur128, file: UInt32, _ catalogue: inout Catalogue
  ) throws(IndexError) -> Verdict {
    var candidate: (key: DocumentKey, known: KnownDocuments.Known)?
    var repetition = 0
    while true {
      let key = Self.key(seed, externalID, repetition: repetition)
      if let part = seen.digest(key) {
        if part == SeenKeys.part(digest) {
          share(key, file, &catalogue)
          owned[file]?[key] = nil
          return .repeated
        }
      } else if let mine = owned[file]?[key] {
        if mine.digest == digest { return take(key, digest, file, .unchanged) }
        // A later repetition may be the very same content.
        if candidate == nil, catalogue.holders[key] == nil { candidate = (key, mine) }
      } else if let other = try known.find(key), !deleted.contains(key) {
        if other.digest == digest {
          share(key, file, &catalogue)
          return take(key, digest, file, .repeated)
        }
      } else {
        let next = owned[file].map { $0[Self.key(seed, externalID, repetition: repetition + 1)] != nil } ?? false
        if !next {
          if let candidate {
            return take(candidate.key, digest, file, .updated(candidate.key, from: candidate.known.language))
          }
          return take(key, digest, file, .added(key))
        }
      }
      repetition += 1
    }
  }

  private mutating func take(_ key: DocumentKey, _ digest: UInt64, _ file: UInt32, _ verdict: Verdict) -> Verdict {
    seen.insert(key, digest)
    owned[file]?[key] = nil
    return verdict
  }

  /// Notes that a file, too, holds a document.
  private func share(_ key: DocumentKey, _ file: UInt32, _ catalogue: inout Catalogue) {
    var holders = catalogue.holders[key] ?? Holders()
    guard !holders.others.contains(file) else { return }
    holders.others.append(file)
    holders.others.sort()
    catalogue.record(.holders(key, holders))
  }

  /// What a file held and holds no more, at its end: keys that nobody holds now, with their languages.
  mutating func vanished(
    from file: UInt32, _ catalogue: inout Catalogue
  ) -> [(key: DocumentKey, language: Language)] {
    guard let left = owned.removeValue(forKey: file) else { return [] }
    var gone: [(key: DocumentKey, language: Language)] = []
    for (key, known) in left.sorted(by: { $0.key < $1.key }) {
      var holders = catalogue.holders[key] ?? Holders()
      if known.file == file { holders.isOwnerGone = true }
      holders.others.removeAll { $0 == file }
      if holders.isOwnerGone, holders.others.isEmpty {
        gone.append((key, known.language))
        deleted.insert(key)
        if catalogue.holders[key] != nil { catalogue.record(.holders(key, nil)) }
      } else {
        catalogue.record(.holders(key, holders == Holders() ? nil : holders))
      }
    }
    return gone
  }
}
