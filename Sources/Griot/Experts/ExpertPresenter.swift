import Documents
import SearchEngine

/// What is shown of an expert beside the score.
struct ExpertPresenter {
  private let finder: ExpertFinder
  private let request: ExpertRequest
  private let highlighter: Highlighter?

  init(_ finder: ExpertFinder, _ query: Query, _ request: ExpertRequest) {
    self.finder = finder
    self.request = request
    highlighter =
      request.evidence > 0
      ? Highlighter(query, languages: finder.service.memory.languages.queryLanguages) : nil
  }

  /// The documents that speak most for the person; of equal texts (a page and its copy) one.
  func evidence(_ votes: ExpertTally.Votes, _ tally: ExpertTally) throws(GriotError) -> [ExpertEvidence] {
    guard let highlighter else { return [] }
    let ordered = votes.documents.sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.hit < $1.hit }
    var out: [ExpertEvidence] = []
    var copies: [ExpertEvidence] = []
    var seen: Set<String> = []
    for document in ordered {
      // Reading goes on a little for a document that says something new.
      if out.count == request.evidence || out.count + copies.count >= request.evidence * 2 { break }
      let found = tally.hits[document.hit]
      let memory = finder.service.memory
      let stored = try memory.stored(memory.reader.segments[found.segment], found.document)
      let hit = try finder.service.present(
        found, stored, rank: out.count + 1, score: found.score, highlighter, request.search.snippetBytes)
      let evidence = ExpertEvidence(hit: hit, role: document.role)
      if seen.insert(hit.title + "\n" + hit.snippet.text).inserted {
        out.append(evidence)
      } else {
        copies.append(evidence)
      }
    }
    return out + copies.prefix(request.evidence - out.count)
  }

  private static let collaborators = 3

  func collaborators(_ person: Int, _ tally: ExpertTally) -> [String] {
    guard let own = tally.votes[person] else { return [] }
    var counts: [Int: Int] = [:]
    for document in own.documents {
      for part in tally.parts[document.hit] where part.person != person { counts[part.person, default: 0] += 1 }
    }
    let persons = finder.people.persons
    return counts.sorted {
      $0.value != $1.value ? $0.value > $1.value : persons[$0.key].name < persons[$1.key].name
    }.prefix(Self.collaborators).map { persons[$0.key].name }
  }
}
