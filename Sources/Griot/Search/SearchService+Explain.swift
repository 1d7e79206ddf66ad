import Documents
import SearchEngine

extension SearchService {
  /// Gives each hit the tree of its score.
  ///
  /// - Parameters:
  ///   - first: The answer of the first phase.
  ///   - ranked: The hits as they are ordered and scored now.
  func explain(
    _ results: inout SearchResults, _ query: Query, _ words: [QueryWord], first: [Hit], ranked: [Hit]
  ) throws(GriotError) {
    let reader = memory.reader
    let ids = Set(results.hits.map(\.id))
    results.hits = try engine(memory.path) { [results] () throws(IndexError) in
      var wanted: [Int] = []
      var keys: [String] = []
      for (index, hit) in first.enumerated() {
        guard let key = try reader.segments[hit.segment].key(hit.document)?.hex, ids.contains(key) else { continue }
        wanted.append(index)
        keys.append(key)
      }
      let trees = try rescorer.explain(first, query, words, searcher, wanted: wanted)
      var hits = results.hits
      for (index, key) in keys.enumerated() {
        guard let place = hits.firstIndex(where: { $0.id == key }) else { continue }
        var tree = trees[index]
        let engine = first[wanted[index]]
        // The favour of recent documents is a factor; as an addend it is what the factor took away.
        let score = ranked.first { $0.segment == engine.segment && $0.document == engine.document }?.score
        if let score, abs(Double(score) - tree.value) > 1e-4 * max(1, abs(tree.value)) {
          let rest = Explanation("held back for its age", Double(score) - tree.value)
          tree = Explanation(tree.what, sum: tree.details + [rest])
        }
        hits[place].explanation = ScoreExplanation(tree)
      }
      return hits
    }
  }
}
