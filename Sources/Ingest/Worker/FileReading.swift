import Documents

/// One request: open, detect, read, account.
enum FileReading {
  static func read(_ request: ReadRequest, limits: ReadLimits, into sink: PipeSink) -> FileSummary {
    var summary = FileSummary(format: Format.unreadable.rawValue)
    do {
      let source = try MappedFile(path: request.pathBytes ?? Array(request.path.utf8))
      summary.bytes = source.byteCount ?? 0
      summary.content = source.content
      let detection = FormatDetector.detect(source, path: request.relativePath)
      summary.format = detection.format.rawValue
      if let reason = detection.skipReason {
        summary.skipped = reason
        return summary
      }
      guard var reader = ReaderRegistry.reader(for: detection.format) else {
        summary.skipped = MagicNumbers.noReader(detection.format.name)
        return summary
      }
      let context = ReadContext(request: request, format: detection.format, limits: limits)
      try reader.read(source, context, into: sink)
    } catch {
      if let offset = sink.current, offset >= request.startOffset {
        sink.failed(RecordProblem(record: RecordRange(offset: offset, length: 0), reason: "\(error)"))
      } else {
        summary.failed = "\(error)"
      }
    }
    summary.records = sink.records
    return summary
  }
}
