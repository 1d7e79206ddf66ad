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
  private func feedback(_ candidates: inout [Candidate], _ pool: SignaturePool) {
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
  private func neighbours(_ candidates: inout [Candidate], _ pool: SignaturePool) {
    let nearest = nearest(pool)
    let own = candidates.map(\.score)
    let share = options.neighbourShare
    for _ in 0..<options.neighbourRounds {
      let scores = candidates.map(\.score)
      // Whoever is like nothing keeps its score.
      for row in candidates.indices where !nearest[row].isEmpty {
        var sum: Float = 0
        var total: Float = 0
        for neighbour in nearest[row] {
          sum += neighbour.similarity * scores[neighbour.index]
          total += neighbour.similarity
        }
        candidates[row].neighbours = sum / total
        candidates[row].neighbourShare = share
        candidates[row].score = (1 - share) * own[row] + share * candidates[row].neighbours
      }
    }
  }

  private struct Neighbour {
    var similarity: Float
    var index: Int
  }

  /// The most similar others of each candidate; equal ones in the order of the candidates.
  private func nearest(_ pool: SignaturePool) -> [[Neighbour]] {
    let count = pool.count
    let similarities = pool.similarities()
    let wanted = min(options.neighbours, count - 1)
    return (0..<count).map { row in
      var best: [Neighbour] = []
      best.reserveCapacity(wanted + 1)
      for column in 0..<count {
        let similarity = similarities[row * count + column]
        guard similarity > 0, best.count < wanted || similarity > best[best.count - 1].similarity else { continue }
        if best.count == wanted { best.removeLast() }
        var at = best.count
        while at > 0, best[at - 1].similarity < similarity { at -= 1 }
        best.insert(Neighbour(similarity: similarity, index: column), at: at)
      }
      return best
    }
  }
}
