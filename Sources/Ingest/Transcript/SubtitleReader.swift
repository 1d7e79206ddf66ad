import Documents

/// WebVTT and SubRip files: one recording, one document, its turns as cues with speaker and time.
struct SubtitleReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    guard sink.begin(recordAt: 0) else { return }
    let bytes = try source.whole(limit: context.limits.recordBytes)
    let range = RecordRange(offset: 0, length: UInt64(bytes.count))
    let decoded = CharsetDecoder.decode(bytes)
    var file = decoded.utf8.withUnsafeBufferPointer { CueParser.parse($0) }
    guard !file.cues.isEmpty else {
      let reason = "no cues in this \(context.format.name) file"
      sink.skipped(RecordProblem(member: context.member, record: range, reason: reason))
      return
    }
    RollingCaptions.flatten(&file.cues)
    CueSpeakers.resolve(&file.cues, hasVoiceTags: file.hasVoiceTags, isSubRip: context.format == .srt)
    var document = Self.document(file, context)
    document.record = range
    document.member = context.member
    document.take(decoded)
    sink.document(document)
  }

  private static func document(_ file: CueFile, _ context: ReadContext) -> Document {
    var document = Document(externalID: "", kind: .transcript)
    let names = NameFacts(context.memberPath)
    document.title = file.fact("title", "topic", "subject") ?? (file.headline.isEmpty ? names.title : file.headline)
    document.date =
      file.fact("date", "recorded", "published", "start-time", "recording-date").flatMap { DateParser.parse($0) }
      ?? names.date
    document.declaredLanguage = file.fact("language", "lang").flatMap { $0.utf8.count <= 35 ? $0 : nil }
    document.url = file.fact("url", "video", "media", "source").flatMap { $0.contains("://") ? $0 : nil }
    for person in file.fact("speakers", "speaker").map({ PeopleParser.parse($0, role: .speaker) }) ?? [] {
      document.people.append(person)
    }
    for remark in file.remarks.prefix(16) { document.attributes.append(Attribute("note", String(remark.prefix(500)))) }
    TurnBuilder.append(file.cues, to: &document)
    if let end = file.cues.map(\.time.end).max() {
      document.attributes.append(Attribute("duration", Clock.anchor(end)))
    }
    document.markAnonymousSpeakers()
    return document
  }
}
