import Documents
import SearchEngine

extension ExpertFinder {
  /// So many recordings are looked into: each costs reading its text.
  private static let recordings = 100

  /// In a recording of several people those who speak in the matching passage are the ones who speak of the topic.
  func favourSpeakers(_ tally: inout ExpertTally, elsewhere: Double) throws(GriotError) {
    var left = Self.recordings
    for index in tally.hits.indices where left > 0 {
      guard tally.parts[index].lazy.filter({ $0.role == .speaker }).count > 1 else { continue }
      left -= 1
      let hit = tally.hits[index]
      let speaking = try speakers(hit)
      // Nobody is known to speak there: everybody may be.
      guard !speaking.isEmpty else { continue }
      tally.reweigh(index) { part in
        if part.role == .speaker, !speaking.contains(part.person) { part.weight *= elsewhere }
      }
    }
  }

  private func speakers(_ hit: Hit) throws(GriotError) -> Set<Int> {
    guard let (document, passage) = try matched(hit) else { return [] }
    var out: Set<Int> = []
    for speaker in passage.speakers where document.people.indices.contains(speaker) {
      let mention = document.people[speaker]
      let name = MentionName(name: Array(mention.name.utf8), address: Array((mention.address ?? "").utf8))
      if case .person(let person)? = people.holder(name) { out.insert(person) }
    }
    return out
  }
}
