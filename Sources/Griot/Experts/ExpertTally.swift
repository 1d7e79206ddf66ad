import Documents
import Glibc
import SearchEngine

/// The votes of one query's documents for their people.
struct ExpertTally {
  /// What somebody did in a hit.
  struct Part {
    var person: Int
    var role: PersonRole
    var weight: Double
  }

  struct Votes {
    var weight = 0.0
    /// Indices of hits with their weight for this person.
    var documents: [(hit: Int, weight: Double, role: PersonRole)] = []
    var first: Int64?
    var last: Int64?
  }

  let hits: [Hit]
  private let complete: Set<UInt64>
  /// Words of the topic.
  private let words: Int
  private(set) var parts: [[Part]]
  private var dates: [Int64?]
  private(set) var votes: [Int: Votes] = [:]
  private(set) var decay = 0.0

  init(hits: [Hit], complete: Set<UInt64>, words: Int) {
    self.hits = hits
    self.complete = complete
    self.words = words
    parts = Array(repeating: [], count: hits.count)
    dates = Array(repeating: nil, count: hits.count)
  }

  static func key(_ hit: Hit) -> UInt64 { UInt64(hit.segment) << 32 | UInt64(hit.document) }

  mutating func note(_ hit: Int, date: Int64?) { dates[hit] = date }

  /// The strongest role of a person in a document counts.
  mutating func add(_ person: Int, _ role: PersonRole, _ weight: Double, toHit hit: Int) {
    if let known = parts[hit].firstIndex(where: { $0.person == person }) {
      if parts[hit][known].weight < weight { parts[hit][known] = Part(person: person, role: role, weight: weight) }
    } else {
      parts[hit].append(Part(person: person, role: role, weight: weight))
    }
  }

  mutating func reweigh(_ hit: Int, _ body: (inout Part) -> Void) {
    for index in parts[hit].indices { body(&parts[hit][index]) }
  }

  /// Counts.
  func weighted(
    _ model: ExpertModel, halfLife: Double?, _ query: Query, _ finder: ExpertFinder
  ) throws(GriotError) -> ExpertTally {
    var tally = self
    guard let best = tally.hits.first.map({ Double($0.score) }) else { return tally }
    if model.elsewhere < 1 { try finder.favourSpeakers(&tally, elsewhere: model.elsewhere) }
    let voters = tally.parts.lazy.filter { !$0.isEmpty }.count
    let distinct = Set(tally.parts.joined().lazy.map(\.person)).count
    tally.decay =
      model.decay + model.decayByDensity * (voters == 0 ? 0 : min(1, Double(distinct) / Double(voters)))
    try finder.addMentions(&tally, query, model)
    let missing = model.missing(words: words)
    let newest = tally.dates.compactMap { $0 }.max()
    for index in tally.hits.indices where !tally.parts[index].isEmpty {
      let hit = tally.hits[index]
      var vote = model.vote(Double(hit.score), best: best, decay: tally.decay)
      if !tally.complete.isEmpty, !tally.complete.contains(Self.key(hit)) { vote *= missing }
      if let halfLife, let newest {
        let age = tally.dates[index].map { Double(newest - $0) / 86_400 } ?? halfLife
        vote *= exp2(-age / halfLife)
      }
      tally.count(index, vote)
    }
    return tally
  }

  private mutating func count(_ hit: Int, _ vote: Double) {
    for part in parts[hit] {
      let weight = vote * part.weight
      votes[part.person, default: Votes()].weight += weight
      votes[part.person]!.documents.append((hit, weight, part.role))
      if let date = dates[hit] {
        votes[part.person]!.first = min(votes[part.person]!.first ?? date, date)
        votes[part.person]!.last = max(votes[part.person]!.last ?? date, date)
      }
    }
  }

  /// Best first; ties by name.
  func ranked(
    _ model: ExpertModel, _ people: PeopleTable, mean: Double
  ) -> [(index: Int, score: Double, votes: Votes)] {
    votes.map { person, votes in
      let divisor = model.divisor(volume: Int(people.persons.volumes[person]), mean: mean)
      return (index: person, score: votes.weight / divisor, votes: votes)
    }.sorted {
      if $0.score != $1.score { return $0.score > $1.score }
      let (a, b) = (people.persons[$0.index].name, people.persons[$1.index].name)
      return a != b ? a < b : $0.index < $1.index
    }
  }
}
