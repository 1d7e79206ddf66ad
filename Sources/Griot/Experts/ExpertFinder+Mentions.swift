import Documents
import SearchEngine

extension ExpertFinder {
  /// Adds those whom the matching passages name to the people of the best documents: the nearer to the words of the
  /// topic a name stands, the more it says (TREC's enterprise tracks: proximity of mention).
  ///
  /// Costs reading as many documents as the model says.
  func addMentions(_ tally: inout ExpertTally, _ query: Query, _ model: ExpertModel) throws(GriotError) {
    guard model.mentions > 0, model.readForMentions > 0 else { return }
    let finder = NameFinder(people.fullNames)
    let highlighter = Highlighter(query, languages: service.memory.languages.queryLanguages)
    for index in tally.hits.indices.prefix(model.readForMentions) {
      let text = try passage(tally.hits[index])
      let named = text.withUnsafeBytes { finder.names(in: $0) }.filter { found in
        !people.persons.isHidden(found.person) && !tally.parts[index].contains { $0.person == found.person }
      }
      guard !named.isEmpty else { continue }
      let words = highlighter.highlights(in: text)
      for found in named {
        let distance = words.lazy.map { Self.gap($0, found.range) }.min()
        tally.add(found.person, .mentioned, model.mention(distance: distance), toHit: index)
      }
    }
  }

  /// The passage that matched, without its heading.
  private func passage(_ hit: Hit) throws(GriotError) -> [UInt8] {
    guard let (document, passage) = try matched(hit) else { return [] }
    return Array(document.text[passage.range])
  }

  /// The document of a hit and the passage of it that matched; nil where the stored document is split otherwise today.
  func matched(_ hit: Hit) throws(GriotError) -> (Document, Passage)? {
    let memory = service.memory
    let segment = memory.reader.segments[hit.segment]
    let document = try memory.stored(segment, hit.document).document
    let first = try engine(memory.path) { () throws(IndexError) in
      try segment.passages().passages(of: hit.document).lowerBound
    }
    let passages = service.views.splitter.passages(of: document)
    let index = Int(hit.passage) - Int(first)
    return passages.indices.contains(index) ? (document, passages[index]) : nil
  }

  private static func gap(_ a: Range<Int>, _ b: Range<Int>) -> Int {
    max(0, max(a.lowerBound - b.upperBound, b.lowerBound - a.upperBound))
  }
}
