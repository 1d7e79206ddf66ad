import Documents

/// Puts the records of one member among those of the file that holds it: offsets that rise through the whole file,
/// the member's path, and ids of documents that have none.
final class MemberSink: RecordSink {
  private let outer: any RecordSink
  private let base: UInt64
  /// Inside the archive; empty for a file that is merely compressed.
  private let path: String
  /// External id of a document that has none.
  private let identity: String
  /// Behind the highest offset that was begun in this member.
  private(set) var end: UInt64 = 0

  init(_ outer: any RecordSink, base: UInt64, path: String, identity: String) {
    self.outer = outer
    self.base = base
    self.path = path
    self.identity = identity
  }

  func begin(recordAt offset: UInt64) -> Bool {
    end = max(end, offset.capped(plus: 1))
    return outer.begin(recordAt: base.capped(plus: offset))
  }

  func working() { outer.working() }

  func document(_ document: consuming Document) {
    if document.externalID.isEmpty {
      document.externalID = document.record.offset == 0 ? identity : "\(identity)#\(document.record.offset)"
    }
    document.member = member(document.member)
    document.record.offset = base.capped(plus: document.record.offset)
    outer.document(document)
  }

  func skipped(_ problem: RecordProblem) { outer.skipped(placed(problem)) }
  func failed(_ problem: RecordProblem) { outer.failed(placed(problem)) }

  /// A word on the member as a whole, after whatever was read of it.
  func close(failed reason: String) {
    let offset = end
    if begin(recordAt: offset) { failed(RecordProblem(record: RecordRange(offset: offset, length: 0), reason: reason)) }
  }

  func close(skipped reason: String) {
    let offset = end
    if begin(recordAt: offset) {
      skipped(RecordProblem(record: RecordRange(offset: offset, length: 0), reason: reason))
    }
  }

  private func placed(_ problem: RecordProblem) -> RecordProblem {
    var problem = problem
    problem.member = member(problem.member)
    problem.record.offset = base.capped(plus: problem.record.offset)
    return problem
  }

  /// Readers name the member they were told; what nested archives put in stands behind it.
  private func member(_ inner: String) -> String {
    if path.isEmpty || inner.isEmpty || inner == path { return path.isEmpty ? inner : path }
    return inner.hasPrefix(path + "!") ? inner : path + "!" + inner
  }
}

extension UInt64 {
  /// The sum, or the largest number: sizes that an archive claims may be anything.
  func capped(plus other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
