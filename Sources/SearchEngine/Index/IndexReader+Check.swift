/// What a check read and found.
public struct IndexCheckReport: Sendable {
  public internal(set) var segments = 0
  public internal(set) var documents: UInt64 = 0
  public internal(set) var passages: UInt64 = 0
  public internal(set) var terms: UInt64 = 0
  public internal(set) var postings: UInt64 = 0
  public internal(set) var positions: UInt64 = 0
  public internal(set) var bytes: UInt64 = 0
  /// What is not as it should be; empty for a sound memory. Each part of a segment stops at its first problem.
  public internal(set) var problems: [IndexError] = []

  public var isSound: Bool { problems.isEmpty }
}

extension IndexReader {
  /// Reads every byte of the commit and verifies it: checksums, and then what checksums cannot say: orders, bounds,
  /// counts, sums, impacts that bound their blocks, forms and codes that name each other.
  public func check() -> IndexCheckReport {
    var report = IndexCheckReport()
    for segment in segments {
      report.segments += 1
      report.documents += UInt64(segment.documentCount)
      report.passages += UInt64(segment.passageCount)
      SegmentCheck(segment).run(&report)
    }
    for (file, mapped) in zip(manifest.sideFiles, sideFiles) {
      report.bytes += file.length
      report.attempt { () throws(IndexError) in _ = try mapped.get() }
    }
    var sequences: UInt64 = 0
    report.attempt { () throws(IndexError) in
      for segment in segments {
        let first = try segment.sequence(0)
        guard first >= sequences else {
          throw .corrupt(
            file: Manifest.fileName, offset: 0, what: "segment \(segment.id) is not in the order of ingest")
        }
        sequences = try segment.sequence(segment.documentCount - 1) + 1
      }
      guard sequences <= manifest.nextSequence else {
        throw .corrupt(file: Manifest.fileName, offset: 0, what: "documents are numbered beyond the next number")
      }
    }
    return report
  }
}

extension IndexCheckReport {
  /// Runs a part of a check; what it throws is a problem.
  mutating func attempt(_ body: () throws(IndexError) -> Void) {
    do throws(IndexError) { try body() } catch { problems.append(error) }
  }
}
