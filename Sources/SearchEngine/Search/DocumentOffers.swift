/// Makes documents of scored passages that come in rising order: each document is counted once and offered with its best
/// passage, the first of equal ones.
struct DocumentOffers {
  private let segment: UInt32
  private let matched: DocumentBits?
  private var top: TopHits.Entry?
  private var count = 0

  init(_ segment: SegmentContext, _ facets: borrowing FacetCounter) {
    self.segment = UInt32(segment.index)
    matched = facets.isEmpty ? nil : DocumentBits(count: Int(segment.reader.documentCount))
  }

  @inline(__always)
  mutating func add(_ passage: PassageID, of document: DocumentOrdinal, _ score: Score, _ best: inout TopHits) {
    if let known = top, known.document == document {
      if score <= known.score { return }
    } else {
      if let top { best.offer(top) }
      count += 1
      matched?.insert(document)
    }
    top = .init(score: score, segment: segment, document: document, passage: passage)
  }

  /// Offers the last document, and hands on what was counted.
  consuming func finish(
    _ segment: SegmentContext, _ best: inout TopHits, _ total: inout TotalHits, _ facets: inout FacetCounter
  ) throws(IndexError) {
    if let top { best.offer(top) }
    total.value += count
    if let matched { try facets.add(matched, segment) }
  }
}
