import SearchEngine

extension NearDuplicates {
  /// Groups of copies, each in order of ingest, ordered by their first documents.
  ///
  /// A copy of a copy is in the group. Time: a sort of all signed documents for each band, and the texts of candidates
  /// are read, in order of place; with few new documents the sorts hold little but these and their candidates. A second
  /// thread takes half of either. Memory: 40 bytes a document, 8 a candidate pair, and ``CandidateTexts/limit``.
  ///
  /// - Parameters:
  ///   - sequence: Only groups with a document of this sequence number or a later one; of these, the members that a new
  ///     document resembles.
  ///   - threads: At most so many work on it; a third has nothing to do. The groups are the same.
  func groups(since sequence: UInt64 = 0, threads: Int = WorkerThread.cores) throws(GriotError) -> [[Place]] {
    let table = PlaceTable(reader)
    guard let isNew = try newDocuments(table, sequence) else { return [] }
    let isFew = isNew.count(where: { $0 }) * 4 < table.count
    // Bands know nothing of each other.
    let bands = 0..<DocumentSignature.bands
    let middle = table.count >= Self.leastShared && threads > 1 ? bands.upperBound / 2 : bands.upperBound
    let others = Later<Candidates, Never>(middle < bands.upperBound) {
      candidates(table, middle..<bands.upperBound, isNew, isFew: isFew)
    }
    var found = candidates(table, bands.lowerBound..<middle, isNew, isFew: isFew)
    if let others = others.value() {
      found.sets.formUnion(others.sets)
      found.pairs = Self.unique(found.pairs + others.pairs)
    }
    var sets = found.sets
    try verify(found.pairs, table, &sets, threads: threads)
    try engine(memoryPath) { () throws(IndexError) in try reader.checkDamage() }
    return sets.groups().map { $0.map { table.place(Int($0)) } }
  }

  /// Fewer documents, or pairs, are not worth a thread.
  private static let leastShared = 1 << 12

  /// What some bands tell.
  private struct Candidates: Sendable {
    /// Documents whose texts are worth a comparison, smaller number first, ascending.
    var pairs: [UInt64] = []
    /// Documents that are alike in all minima.
    var sets: DisjointSets
  }

  private func candidates(_ table: PlaceTable, _ bands: Range<Int>, _ isNew: [Bool], isFew: Bool) -> Candidates {
    var out = Candidates(sets: DisjointSets(count: table.count))
    for band in bands {
      for run in bandRuns(table, band, isNew, isFew: isFew) {
        findPairs(run, table, isNew, &out.sets, into: &out.pairs)
      }
      // Copies meet in many bands: without the repeated ones a band adds little.
      out.pairs = Self.unique(out.pairs)
    }
    return out
  }

  private static func unique(_ pairs: [UInt64]) -> [UInt64] {
    var unique: [UInt64] = []
    unique.reserveCapacity(pairs.count)
    for pair in pairs.sorted() where pair != unique.last { unique.append(pair) }
    return unique
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

  /// Of one run: at most so many different texts are held against a further document. A band of three minima that
  /// more texts share by chance is no evidence; real copies meet in other bands too.
  private static let leadersLimit = 32
  /// A document is held against at most so many texts of a run, those that agree best.
  private static let pairsLimit = 4
  /// From so many minima on (resemblance above 0.6 but for one pair in a hundred) a document leads no further ones:
  /// whatever resembles it resembles its leader.
  private static let sameFamily = 26

  /// Pairs of one run whose texts are worth a comparison, smaller number first; what is alike in all 32 minima (a
  /// resemblance above 0.9 with certainty enough) is joined at once, so that mass mailings stay cheap.
  private func findPairs(
    _ run: ArraySlice<UInt64>, _ table: PlaceTable, _ isNew: [Bool], _ sets: inout DisjointSets,
    into pairs: inout [UInt64]
  ) {
    guard run.contains(where: { isNew[Int(UInt32(truncatingIfNeeded: $0))] }) else { return }
    var leaders: [(index: Int, signature: DocumentSignature)] = []
    var best: [(agreement: Int, leader: Int)] = []
    for entry in run {
      let index = Int(UInt32(truncatingIfNeeded: entry))
      guard let signature = signature(table.place(index)) else { continue }
      best.removeAll(keepingCapacity: true)
      for leader in leaders {
        let agreement = signature.agreement(leader.signature)
        if agreement >= Self.leastAgreement { best.append((agreement, leader.index)) }
      }
      best.sort { $0.agreement != $1.agreement ? $0.agreement > $1.agreement : $0.leader < $1.leader }
      if let first = best.first, first.agreement == DocumentSignature.bins {
        sets.union(first.leader, index)
        continue
      }
      for candidate in best.prefix(Self.pairsLimit) where isNew[index] || isNew[candidate.leader] {
        pairs.append(UInt64(candidate.leader) << 32 | UInt64(index))
      }
      if (best.first?.agreement ?? 0) < Self.sameFamily, leaders.count < Self.leadersLimit {
        leaders.append((index, signature))
      }
    }
  }

  /// Joins the pairs whose texts resemble each other. Pairs whose texts are not in hand wait for a further round.
  private func verify(_ pairs: [UInt64], _ table: PlaceTable, _ sets: inout DisjointSets, threads: Int)
    throws(GriotError)
  {
    var waiting = pairs
    while !waiting.isEmpty {
      let texts = try CandidateTexts(of: waiting, table, self, &sets, threads: threads)
      let middle = waiting.count >= Self.leastShared && threads > 1 ? waiting.count / 2 : waiting.count
      let others = Later<Comparison, Never>(middle < waiting.count) { [waiting, sets] in
        Self.compare(waiting[middle...], texts, sets)
      }
      var comparison = Self.compare(waiting[..<middle], texts, sets)
      if let others = others.value() {
        comparison.sets.formUnion(others.sets)
        comparison.later += others.later
      }
      sets = comparison.sets
      var later = comparison.later
      if later.count == waiting.count, let pair = later.popLast() {
        // Two texts that are too long to be held together with any others.
        let (a, b) = Self.numbers(pair)
        let runs = TextRuns()
        let resemblance = try shingles(table.place(a), runs).resemblance(try shingles(table.place(b), runs))
        if resemblance >= Self.threshold { sets.union(a, b) }
      }
      waiting = later
    }
  }

  private struct Comparison: Sendable {
    var sets: DisjointSets
    /// Pairs whose texts are not in hand.
    var later: [UInt64] = []
  }

  private static func compare(
    _ pairs: ArraySlice<UInt64>, _ texts: CandidateTexts, _ sets: DisjointSets
  ) -> Comparison {
    var out = Comparison(sets: sets)
    for pair in pairs {
      let (a, b) = numbers(pair)
      if out.sets.find(a) == out.sets.find(b) { continue }
      guard let left = texts[a], let right = texts[b] else {
        out.later.append(pair)
        continue
      }
      if left.resemblance(right) >= threshold { out.sets.union(a, b) }
    }
    return out
  }

  private static func numbers(_ pair: UInt64) -> (Int, Int) {
    (Int(pair >> 32), Int(UInt32(truncatingIfNeeded: pair)))
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
