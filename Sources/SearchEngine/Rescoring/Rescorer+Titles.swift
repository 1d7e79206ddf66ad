extension Rescorer {
  /// How much of the query the titles of documents hold: the part of the words, by their weights, 0…1, for each hit.
  ///
  /// Asks the positions of the words in the passages that matched, nothing that is stored. O(hits × words).
  ///
  /// - Parameters:
  ///   - top: An answer, or a part of its hits in any order.
  ///   - words: Of its query.
  public func titleCoverage(_ top: TopDocs, _ words: [QueryWord]) throws(IndexError) -> [Float] {
    var coverage = [Float](repeating: 0, count: top.hits.count)
    if top.hits.isEmpty || words.isEmpty { return coverage }
    let terms = try RescoringTerms(words, reader, similarity, known: top.terms)
    let greatest = terms.words.reduce(0) { $0 + $1.weight }
    guard greatest > 0 else { return coverage }
    // Lists are read from their beginning to their end.
    let order = top.hits.indices.sorted { top.hits[$0].passage < top.hits[$1].passage }
    for (index, segment) in reader.segments.enumerated() {
      let rows = order.filter { top.hits[$0].segment == index }
      if rows.isEmpty { continue }
      let table = try segment.passages()
      for word in terms.words {
        var held: Set<Int> = []
        for entry in word.entries[index] {
          var postings = try segment.postings(entry.info)
          var positions = try segment.positions(entry.info)
          for row in rows {
            let passage = top.hits[row].passage
            if postings.passage < passage, postings.advance(to: passage) == .noMore { break }
            if postings.passage != passage { continue }
            let count = positions.read(&postings)
            // They increase: the first says whether any is of the title.
            if count > 0, positions.positions[0] < table.titleEnd(passage) { held.insert(row) }
          }
        }
        for row in held { coverage[row] += word.weight / greatest }
      }
    }
    return coverage
  }
}
