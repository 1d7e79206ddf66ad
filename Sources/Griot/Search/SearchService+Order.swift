import SearchEngine

extension SearchService {
  /// How many of the best by relevance are needed for `wanted` hits in the order that is asked for.
  func depth(_ wanted: Int, _ request: SearchRequest, _ words: [QueryWord]) -> Int {
    if request.sort != .relevance { return Int(memory.reader.liveDocumentCount) }
    let wanted = words.isEmpty ? wanted : max(wanted, rescorer.depth)
    return request.halfLife == nil ? wanted : max(wanted, Self.recencyDepth)
  }

  /// Hits by relevance in the order that is asked for.
  func ordered(_ hits: [Hit], _ request: SearchRequest) throws(GriotError) -> [Hit] {
    switch request.sort {
    case .newest: try sorted(hits, newestFirst: true)
    case .oldest: try sorted(hits, newestFirst: false)
    case .relevance:
      if let halfLife = request.halfLife { try favouringRecent(hits, halfLife: halfLife) } else { hits }
    }
  }

  /// The hits with the bounded favour that recent documents get: a factor between 2/3 (old, or without a date) and 1,
  /// which falls by half-lives. Age counts from the newest of the hits, so that the answer does not depend on the day.
  func favouringRecent(_ hits: [Hit], halfLife: Int64) throws(GriotError) -> [Hit] {
    let dates = try dates(of: hits)
    guard halfLife > 0, let newest = dates.compactMap({ $0 }).max() else { return hits }
    var weighted = hits
    for (index, date) in dates.enumerated() {
      let share = date.map { Recency.share(age: newest - $0, halfLife: halfLife) } ?? 0
      weighted[index].score *= Recency.factor(share)
    }
    let order = weighted.indices.sorted {
      weighted[$0].score != weighted[$1].score ? weighted[$0].score > weighted[$1].score : $0 < $1
    }
    return order.map { weighted[$0] }
  }

  /// So many of the best hits by relevance can move up by their date.
  static let recencyDepth = 1000

  /// By date; documents without one come last, ties in order of ingest.
  func sorted(_ hits: [Hit], newestFirst: Bool) throws(GriotError) -> [Hit] {
    let dates = try dates(of: hits)
    return hits.indices.sorted { a, b in
      if let left = dates[a], let right = dates[b], left != right { return newestFirst ? left > right : left < right }
      if (dates[a] == nil) != (dates[b] == nil) { return dates[a] != nil }
      return (hits[a].segment, hits[a].document) < (hits[b].segment, hits[b].document)
    }.map { hits[$0] }
  }

  private func dates(of hits: [Hit]) throws(GriotError) -> [Int64?] {
    var columns: [IntegerColumn?] = []
    for segment in memory.reader.segments {
      columns.append(try engine(memory.path) { () throws(IndexError) in try segment.integers(MemorySchema.date) })
    }
    return hits.map { columns[$0.segment]?[$0.document] }
  }
}

/// How age weakens a score.
enum Recency {
  /// 1 for what is new, a half after a half-life, 0 at last.
  static func share(age: Int64, halfLife: Int64) -> Float {
    let halves = Double(max(0, age)) / Double(halfLife)
    guard halves < 64 else { return 0 }
    // 2^-x by parts, so that no C library decides on the last bit.
    var value = Double(1) / Double(UInt64(1) << UInt64(halves))
    let rest = halves - halves.rounded(.down)
    var term = 1.0
    var sum = 1.0
    let x = -rest * 0.693_147_180_559_945_3
    for k in 1...20 {
      term *= x / Double(k)
      sum += term
    }
    value *= sum
    return Float(value)
  }

  static func factor(_ share: Float) -> Float { (2 + share) / 3 }
}
