import Documents
import SearchEngine

extension SearchService {
  /// So much text is searched for a passage that holds the words, where the best one does not.
  private static let snippetSearchBytes = 256 << 10

  struct ShownPassage {
    var passage: Passage
    var snippet: SearchEngine.Snippet
  }

  /// The passage that is shown: the best one, unless only the title or a heading matched there and another passage of
  /// the document holds the words.
  func shown(
    _ passages: [Passage], best index: Int, of document: Document, _ highlighter: Highlighter, _ bytes: Int
  ) -> ShownPassage {
    func shown(_ passage: Passage) -> ShownPassage {
      ShownPassage(
        passage: passage, snippet: highlighter.snippet(Array(document.text[passage.range]), bytes: bytes))
    }
    // A memory that was split by other rules still shows its documents, at their beginning.
    let best = shown(passages[passages.indices.contains(index) ? index : 0])
    guard best.snippet.highlights.isEmpty, passages.count > 1 else { return best }
    var read = 0
    for passage in passages where passage != best.passage {
      read += passage.range.count
      if read > Self.snippetSearchBytes { break }
      let other = shown(passage)
      if !other.snippet.highlights.isEmpty { return other }
    }
    return best
  }
}
