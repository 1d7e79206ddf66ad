/// Blends the candidates' own scores with what the best of them have in common.
struct Blending {
  let options: RescoringOptions

  /// - Parameter candidates: By falling own score (`score`); `score`, `feedback` and `neighbours` are set.
  func blend(_ candidates: inout [Candidate], _ signatures: [PassageSignature?]) {
    guard candidates.count > 2 else { return }
    let pool = SignaturePool(signatures)
    guard !pool.isEmpty else { return }
    feedback(&candidates, pool)
    neighbours(&candidates, pool)
  }

  /// Pseudo-relevance feedback with terms by saturated tf · idf, over the candidates.
  private func feedback(_ candidates: inout [Candidate], _ pool: borrowing SignaturePool) {
    let share = options.feedbackShare
    let number = min(options.feedbackDocuments, candidates.count)
    let best = candidates[0].score
    guard share > 0, best > 0, candidates[number - 1].score > best * (1 - options.feedbackDrop) else { return }
    let trust = candidates.prefix(number).map { max(0, $0.score / best) }
    let values = pool.feedback(trust: trust, terms: options.feedbackTerms)
    let spread = Self.deviation(values)
    guard spread > 0 else { return }
    // As spread out as the scores are, so that the share says how much it weighs.
    let scale = Self.deviation(candidates.map(\.score)) / spread
    for index in candidates.indices {
      candidates[index].feedback = values[index] * scale
      candidates[index].feedbackShare = share
      candidates[index].score = (1 - share) * candidates[index].score + share * candidates[index].feedback
    }
  }

  private static func deviation(_ values: [Float]) -> Float {
    let mean = values.reduce(0, +) / Float(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(values.count)).squareRoot()
  }

  /// Documents that are alike have scores that are alike.
  ///
  /// Source: Diaz, "Regularizing ad hoc retrieval scores", 2005; Kurland, Lee, "Corpus structure, language models, and ad
  /// hoc information retrieval", 2004.
  private func neighbours(_ candidates: inout [Candidate], _ pool: borrowing SignaturePool) {
    let wanted = min(options.neighbours, candidates.count - 1)
    let nearest = pool.nearest(wanted)
    let own = candidates.map(\.score)
    let share = options.neighbourShare
    var scores = own
    for _ in 0..<options.neighbourRounds {
      let before = scores
      for row in candidates.indices {
        var sum: Float = 0
        var total: Float = 0
        for place in row * wanted..<(row + 1) * wanted {
          sum += nearest[place].similarity * before[Int(nearest[place].index)]
          total += nearest[place].similarity
        }
        // Whoever is like nothing keeps its score.
        if total == 0 { continue }
        candidates[row].neighbours = sum / total
        candidates[row].neighbourShare = share
        scores[row] = (1 - share) * own[row] + share * candidates[row].neighbours
      }
    }
    for row in candidates.indices { candidates[row].score = scores[row] }
  }
}
