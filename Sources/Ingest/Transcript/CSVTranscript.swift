import Documents

/// A transcript kept as a table: a column of speakers, one of words, perhaps one of times (oral history collections).
enum CSVTranscript {
  struct Columns {
    var speaker: Int
    var words: Int
    var time: Int?

    /// `nil` if the table is something else.
    init?(_ header: [[UInt8]], _ roles: [JSONFieldRole]) {
      let names = header.map { WhiteSpace.collapse($0).lowercased() }
      guard let speaker = names.firstIndex(where: { $0 == "speaker" || $0 == "speaker name" }) else { return nil }
      let wordNames = ["words", "utterance", "transcript", "text", "content", "spoken", "line", "message"]
      guard let words = names.firstIndex(where: { wordNames.contains($0) }) else { return nil }
      // A table of talks has a speaker and a text too, but each row is a talk of its own.
      guard !roles.contains(where: { $0 == .title || $0 == .url }) else { return nil }
      self.speaker = speaker
      self.words = words
      time = names.firstIndex { ["timestamp", "time", "start", "start time", "timecode", "begin"].contains($0) }
    }
  }

  static func document(_ columns: Columns, _ rows: inout CSVRows, _ context: ReadContext) -> Document {
    var document = Document(externalID: "", kind: .transcript)
    document.nameByFile(context)
    while let row = rows.next() {
      guard columns.words < row.fields.count else { continue }
      let words = row.fields[columns.words].withUnsafeBufferPointer { MarkupStripper.text($0) }
      let name = columns.speaker < row.fields.count ? speaker(row.fields[columns.speaker]) : ""
      let start = columns.time.flatMap { $0 < row.fields.count ? time(row.fields[$0]) : nil }
      var block = Block(name.isEmpty ? .paragraph : .cue)
      if !name.isEmpty { block.speaker = document.speaker(name) }
      if let start {
        block.kind = .cue
        block.time = TimeRange(start: start, end: start)
        block.anchor = Clock.anchor(start)
      }
      document.append(block, WhiteSpace.collapse(words).utf8)
    }
    document.markAnonymousSpeakers()
    return document
  }

  /// `DB:` and `DB` are one.
  private static func speaker(_ field: [UInt8]) -> String {
    var name = WhiteSpace.collapse(field)[...]
    while name.last == ":" { name = name.dropLast() }
    return String(name)
  }

  /// The first clock of a cell: `[00:03:43] beginning of the interview`.
  private static func time(_ field: [UInt8]) -> UInt32? {
    field.withUnsafeBufferPointer { bytes in
      bytes.firstIndex { $0.isASCIIDigit }.flatMap { Clock.read(bytes, at: $0)?.milliseconds }
    }
  }
}
