/// Reads what the words of a query show in the passages of the candidates of one segment.
struct EvidenceReader {
  private struct Unit {
    var passage: PassageID
    var candidate: Int
    var isBest: Bool
  }

  let terms: RescoringTerms
  let context: SegmentContext
  let options: RescoringOptions

  /// - Parameter indices: The candidates of this segment, as indices of `candidates`.
  func read(_ indices: [Int], _ candidates: inout [Candidate]) throws(IndexError) {
    let units = units(indices, candidates)
    var others = [Float](repeating: 0, count: units.count)
    for (number, word) in terms.words.enumerated() {
      for entry in word.entries[context.index] {
        var postings = try context.reader.postings(entry.info)
        var positions = try context.reader.positions(entry.info)
        for (index, unit) in units.enumerated() {
          if postings.passage < unit.passage, postings.advance(to: unit.passage) == .noMore { break }
          if postings.passage != unit.passage { continue }
          let norm = context.norms[unit.passage]
          let share = word.weight * terms.share(postings.frequency, norm)
          candidates[unit.candidate].words[number].isInDocument = true
          guard unit.isBest else {
            others[index] += share
            continue
          }
          candidates[unit.candidate].words[number].share += share
          take(entry, word, norm, &postings, &positions, &candidates[unit.candidate].words[number])
        }
      }
    }
    for (index, unit) in units.enumerated() where !unit.isBest {
      candidates[unit.candidate].otherPassage = max(candidates[unit.candidate].otherPassage, others[index])
    }
    for index in indices { candidates[index].titleLength = context.table.titleEnd(candidates[index].hit.passage) }
  }

  /// The passages to look at, increasing: the best one of each candidate, and those of its document next to it.
  private func units(_ indices: [Int], _ candidates: [Candidate]) -> [Unit] {
    var units: [Unit] = []
    units.reserveCapacity(indices.count * 2)
    for index in indices {
      let hit = candidates[index].hit
      units.append(Unit(passage: hit.passage, candidate: index, isBest: true))
      if context.isIdentity { continue }
      let all = context.table.passages(of: hit.document)
      let half = UInt32(options.otherPassages / 2)
      let first = max(all.lowerBound, hit.passage - min(hit.passage, half))
      let end = min(all.upperBound, hit.passage + half + 1)
      for passage in first..<max(first, end) where passage != hit.passage {
        units.append(Unit(passage: passage, candidate: index, isBest: false))
      }
    }
    units.sort { $0.passage < $1.passage }
    return units
  }

  private func take(
    _ entry: RescoringTerms.Entry, _ word: RescoringTerms.Word, _ norm: UInt8, _ postings: inout PostingsCursor,
    _ positions: inout PositionsCursor, _ evidence: inout WordEvidence
  ) {
    let count = positions.read(&postings)
    let isMerged = !evidence.positions.isEmpty
    for index in 0..<count where index == 0 || positions.positions[index] != positions.positions[index - 1] {
      evidence.positions.append(positions.positions[index])
    }
    if isMerged { evidence.positions.sort() }
    guard let code = entry.code, word.formWeight > 0 else { return }
    var frequency = UInt32(count)
    if entry.info.formCount > 1 {
      let read = positions.readCodes(&postings)
      frequency = 0
      for index in 0..<min(read, count) where positions.codes[index] == code { frequency += 1 }
    }
    if frequency > 0 { evidence.formShare += word.formWeight * terms.share(frequency, norm) }
  }
}
