/// Reads what the words of a query show in the passages of the candidates of one segment: word by word, each list from
/// its beginning to its end.
struct EvidenceReader {
  private struct Unit: BitwiseCopyable {
    var passage: PassageID
    var row: Int
    var isBest: Bool
  }

  let terms: RescoringTerms
  let context: SegmentContext
  let options: RescoringOptions

  /// - Parameter candidates: Those of this segment.
  func read(_ candidates: [Candidate], _ evidence: inout EvidenceTable) throws(IndexError) {
    let units = units(candidates)
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
          evidence[unit.row, number].isInDocument = true
          guard unit.isBest else {
            others[index] += share
            continue
          }
          evidence[unit.row, number].share += share
          let count = positions.read(&postings)
          evidence.add(positions.positions, count, row: unit.row, word: number)
          let frequency = formFrequency(entry, word, count, &postings, &positions)
          if frequency > 0 {
            evidence[unit.row, number].formShare += word.formWeight * terms.share(frequency, norm)
          }
        }
      }
    }
    for (index, unit) in units.enumerated() {
      if unit.isBest {
        evidence[unit.row].titleLength = context.table.titleEnd(unit.passage)
      } else {
        evidence[unit.row].otherPassage = max(evidence[unit.row].otherPassage, others[index])
      }
    }
  }

  /// How often the form that was typed stands in the passage.
  private func formFrequency(
    _ entry: RescoringTerms.Entry, _ word: RescoringTerms.Word, _ count: Int, _ postings: inout PostingsCursor,
    _ positions: inout PositionsCursor
  ) -> UInt32 {
    guard let code = entry.code, word.formWeight > 0 else { return 0 }
    if entry.info.formCount == 1 { return UInt32(count) }
    let read = positions.readCodes(&postings)
    var frequency: UInt32 = 0
    for index in 0..<min(read, count) where positions.codes[index] == code { frequency += 1 }
    return frequency
  }

  /// The passages to look at, increasing: the best one of each candidate, and those of its document next to it.
  private func units(_ candidates: [Candidate]) -> [Unit] {
    var units: [Unit] = []
    units.reserveCapacity(candidates.count * 2)
    for candidate in candidates {
      let hit = candidate.hit
      units.append(Unit(passage: hit.passage, row: candidate.rank, isBest: true))
      if context.isIdentity { continue }
      let all = context.table.passages(of: hit.document)
      let half = UInt32(options.otherPassages / 2)
      let first = max(all.lowerBound, hit.passage - min(hit.passage, half))
      let end = min(all.upperBound, hit.passage + half + 1)
      for passage in first..<max(first, end) where passage != hit.passage {
        units.append(Unit(passage: passage, row: candidate.rank, isBest: false))
      }
    }
    units.sort { $0.passage < $1.passage }
    return units
  }
}
