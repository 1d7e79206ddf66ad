import Documents
import SearchEngine

/// The shingles of the documents of some candidate pairs, read in order of place: a block of stored documents is
/// decompressed once, where reading pair by pair took a quarter of the whole ingest's time.
struct CandidateTexts {
  /// Bytes of shingles that are held at a time.
  static let limit = 64 << 20

  private var sets: [Int: ShingleSet] = [:]

  /// Reads until ``limit`` is reached; the pairs of the documents left out wait for another round.
  ///
  /// - Parameter joined: Pairs that are in one group already need no texts.
  init(
    of pairs: [UInt64], _ table: PlaceTable, _ duplicates: NearDuplicates, _ joined: inout DisjointSets
  ) throws(GriotError) {
    var bytes = 0
    var failure: GriotError?
    for wanted in Self.bySegment(Self.documents(pairs, &joined), table) {
      let start = table.starts[wanted.segment]
      try engine(duplicates.memoryPath) { () throws(IndexError) in
        try duplicates.reader.segments[wanted.segment].forEachStored(wanted.documents) { document, frame in
          do throws(GriotError) {
            let set = try duplicates.shingles(frame)
            sets[start + Int(document)] = set
            bytes += set.bytes
          } catch {
            failure = error
          }
          return failure == nil && bytes < Self.limit
        }
      }
      if let failure { throw failure }
      if bytes >= Self.limit { return }
    }
  }

  subscript(_ index: Int) -> ShingleSet? { sets[index] }

  /// The documents of the first pairs, so many as may be held when their texts are short, ascending.
  private static func documents(_ pairs: [UInt64], _ joined: inout DisjointSets) -> [Int] {
    var chosen = Set<Int>()
    for pair in pairs {
      let (a, b) = (Int(pair >> 32), Int(UInt32(truncatingIfNeeded: pair)))
      if joined.find(a) == joined.find(b) { continue }
      chosen.insert(a)
      chosen.insert(b)
      if chosen.count >= limit / 512 { break }
    }
    return chosen.sorted()
  }

  private static func bySegment(
    _ documents: [Int], _ table: PlaceTable
  ) -> [(segment: Int, documents: [DocumentOrdinal])] {
    var out: [(segment: Int, documents: [DocumentOrdinal])] = []
    for index in documents {
      let place = table.place(index)
      if out.last?.segment != place.segment { out.append((place.segment, [])) }
      out[out.count - 1].documents.append(place.document)
    }
    return out
  }
}
