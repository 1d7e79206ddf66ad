import Documents
import Glibc
import SearchEngine
import TextAnalysis

extension ExpertFinder {
  private static let shownCollaborators = 10
  private static let shownTopics = 12
  /// Documents whose words make the topics: the newest, each read from the store.
  private static let readDocuments = 200

  /// The people whom a name may mean, best first; nobody who is hidden.
  public func people(named name: String) -> [PersonRecord] {
    PersonSearch(people.persons).matches(name).map { people.persons[$0.person] }
  }

  /// - Parameters:
  ///   - name: As ``PersonSearch`` reads it; the best match is shown.
  ///   - limit: Documents to list.
  /// - Returns: `nil` if nobody is called so.
  public func profile(_ name: String, limit: Int) throws(GriotError) -> PersonProfile? {
    guard let match = PersonSearch(people.persons).matches(name).first else { return nil }
    let reader = service.memory.reader
    var profile = PersonProfile(person: people.persons[match.person])
    var found: [(segment: Int, document: DocumentOrdinal, date: Int64?, role: PersonRole)] = []
    var roles: [PersonRole: Int] = [:]
    var years: [Int: Int] = [:]
    var others: [Int: Int] = [:]
    try engine(service.memory.path) { () throws(IndexError) in
      for (index, segment) in reader.segments.enumerated() {
        let mentions = try segment.mentions()
        let dates = try segment.integers(MemorySchema.date)
        for document in 0..<segment.documentCount where segment.isLive(document) {
          var own: Set<PersonRole> = []
          var present: Set<Int> = []
          mentions.forEach(document) { ordinal, role in
            guard let person = people.person(segment: index, mention: ordinal), let role = PersonRole(rawValue: role)
            else { return }
            if person == match.person { own.insert(role) } else if role != .recipient { present.insert(person) }
          }
          guard let strongest = PersonRole.allCases.first(where: own.contains) else { continue }
          for role in own { roles[role, default: 0] += 1 }
          let date = dates?[document]
          if strongest != .recipient {
            for person in present { others[person, default: 0] += 1 }
            if let date { years[DocumentDate(seconds: date).year, default: 0] += 1 }
            found.append((index, document, date, strongest))
          }
        }
      }
      try reader.checkDamage()
    }
    profile.roles = PersonRole.allCases.compactMap { role in roles[role].map { (role: role, documents: $0) } }
    profile.years = years.sorted { $0.key < $1.key }.map { .init(year: $0.key, documents: $0.value) }
    profile.collaborators = others.sorted {
      $0.value != $1.value ? $0.value > $1.value : people.persons[$0.key].name < people.persons[$1.key].name
    }.prefix(Self.shownCollaborators).map { .init(name: people.persons[$0.key].name, documents: $0.value) }
    let dates = found.compactMap(\.date)
    profile.first = dates.min().map { DocumentDate(seconds: $0, precision: .day) }
    profile.last = dates.max().map { DocumentDate(seconds: $0, precision: .day) }
    let newest = found.sorted { a, b in
      if a.date != b.date { return (a.date ?? .min) > (b.date ?? .min) }
      return (a.segment, a.document) > (b.segment, b.document)
    }
    var words = TopicWords(service.memory)
    for (position, place) in newest.prefix(max(limit, Self.readDocuments)).enumerated() {
      let stored = try service.memory.stored(reader.segments[place.segment], place.document)
      if position < limit {
        profile.documents.append(
          .init(
            id: stored.key.hex, kind: stored.document.kind.rawValue, title: stored.document.title,
            date: stored.document.date, role: place.role, source: stored.source))
      }
      if position < Self.readDocuments { words.add(stored) }
    }
    profile.topics = try words.best(Self.shownTopics, without: [profile.person.name] + profile.person.aliases)
    return profile
  }
}

/// The words that tell a person's documents from the memory's others.
private struct TopicWords {
  /// So much of a text is looked at.
  private static let bytes = 2 << 10

  private let memory: Memory
  private let analyzer = Analyzer()
  private let stemmer = Stemmer()
  private var documents: [[UInt8]: Int] = [:]
  private var forms: [[UInt8]: [[UInt8]: Int]] = [:]
  private var count = 0

  init(_ memory: Memory) { self.memory = memory }

  mutating func add(_ stored: StoredDocument) {
    let stops = StopWords.of(stored.language)
    var text = Array(stored.document.title.utf8)
    // Navigation and footers say nothing about anybody.
    for block in stored.document.blocks where block.kind != .template && text.count < Self.bytes {
      text.append(0x0A)
      text += stored.document.text[block.range].prefix(Self.bytes)
    }
    var seen: Set<[UInt8]> = []
    for token in analyzer.tokens(of: text) where token.positionIncrement > 0 {
      let folded = stemmer.fold(token.term)
      guard token.term.count >= 3, token.term.contains(where: { $0 >= 0x61 }), !stops.contains(folded) else { continue }
      let stem = stemmer.stem(token.term, stored.language)
      forms[stem, default: [:]][token.term, default: 0] += 1
      if seen.insert(stem).inserted { documents[stem, default: 0] += 1 }
    }
    count += 1
  }

  /// By how much more often they stand in this person's documents than in the memory's (weight of evidence: the
  /// share here times the logarithm of the quotient of shares).
  func best(_ limit: Int, without names: [String]) throws(GriotError) -> [PersonProfile.Topic] {
    let own = Set(names.flatMap { PersonName($0, stemmer)?.words ?? [] })
    let total = Double(max(1, memory.reader.passageCount))
    var weighted: [(stem: [UInt8], weight: Double)] = []
    let least = count >= 8 ? 2 : 1
    for (stem, here) in documents where here >= least {
      var passages = 0
      try engine(memory.path) { () throws(IndexError) in
        for segment in memory.reader.segments {
          passages += Int(try segment.terms().lookup(stem)?.passageFrequency ?? 0)
        }
      }
      guard passages > 0 else { continue }
      let share = Double(here) / Double(count)
      let everywhere = min(1, Double(passages) / total)
      let weight = share * log(share / everywhere)
      if weight > 0 { weighted.append((stem, weight)) }
    }
    // Of words that are as telling: what was said more often, in a title and below it for instance.
    let times = forms.mapValues { $0.values.reduce(0, +) }
    weighted.sort { a, b in
      if a.weight != b.weight { return a.weight > b.weight }
      let (left, right) = (times[a.stem] ?? 0, times[b.stem] ?? 0)
      return left != right ? left > right : a.stem.lexicographicallyPrecedes(b.stem)
    }
    var out: [PersonProfile.Topic] = []
    for (stem, _) in weighted where out.count < limit {
      let form = forms[stem]!.min {
        $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
      }!.key
      let word = String(decoding: form, as: UTF8.self)
      if own.contains(String(decoding: stemmer.fold(form), as: UTF8.self)) { continue }
      out.append(.init(word: word, documents: documents[stem]!))
    }
    return out
  }
}
