/// What the places and forms of the query's words add to the first phase.
struct WordScoring {
  let terms: RescoringTerms
  let options: RescoringOptions
  /// The sum of the weights of all distinct words: the greatest score, about.
  private let greatest: Float

  init(_ terms: RescoringTerms, _ options: RescoringOptions) {
    self.terms = terms
    self.options = options
    greatest = terms.words.reduce(0) { $0 + $1.weight }
  }

  func parts(_ candidate: Candidate, _ evidence: borrowing EvidenceTable) -> ScoreParts {
    let row = candidate.rank
    var parts = ScoreParts()
    parts.firstPhase = candidate.hit.score
    var isComplete = true
    for (number, word) in terms.words.enumerated() {
      let cell = evidence[row, number]
      if word.count > 1 {
        parts.repetition -= (Float(word.count) - Float(word.count).squareRoot()) * cell.share
      }
      parts.forms += options.formWeight * cell.formShare
      if !cell.isInDocument { isComplete = false }
    }
    pairs(row, evidence, &parts)
    parts.otherPassages = options.otherPassageWeight * evidence[row].otherPassage
    let distinct = terms.words.count
    if distinct > 1, distinct <= options.shortQuery, isComplete { parts.allWords = greatest }
    title(row, evidence, &parts)
    return parts
  }

  /// Neighbouring words of the query.
  private func pairs(_ row: Int, _ evidence: borrowing EvidenceTable, _ parts: inout ScoreParts) {
    let sequence = terms.sequence
    var apart: Set<Int> = []
    for index in sequence.indices.dropLast() where sequence[index] != sequence[index + 1] {
      let (first, second) = (sequence[index], sequence[index + 1])
      let compound = terms.words[first].word.compound
      let isCompound = compound != nil && compound == terms.words[second].word.compound
      let found = Proximity.windows(
        evidence.positions(row, first), evidence.positions(row, second), window: options.unorderedWindow)
      if isCompound, found.adjacent == 0 {
        apart.insert(first)
        apart.insert(second)
      }
      let weight = (terms.words[first].weight + terms.words[second].weight) / 2
      parts.ordered += options.orderedWeight * weight * Self.saturated(found.ordered)
      parts.unordered += options.unorderedWeight * weight * Self.saturated(found.unordered)
    }
    // The first phase takes `high-speed` as a phrase: where its words stand apart they count as words.
    for index in apart.sorted() { parts.compounds += evidence[row, index].share }
  }

  private static func saturated(_ count: UInt32) -> Float { Float(count) / (Float(count) + 1) }

  // MARK: Titles

  /// How much the query and the title are the same: the share of the query that the title holds, and the share of
  /// the title that the query holds. Both count, else long titles would win, or titles of one word.
  private func title(_ row: Int, _ evidence: borrowing EvidenceTable, _ parts: inout ScoreParts) {
    let length = evidence[row].titleLength
    guard length > 0, greatest > 0 else { return }
    var held: Float = 0
    var places = 0
    for (number, word) in terms.words.enumerated() {
      let positions = evidence.positions(row, number)
      var inTitle = 0
      while inTitle < positions.count, positions[inTitle] < length { inTitle += 1 }
      if inTitle > 0 { held += word.weight }
      places += inTitle
    }
    if places == 0 { return }
    // Where the stop words of a title stand is not known here: those of the query may be among them.
    let known = min(Float(places + terms.stopWords) / Float(length), 1)
    let share = held / greatest
    let square = share * share
    parts.title = options.titleWeight * greatest * square * square * square * square * known
    if isTitle(row, evidence) { parts.exactTitle = greatest }
  }

  /// Whether the words of the query, in their places, are all of the document's title.
  private func isTitle(_ row: Int, _ evidence: borrowing EvidenceTable) -> Bool {
    // Stop words at the end of the query are no words here; no title is much longer than what was asked for.
    let length = Int(evidence[row].titleLength)
    guard let last = terms.places.last, length > last, length <= terms.length else { return false }
    return zip(terms.sequence, terms.places).allSatisfy { index, place in
      evidence.positions(row, index).contains(UInt32(place))
    }
  }
}
