import Documents

/// Counts in how many of a source's first documents each block occurs.
struct TemplateSample {
  /// From so many documents on a source can show what recurs in it.
  static let leastDocuments = 12
  /// A template is in at least so many documents, and in at least every fourth.
  private static let leastOccurrences = 6
  /// More would be no template any more, and the set is kept for each source.
  private static let mostTemplates = 512

  private var counts: [UInt64: (count: Int, first: Int)] = [:]
  private(set) var documents = 0

  init() {}

  /// - Parameter frame: A frame that does not decode counts as an empty document: it fails later, by name.
  mutating func add(_ frame: UnsafeRawBufferPointer) {
    let index = documents
    documents += 1
    guard let document = try? DocumentFrame.decode(frame) else { return }
    document.text.withUnsafeBytes { text in
      var seen = Set<UInt64>()
      for block in document.blocks {
        guard let hash = TemplateBlocks.hash(block, text), seen.insert(hash).inserted else { continue }
        counts[hash, default: (0, index)].count += 1
      }
    }
  }

  /// The blocks that recur; none while there are too few documents to tell.
  func templates() -> TemplateBlocks {
    guard documents >= Self.leastDocuments else { return .none }
    let least = max(Self.leastOccurrences, (documents + 3) / 4)
    let found = counts.filter { $0.value.count >= least }
      .sorted { $0.value.count != $1.value.count ? $0.value.count > $1.value.count : $0.key < $1.key }
    return TemplateBlocks(found.prefix(Self.mostTemplates).map(\.key))
  }

  /// Hashes of recurring blocks by the first document that held them.
  func firstHolders() -> [Int: [UInt64]] {
    var out: [Int: [UInt64]] = [:]
    for (hash, value) in counts where value.count >= Self.leastOccurrences {
      out[value.first, default: []].append(hash)
    }
    return out
  }
}
