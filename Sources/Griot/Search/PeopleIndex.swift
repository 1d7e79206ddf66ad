import Documents
import SearchEngine
import TextAnalysis

/// The people that the documents of a memory name, for filters on them. Read once, at the first such filter.
struct PeopleIndex: Sendable {
  private struct Entry: Sendable {
    var mention: MentionName
    var words: [[UInt8]]
    var address: [UInt8]
    /// In the people table; `nil` for who is no person.
    var person: Int?
  }

  private let entries: [Entry]

  /// - Parameter table: Who is who: a filter that finds one spelling of a person finds all, and nobody who is hidden.
  init(_ reader: IndexReader, _ table: PeopleTable? = nil) throws(IndexError) {
    var distinct: Set<MentionName> = []
    for segment in reader.segments {
      let mentions = try segment.mentions()
      for ordinal in 0..<mentions.count {
        let pair = try mentions.mention(ordinal)
        distinct.insert(MentionName(name: pair.name, address: pair.address))
      }
    }
    let words = NameWords()
    var entries: [Entry] = []
    for mention in distinct {
      var entry = Entry(mention: mention, words: words.of(mention.name), address: NameWords.lowercased(mention.address))
      switch table?.holder(mention) {
      case .hidden: continue
      case .person(let person): entry.person = person
      default: break
      }
      entries.append(entry)
    }
    self.entries = entries
  }

  /// Everybody whose name holds all words of `text`, or whose address it is.
  func matches(_ text: String) -> [MentionName] {
    let bytes = Array(text.utf8)
    if bytes.contains(0x40) {
      let address = NameWords.lowercased(bytes)
      return all { $0.address == address }
    }
    let wanted = NameWords().of(bytes)
    guard !wanted.isEmpty else { return [] }
    return all { entry in wanted.allSatisfy { entry.words.contains($0) } }
  }

  /// Those who fit, under all their names and addresses.
  private func all(_ fits: (Entry) -> Bool) -> [MentionName] {
    var people: Set<Int> = []
    for entry in entries where fits(entry) {
      if let person = entry.person { people.insert(person) }
    }
    return entries.filter { $0.person.map(people.contains) ?? fits($0) }.map(\.mention)
  }
}

extension Memory {
  /// Names of people of the memory that begin with `text`, or have a word that does, in any case; by name.
  ///
  /// - Complexity: O(distinct names and addresses).
  public func people(beginning text: String, limit: Int) throws(GriotError) -> [String] {
    let wanted = text.lowercased()
    let visible = try visiblePeople()
    var found: Set<String> = []
    for segment in reader.segments {
      let mentions = try engine(path) { () throws(IndexError) in try segment.mentions() }
      for ordinal in 0..<mentions.count {
        let pair = try engine(path) { () throws(IndexError) in try mentions.mention(ordinal) }
        let name = String(decoding: pair.name, as: UTF8.self)
        let address = pair.address.isEmpty ? nil : String(decoding: pair.address, as: UTF8.self)
        guard let person = visible.person(PersonMention(name: name, address: address, role: .author)),
          !person.name.isEmpty
        else { continue }
        let folded = person.name.lowercased()
        if folded.hasPrefix(wanted) || folded.contains(" " + wanted) { found.insert(person.name) }
      }
    }
    return Array(found.sorted().prefix(max(0, limit)))
  }
}

/// The words of a name as they are compared: folded like the words of a text.
private final class NameWords {
  private let analyzer = Analyzer()
  private let stemmer = Stemmer()

  func of(_ name: [UInt8]) -> [[UInt8]] { analyzer.tokens(of: name).map { stemmer.fold($0.term) } }

  static func lowercased(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }
}
