/// The second phase of ranking: looks again at the best documents of the first, at everything that is too dear to ask of
/// all: where the words of the query stand and in which form, the title, the document's other passages, what the best
/// documents have in common.
///
/// Scores of the first phase go in and stay comparable: what is added has the unit of BM25. A pure function of the
/// snapshot, the query and the list; the list's documents are never changed, only their order and scores.
public struct Rescorer: Sendable {
  private let reader: IndexReader
  private let options: RescoringOptions
  private let similarity: BM25

  public init(
    _ reader: IndexReader, options: RescoringOptions = RescoringOptions(), similarity: BM25 = BM25()
  ) {
    self.reader = reader
    self.options = options
    self.similarity = similarity
  }

  /// So many hits of the first phase are needed at least, whatever part of the answer is shown.
  public var depth: Int { options.depth }

  /// - Parameter hits: The first phase's answer, best first, not cut before ``depth``.
  /// - Returns: The same documents, best first. Equal scores stand in the order of ingest.
  public func rescore(_ hits: [Hit], _ words: [QueryWord]) throws(IndexError) -> [Hit] {
    guard hits.count > 1, !words.isEmpty else { return hits }
    let candidates = try candidates(hits, words)
    var out = candidates.map { candidate in
      var hit = candidate.hit
      hit.score = candidate.score
      return hit
    }
    // Those that were not looked at stay behind, in their order and proportion.
    let rest = hits[candidates.count...]
    if !rest.isEmpty {
      let scale = tailScale(hits, candidates)
      out += rest.map { hit in
        var hit = hit
        hit.score *= scale
        return hit
      }
    }
    return out
  }

  /// What the scores of the documents that were not looked at are multiplied with, so that they stay behind.
  func tailScale(_ hits: [Hit], _ candidates: [Candidate]) -> Float {
    guard candidates.count < hits.count, let last = candidates.last?.score else { return 1 }
    let first = hits[candidates.count].score
    return first > 0 ? min(1, last / first) : 1
  }

  /// The best of `hits` with all that the second phase found, best first.
  func candidates(_ hits: [Hit], _ words: [QueryWord]) throws(IndexError) -> [Candidate] {
    let terms = try RescoringTerms(words, reader, similarity)
    let none = [WordEvidence](repeating: WordEvidence(), count: terms.words.count)
    var candidates = hits.prefix(options.depth).enumerated().map { rank, hit in
      Candidate(hit: hit, rank: rank, words: none)
    }
    for index in reader.segments.indices {
      let own = candidates.indices.filter { candidates[$0].hit.segment == index }
      if own.isEmpty { continue }
      let context = try SegmentContext(index, reader.segments[index])
      try EvidenceReader(terms: terms, context: context, options: options).read(own, &candidates)
    }
    let scoring = WordScoring(terms, options)
    for index in candidates.indices {
      candidates[index].parts = scoring.parts(candidates[index])
      candidates[index].score = candidates[index].parts.sum
    }
    sort(&candidates)
    var signatures: [PassageSignature?] = []
    for candidate in candidates {
      signatures.append(try reader.segments[candidate.hit.segment].signatures()?(candidate.hit.passage))
    }
    Blending(options: options).blend(&candidates, signatures)
    sort(&candidates)
    return candidates
  }

  private func sort(_ candidates: inout [Candidate]) {
    candidates.sort { a, b in
      if a.score != b.score { return a.score > b.score }
      return a.hit.segment != b.hit.segment ? a.hit.segment < b.hit.segment : a.hit.document < b.hit.document
    }
  }
}
