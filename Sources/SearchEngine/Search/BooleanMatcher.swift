/// Clauses over whole documents.
final class BooleanMatcher: Matcher {
  struct Clause {
    var occur: BooleanQuery.Occur
    var matcher: Matcher
  }

  /// Owns the matchers, which the loops below walk uncounted: at every document a reference would be counted up and down
  /// for each clause.
  private let clauses: [Clause]
  /// `must` and `filter`, the rarest first.
  private let required: [Unmanaged<Matcher>]
  private let optional: [Unmanaged<Matcher>]
  private let excluded: [Unmanaged<Matcher>]
  private let scored: [Unmanaged<Matcher>]
  private let minimumShould: Int
  private let documentCount: DocumentOrdinal

  init(_ clauses: [Clause], minimumShould: Int, documentCount: DocumentOrdinal) {
    self.clauses = clauses
    self.minimumShould = minimumShould
    self.documentCount = documentCount
    func matchers(_ occurs: BooleanQuery.Occur...) -> [Matcher] {
      clauses.filter { occurs.contains($0.occur) }.map(\.matcher)
    }
    let required = matchers(.must, .filter).sorted { $0.cost < $1.cost }
    let optional = matchers(.should)
    self.required = required.map(Unmanaged.passUnretained)
    self.optional = optional.map(Unmanaged.passUnretained)
    excluded = matchers(.mustNot).map(Unmanaged.passUnretained)
    scored = matchers(.must).map(Unmanaged.passUnretained)
    let cost =
      required.first?.cost
      ?? (minimumShould > 0 ? optional.reduce(0) { $0 + $1.cost } : UInt64(documentCount))
    super.init(cost: cost)
  }

  override func find(from target: DocumentOrdinal) -> DocumentOrdinal {
    var target = target
    while true {
      let candidate = nextCandidate(from: target)
      if candidate == .noMore { return .noMore }
      if hasEnough(candidate), !isExcluded(candidate) { return candidate }
      target = candidate + 1
    }
  }

  /// The first document from `target` on that holds everything required, or any of the optional ones where nothing is.
  private func nextCandidate(from target: DocumentOrdinal) -> DocumentOrdinal {
    guard let lead = required.first else {
      if minimumShould == 0 { return target < documentCount ? target : .noMore }
      var next = DocumentOrdinal.noMore
      for matcher in optional { next = min(next, matcher.advance(to: target)) }
      return next
    }
    var candidate = lead.advance(to: target)
    var index = 1
    while candidate != .noMore, index < required.count {
      let found = required[index].advance(to: candidate)
      if found == candidate {
        index += 1
      } else {
        candidate = found == .noMore ? .noMore : lead.advance(to: found)
        index = 1
      }
    }
    return candidate
  }

  private func hasEnough(_ candidate: DocumentOrdinal) -> Bool {
    if minimumShould == 0 || required.isEmpty && minimumShould == 1 { return true }
    var found = 0
    for matcher in optional where matcher.advance(to: candidate) == candidate {
      found += 1
      if found == minimumShould { return true }
    }
    return false
  }

  private func isExcluded(_ candidate: DocumentOrdinal) -> Bool {
    excluded.contains { $0.advance(to: candidate) == candidate }
  }

  override func collect(into scores: inout PassageScores) {
    for matcher in scored { matcher._withUnsafeGuaranteedRef { $0.collect(into: &scores) } }
    for matcher in optional where matcher.advance(to: document) == document {
      matcher._withUnsafeGuaranteedRef { $0.collect(into: &scores) }
    }
  }
}

extension Unmanaged where Instance == Matcher {
  @inline(__always)
  fileprivate func advance(to target: DocumentOrdinal) -> DocumentOrdinal {
    _withUnsafeGuaranteedRef { $0.advance(to: target) }
  }
}
