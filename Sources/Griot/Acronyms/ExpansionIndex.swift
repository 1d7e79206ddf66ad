import SearchEngine

/// What the short and long forms of a memory stand for: its glossary, and what its documents say.
struct ExpansionIndex: Sendable {
  let reader: IndexReader
  let glossary: Glossary

  /// So many meanings of one form are searched for, those of the glossary first, then the most frequent.
  private static let most = 3
  /// So many values of one form are looked at in a segment.
  private static let mostEntries: UInt32 = 200
  private static let longestForm = 6

  /// The other names of what stands in a query.
  ///
  /// - Parameter words: The words of the query as they were typed, in their order.
  /// - Complexity: O(words · log values) a segment where nothing is found.
  func expansions(_ words: [String]) throws(IndexError) -> [Expansion] {
    var out: [Expansion] = []
    for start in words.indices {
      for end in (start + 1)...min(words.count, start + Self.longestForm) {
        let typed = end == start + 1 ? words[start] : words[start..<end].joined(separator: " ")
        // A single letter means too much.
        guard typed.utf8.count > 1 else { continue }
        if end == start + 1 {
          out += try meanings(typed, .short)
        } else {
          // Most pairs of words begin no long form: longer rows that begin with them need no look.
          guard try beginsLongForm(typed) else { break }
          out += try meanings(typed, .long)
        }
      }
    }
    return out
  }

  private func beginsLongForm(_ typed: String) throws(IndexError) -> Bool {
    let key = AcronymEntry.key(typed)
    if glossary.definitions.contains(where: { AcronymEntry.key($0.long).hasPrefix(key) }) { return true }
    let prefix = [AcronymEntry.Direction.long.rawValue] + key.utf8
    for segment in reader.segments {
      guard let column = try segment.inverted(MemorySchema.acronyms) else { continue }
      let first = try column.lowerBound(prefix)
      if first < column.valueCount, try column.value(first).starts(with: prefix) { return true }
    }
    return false
  }

  private func meanings(_ typed: String, _ direction: AcronymEntry.Direction) throws(IndexError)
    -> [Expansion]
  {
    var counts: [String: Meaning] = [:]
    for segment in reader.segments {
      guard let column = try segment.inverted(MemorySchema.acronyms) else { continue }
      try mined(AcronymEntry.prefix(direction, typed), column, segment, &counts)
    }
    // Most words stand for nothing else.
    if counts.isEmpty, glossary.definitions.isEmpty { return [] }
    let key = AcronymEntry.key(typed)
    var found: [Expansion] = []
    var known: Set<String> = [key]
    for definition in glossary.definitions {
      let (own, other) =
        direction == .short
        ? (definition.short, definition.long) : (definition.long, definition.short)
      guard AcronymEntry.key(own) == key, known.insert(AcronymEntry.key(other)).inserted else {
        continue
      }
      found.append(Expansion(typed: typed, meant: other, origin: .glossary))
    }
    let mined = counts.filter { !known.contains($0.key) }.values
      .filter { meant in
        // In a large memory, a word in small letters that one document defines is mostly just a word.
        guard meant.count >= 2 || typed.contains(where: \.isUppercase) || direction == .long || isSmall else {
          return false
        }
        let pair =
          direction == .short
          ? AcronymDefinition(short: typed, long: meant.meant)
          : AcronymDefinition(short: meant.meant, long: typed)
        return !glossary.strikes(pair)
      }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.meant < $1.meant }
    found += mined.map {
      Expansion(typed: typed, meant: $0.meant, origin: .documents($0.count, sources: $0.sources))
    }
    return Array(found.prefix(Self.most))
  }

  private func mined(
    _ prefix: [UInt8], _ column: InvertedColumn, _ segment: SegmentReader,
    _ counts: inout [String: Meaning]
  ) throws(IndexError) {
    let first = try column.lowerBound(prefix)
    for ordinal in first..<min(column.valueCount, first + Self.mostEntries) {
      let value = try column.value(ordinal)
      guard value.starts(with: prefix) else { return }
      guard let entry = AcronymEntry(value) else { continue }
      let key = AcronymEntry.key(entry.meant)
      var meaning = counts[key] ?? Meaning(meant: entry.meant)
      for document in try column.documents(ordinal) where segment.isLive(document) {
        meaning.count += 1
        if meaning.sources.count < Self.mostSources { try add(document, of: segment, to: &meaning) }
      }
      if meaning.count > 0 { counts[key] = meaning }
    }
  }

  private func add(
    _ document: DocumentOrdinal, of segment: SegmentReader, to meaning: inout Meaning
  ) throws(IndexError) {
    guard let sources = try segment.keywords(MemorySchema.source), let value = sources[document] else { return }
    let name = String(decoding: sources.value(value), as: UTF8.self)
    if !meaning.sources.contains(name) { meaning.sources.append(name) }
  }

  private var isSmall: Bool { reader.liveDocumentCount < Self.largeMemory }
  private static let largeMemory = 2000

  private struct Meaning {
    var meant: String
    var count = 0
    var sources: [String] = []
  }
  private static let mostSources = 3
}
