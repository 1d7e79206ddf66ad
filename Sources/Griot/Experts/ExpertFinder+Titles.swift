import SearchEngine

extension ExpertFinder {
  /// Has long documents whose titles hold the topic count more. Of one passage: not asked for its title.
  func favourTitles(
    _ tally: inout ExpertTally, _ top: TopDocs, _ words: [QueryWord], _ model: ExpertModel
  ) throws(IndexError) {
    guard model.titles > 0 else { return }
    let tables = try service.memory.reader.segments.map { segment throws(IndexError) in try segment.passages() }
    let passages = top.hits.map { tables[$0.segment].passages(of: $0.document).count }
    let long = top.hits.indices.filter { passages[$0] > 1 }
    var several = top
    several.hits = long.map { top.hits[$0] }
    for (index, coverage) in zip(long, try service.rescorer.titleCoverage(several, words)) where coverage > 0 {
      tally.note(index, titled: model.titled(coverage: Double(coverage), passages: passages[index]))
    }
  }
}
