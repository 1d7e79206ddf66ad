#if canImport(Glibc)
  import Glibc
#endif

/// A document's own score: the first phase, and what the places and forms of the query's words add to it.
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

  func parts(_ candidate: Candidate) -> ScoreParts {
    var parts = ScoreParts()
    parts.firstPhase = candidate.hit.score
    for (word, evidence) in zip(terms.words, candidate.words) {
      if word.count > 1 {
        parts.repetition -= (Float(word.count) - Float(word.count).squareRoot()) * evidence.share
      }
      parts.forms += options.formWeight * evidence.formShare
    }
    pairs(candidate, &parts)
    parts.otherPassages = options.otherPassageWeight * candidate.otherPassage
    let distinct = terms.words.count
    if distinct > 1, distinct <= options.shortQuery, candidate.words.allSatisfy(\.isInDocument) {
      parts.allWords = greatest
    }
    if isTitle(candidate) { parts.exactTitle = greatest }
    return parts
  }

  /// Neighbouring words of the query.
  private func pairs(_ candidate: Candidate, _ parts: inout ScoreParts) {
    let sequence = terms.sequence
    var apart: Set<Int> = []
    for index in sequence.indices.dropLast() where sequence[index] != sequence[index + 1] {
      let (first, second) = (sequence[index], sequence[index + 1])
      let compound = terms.words[first].word.compound
      let isCompound = compound != nil && compound == terms.words[second].word.compound
      let found = Proximity.windows(
        candidate.words[first].positions, candidate.words[second].positions, window: options.unorderedWindow)
      if isCompound, found.adjacent == 0 {
        apart.insert(first)
        apart.insert(second)
      }
      let weight = (terms.words[first].weight + terms.words[second].weight) / 2
      parts.ordered += options.orderedWeight * weight * Self.saturated(found.ordered)
      parts.unordered += options.unorderedWeight * weight * Self.saturated(found.unordered)
    }
    // The first phase takes `high-speed` as a phrase: where its words stand apart they count as words.
    for index in apart.sorted() { parts.compounds += candidate.words[index].share }
  }

  private static func saturated(_ count: UInt32) -> Float { Float(count) / (Float(count) + 1) }

  /// Whether the words of the query, in their places, are all of the document's title.
  private func isTitle(_ candidate: Candidate) -> Bool {
    guard let last = terms.places.last, candidate.titleLength > 0 else { return false }
    // Stop words at the end of the query are no words here; no title is much longer than what was asked for.
    let length = Int(candidate.titleLength)
    guard length > last, length <= terms.length else { return false }
    return zip(terms.sequence, terms.places).allSatisfy { index, place in
      candidate.words[index].positions.contains(UInt32(place))
    }
  }
}
