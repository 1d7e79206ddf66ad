/// Is a text a transcript with labelled turns?
enum SpeakerLabels {
  /// Judged by lines: labels must be frequent, and the same people must speak more than once.
  static func fit(_ lines: [UnsafeBufferPointer<UInt8>]) -> Bool {
    var turns = 0
    var certain = 0
    var paragraphs = 0
    var names: [String: Int] = [:]
    var spokenLines = 0
    var previousBlank = true
    for line in lines {
      let isBlank = line.allSatisfy { $0.isWhiteSpace }
      defer { previousBlank = isBlank }
      guard !isBlank else { continue }
      spokenLines += 1
      if let label = SpeakerLabel(line) {
        turns += 1
        if label.isCertain { certain += 1 }
        names[label.name, default: 0] += 1
        if !previousBlank { paragraphs += 1 }
      }
      if previousBlank { paragraphs += 1 }
    }
    // A chat in which two words were said: every line has its clock and its name.
    if turns > 0, certain == spokenLines { return true }
    guard turns >= 3, paragraphs > 0 else { return false }
    let repeated = names.values.filter { $0 >= 2 }.count
    if certain * 2 >= turns, certain >= 3 { return turns * 4 >= paragraphs }
    // Without clocks: a dialogue, in which most turns belong to people who speak again.
    let spoken = names.values.filter { $0 >= 2 }.reduce(0, +)
    return repeated >= 2 && spoken * 3 >= turns * 2 && turns * 5 >= paragraphs * 2
  }
}
