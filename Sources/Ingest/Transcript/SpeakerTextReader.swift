import Documents

/// Text in which named speakers take turns: transcripts, interviews, chat logs.
struct SpeakerTextReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    guard sink.begin(recordAt: 0) else { return }
    let bytes = try source.whole(limit: context.limits.recordBytes)
    let range = RecordRange(offset: 0, length: UInt64(bytes.count))
    let decoded = CharsetDecoder.decode(bytes)
    var document = try decoded.utf8.withUnsafeBufferPointer { try Self.document($0, context) }
    document.record = range
    document.member = context.member
    document.take(decoded)
    document.kind = .transcript
    sink.document(document)
  }

  private static func document(_ text: UnsafeBufferPointer<UInt8>, _ context: ReadContext) throws -> Document {
    let lines = try TextLines.split(text, limit: context.limits.lineBytes)
    var document = Document(externalID: "", kind: .transcript)
    let names = NameFacts(context.memberPath)
    document.title = names.title
    document.date = names.date
    SpeakerTurns.append(lines, to: &document)
    return document
  }
}

extension Document {
  /// Makes turns of the paragraphs of an office document, if speakers take turns in them: minutes, Teams' transcripts.
  mutating func findTurns(_ limits: ReadLimits) throws {
    guard !blocks.contains(where: { $0.kind == .tableRow || $0.kind == .cue }) else { return }
    var plain: [UInt8] = []
    for block in blocks { plain += text[block.range] + [0x0A, 0x0A] }
    var made = self
    made.text = []
    made.blocks = []
    let fits = try plain.withUnsafeBufferPointer { buffer in
      let lines = try TextLines.split(buffer, limit: limits.lineBytes)
      guard SpeakerLabels.fit(Array(lines.prefix(400))) else { return false }
      SpeakerTurns.append(lines, to: &made)
      return true
    }
    guard fits else { return }
    made.kind = .transcript
    self = made
  }
}

extension SpeakerTurns {
  /// Appends what stands before the first label as text, the rest as turns.
  static func append(_ lines: [UnsafeBufferPointer<UInt8>], to document: inout Document) {
    let labels = SpeakerTurns.labels(lines)
    let first = labels.first?.line ?? lines.count
    let present = Participants.harvest(lines[..<first])
    TextBlocks.append(lines[..<first], to: &document, options: .prose)
    for (index, entry) in labels.enumerated() {
      let next = index + 1 < labels.count ? labels[index + 1] : nil
      let name = present[entry.label.name.lowercased()] ?? entry.label.name
      let end = next.flatMap { $0.label.time }
      let time = entry.label.time.map { TimeRange(start: $0, end: max($0, end ?? $0)) }
      let speaker = document.speaker(name)
      let paragraphs = SpeakerTurns.paragraphs(lines, entry, until: next?.line ?? lines.count)
      for (number, paragraph) in paragraphs.enumerated() {
        let anchor = number == 0 ? time.map { Clock.anchor($0.start) } : nil
        document.append(Block(.cue, anchor: anchor, time: time, speaker: speaker), paragraph)
      }
    }
    document.markAnonymousSpeakers()
  }
}

/// The turns of a labelled text.
enum SpeakerTurns {
  /// Lines that open a turn. What looks like a label only once, and has no clock, is no label unless it is the name
  /// of two words or more, or all labels are in capitals and so is this one.
  static func labels(_ lines: [UnsafeBufferPointer<UInt8>]) -> [(line: Int, label: SpeakerLabel)] {
    var found: [(line: Int, label: SpeakerLabel)] = []
    var counts: [String: Int] = [:]
    var certain = 0
    var capitals = 0
    for (index, line) in lines.enumerated() {
      guard let label = SpeakerLabel(line) else { continue }
      found.append((index, label))
      counts[label.name, default: 0] += 1
      if label.isCertain { certain += 1 }
      if isCapital(label.name) { capitals += 1 }
    }
    let mostlyCertain = certain * 2 > found.count
    let mostlyCapital = capitals * 10 > found.count * 7
    return found.filter { entry in
      if entry.label.isCertain { return true }
      if mostlyCertain { return counts[entry.label.name]! >= 3 }
      if mostlyCapital { return isCapital(entry.label.name) || counts[entry.label.name]! >= 3 }
      return counts[entry.label.name]! >= 2 || SpeakerName.wordCount(entry.label.name) >= 2
    }
  }

  private static func isCapital(_ name: String) -> Bool {
    !name.unicodeScalars.contains { $0.properties.isLowercase } && name.contains(where: \.isLetter)
  }

  /// The words of a turn, by blank lines.
  static func paragraphs(
    _ lines: [UnsafeBufferPointer<UInt8>], _ entry: (line: Int, label: SpeakerLabel), until end: Int
  ) -> [[UInt8]] {
    var out: [[UInt8]] = []
    var current: [UInt8] = []
    func close() {
      if !current.isEmpty { out.append(current) }
      current = []
    }
    for index in entry.line..<end {
      let line = index == entry.line ? UnsafeBufferPointer(rebasing: lines[index][entry.label.words...]) : lines[index]
      let words = WhiteSpace.trim(line)
      if words.isEmpty {
        if index != entry.line { close() }
      } else {
        if !current.isEmpty { current.append(0x0A) }
        current.append(contentsOf: words)
      }
    }
    close()
    return out
  }
}

/// Full names from the head of a transcript (`Present: Wiebke Petersen, Tomasz Wojcik (by phone)`), so that `TOMASZ:`
/// is not one of many Tomaszes.
enum Participants {
  private static let heads = [
    "present", "attendees", "attending", "participants", "in attendance", "anwesend", "teilnehmer", "teilnehmende",
    "présents", "présent·e·s", "participants et participantes", "presentes", "asistentes", "speakers", "sprecher",
  ]

  /// First and last names, in lower case, that belong to exactly one of the people present, and their whole names.
  static func harvest(_ lines: ArraySlice<UnsafeBufferPointer<UInt8>>) -> [String: String] {
    var names: [String] = []
    for line in lines.prefix(60) {
      let text = WhiteSpace.collapse(line)
      guard let colon = text.firstIndex(of: ":"), heads.contains(text[..<colon].lowercased()) else { continue }
      names += split(String(text[text.index(after: colon)...]))
    }
    var owners: [String: Set<String>] = [:]
    for name in names {
      let words = name.split(separator: " ")
      guard words.count >= 2, SpeakerName.isPlausible(name, isStructural: false) else { continue }
      owners[words.first!.lowercased(), default: []].insert(name)
      owners[words.last!.lowercased(), default: []].insert(name)
    }
    return owners.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  private static func split(_ list: String) -> [String] {
    var out = [""]
    var depth = 0
    for character in list {
      if character == "(" { depth += 1 }
      if depth == 0 {
        if character == "," || character == ";" { out.append("") } else { out[out.count - 1].append(character) }
      }
      if character == ")" { depth = max(0, depth - 1) }
    }
    return out.flatMap { part -> [String] in
      let words = part.split(separator: " ")
      return words.split(whereSeparator: { ["and", "und", "et", "y", "&"].contains($0) }).map {
        $0.joined(separator: " ")
      }
    }.filter { !$0.isEmpty }
  }
}
