import SearchEngine

extension NearDuplicates {
  /// Groups of copies, each in order of ingest, ordered by their first documents.
  ///
  /// A copy of a copy is in the group. Time: a sort of all signed documents for each band, and the texts of candidates
  /// are read; with few new documents the sorts hold little but these and their candidates. Memory: 20 bytes a document.
  ///
  /// - Parameter sequence: Only groups with a document of this sequence number or a later one.
  func groups(since sequence: UInt64 = 0) throws(GriotError) -> [[Place]] {
    let table = PlaceTable(reader)
    guard let isNew = try newDocuments(table, sequence) else { return [] }
    var sets = DisjointSets(count: table.count)
    var texts = TextCache()
    let isFew = isNew.count(where: { $0 }) * 4 < table.count
    for band in 0..<DocumentSignature.bands {
      for run in bandRuns(table, band, isNew, isFew: isFew) {
        try join(run, table, isNew, &sets, &texts)
      }
    }
    try engine(memoryPath) { () throws(IndexError) in try reader.checkDamage() }
    return sets.groups().map { $0.map { table.place(Int($0)) } }
  }

  /// How many documents since `sequence` are copies of an earlier one.
  func countCopies(since sequence: UInt64) throws(GriotError) -> Int {
    var count = 0
    for group in try groups(since: sequence) {
      for place in group.dropFirst() where try self.sequence(place) >= sequence { count += 1 }
    }
    return count
  }

  /// Which documents are new; `nil` if none is.
  private func newDocuments(_ table: PlaceTable, _ sequence: UInt64) throws(GriotError) -> [Bool]? {
    var isNew = [Bool](repeating: true, count: table.count)
    if sequence == 0 { return isNew }
    var any = false
    for (segment, start) in zip(reader.segments, table.starts) {
      for document in 0..<segment.documentCount {
        let number = try engine(memoryPath) { () throws(IndexError) in try segment.sequence(document) }
        isNew[start + Int(document)] = number >= sequence
        if number >= sequence { any = true }
      }
    }
    return any ? isNew : nil
  }

  /// Every live document that has a signature, by its number in the table.
  private func forEachSigned(_ table: PlaceTable, _ body: (Int, DocumentSignature) -> Void) {
    for (index, segment) in reader.segments.enumerated() {
      let start = table.starts[index]
      for document in 0..<segment.documentCount where segment.isLive(document) {
        guard let signature = signature(Place(segment: index, document: document)) else { continue }
        body(start + Int(document), signature)
      }
    }
  }

  /// Documents that share a band's key, at least one of them new.
  ///
  /// - Parameter isFew: Whether the new documents are few beside the others: then only what meets one of them is sorted.
  private func bandRuns(
    _ table: PlaceTable, _ band: Int, _ isNew: [Bool], isFew: Bool
  ) -> [ArraySlice<UInt64>] {
    var wanted: Set<UInt32>?
    if isFew {
      var keys = Set<UInt32>()
      forEachSigned(table) { index, signature in
        if isNew[index] { keys.insert(signature.band(band)) }
      }
      wanted = keys
    }
    var keyed: [UInt64] = []
    forEachSigned(table) { index, signature in
      let key = signature.band(band)
      if wanted?.contains(key) ?? true { keyed.append(UInt64(key) << 32 | UInt64(index)) }
    }
    keyed.sort()
    var runs: [ArraySlice<UInt64>] = []
    var start = 0
    for end in 1..<max(1, keyed.count + 1) where end == keyed.count || keyed[end] >> 32 != keyed[start] >> 32 {
      if end - start > 1 { runs.append(keyed[start..<end]) }
      start = end
    }
    return runs
  }

  /// Of one run: at most so many different texts are held against a further document. A band of four minima that
  /// more texts share by chance is no evidence; real copies meet in other bands too.
  private static let leadersLimit = 32

  private func join(
    _ run: ArraySlice<UInt64>, _ table: PlaceTable, _ isNew: [Bool], _ sets: inout DisjointSets,
    _ texts: inout TextCache
  ) throws(GriotError) {
    guard run.contains(where: { isNew[Int(UInt32(truncatingIfNeeded: $0))] }) else { return }
    var leaders: [(index: Int, signature: DocumentSignature)] = []
    for entry in run {
      let index = Int(UInt32(truncatingIfNeeded: entry))
      guard let signature = signature(table.place(index)) else { continue }
      var isJoined = false
      for leader in leaders {
        if sets.find(index) == sets.find(leader.index) {
          isJoined = true
          break
        }
        let agreement = signature.agreement(leader.signature)
        guard agreement >= Self.leastAgreement else { continue }
        // All 32 minima alike: the resemblance is above 0.9 with certainty enough, and mass mailings stay cheap.
        var isCopy = agreement == DocumentSignature.bins
        if !isCopy {
          let text = try texts.shingles(leader.index) { (i) throws(GriotError) in try shingles(table.place(i)) }
          let other = try texts.shingles(index) { (i) throws(GriotError) in try shingles(table.place(i)) }
          isCopy = text.resemblance(other) >= Self.threshold
        }
        if isCopy {
          sets.union(leader.index, index)
          isJoined = true
          break
        }
      }
      if !isJoined, leaders.count < Self.leadersLimit { leaders.append((index, signature)) }
    }
  }
}

/// All documents of a snapshot in one numbering.
struct PlaceTable {
  /// The number of each segment's first document, and the count of all.
  private(set) var starts: [Int] = [0]

  init(_ reader: IndexReader) {
    for segment in reader.segments { starts.append(starts[starts.count - 1] + Int(segment.documentCount)) }
  }

  var count: Int { starts[starts.count - 1] }

  func place(_ index: Int) -> NearDuplicates.Place {
    var segment = 0
    while starts[segment + 1] <= index { segment += 1 }
    return .init(segment: segment, document: DocumentOrdinal(index - starts[segment]))
  }
}

/// The last texts that were read: those of one run meet each other again in the next band.
struct TextCache {
  private var entries: [Int: ShingleSet] = [:]
  private static let limit = 256

  mutating func shingles(
    _ index: Int, _ read: (Int) throws(GriotError) -> ShingleSet
  ) throws(GriotError) -> ShingleSet {
    if let set = entries[index] { return set }
    if entries.count >= Self.limit { entries.removeAll(keepingCapacity: true) }
    let set = try read(index)
    entries[index] = set
    return set
  }
}
