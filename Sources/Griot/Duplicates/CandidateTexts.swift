import Documents
import SearchEngine

/// The shingles of the documents of some candidate pairs, read in order of place: a block of stored documents is
/// decompressed once, where reading pair by pair took a quarter of the whole ingest's time.
struct CandidateTexts: Sendable {
  /// Bytes of shingles that are held at a time.
  static let limit = 64 << 20

  /// Those before a document, and the others.
  private var sets: (before: [Int: ShingleSet], behind: [Int: ShingleSet]) = ([:], [:])
  private var middle = Int.max
  /// Fewer documents are not worth a thread.
  private static let leastShared = 256

  /// Reads until ``limit`` is reached; the pairs of the documents left out wait for another round. A second thread
  /// reads half of them.
  ///
  /// - Parameter joined: Pairs that are in one group already need no texts.
  init(
    of pairs: [UInt64], _ table: PlaceTable, _ duplicates: NearDuplicates, _ joined: inout DisjointSets,
    threads: Int
  ) throws(GriotError) {
    let documents = Self.documents(pairs, &joined)
    guard documents.count >= Self.leastShared, threads > 1 else {
      sets.before = try Self.read(documents[...], table, duplicates, limit: Self.limit)
      return
    }
    let half = documents.count / 2
    middle = documents[half]
    let behind = Later<[Int: ShingleSet], GriotError> { () throws(GriotError) in
      try Self.read(documents[half...], table, duplicates, limit: Self.limit / 2)
    }
    sets.before = try Self.read(documents[..<half], table, duplicates, limit: Self.limit / 2)
    sets.behind = try behind.value() ?? [:]
  }

  private static func read(
    _ documents: ArraySlice<Int>, _ table: PlaceTable, _ duplicates: NearDuplicates, limit: Int
  ) throws(GriotError) -> [Int: ShingleSet] {
    var sets: [Int: ShingleSet] = [:]
    var bytes = 0
    var failure: GriotError?
    let runs = TextRuns()
    for wanted in bySegment(documents, table) {
      let start = table.starts[wanted.segment]
      try engine(duplicates.memoryPath) { () throws(IndexError) in
        try duplicates.reader.segments[wanted.segment].forEachStored(wanted.documents) { document, frame in
          do throws(GriotError) {
            let set = try duplicates.shingles(frame, runs)
            sets[start + Int(document)] = set
            bytes += set.bytes
          } catch {
            failure = error
          }
          return failure == nil && bytes < limit
        }
      }
      if let failure { throw failure }
      if bytes >= limit { break }
    }
    return sets
  }

  subscript(_ index: Int) -> ShingleSet? { index < middle ? sets.before[index] : sets.behind[index] }

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
    _ documents: ArraySlice<Int>, _ table: PlaceTable
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
