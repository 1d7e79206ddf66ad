import Documents

/// WebVTT and SubRip, as tolerant as players are: timing lines are the skeleton, everything between two of them is the
/// first one's text, except identifiers, notes and styles.
///
/// Sources: W3C WebVTT (https://www.w3.org/TR/webvtt1); SubRip has no standard.
struct CueParser {
  private let lines: [UnsafeBufferPointer<UInt8>]
  private var file = CueFile()

  /// - Parameter text: UTF-8 without byte order mark; line ends LF, CRLF or CR.
  static func parse(_ text: UnsafeBufferPointer<UInt8>) -> CueFile {
    var parser = CueParser(lines: split(text))
    parser.run()
    return parser.file
  }

  private init(lines: [UnsafeBufferPointer<UInt8>]) { self.lines = lines }

  private static func split(_ text: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
    var out: [UnsafeBufferPointer<UInt8>] = []
    var start = 0
    var i = 0
    while i < text.count {
      if text[i] == 0x0A || text[i] == 0x0D {
        out.append(UnsafeBufferPointer(rebasing: text[start..<i]))
        if text[i] == 0x0D, i + 1 < text.count, text[i + 1] == 0x0A { i += 1 }
        start = i + 1
      }
      i += 1
    }
    if start < text.count { out.append(UnsafeBufferPointer(rebasing: text[start...])) }
    return out
  }

  private mutating func run() {
    var timings: [(line: Int, timing: CueTiming)] = []
    for (index, line) in lines.enumerated() where line.count >= 9 {
      if let timing = CueTiming(line) { timings.append((index, timing)) }
    }
    header(lines[..<(timings.first?.line ?? lines.count)])
    for (index, entry) in timings.enumerated() {
      let end = index + 1 < timings.count ? timings[index + 1].line : lines.count
      let payload = payload(lines[(entry.line + 1)..<end], isLast: index + 1 == timings.count)
      for voice in CueText.voices(payload) {
        if voice.isTagged { file.hasVoiceTags = true }
        if !voice.text.isEmpty { file.cues.append(Cue(time: entry.timing.time, speaker: voice.name, text: voice.text)) }
      }
    }
  }

  /// What stands before the first cue: headline, facts, notes. The last line may be that cue's identifier.
  private mutating func header(_ lines: ArraySlice<UnsafeBufferPointer<UInt8>>) {
    var inNote = false
    var inStyle = false
    for (index, line) in lines.enumerated() {
      let text = WhiteSpace.collapse(line)
      if index == 0 {
        let first = text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
        guard first.hasPrefix("WEBVTT") else { continue }
        file.headline = WhiteSpace.trim(first.dropFirst(6).drop { $0 == " " || $0 == "-" || $0 == "–" })
        continue
      }
      if text.isEmpty {
        inNote = false
        inStyle = false
      } else if text == "STYLE" || text == "REGION" {
        inStyle = true
      } else if !inStyle {
        var fact = text
        if text == "NOTE" || text.hasPrefix("NOTE ") {
          inNote = true
          fact = WhiteSpace.trim(text.dropFirst(4))
        }
        take(fact: fact, isNote: inNote)
      }
    }
  }

  private mutating func take(fact: String, isNote: Bool) {
    guard !fact.isEmpty else { return }
    if let colon = fact.firstIndex(of: ":"), fact[..<colon].utf8.count <= 24, !fact[..<colon].contains(" ") {
      let value = WhiteSpace.trim(fact[fact.index(after: colon)...])
      if !value.isEmpty, !value.hasPrefix("//") {
        file.facts.append((fact[..<colon].lowercased(), value))
        return
      }
    }
    if isNote { file.remarks.append(fact) }
  }

  /// The words below a timing line: not the next cue's identifier, not notes and styles. A line of white space that
  /// players show as padding does not end a cue (R24); only a truly empty one may.
  private mutating func payload(
    _ lines: ArraySlice<UnsafeBufferPointer<UInt8>>, isLast: Bool
  ) -> [UnsafeBufferPointer<UInt8>] {
    var out: [UnsafeBufferPointer<UInt8>] = []
    var skipping = false
    var afterEmpty = false
    var lastFollowsEmpty = false
    for line in lines {
      if line.isEmpty {
        afterEmpty = true
        skipping = false
        continue
      }
      if afterEmpty || out.isEmpty, Self.opensNote(line) {
        skipping = true
        if line.count > 5, line.starts(with: "NOTE".utf8) {
          let rest = UnsafeBufferPointer(rebasing: line[5...])
          take(fact: WhiteSpace.collapse(rest), isNote: true)
        }
      }
      if !skipping {
        out.append(line)
        lastFollowsEmpty = afterEmpty
      }
      afterEmpty = false
    }
    guard !isLast, let last = out.last else { return out }
    // The next cue's identifier: behind an empty line, or a bare number where that line is missing.
    let isNumber = WhiteSpace.trim(last).allSatisfy { $0.isASCIIDigit }
    if !afterEmpty, lastFollowsEmpty || (isNumber && out.count > 1) || (isNumber && lines.count == 1) {
      out.removeLast()
    }
    return out
  }

  private static func opensNote(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let word = line.prefix { !$0.isWhiteSpace }
    return word.elementsEqual("NOTE".utf8)
      || (line.count <= 7 && (word.elementsEqual("STYLE".utf8) || word.elementsEqual("REGION".utf8)))
  }
}
