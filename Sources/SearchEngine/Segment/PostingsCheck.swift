/// Reads all postings of a segment and compares them with all that is said about them.
struct PostingsCheck {
  struct Counts {
    var terms: UInt64 = 0
    var postings: UInt64 = 0
    var positions: UInt64 = 0
  }

  private let segment: SegmentReader

  init(_ segment: SegmentReader) { self.segment = segment }

  func run(_ counts: inout Counts) throws(IndexError) {
    let dictionary = try segment.terms()
    var terms = dictionary.iterator()
    var before: [UInt8]?
    while try terms.next() {
      let stem = terms.term
      if let before, !before.lexicographicallyPrecedes(stem) { throw corrupt(stem, "is not in order") }
      let info = try terms.info()
      guard try dictionary.lookup(stem)?.ordinal == counts.terms, info.ordinal == counts.terms else {
        throw corrupt(stem, "is not found at its place")
      }
      counts.terms += 1
      try check(stem, info, try dictionary.forms(of: info, stem: stem), &counts)
      before = stem
    }
    guard counts.terms == dictionary.count else {
      throw corrupt([], "\(counts.terms) terms were found, the dictionary says \(dictionary.count)")
    }
  }

  private func corrupt(_ stem: [UInt8], _ what: String) -> IndexError {
    .corrupt(
      file: segment.record.name(.terms), offset: 0, what: "term '\(String(decoding: stem, as: UTF8.self))' " + what)
  }

  private func check(
    _ stem: [UInt8], _ info: TermInfo, _ forms: [TermForm], _ counts: inout Counts
  ) throws(IndexError) {
    let table = try segment.passages()
    let norms = try segment.norms()
    var cursor = try segment.postings(info)
    var positions = try segment.positions(info)
    let pairs = UnsafeMutablePointer<Impact>.allocate(capacity: 16)
    defer { pairs.deallocate() }
    let listPairs = pairs + 8
    let listCount = cursor.listImpacts(listPairs)
    var formCounts = FormCounts()
    formCounts.begin(forms.count)
    var passageCount: UInt32 = 0
    var documentCount: UInt32 = 0
    var total: UInt64 = 0
    var last: (passage: UInt32, document: UInt32)?
    while cursor.passage != .noMore {
      let passage = cursor.passage
      let document = table.document(of: passage)
      if let last, last.passage >= passage { throw corrupt(stem, "has postings out of order") }
      if last?.document != document { documentCount += 1 }
      last = (passage, document)
      passageCount += 1
      let frequency = cursor.frequency
      total += UInt64(frequency)
      let norm = norms[passage]
      let blockEnd = cursor.shallowAdvance(to: passage)
      let count = cursor.shallowImpacts(pairs)
      guard blockEnd >= passage, Self.isBounded(frequency, norm, pairs, count),
        Self.isBounded(frequency, norm, listPairs, listCount)
      else { throw corrupt(stem, "has a posting that its impacts do not bound (passage \(passage))") }
      let found = cursor.groupImpacts(at: passage, pairs)
      guard Self.isBounded(frequency, norm, pairs, found.count) else {
        throw corrupt(stem, "has a posting that its group's impacts do not bound (passage \(passage))")
      }
      guard positions.read(&cursor) == frequency, positions.readCodes(&cursor) == frequency else {
        try segment.checkDamage()
        throw corrupt(stem, "has as many positions as frequencies no longer")
      }
      for i in 0..<Int(frequency) {
        guard i == 0 || positions.positions[i - 1] <= positions.positions[i],
          positions.positions[i] < SegmentBuilder.mostPositions
        else { throw corrupt(stem, "has positions out of order (passage \(passage))") }
        guard positions.codes[i] < UInt32(forms.count) else {
          throw corrupt(stem, "has a form that is not listed (passage \(passage))")
        }
        formCounts.add(positions.codes[i], passage: passage, document: document)
      }
      _ = cursor.advance()
    }
    try segment.checkDamage()
    guard passageCount == info.passageFrequency, documentCount == info.documentFrequency, total == info.totalFrequency
    else { throw corrupt(stem, "does not have the frequencies that the dictionary says") }
    for (code, form) in forms.enumerated() {
      let (passages, documents) = formCounts.frequencies(code)
      guard form.passageFrequency == passages, form.documentFrequency == documents, passages > 0 else {
        throw corrupt(stem, "has a form without its frequencies: '\(String(decoding: form.form, as: UTF8.self))'")
      }
    }
    counts.postings += UInt64(passageCount)
    counts.positions += total
  }

  /// Whether a pair has at least the frequency, in a passage that is not longer.
  private static func isBounded(
    _ frequency: UInt32, _ norm: UInt8, _ pairs: UnsafePointer<Impact>, _ count: Int
  ) -> Bool {
    (0..<count).contains { pairs[$0].frequency >= frequency && pairs[$0].norm <= norm }
  }
}
