import Documents
import SearchEngine

/// Answers "who can help?" on one snapshot of a memory. Values of this type may be used from several threads at once.
public final class ExpertFinder: Sendable {
  let service: SearchService
  let people: PeopleTable

  /// - Throws: ``GriotError`` if the people of the memory cannot be read.
  public init(_ service: SearchService) throws(GriotError) {
    self.service = service
    people = try service.memory.people()
  }

  /// - Throws: ``GriotError`` as ``SearchService/search(_:)`` does.
  public func experts(_ request: ExpertRequest) throws(GriotError) -> ExpertResults {
    var results = ExpertResults(query: request.search.query)
    var search = request.search
    let relaxed = ExpertQuery.relaxed(search.query)
    search.query = relaxed.query
    // The second phase of ranking orders documents for readers; votes want the plain scores, and the words that it
    // would look for.
    search.rank = .standard
    search.sort = .relevance
    search.expands = false
    let prepared = try service.prepare(search)
    results.notes = prepared.notes
    guard let query = prepared.query else { return results }
    let tally = try tally(query, prepared.words, parts: relaxed.parts, request)
    results.decay = tally.decay
    let ranked = tally.ranked(request.model, people)
    let total = ranked.reduce(0) { $0 + $1.votes.weight }
    var scores = StrictScores()
    let presenter = ExpertPresenter(self, query, request)
    for (index, person) in ranked.prefix(request.limit).enumerated() {
      let record = people.persons[person.index]
      let votes = person.votes
      results.experts.append(
        Expert(
          rank: index + 1, score: scores.next(Float(person.score)),
          share: total > 0 ? votes.weight / total : 0, name: record.name, addresses: record.addresses,
          unit: record.unit, title: record.title, documents: votes.documents.count,
          first: votes.first.map { DocumentDate(seconds: $0, precision: .day) },
          last: votes.last.map { DocumentDate(seconds: $0, precision: .day) },
          evidence: try presenter.evidence(votes, tally), collaborators: presenter.collaborators(person.index, tally),
          explanation: ExpertExplanation(
            votes: votes.weight, volume: record.documents,
            divisor: request.model.divisor(volume: record.documents))))
    }
    try engine(service.memory.path) { () throws(IndexError) in try service.memory.reader.checkDamage() }
    return results
  }

  /// Names and addresses alone, for evaluation: nothing is read beside the ranking.
  public func ranking(_ request: ExpertRequest) throws(GriotError) -> ExpertResults {
    var request = request
    request.evidence = 0
    return try experts(request)
  }

  // MARK: Votes

  private func tally(
    _ query: Query, _ queryWords: [QueryWord], parts: Int, _ request: ExpertRequest
  ) throws(GriotError) -> ExpertTally {
    let model = request.model
    let reader = service.memory.reader
    let searcher = service.searcher
    let top = try engine(service.memory.path) { () throws(IndexError) in
      try searcher.search(query, SearchOptions(limit: model.candidates))
    }
    // The parts of a compound are its own words, not more of the topic.
    let words = max(1, ExpertQuery.words(query) - parts)
    let tally = try engine(service.memory.path) { () throws(IndexError) in
      var tally = ExpertTally(hits: top.hits, words: words)
      var dates: [IntegerColumn?] = []
      var mentions: [MentionsColumn] = []
      for segment in reader.segments {
        dates.append(try segment.integers(MemorySchema.date))
        mentions.append(try segment.mentions())
      }
      for index in top.hits.indices {
        let hit = top.hits[index]
        tally.note(index, date: dates[hit.segment]?[hit.document])
        mentions[hit.segment].forEach(hit.document) { ordinal, role in
          guard let person = people.person(segment: hit.segment, mention: ordinal),
            let role = PersonRole(rawValue: role), model.weight(role) > 0
          else { return }
          tally.add(person, role, model.weight(role), toHit: index)
        }
      }
      try favourTitles(&tally, top, queryWords, model)
      return tally
    }
    return try tally.weighted(model, halfLife: request.halfLife, query, self)
  }
}
