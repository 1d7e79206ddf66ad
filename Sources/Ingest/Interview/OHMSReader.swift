import Documents

/// OHMS interviews (Oral History Metadata Synchronizer): the index of segments, and the transcript with the times that
/// its synchronization gives, or WebVTT inside.
struct OHMSReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    guard sink.begin(recordAt: 0) else { return }
    let bytes = try source.whole(limit: context.limits.recordBytes)
    let range = RecordRange(offset: 0, length: UInt64(bytes.count))
    let decoded = CharsetDecoder.decode(bytes, CharsetDecoder.Hints(isMarkup: true))
    let tree = try decoded.utf8.withUnsafeBytes { try XMLTree($0) }
    guard let record = tree.root?.first("record") ?? tree.root else { throw ReadError("no element in this XML") }
    var document = try Self.document(record, context)
    document.record = range
    document.member = context.member
    document.take(decoded)
    if document.blocks.isEmpty {
      let reason = "an interview without transcript and index"
      sink.skipped(RecordProblem(member: context.member, record: range, reason: reason))
    } else {
      sink.document(document)
    }
  }

  private static func document(_ record: XMLElement, _ context: ReadContext) throws -> Document {
    var document = Document(externalID: "", kind: .transcript)
    func fact(_ name: String) -> String { record.child(name)?.line ?? "" }
    document.title = fact("title")
    let date = record.child("date")?.attribute("value") ?? ""
    document.date = DateParser.parse(date) ?? DateParser.parse(fact("date_nonpreferred_format"))
    for name in ["interviewee", "interviewer"] {
      for person in record.all(name) {
        let name = person.line
        if !name.isEmpty { document.people.append(PersonMention(name: turned(name), role: .speaker)) }
      }
    }
    for (key, element) in [
      ("accession", "accession"), ("collection", "collection_name"), ("series", "series_name"),
      ("repository", "repository"), ("duration", "duration"), ("media", "media_url"), ("rights", "rights"),
    ] {
      let value = fact(element)
      if !value.isEmpty { document.attributes.append(Attribute(key, String(value.prefix(500)))) }
    }
    for name in ["subject", "keyword"] {
      for tag in record.all(name) { if !tag.line.isEmpty { document.attributes.append(Attribute("tag", tag.line)) } }
    }
    let url = fact("media_url")
    if url.contains("://") { document.url = url }
    let description = record.child("description")?.text ?? []
    append(description, to: &document)
    let transcript = record.child("transcript")?.text ?? []
    let captions = record.child("vtt_transcript")?.text ?? []
    let hasTranscript = !WhiteSpace.collapse(transcript).isEmpty || !WhiteSpace.collapse(captions).isEmpty
    for point in record.child("index")?.all("point") ?? [] { index(point, hasTranscript, &document) }
    if !WhiteSpace.collapse(captions).isEmpty {
      var file = captions.withUnsafeBufferPointer { CueParser.parse($0) }
      RollingCaptions.flatten(&file.cues)
      CueSpeakers.resolve(&file.cues, hasVoiceTags: file.hasVoiceTags, isSubRip: false)
      TurnBuilder.append(file.cues, to: &document)
    } else if hasTranscript {
      let sync = Synchronization(fact("sync"))
      try transcript.withUnsafeBufferPointer { try turns($0, sync, context, &document) }
    }
    document.nameByFile(context)
    document.markAnonymousSpeakers()
    return document
  }

  /// `Moore, Gordon E.`
  private static func turned(_ name: String) -> String {
    let parts = name.split(separator: ",", maxSplits: 1).map { WhiteSpace.trim($0) }
    return parts.count == 2 && !parts[1].contains(",") ? parts[1] + " " + parts[0] : name
  }

  private static func append(_ text: [UInt8], to document: inout Document) {
    text.withUnsafeBufferPointer { document.appendParagraphs($0) }
  }

  private static func index(_ point: XMLElement, _ hasTranscript: Bool, _ document: inout Document) {
    let title = point.child("title")?.line ?? ""
    let seconds = point.child("time").flatMap { UInt32($0.line) }
    let time = seconds.map { TimeRange(start: $0 &* 1000, end: $0 &* 1000) }
    if !title.isEmpty {
      document.append(
        Block(.heading, level: 2, anchor: time.map { Clock.anchor($0.start) }, time: time), title.utf8)
    }
    append(point.child("synopsis")?.text ?? [], to: &document)
    if !hasTranscript { append(point.child("partial_transcript")?.text ?? [], to: &document) }
    for name in ["keywords", "subjects"] {
      let line = (point.child(name)?.line ?? "").split(separator: ";").map { WhiteSpace.trim($0) }
      let words = line.filter { !$0.isEmpty }.joined(separator: "; ")
      if !words.isEmpty { document.append(Block(.paragraph), words.utf8) }
    }
  }

  private static func turns(
    _ text: UnsafeBufferPointer<UInt8>, _ sync: Synchronization, _ context: ReadContext, _ document: inout Document
  ) throws {
    let lines = try TextLines.split(text, limit: context.limits.lineBytes)
    let labels = SpeakerTurns.labels(lines)
    TextBlocks.append(lines[..<(labels.first?.line ?? lines.count)], to: &document, options: .prose)
    for (number, entry) in labels.enumerated() {
      let next = number + 1 < labels.count ? labels[number + 1].line : lines.count
      let start = entry.label.time ?? sync.milliseconds(atLine: entry.line + 1)
      let end = sync.milliseconds(atLine: next + 1)
      let time = start.map { TimeRange(start: $0, end: max($0, end ?? $0)) }
      let speaker = document.speaker(fullName(entry.label.name, document.people))
      for (index, paragraph) in SpeakerTurns.paragraphs(lines, entry, until: next).enumerated() {
        let anchor = index == 0 ? time.map { Clock.anchor($0.start) } : nil
        document.append(Block(.cue, anchor: anchor, time: time, speaker: speaker), paragraph)
      }
    }
  }

  /// Labels are last names: the only speaker who bears one is meant.
  private static func fullName(_ label: String, _ people: [PersonMention]) -> String {
    let wanted = label.lowercased()
    let fits = people.filter { person in
      person.role == .speaker && person.name.split(separator: " ").contains { $0.lowercased() == wanted }
    }
    return fits.count == 1 ? fits[0].name : label
  }
}

/// `1:|13(3)|19(14)|…`: every so many minutes the number of the line (and word) that the recording has come to.
struct Synchronization {
  private var lines: [Int] = []
  private var minutes = 1

  init(_ text: String) {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    guard let head = parts.first, parts.count > 1 else { return }
    minutes = Int(head.prefix { $0.isNumber }) ?? 1
    for part in parts.dropFirst() { lines.append(Int(part.prefix { $0.isNumber }) ?? lines.last ?? 0) }
  }

  /// - Parameter line: Counted from 1.
  /// - Returns: When the line is spoken, to the interval; `nil` without synchronization.
  func milliseconds(atLine line: Int) -> UInt32? {
    guard !lines.isEmpty else { return nil }
    let passed = lines.filter { $0 <= line }.count
    return UInt32(clamping: passed * minutes * 60_000)
  }
}
