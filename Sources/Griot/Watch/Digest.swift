public import Documents
import Glibc
import SearchEngine
import TextAnalysis

/// What happened in a memory since a day.
public struct DigestReport: Sendable {
  public struct Topic: Sendable, Equatable {
    public var name: String
    /// Documents since then that have it in a title or heading.
    public var documents: Int
    /// Passages of the whole memory that speak of it.
    public var passages: Int
    /// Of those who wrote about it, the most active first.
    public var people: [String]
  }

  public struct Newcomer: Sendable, Equatable {
    public var name: String
    public var documents: Int
    /// Date of the first one.
    public var first: DocumentDate
  }

  public var since: DocumentDate
  /// Documents dated since then.
  public var documents: Int
  public var lessons: [LessonHit]
  /// All lessons since then, near-identical ones once.
  public var lessonCount: Int
  public var topics: [Topic]
  /// People who wrote or spoke for the first time.
  public var people: [Newcomer]
}

extension SearchService {
  /// - Parameters:
  ///   - since: `2024`, `2024-05` or `2024-05-17`, by the dates of documents; undated ones take no part.
  ///   - limit: Lessons, topics and people to list, each.
  /// - Throws: ``GriotError`` of kind `usage` for what is no date.
  public func digest(since: String, limit: Int) throws(GriotError) -> DigestReport {
    guard let date = PartialDate(since) else {
      throw GriotError(.usage, "--since \(since): not a date (write 2024, 2024-05 or 2024-05-17)")
    }
    var search = SearchRequest("")
    search.after = since
    search.limit = limit
    search.facets = false
    let lessons = try lessons(LessonRequest(search))
    var report = DigestReport(
      since: DocumentDate(seconds: date.start, precision: .day), documents: 0, lessons: lessons.hits,
      lessonCount: lessons.total.value, topics: [], people: [])
    var miner = TopicMiner()
    for (index, segment) in memory.reader.segments.enumerated() {
      for ordinal in try documents(in: index, since: date.start) {
        let stored = try memory.stored(segment, ordinal)
        report.documents += 1
        miner.add(stored.document, stored.language, people: try makers(stored.document))
      }
    }
    report.topics = try active(miner, of: report.documents, limit)
    report.people = try newcomers(since: date.start, limit)
    try engine(memory.path) { () throws(IndexError) in try memory.reader.checkDamage() }
    return report
  }

  private func documents(in segment: Int, since: Int64) throws(GriotError) -> [DocumentOrdinal] {
    try engine(memory.path) { () throws(IndexError) in
      let segment = memory.reader.segments[segment]
      guard let dates = try segment.integers(MemorySchema.date) else { return [] }
      return (0..<segment.documentCount).filter { segment.isLive($0) && (dates[$0] ?? .min) >= since }
    }
  }

  /// Topics that are talked about more than they use to be: n · ln(n / expected).
  private func active(_ miner: TopicMiner, of documents: Int, _ limit: Int) throws(GriotError) -> [DigestReport.Topic] {
    let all = Double(max(1, memory.reader.passageCount))
    var weighed: [(topic: DigestReport.Topic, weight: Double)] = []
    for (topic, stems) in miner.topics(minimum: 2, share: 0.5) {
      var passages = Int.max
      for stem in stems {
        var frequency = 0
        try engine(memory.path) { () throws(IndexError) in
          for segment in memory.reader.segments {
            frequency += Int(try segment.terms().lookup(stem)?.passageFrequency ?? 0)
          }
        }
        passages = min(passages, frequency)
      }
      let expected = Double(passages) / all * Double(documents)
      let lift = Double(topic.documents) / max(expected, 0.05)
      guard lift > 1 else { continue }
      let people = topic.people.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
      weighed.append(
        (
          .init(
            name: topic.name, documents: topic.documents, passages: passages, people: people.prefix(3).map(\.key)),
          Double(topic.documents) * log(lift)
        ))
    }
    return weighed.sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.topic.name < $1.topic.name }
      .prefix(limit).map(\.topic)
  }

  /// People whose first dated document is not older than that: columns alone are read.
  private func newcomers(since: Int64, _ limit: Int) throws(GriotError) -> [DigestReport.Newcomer] {
    let roles: [PersonRole] = [.author, .speaker, .editor]
    let mask = QueryFields.mask(roles)
    var firsts: [String: (first: Int64, documents: Int)] = [:]
    let visible = try memory.visiblePeople()
    try engine(memory.path) { () throws(IndexError) in
      for segment in memory.reader.segments {
        guard let dates = try segment.integers(MemorySchema.date) else { continue }
        let mentions = try segment.mentions()
        var names: [UInt32: String?] = [:]
        for document in 0..<segment.documentCount where segment.isLive(document) {
          guard let date = dates[document] else { continue }
          var here: [UInt32] = []
          mentions.forEach(document) { ordinal, role in
            if mask &>> UInt64(role) & 1 == 1, !here.contains(ordinal) { here.append(ordinal) }
          }
          for ordinal in here {
            if names[ordinal] == nil {
              let (name, address) = try mentions.mention(ordinal)
              let mention = PersonMention(
                name: String(decoding: name, as: UTF8.self),
                address: address.isEmpty ? nil : String(decoding: address, as: UTF8.self), role: .author)
              names[ordinal] = .some(visible.person(mention)?.name)
            }
            guard let name = names[ordinal] ?? nil, !name.isEmpty else { continue }
            let known = firsts[name]
            firsts[name] = (min(known?.first ?? date, date), (known?.documents ?? 0) + 1)
          }
        }
      }
    }
    return firsts.filter { $0.value.first >= since }
      .map {
        DigestReport.Newcomer(
          name: $0.key, documents: $0.value.documents, first: DocumentDate(seconds: $0.value.first, precision: .day))
      }
      .sorted { $0.documents != $1.documents ? $0.documents > $1.documents : $0.name < $1.name }
      .prefix(limit).map { $0 }
  }
}
