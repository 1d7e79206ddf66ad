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
    /// Sum of the weights of `documents`, by the year of the document (nil: of no known date).
    var years: [(year: Int?, weight: Double)] = []
    /// What all years are worth together.
    var weight = 0.0
    /// Indices of hits with their weight for this person.
    var documents: [(hit: Int, weight: Double, role: PersonRole)] = []
    var first: Int64?
    var last: Int64?

    mutating func add(_ weight: Double, _ year: Int?) {
      if let known = years.firstIndex(where: { $0.year == year }) {
        years[known].weight += weight
      } else {
        years.append((year, weight))
      }
    }
  }

  let hits: [Hit]
  /// Words of the topic.
  private let words: Int
  private(set) var parts: [[Part]]
  private var dates: [Int64?]
  /// What the titles of the hits multiply their votes with.
  private var titled: [Double]
  private(set) var votes: [Int: Votes] = [:]
  private(set) var decay = 0.0

  init(hits: [Hit], words: Int) {
    self.hits = hits
    self.words = words
    parts = Array(repeating: [], count: hits.count)
    dates = Array(repeating: nil, count: hits.count)
    titled = Array(repeating: 1, count: hits.count)
  }

  mutating func note(_ hit: Int, date: Int64?) { dates[hit] = date }

  mutating func note(_ hit: Int, titled factor: Double) { titled[hit] = factor }

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
    tally.decay = model.decay(words: words, best: best)
    try finder.addMentions(&tally, query, model)
    let newest = tally.dates.compactMap { $0 }.max()
    for index in tally.hits.indices where !tally.parts[index].isEmpty {
      let hit = tally.hits[index]
      var vote = model.vote(Double(hit.score), best: best, decay: tally.decay) * tally.titled[index]
      if let halfLife, let newest {
        let age = tally.dates[index].map { Double(newest - $0) / 86_400 } ?? halfLife
        vote *= exp2(-age / halfLife)
      }
      tally.count(index, vote)
    }
    for person in tally.votes.keys {
      tally.votes[person]!.weight = tally.votes[person]!.years.reduce(0) { $0 + model.worth(ofYear: $1.weight) }
    }
    return tally
  }

  private mutating func count(_ hit: Int, _ vote: Double) {
    let year = dates[hit].map { DocumentDate(seconds: $0).year }
    for part in parts[hit] {
      let weight = vote * part.weight
      votes[part.person, default: Votes()].add(weight, year)
      votes[part.person]!.documents.append((hit, weight, part.role))
      if let date = dates[hit] {
        votes[part.person]!.first = min(votes[part.person]!.first ?? date, date)
        votes[part.person]!.last = max(votes[part.person]!.last ?? date, date)
      }
    }
  }

  /// Best first; ties by name.
  func ranked(_ model: ExpertModel, _ people: PeopleTable) -> [(index: Int, score: Double, votes: Votes)] {
    votes.map { person, votes in
      let divisor = model.divisor(volume: Int(people.persons.volumes[person]))
      return (index: person, score: votes.weight / divisor, votes: votes)
    }.sorted {
      if $0.score != $1.score { return $0.score > $1.score }
      let (a, b) = (people.persons[$0.index].name, people.persons[$1.index].name)
      return a != b ? a < b : $0.index < $1.index
    }
  }
}
