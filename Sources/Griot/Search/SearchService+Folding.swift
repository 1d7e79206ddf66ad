import Documents
import SearchEngine
import TextAnalysis

extension SearchService {
  /// So many hits behind the page are looked at for duplicates and messages of conversations on it.
  static let foldingLookahead = 10
  /// Pages further down are shown unfolded: everything above them would have to be read.
  static let foldingDepth = 500

  /// The page of a ranking with near-duplicates and conversations folded into their best hit.
  ///
  /// Hits are taken from the top of the ranking, whatever page is asked for, so that neighbouring pages fit together.
  /// - Complexity: O(offset + limit) documents are read.
  func presentFolded(
    _ ranked: [Hit], _ scores: [Float], _ request: SearchRequest, _ highlighter: Highlighter
  ) throws(GriotError) -> [SearchHit] {
    let copies = FoldingTexts(try NearDuplicates(memory.reader, memory: memory.path))
    var groups: [HitGroup] = []
    let end = request.offset + request.limit
    var behind = 0
    for (index, hit) in ranked.enumerated() {
      // What comes behind a full page is looked at for a while: it may belong to it.
      if groups.count >= end { behind += 1 }
      if behind > Self.foldingLookahead { break }
      var candidate = FoldingCandidate(hit: hit, copies.documents.signature(hit.place))
      // Reading a document costs more than finding it: only where its columns do not tell enough.
      var isMessage = request.folding == .conversations
      if isMessage { isMessage = try mayBeMessage(hit) }
      if candidate.signature == nil || isMessage {
        candidate.read(try memory.stored(memory.reader.segments[hit.segment], hit.document), isMessage: isMessage)
      }
      var same: Int?
      for number in groups.indices where try groups[number].hasCopy(of: candidate, copies) {
        same = number
        break
      }
      if let same {
        groups[same].folded += 1
        groups[same].messages.formUnion(candidate.messages)
      } else if let conversation = groups.firstIndex(where: { $0.messages.meets(candidate.messages) }) {
        func message(_ candidate: FoldingCandidate, _ score: Float) throws(GriotError) -> SearchHit {
          try present(candidate.hit, try stored(candidate), rank: 0, score: score, highlighter, request.snippetBytes)
        }
        // A message may join what were two conversations until it came.
        for number in groups.indices.dropFirst(conversation + 1).reversed()
        where groups[number].messages.meets(candidate.messages) {
          let other = groups.remove(at: number)
          groups[conversation].take(other, head: try message(other.members[0], other.score))
        }
        groups[conversation].conversation.append(try message(candidate, scores[index]))
        groups[conversation].members.append(candidate)
        groups[conversation].messages.formUnion(candidate.messages)
      } else {
        // The hits behind the page only tell of groups on it.
        groups.append(HitGroup(candidate, score: scores[index]))
      }
    }
    var out: [SearchHit] = []
    for (number, group) in groups.enumerated().dropFirst(request.offset).prefix(request.limit) {
      var hit = try present(
        group.members[0].hit, try stored(group.members[0]), rank: number + 1, score: group.score, highlighter,
        request.snippetBytes)
      hit.folded = group.folded
      hit.conversation = group.conversation
      out.append(hit)
    }
    return out
  }

  private func stored(_ candidate: FoldingCandidate) throws(GriotError) -> StoredDocument {
    if let stored = candidate.stored { return stored }
    return try memory.stored(memory.reader.segments[candidate.hit.segment], candidate.hit.document)
  }

  /// Kinds whose documents answer each other; what a source calls by a name of its own may do so too.
  private func mayBeMessage(_ hit: Hit) throws(GriotError) -> Bool {
    let segment = memory.reader.segments[hit.segment]
    let kind = try engine(memory.path) { () throws(IndexError) in try segment.text(MemorySchema.kind, hit.document) }
    switch DocumentKind(rawValue: kind ?? "") {
    case .wiki, .transcript, .lesson, .document: return false
    default: return true
    }
  }
}

extension Hit {
  var place: NearDuplicates.Place { .init(segment: segment, document: document) }
}

/// A hit with what folding needs to know of it.
private struct FoldingCandidate {
  let hit: Hit
  let signature: DocumentSignature?
  /// Only read where it was needed.
  private(set) var stored: StoredDocument?
  private(set) var messages = ConversationLinks()
  /// Of a text too short for a signature: the words must be the same. Hash 0: no text at all, which is like no other.
  private var shortText: UInt64 = 0

  init(hit: Hit, _ signature: DocumentSignature?) {
    self.hit = hit
    self.signature = signature
  }

  mutating func read(_ document: StoredDocument, isMessage: Bool) {
    stored = document
    if isMessage { messages = ConversationLinks(document.document, source: document.source) }
    guard signature == nil else { return }
    var isBetween = true
    for byte in document.document.text {
      let folded = byte | 0x20
      guard byte >= 0x80 || (folded >= 0x61 && folded <= 0x7A) || (byte >= 0x30 && byte <= 0x39) else {
        isBetween = true
        continue
      }
      // The number 1 stands for whatever is between two words.
      if isBetween { shortText = ShingleHasher.spread(shortText &+ 1) }
      isBetween = false
      shortText = ShingleHasher.spread(shortText ^ UInt64(byte >= 0x80 ? byte : folded))
    }
  }

  func isCopy(of other: FoldingCandidate, _ copies: FoldingTexts) throws(GriotError) -> Bool {
    if signature == nil || other.signature == nil {
      return signature == nil && other.signature == nil && shortText != 0 && shortText == other.shortText
    }
    return try copies.areCopies(hit.place, other.hit.place)
  }
}

/// A hit with what is folded into it.
private struct HitGroup {
  /// The best hit, and those of its conversation.
  var members: [FoldingCandidate]
  var score: Float
  var messages: ConversationLinks
  var folded = 0
  var conversation: [SearchHit] = []

  init(_ candidate: FoldingCandidate, score: Float) {
    members = [candidate]
    self.score = score
    messages = candidate.messages
  }

  /// Takes a group in whose conversation turns out to be the same; `head` is its best hit.
  mutating func take(_ other: HitGroup, head: SearchHit) {
    members += other.members
    messages.formUnion(other.messages)
    folded += other.folded
    conversation.append(head)
    conversation += other.conversation
    conversation.sort { $0.score > $1.score }
  }

  func hasCopy(of candidate: FoldingCandidate, _ copies: FoldingTexts) throws(GriotError) -> Bool {
    for member in members where try candidate.isCopy(of: member, copies) { return true }
    return false
  }
}
