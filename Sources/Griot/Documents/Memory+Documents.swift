import Documents
import SearchEngine
import TextAnalysis

/// Where a document lies in a snapshot.
struct DocumentPlace {
  var segment: Int
  var document: DocumentOrdinal
  var key: DocumentKey
}

extension Memory {
  /// - Parameter reference: An id, a unique beginning of one (≥ 4 digits), or an external id.
  /// - Throws: ``GriotError`` of kind `notFound`, or `usage` if several documents answer to the reference (the
  ///   message lists them).
  public func document(_ reference: String) throws(GriotError) -> DocumentView {
    let place = try resolve(reference)
    return try view(place, try files.catalogue(), DocumentViews(try visiblePeople()))
  }

  /// Every document in ingest order, for `griot export`.
  public func forEachDocument(_ body: (DocumentView) throws(GriotError) -> Void) throws(GriotError) {
    let catalogue = try files.catalogue()
    let views = DocumentViews(try visiblePeople())
    for (index, segment) in reader.segments.enumerated() {
      for document in 0..<segment.documentCount where segment.isLive(document) {
        let key = try engine(path) { () throws(IndexError) in try segment.key(document) }
        guard let key else { continue }
        try body(try view(DocumentPlace(segment: index, document: document, key: key), catalogue, views))
      }
    }
  }

  private func view(
    _ place: DocumentPlace, _ catalogue: Catalogue, _ views: DocumentViews
  ) throws(GriotError) -> DocumentView {
    let stored = try stored(reader.segments[place.segment], place.document)
    let holders = catalogue.holders[place.key]
    let ids = (holders?.isOwnerGone == true ? [] : [stored.file]) + (holders?.others ?? [])
    var locations: [String] = []
    for id in ids {
      guard let file = catalogue.files[id] else { continue }
      let location = DocumentViews.location(catalogue.location(of: file), stored.document)
      if !locations.contains(location) { locations.append(location) }
    }
    return views.view(
      stored.document, id: place.key.hex, source: stored.source, language: stored.language, locations: locations)
  }

  /// Finds the one document that answers to a reference.
  func resolve(_ reference: String) throws(GriotError) -> DocumentPlace {
    let digits = Array(reference.lowercased().utf8)
    let isHex = digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    if isHex, digits.count == 32, let place = try place(Self.key(digits)) { return place }
    var found = try places(externalID: reference)
    if found.isEmpty, isHex, (4...32).contains(digits.count) { found = try places(beginning: digits) }
    if found.count == 1 { return found[0] }
    guard !found.isEmpty else {
      throw GriotError(
        .notFound, "no document \(reference) in \(path): neither an id (or the start of one) nor an external id")
    }
    var lines: [String] = []
    for place in found.prefix(10) {
      let stored = try stored(reader.segments[place.segment], place.document)
      lines.append("  \(place.key.hex)  \(stored.source): \(stored.document.title)")
    }
    throw GriotError(
      .usage, "\(found.count) documents answer to \(reference); name one:\n" + lines.joined(separator: "\n"))
  }

  private static func key(_ digits: [UInt8]) -> DocumentKey {
    let text = String(decoding: digits, as: UTF8.self)
    return DocumentKey(high: UInt64(text.prefix(16), radix: 16) ?? 0, low: UInt64(text.suffix(16), radix: 16) ?? 0)
  }

  /// The live document with a key.
  func place(_ key: DocumentKey) throws(GriotError) -> DocumentPlace? {
    for (index, segment) in reader.segments.enumerated().reversed() {
      let document = try engine(path) { () throws(IndexError) in try segment.document(key) }
      if let document, segment.isLive(document) {
        return DocumentPlace(segment: index, document: document, key: key)
      }
    }
    return nil
  }

  /// The key of a document is the hash of its source's name and its external id, so each source is one look-up.
  private func places(externalID: String) throws(GriotError) -> [DocumentPlace] {
    let sources = try engine(path) { () throws(IndexError) in try QueryFields(reader).values(MemorySchema.source) }
    var out: [DocumentPlace] = []
    let bytes = Array(externalID.utf8)
    for source in sources.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let seed = Murmur128.hash(source)
      var repetition = 0
      var misses = 0
      // Repetitions are numbered without gaps, unless one of them was removed.
      while misses < 2 {
        let key = bytes.withUnsafeBytes { DocumentIdentity.key(seed, $0, repetition: repetition) }
        if let place = try place(key) { out.append(place) } else { misses += 1 }
        repetition += 1
      }
    }
    return out
  }

  private func places(beginning digits: [UInt8]) throws(GriotError) -> [DocumentPlace] {
    var low = digits
    var high = digits
    while low.count < 32 {
      low.append(UInt8(ascii: "0"))
      high.append(UInt8(ascii: "f"))
    }
    let range = Self.key(low)...Self.key(high)
    var out: [DocumentPlace] = []
    for (index, segment) in reader.segments.enumerated() {
      for document in 0..<segment.documentCount where segment.isLive(document) {
        let key = try engine(path) { () throws(IndexError) in try segment.key(document) }
        if let key, range.contains(key) { out.append(DocumentPlace(segment: index, document: document, key: key)) }
      }
    }
    return out
  }
}
