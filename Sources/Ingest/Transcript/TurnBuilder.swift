import Documents

/// Joins cues into turns that people can read: one speaker, no long silence, not too long, cut between sentences.
struct TurnBuilder {
  /// A longer silence parts two turns of one speaker.
  static let longestGap: UInt32 = 2_000
  /// From here on a turn ends with the next sentence; at `hard` it ends in any case.
  static let softLength: UInt32 = 45_000, hardLength: UInt32 = 75_000
  static let softWords = 80, hardWords = 150

  private var speaker: String?
  private var time = TimeRange(start: 0, end: 0)
  private var text: [UInt8] = []
  private var words = 0

  static func append(_ cues: [Cue], to document: inout Document) {
    var builder = TurnBuilder()
    for cue in cues { builder.add(cue, to: &document) }
    builder.flush(to: &document)
  }

  private mutating func add(_ cue: Cue, to document: inout Document) {
    if text.isEmpty {
      begin(cue)
      return
    }
    let isClose = cue.time.start <= time.end || cue.time.start - time.end <= Self.longestGap
    let isOrdered = cue.time.start >= time.start
    if cue.speaker != speaker || !isClose || !isOrdered || isFull {
      flush(to: &document)
      begin(cue)
      return
    }
    text.append(0x20)
    append(cue.text)
    time.end = max(time.end, cue.time.end)
  }

  private var isFull: Bool {
    let length = time.end - time.start
    if length >= Self.hardLength || words >= Self.hardWords { return true }
    return (length >= Self.softLength || words >= Self.softWords) && Self.endsSentence(text)
  }

  private mutating func begin(_ cue: Cue) {
    speaker = cue.speaker
    time = cue.time
    text = []
    words = 0
    append(cue.text)
  }

  /// Lines of a cue are cut for the screen: they become spaces.
  private mutating func append(_ cue: [UInt8]) {
    var pending = false
    var inWord = false
    for byte in cue {
      if byte.isWhiteSpace {
        pending = true
        inWord = false
      } else {
        if pending, let last = text.last, last != 0x20 { text.append(0x20) }
        pending = false
        if !inWord { words += 1 }
        inWord = true
        text.append(byte)
      }
    }
  }

  private mutating func flush(to document: inout Document) {
    guard !text.isEmpty else { return }
    let index = speaker.map { document.speaker($0) }
    document.append(Block(.cue, anchor: Clock.anchor(time.start), time: time, speaker: index), text)
    text = []
  }

  /// Full stop, question or exclamation mark, ellipsis, or their CJK and Devanagari kin, perhaps in quotes.
  static func endsSentence(_ text: [UInt8]) -> Bool {
    for scalar in String(decoding: text.suffix(12), as: UTF8.self).unicodeScalars.reversed() {
      switch scalar {
      case "\"", "'", ")", "]", "”", "’", "»", "」", "』": continue
      case ".", "?", "!", "…", "。", "？", "！", "।", "؟": return true
      default: return false
      }
    }
    return false
  }
}
