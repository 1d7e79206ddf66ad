import Documents

/// Captions that scroll: every cue repeats the end of the one before, so that the text is there twice (R24).
enum RollingCaptions {
  /// Takes repetitions out if the file rolls: in at least a third of the pairs of cues the second begins with the
  /// last line of the first. In other files people just repeat themselves.
  static func flatten(_ cues: inout [Cue]) {
    guard cues.count >= 4 else { return }
    var repeats = 0
    for index in 1..<cues.count where firstLine(cues[index].text).elementsEqual(lastLine(cues[index - 1].text)) {
      repeats += 1
    }
    guard repeats * 3 >= cues.count - 1 else { return }
    var out: [Cue] = []
    var previous: [ArraySlice<UInt8>] = []
    for cue in cues {
      let words = cue.text.split(whereSeparator: { $0.isWhiteSpace })
      let overlap = overlap(previous, words)
      previous = words
      if overlap == words.count {
        // Nothing new: the words stay on the screen.
        if let last = out.indices.last { out[last].time.end = max(out[last].time.end, cue.time.end) }
        continue
      }
      var new = cue
      if overlap > 0 { new.text = Array(cue.text[words[overlap].startIndex...]) }
      out.append(new)
    }
    cues = out
  }

  private static func firstLine(_ text: [UInt8]) -> ArraySlice<UInt8> { text.prefix { $0 != 0x0A } }
  private static func lastLine(_ text: [UInt8]) -> ArraySlice<UInt8> {
    text[(text.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)...]
  }

  /// How many words at the front of `next` are the end of `previous`: the longest such run.
  private static func overlap(_ previous: [ArraySlice<UInt8>], _ next: [ArraySlice<UInt8>]) -> Int {
    var length = min(previous.count, next.count, 64)
    while length > 0 {
      if previous.suffix(length).elementsEqual(next.prefix(length), by: { $0.elementsEqual($1) }) { return length }
      length -= 1
    }
    return 0
  }
}
