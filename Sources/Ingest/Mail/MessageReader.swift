import Documents

/// Reads a file that is one message: `.eml`, a Maildir file, a raw message with or without an mbox separator line.
struct MessageReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    guard sink.begin(recordAt: 0) else { return }
    let bytes = try source.whole(limit: context.limits.recordBytes)
    var start = bytes.prefix(3).elementsEqual([0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count, bytes[start].isASCIISpace { start += 1 }
    if bytes.matches("from ", at: start) { start = min(bytes.lineEnd(from: start) + 1, bytes.count) }
    let record = RecordRange(offset: 0, length: UInt64(bytes.count))
    switch MessageDocument.make(UnsafeRawBufferPointer(rebasing: bytes[start...])) {
    case .success(var document):
      document.record = record
      document.member = context.member
      sink.document(document)
    case .failure(let problem):
      let report = RecordProblem(member: context.member, record: record, reason: problem.reason)
      if problem.isFailure { sink.failed(report) } else { sink.skipped(report) }
    }
  }
}
