@testable import SearchEngine

/// Asks a segment for all that it has. Where a part is damaged the others are still asked.
struct SegmentWalk {
  private let segment: SegmentReader
  /// Steps of a walk that a damaged list could make endless.
  private static let most = 100_000

  init(_ segment: SegmentReader) { self.segment = segment }

  func run() throws(IndexError) {
    var failure: IndexError?
    let parts: [() throws(IndexError) -> Void] = [terms, forms, passages, documents, columns]
    for part in parts {
      do throws(IndexError) { try part() } catch { failure = error }
    }
    var report = IndexCheckReport()
    SegmentCheck(segment).run(&report)
    if let failure { throw failure }
    try segment.checkDamage()
  }

  private func terms() throws(IndexError) {
    let terms = try segment.terms()
    var iterator = terms.iterator()
    var steps = 0
    while try iterator.next() {
      steps += 1
      precondition(steps < Self.most, "terms without an end")
      let stem = iterator.term
      let info = try iterator.info()
      _ = try terms.lookup(stem)
      _ = try terms.forms(of: info, stem: stem)
      try postings(info)
    }
  }

  private func postings(_ info: TermInfo) throws(IndexError) {
    var cursor = try segment.postings(info)
    var positions = try segment.positions(info)
    var steps = 0
    while cursor.passage != .noMore {
      steps += 1
      precondition(steps < Self.most, "postings without an end")
      _ = positions.read(&cursor)
      _ = positions.readCodes(&cursor)
      // Every third step leaps, as a conjunction does.
      if steps % 3 == 0, cursor.passage < .max - 40 {
        _ = cursor.advance(to: cursor.passage + 37)
      } else {
        _ = cursor.advance()
      }
    }
  }

  private func forms() throws(IndexError) {
    var iterator = try segment.forms().iterator()
    var steps = 0
    while try iterator.next() {
      steps += 1
      precondition(steps < Self.most, "forms without an end")
      _ = try iterator.entries()
    }
  }

  private func passages() throws(IndexError) {
    let table = try segment.passages()
    let norms = try segment.norms()
    for passage in 0..<segment.passageCount {
      _ = (table.document(of: passage), norms.bytes[Int(passage)], table.titleEnd(passage))
      _ = (table.bodyStart(passage), table.positionBase(passage), table.continues(passage))
    }
    _ = try segment.lengths()
    for document in 0..<segment.documentCount { _ = table.passages(of: document) }
  }

  private func documents() throws(IndexError) {
    var failure: IndexError?
    for document in 0..<segment.documentCount {
      do throws(IndexError) {
        _ = segment.isLive(document)
        if let key = try segment.key(document) { _ = try segment.document(key) }
        _ = try segment.stored(document)
        _ = try segment.sequence(document)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private func columns() throws(IndexError) {
    let kinds = try segment.keywords("kind")
    let tags = try segment.keywords("tags")
    let dates = try segment.integers("date")
    let mentions = try segment.mentions()
    let prints = try segment.fixed("print")
    if let marks = try segment.inverted("marks") {
      for ordinal in 0..<min(marks.valueCount, 1000) {
        let value = try marks.value(ordinal)
        _ = try marks.lowerBound(value)
        _ = try marks.documents(ordinal)
      }
    }
    for document in 0..<segment.documentCount {
      if let kind = kinds?[document] { _ = kinds?.value(kind) }
      _ = dates?[document]
      _ = try prints?.value(document)
      tags?.forEach(document) { _ = tags?.value($0) }
      var pairs: [UInt32] = []
      mentions.forEach(document) { pair, _ in pairs.append(pair) }
      for pair in pairs.prefix(1000) { _ = try mentions.mention(pair) }
    }
    if let kinds { for i in 0..<min(kinds.valueCount, 1000) { _ = kinds.ordinal(of: Array(kinds.value(i))) } }
  }
}
