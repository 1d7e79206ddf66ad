import Documents
import SearchEngine
import TextAnalysis

/// Collects what documents are about: words and pairs of neighbouring words of their titles and headings.
///
/// Titles, because their authors chose them to say it; a pair counts beside its words, and a word that occurs only in
/// one pair gives way to it.
struct TopicMiner {
  struct Topic {
    /// As it is written most often.
    var name: String
    var documents = 0
    var people: [String: Int] = [:]
    /// Documents whose authors are known.
    var attributed = 0
    var first: Int64?
    var last: Int64?
  }

  private struct Entry {
    var topic = Topic(name: "")
    var names: [String: Int] = [:]
    /// Stems of a pair; one of a word.
    var parts: [[UInt8]]
    var lastDocument = -1
  }

  private var entries: [[UInt8]: Entry] = [:]
  private var documents = 0
  private let analyzer = Analyzer()
  private let stemmer = Stemmer()
  private static let shortest = 4
  /// Headings of one document that are looked at.
  private static let headings = 12

  mutating func add(_ document: Document, _ language: Language, people: [String]) {
    documents += 1
    var makers: [String] = []
    for name in people where !makers.contains(name) { makers.append(name) }
    add(Array(document.title.utf8), document, language, makers)
    for block in document.blocks.lazy.filter({ $0.kind == .heading && $0.end - $0.start <= 120 }).prefix(Self.headings)
    {
      add(Array(document.text[block.range]), document, language, makers)
    }
  }

  private mutating func add(_ text: [UInt8], _ document: Document, _ language: Language, _ people: [String]) {
    let stops = StopWords.of(language)
    var previous: (stem: [UInt8], surface: String)?
    for token in analyzer.tokens(of: text) where token.positionIncrement > 0 {
      let folded = stemmer.fold(token.term)
      let isWord = folded.count >= Self.shortest && !folded.contains { (0x30...0x39).contains($0) }
      guard isWord, !stops.contains(folded) else {
        previous = nil
        continue
      }
      let stem = stemmer.stem(token.term, language)
      let surface = String(decoding: token.term, as: UTF8.self)
      note([stem], surface, document, people)
      if let previous { note([previous.stem, stem], previous.surface + " " + surface, document, people) }
      previous = (stem, surface)
    }
  }

  private mutating func note(_ parts: [[UInt8]], _ surface: String, _ document: Document, _ people: [String]) {
    let key = Array(parts.joined(separator: [0x20]))
    var entry = entries[key] ?? Entry(parts: parts)
    entry.names[surface, default: 0] += 1
    if entry.lastDocument != documents {
      entry.lastDocument = documents
      entry.topic.documents += 1
      if !people.isEmpty { entry.topic.attributed += 1 }
      for name in people { entry.topic.people[name, default: 0] += 1 }
      if let date = document.date?.seconds {
        entry.topic.first = min(entry.topic.first ?? date, date)
        entry.topic.last = max(entry.topic.last ?? date, date)
      }
    }
    entries[key] = entry
  }

  /// Topics of at least so many documents, the most frequent first.
  ///
  /// - Parameter share: Of all documents; what is in more of them than that is no topic but the house's own name.
  func topics(minimum: Int, share: Double = 0.2) -> [(topic: Topic, stems: [[UInt8]])] {
    let most = max(minimum, Int(Double(documents) * share))
    let kept = entries.filter { (minimum...most).contains($0.value.topic.documents) }
    // A word that is hardly ever there without its neighbour is the pair.
    var inPair: [[UInt8]: Int] = [:]
    for entry in kept.values where entry.parts.count == 2 {
      for part in entry.parts { inPair[part] = max(inPair[part] ?? 0, entry.topic.documents) }
    }
    let out = kept.compactMap { key, entry -> (topic: Topic, stems: [[UInt8]], key: [UInt8])? in
      if entry.parts.count == 1, let pair = inPair[key], 5 * pair >= 4 * entry.topic.documents { return nil }
      var topic = entry.topic
      topic.name = entry.names.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
      return (topic, entry.parts, key)
    }
    return out.sorted {
      $0.topic.documents != $1.topic.documents
        ? $0.topic.documents > $1.topic.documents : $0.key.lexicographicallyPrecedes($1.key)
    }.map { ($0.topic, $0.stems) }
  }
}

extension SearchService {
  /// Names of those who made a document, as results may show them.
  func makers(_ document: Document) throws(GriotError) -> [String] {
    try memory.visiblePeople().visible(document.people).filter {
      ($0.role == .author || $0.role == .speaker || $0.role == .editor) && !$0.name.isEmpty
    }.map(\.name)
  }
}
