/// Speakers that cues name in their words: `Jane Doe: …` (Zoom), `>> JANE: …` (broadcast captions).
enum CueSpeakers {
  /// Takes labels off the words of cues that name nobody yet.
  ///
  /// Whether `Words:` is a label is a matter of the whole file: people speak more than once. In a WebVTT where most cues
  /// carry a label, a cue without one names nobody; in one that labels only a change, as SubRip does, the speaker goes
  /// on (R23).
  static func resolve(_ cues: inout [Cue], hasVoiceTags: Bool, isSubRip: Bool) {
    guard !hasVoiceTags else { return }
    var found: [Int: SpeakerLabel] = [:]
    var counts: [String: Int] = [:]
    for (index, cue) in cues.enumerated() {
      if let label = cue.text.withUnsafeBufferPointer({ SpeakerLabel($0, isStructural: true) }), label.time == nil {
        found[index] = label
        counts[label.name, default: 0] += 1
      }
    }
    // Handles in lower case count where labels are the rule.
    let isRule = found.count * 10 >= cues.count * 6
    func isSpeaker(_ name: String) -> Bool {
      if isRule { return true }
      guard SpeakerName.isPlausible(name, isStructural: false) else { return false }
      return counts[name]! >= 2 || SpeakerName.wordCount(name) >= 2 || SpeakerName.isAnonymous(name)
    }
    let labelled = found.filter { isSpeaker($0.value.name) }
    guard labelled.count >= 2 || (labelled.count == 1 && cues.count <= 5) else { return }
    var current: String?
    for index in cues.indices {
      if let label = labelled[index] {
        current = label.name
        let words = cues[index].text[label.words...].drop { $0.isWhiteSpace }
        cues[index].text = Array(words)
        cues[index].speaker = label.name
      } else if isRule, !isSubRip {
        current = nil
      } else {
        if cues[index].text.starts(with: ">>".utf8) { current = nil }
        cues[index].speaker = current
      }
    }
    cues.removeAll { $0.text.isEmpty }
  }
}
