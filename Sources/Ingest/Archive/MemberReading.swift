import Documents

/// Detects and reads what is not a file on the disk: a member of an archive, the inside of a compressed file.
enum MemberReading {
  static func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    let detection = FormatDetector.detect(source, path: context.memberPath)
    let reader = ReaderRegistry.reader(for: detection.format)
    let reason = detection.skipReason ?? (reader == nil ? MagicNumbers.noReader(detection.format.name) : nil)
    guard reason == nil, var reader else {
      guard sink.begin(recordAt: 0) else { return }
      let record = RecordRange(offset: 0, length: 0)
      return sink.skipped(RecordProblem(member: context.member, record: record, reason: reason ?? "no reader"))
    }
    var context = context
    context.format = detection.format
    try reader.read(source, context, into: sink)
  }
}
