import Documents
import SearchEngine
import TextAnalysis

extension SearchService {
  /// So many hits behind the page are looked at for duplicates and messages of conversations on it.
  static let foldingLookahead = 20
  /// Pages further down are shown unfolded: everything above them would have to be read.
  static let foldingDepth = 500

  /// The page of a ranking with near-duplicates and conversations folded into their best hit.
  ///
  /// Hits are taken from the top of the ranking, whatever page is asked for, so that neighbouring pages fit together.
  /// - Complexity: O(offset + limit) documents are read.
  func presentFolded(
    _ ranked: [Hit], _ scores: [Float], _ request: SearchRequest, _ highlighter: Highlighter
  ) throws(GriotError) -> [SearchHit] {
    var groups: [HitGroup] = []
    let end = request.offset + request.limit
    for (index, hit) in ranked.prefix(end + Self.foldingLookahead).enumerated() {
      let stored = try memory.stored(memory.reader.segments[hit.segment], hit.document)
      let print = Fingerprint(stored.document)
      let messages = request.folding == .conversations ? ConversationIDs(stored.document) : ConversationIDs()
      if let same = groups.firstIndex(where: { $0.isLike(print) }) {
        groups[same].folded += 1
        groups[same].messages.formUnion(messages)
      } else if let conversation = groups.firstIndex(where: { $0.messages.meets(messages) }) {
        let hit = try present(
          hit, stored, rank: 0, score: scores[index], highlighter, request.snippetBytes)
        groups[conversation].conversation.append(hit)
        groups[conversation].prints.append(print)
        groups[conversation].messages.formUnion(messages)
      } else {
        // The hits behind the page only tell of groups on it.
        groups.append(HitGroup(hit: hit, stored: stored, score: scores[index], print: print, messages: messages))
      }
    }
    var out: [SearchHit] = []
    for (number, group) in groups.enumerated().dropFirst(request.offset).prefix(request.limit) {
      var hit = try present(
        group.hit, group.stored, rank: number + 1, score: group.score, highlighter, request.snippetBytes)
      hit.folded = group.folded
      hit.conversation = group.conversation
      out.append(hit)
    }
    return out
  }
}

/// A hit with what is folded into it.
private struct HitGroup {
  var hit: Hit
  var stored: StoredDocument
  var score: Float
  var prints: [Fingerprint]
  var messages: ConversationIDs
  var folded = 0
  var conversation: [SearchHit] = []

  init(hit: Hit, stored: StoredDocument, score: Float, print: Fingerprint, messages: ConversationIDs) {
    self.hit = hit
    self.stored = stored
    self.score = score
    prints = [print]
    self.messages = messages
  }

  func isLike(_ print: Fingerprint) -> Bool { prints.contains { $0.isLike(print) } }
}

/// The Message-IDs by which messages hang together: a message's own, its parent's, its ancestors'.
///
/// Source: Jamie Zawinski, "message threading", 1997, without its guess by subject.
struct ConversationIDs {
  private var ids: Set<String> = []

  init() {}

  init(_ document: Document) {
    for attribute in document.attributes {
      switch attribute.name {
      case "message-id", "in-reply-to", "references":
        // Several ids may stand in one value.
        for id in attribute.value.split(separator: " ") { ids.insert(String(id)) }
      default: break
      }
    }
  }

  func meets(_ other: ConversationIDs) -> Bool { !ids.isDisjoint(with: other.ids) }
  mutating func formUnion(_ other: ConversationIDs) { ids.formUnion(other.ids) }
}

/// What near-duplicates share: the runs of four words of a text's beginning.
///
/// Source: Andrei Broder, "On the resemblance and containment of documents", SEQUENCES 1997.
struct Fingerprint {
  /// So much of a text is looked at.
  private static let bytes = 16 << 10
  private static let run = 4
  /// Texts with fewer words must be equal.
  private static let shortest = 24
  /// The least resemblance (shared runs by all runs) of duplicates.
  private static let resemblance = 0.85

  /// Sorted, each once.
  private let runs: [UInt64]
  private let words: Int
  private let length: Int

  init(_ document: Document) {
    var buffer = TokenBuffer()
    document.text.prefix(Self.bytes).withUnsafeBytes { Analyzer(.init(overlaps: [])).analyze($0, into: &buffer) }
    words = buffer.count
    length = document.text.count
    // Positions count in a short text, so that only the same words in the same order are alike.
    let isShort = words < Self.shortest
    var hashes: [UInt64] = []
    hashes.reserveCapacity(words)
    for start in 0..<max(1, words - (isShort ? 0 : Self.run - 1)) {
      var hash: UInt64 = isShort ? UInt64(start) : 0
      for index in start..<min(words, start + (isShort ? 1 : Self.run)) {
        hash = (hash ^ buffer[index].hash) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
      }
      hashes.append(hash)
    }
    hashes.sort()
    var runs: [UInt64] = []
    for hash in hashes where hash != runs.last { runs.append(hash) }
    self.runs = runs
  }

  func isLike(_ other: Fingerprint) -> Bool {
    guard words > 0, other.words > 0 else { return false }
    if min(words, other.words) < Self.shortest { return runs == other.runs }
    // Texts that go on differently behind the beginning differ in length.
    guard min(length, other.length) * 10 >= max(length, other.length) * 8 else { return false }
    var shared = 0
    var i = 0
    var j = 0
    while i < runs.count, j < other.runs.count {
      if runs[i] == other.runs[j] {
        shared += 1
        i += 1
        j += 1
      } else if runs[i] < other.runs[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return Double(shared) >= Self.resemblance * Double(runs.count + other.runs.count - shared)
  }
}
