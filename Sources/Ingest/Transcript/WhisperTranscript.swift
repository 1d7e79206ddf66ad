import Documents

/// The JSON of Whisper, whisperX and their kin: `segments` with `start`, `end` (seconds), `text`, perhaps `speaker`.
enum WhisperTranscript {
  /// - Returns: `nil` if the object is something else.
  static func document(_ root: JSONNode, _ context: ReadContext) -> Document? {
    guard let segments = root.member("segments"), segments.isArray else { return nil }
    var cues: [Cue] = []
    for segment in segments.children {
      guard segment.isObject, let text = segment.member("text"), text.isString,
        let start = segment.member("start")?.number, let end = segment.member("end")?.number ?? Optional(start)
      else { return nil }
      let words = WhiteSpace.trim(text.text)
      guard !words.isEmpty else { continue }
      let time = TimeRange(start: milliseconds(start), end: max(milliseconds(start), milliseconds(end)))
      cues.append(Cue(time: time, speaker: segment.member("speaker")?.scalar, text: Array(words)))
    }
    guard !cues.isEmpty else { return nil }
    var document = Document(externalID: "", kind: .transcript)
    let names = NameFacts(context.memberPath)
    document.title = root.member("title")?.scalar.map { WhiteSpace.collapse($0) } ?? names.title
    document.date = root.member("date")?.scalar.flatMap { DateParser.parse($0) } ?? names.date
    document.declaredLanguage = root.member("language")?.scalar
    TurnBuilder.append(cues, to: &document)
    document.markAnonymousSpeakers()
    return document
  }

  private static func milliseconds(_ seconds: Double) -> UInt32 {
    seconds.isFinite && seconds > 0 && seconds < 4_000_000 ? UInt32(seconds * 1000) : 0
  }
}
