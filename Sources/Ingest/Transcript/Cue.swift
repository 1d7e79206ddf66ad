import Documents

/// What is said over one stretch of a recording.
struct Cue {
  var time: TimeRange
  /// As labelled here; `nil` if the cue names nobody.
  var speaker: String?
  /// UTF-8, lines separated by line feeds, mark-up and label gone.
  var text: [UInt8]
}

/// A subtitle file taken apart.
struct CueFile {
  var cues: [Cue] = []
  /// `Kind:`, `Language:`, `Title:` and the like from the header and from notes; keys in lower case.
  var facts: [(key: String, value: String)] = []
  /// Text behind `WEBVTT` on the first line.
  var headline = ""
  /// Other notes, in order.
  var remarks: [String] = []
  /// Cues named their speakers by `<v Name>`.
  var hasVoiceTags = false

  func fact(_ keys: String...) -> String? {
    for key in keys {
      if let value = facts.first(where: { $0.key == key })?.value { return value }
    }
    return nil
  }
}
