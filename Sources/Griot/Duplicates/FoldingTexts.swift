/// Compares the hits of one page with each other: what was read of a document is kept for the next comparison.
final class FoldingTexts {
  let documents: NearDuplicates
  private var sets: [NearDuplicates.Place: ShingleSet] = [:]
  private var bytes = 0
  private let runs = TextRuns()

  /// Bytes of shingles that are held at a time.
  private static let most = 16 << 20

  init(_ documents: NearDuplicates) { self.documents = documents }

  /// Whether two documents are copies: their signatures first, then their texts.
  /// - Throws: ``GriotError`` of kind `corrupt` or `io`.
  func areCopies(_ a: NearDuplicates.Place, _ b: NearDuplicates.Place) throws(GriotError) -> Bool {
    guard let left = documents.signature(a), let right = documents.signature(b) else { return false }
    let agreement = left.agreement(right)
    // As in groups: all minima alike is certainty enough, and saves the reading of both.
    if agreement == DocumentSignature.bins { return true }
    guard agreement >= NearDuplicates.leastAgreement else { return false }
    return try shingles(a).resemblance(try shingles(b)) >= NearDuplicates.threshold
  }

  private func shingles(_ place: NearDuplicates.Place) throws(GriotError) -> ShingleSet {
    if let known = sets[place] { return known }
    let set = try documents.shingles(place, runs)
    if bytes + set.bytes > Self.most {
      sets.removeAll()
      bytes = 0
    }
    sets[place] = set
    bytes += set.bytes
    return set
  }
}
