/// The second phase of ranking: looks again at the best documents of the first, at everything that is too dear to ask of
/// all: where the words of the query stand and in which form, the title, the document's other passages, what the best
/// documents have in common.
///
/// Scores of the first phase go in and stay comparable: what is added has the unit of BM25. A pure function of the
/// snapshot, the query and the list; the list's documents are never changed, only their order and scores.
public struct Rescorer: Sendable {
  let reader: IndexReader
  private let options: RescoringOptions
  let similarity: BM25

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
    try rescore(hits, words, LookedUpTerms())
  }

  /// The same of a whole answer: the dictionaries are not asked again.
  public func rescore(_ top: TopDocs, _ words: [QueryWord]) throws(IndexError) -> [Hit] {
    try rescore(top.hits, words, top.terms)
  }

  private func rescore(
    _ hits: [Hit], _ words: [QueryWord], _ known: LookedUpTerms
  ) throws(IndexError) -> [Hit] {
    guard hits.count > 1, !words.isEmpty else { return hits }
    let candidates = try candidates(hits, words, known)
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
  func candidates(
    _ hits: [Hit], _ words: [QueryWord], _ known: LookedUpTerms = LookedUpTerms()
  ) throws(IndexError) -> [Candidate] {
    let terms = try RescoringTerms(words, reader, similarity, known: known)
    var candidates = hits.prefix(options.depth).enumerated().map { rank, hit in Candidate(hit: hit, rank: rank) }
    var evidence = EvidenceTable(rows: candidates.count, words: terms.words.count)
    for index in reader.segments.indices {
      let own = reader.segments.count == 1 ? candidates : candidates.filter { $0.hit.segment == index }
      if own.isEmpty { continue }
      let context = try SegmentContext(index, reader.segments[index])
      try EvidenceReader(terms: terms, context: context, options: options).read(own, &evidence)
    }
    let scoring = WordScoring(terms, options)
    for index in candidates.indices {
      candidates[index].parts = scoring.parts(candidates[index], evidence)
      candidates[index].score = candidates[index].parts.own
    }
    sort(&candidates)
    let sources = try reader.segments.map { segment throws(IndexError) in try segment.signatures() }
    var signatures: [PassageSignature?] = []
    signatures.reserveCapacity(candidates.count)
    for candidate in candidates { signatures.append(try sources[candidate.hit.segment]?(candidate.hit.passage)) }
    Blending(options: options).blend(&candidates, signatures)
    for index in candidates.indices { candidates[index].score += candidates[index].parts.named }
    sort(&candidates)
    return candidates
  }

  /// Sorts places, not the candidates themselves, which are large.
  private func sort(_ candidates: inout [Candidate]) {
    let order = candidates.indices.sorted { i, j in
      let (a, b) = (candidates[i].score, candidates[j].score)
      return a != b ? a > b : candidates[i].hit.isEarlier(than: candidates[j].hit)
    }
    candidates = order.map { candidates[$0] }
  }
}

extension Hit {
  /// Whether it was taken in earlier.
  fileprivate func isEarlier(than other: Hit) -> Bool {
    segment != other.segment ? segment < other.segment : document < other.document
  }
}
