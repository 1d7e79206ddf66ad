extension Rescorer {
  /// Takes the scores of the second phase apart.
  ///
  /// - Parameters:
  ///   - hits: The first phase's answer, as `rescore` got it.
  ///   - wanted: Which of its documents to explain, as indices of `hits`.
  /// - Returns: In the order of `wanted`.
  public func explain(
    _ hits: [Hit], _ query: Query, _ words: [QueryWord], _ searcher: Searcher, wanted: [Int]
  ) throws(IndexError) -> [Explanation] {
    var out: [Explanation] = []
    guard hits.count > 1, !words.isEmpty else {
      for index in wanted { out.append(Explanation("score", sum: [try searcher.explain(query, hits[index])])) }
      return out
    }
    let candidates = try candidates(hits, words)
    let scale = tailScale(hits, candidates)
    for index in wanted {
      let first = try searcher.explain(query, hits[index])
      if let candidate = candidates.first(where: { $0.rank == index }) {
        out.append(Self.tree(candidate, first))
      } else {
        var tail = first.scaled(by: Double(scale))
        tail.what += ", behind the \(depth) documents that were looked at again"
        out.append(Explanation("score", sum: [tail]))
      }
    }
    return out
  }

  private static func tree(_ candidate: Candidate, _ first: Explanation) -> Explanation {
    let neighbourShare = Double(candidate.neighbourShare)
    let feedbackShare = Double(candidate.feedbackShare)
    let parts = candidate.parts
    var own = [first]
    func add(_ value: Float, _ what: String) {
      if value != 0 { own.append(Explanation(what, Double(value))) }
    }
    add(parts.repetition, "repeated words of the query count by the square root")
    add(parts.compounds, "words typed as one that stand apart")
    add(parts.forms, "words in the form that was typed")
    add(parts.ordered, "neighbouring words in order")
    add(parts.unordered, "neighbouring words near each other")
    add(parts.otherPassages, "the best of the other passages")
    add(parts.allWords, "all words of a short query")
    let ownShare = (1 - neighbourShare) * (1 - feedbackShare)
    let what = ownShare < 1 ? "the document itself, \(percent(ownShare))" : "the document itself"
    var sum = [Explanation(what, sum: own).scaled(by: ownShare)]
    if candidate.feedbackShare > 0 {
      let share = (1 - neighbourShare) * feedbackShare
      sum.append(
        Explanation("words that the best documents share, \(percent(share))", share * Double(candidate.feedback)))
    }
    if candidate.neighbourShare > 0 {
      sum.append(
        Explanation(
          "scores of the documents most like it, \(percent(neighbourShare))",
          neighbourShare * Double(candidate.neighbours)))
    }
    if parts.title != 0 {
      sum.append(Explanation("words of the title, by how much of it and of the query they are", Double(parts.title)))
    }
    if parts.exactTitle != 0 {
      sum.append(Explanation("the title is what was asked for", Double(parts.exactTitle)))
    }
    return Explanation("score", sum: sum)
  }

  private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
