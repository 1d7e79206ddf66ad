import Documents
import SearchEngine

/// Documents of a memory that say nearly the same: found, never merged or deleted.
///
/// Shingles → signatures (columns written at ingest) → candidates (documents that share one of ten bands of three
/// minima: of pairs that resemble each other by 0.8 that is 999 in 1000, by 0.6 nine in ten) → verified by
/// resemblance of the stored texts. A pure function of what is stored, so there are no groups to keep consistent.
public struct NearDuplicates: Sendable {
  /// From this resemblance on two documents are copies. The same mail in two archives, with another footer, has 0.9; a
  /// transcript and its correction mostly 0.6 and more; two meetings of one series below 0.2.
  public static let threshold = 0.6
  /// Minima that have to agree before texts are compared: three standard errors below the threshold.
  static let leastAgreement = 11

  /// A document by its place in a snapshot.
  struct Place: Hashable, Comparable, Sendable {
    var segment: Int
    var document: DocumentOrdinal
    static func < (a: Place, b: Place) -> Bool {
      a.segment != b.segment ? a.segment < b.segment : a.document < b.document
    }
  }

  let memoryPath: String
  let reader: IndexReader
  private let columns: [FixedColumn?]

  /// - Throws: ``GriotError`` of kind `corrupt` or `io`.
  init(_ reader: IndexReader, memory: String) throws(GriotError) {
    memoryPath = memory
    self.reader = reader
    columns = try engine(memory) { () throws(IndexError) in
      var out: [FixedColumn?] = []
      // A segment of short texts only has none.
      for segment in reader.segments { out.append(try segment.fixed(MemorySchema.signature)) }
      return out
    }
  }

  /// The signature of a document; `nil` for one with hardly any words.
  func signature(_ place: Place) -> DocumentSignature? {
    columns[place.segment]?.withRow(place.document) { DocumentSignature($0) }
  }

  func sequence(_ place: Place) throws(GriotError) -> UInt64 {
    try engine(memoryPath) { () throws(IndexError) in
      try reader.segments[place.segment].sequence(place.document)
    }
  }

  func shingles(_ place: Place, _ runs: TextRuns) throws(GriotError) -> ShingleSet {
    let segment = reader.segments[place.segment]
    let frame = try engine(memoryPath) { () throws(IndexError) in try segment.stored(place.document) }
    return try shingles(frame, runs)
  }

  /// - Parameter runs: Scratch.
  func shingles(_ frame: [UInt8], _ runs: TextRuns) throws(GriotError) -> ShingleSet {
    do {
      return try DocumentFrame.withText(of: frame) { ShingleSet($0, $1, runs) }
    } catch {
      throw GriotError(.corrupt, "a stored document of \(memoryPath) is damaged at byte \(error.offset): \(error.what)")
    }
  }

  /// All live copies of one document but itself, in order of ingest. One pass over the signatures.
  func copies(of place: Place) throws(GriotError) -> [Place] {
    guard let own = signature(place) else { return [] }
    let runs = TextRuns()
    let text = try shingles(place, runs)
    var out: [Place] = []
    for (index, segment) in reader.segments.enumerated() where columns[index] != nil {
      for document in 0..<segment.documentCount where segment.isLive(document) {
        let other = Place(segment: index, document: document)
        guard other != place, let signature = signature(other), own.agreement(signature) >= Self.leastAgreement else {
          continue
        }
        if signature == own {
          out.append(other)
        } else if text.resemblance(try shingles(other, runs)) >= Self.threshold {
          out.append(other)
        }
      }
    }
    return out
  }
}
