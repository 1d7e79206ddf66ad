/// The words of a cue without its mark-up.
enum CueText {
  struct Voice {
    var name: String?
    var isTagged: Bool
    var text: [UInt8]
  }

  /// Splits a cue at `<v Name>` spans (end tags may be missing) and takes off the rest: `<i>`, `<c.loud>`, ruby,
  /// `<00:00:01.000>`, `{\an8}`, entities. Only the tags that subtitles know are taken off, so that `a < b` and
  /// `<laughs>` survive as words.
  static func voices(_ lines: [UnsafeBufferPointer<UInt8>]) -> [Voice] {
    if let plain = plain(lines) { return plain }
    var out: [Voice] = []
    var current = Voice(name: nil, isTagged: false, text: [])
    func close() {
      trim(&current.text)
      if !current.text.isEmpty { out.append(current) }
    }
    for (index, line) in lines.enumerated() {
      if index > 0 { current.text.append(0x0A) }
      var i = 0
      while i < line.count {
        let byte = line[i]
        if byte == UInt8(ascii: "<"), let tag = tag(line, i) {
          if tag.name == "v" {
            if tag.isEnd {
              close()
              current = Voice(name: nil, isTagged: false, text: [])
            } else {
              close()
              let name = annotation(line, i, tag.end)
              current = Voice(name: name.isEmpty ? nil : name, isTagged: true, text: [])
            }
          }
          i = tag.end
        } else if byte == UInt8(ascii: "{"), i + 1 < line.count, line[i + 1] == 0x5C,
          let end = line[i...].firstIndex(of: UInt8(ascii: "}"))
        {
          i = end + 1
        } else if byte == UInt8(ascii: "&"), let (scalar, end) = MarkupStripper.entity(line, i) {
          if scalar.value != 0x200E, scalar.value != 0x200F { current.text += Array(String(Character(scalar)).utf8) }
          i = end
        } else {
          current.text.append(byte)
          i += 1
        }
      }
    }
    close()
    return out
  }

  /// Lines without anything to take off: most cues of most files. `nil` for the others.
  private static func plain(_ lines: [UnsafeBufferPointer<UInt8>]) -> [Voice]? {
    var text: [UInt8] = []
    for line in lines {
      for byte in line where byte == UInt8(ascii: "<") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "{") {
        return nil
      }
      if !text.isEmpty { text.append(0x0A) }
      text.append(contentsOf: line)
    }
    trim(&text)
    return text.isEmpty ? [] : [Voice(name: nil, isTagged: false, text: text)]
  }

  private static func trim(_ text: inout [UInt8]) {
    guard let first = text.first, let last = text.last else { return }
    if first > 0x20, first < 0x80, last > 0x20, last < 0x80 { return }
    // No-break spaces and zero-width marks pad cues; alone they are no words.
    var words = String(decoding: text, as: UTF8.self).unicodeScalars[...]
    func isPadding(_ scalar: Unicode.Scalar) -> Bool {
      scalar.properties.isWhitespace || (0x200B...0x200F).contains(scalar.value) || scalar.value == 0xFEFF
    }
    guard words.first.map(isPadding) == true || words.last.map(isPadding) == true else { return }
    while let first = words.first, isPadding(first) { words = words.dropFirst() }
    while let last = words.last, isPadding(last) { words = words.dropLast() }
    text = Array(String(words).utf8)
  }

  private static let tags: Set<String> = [
    "v", "c", "i", "b", "u", "s", "em", "strong", "font", "lang", "ruby", "rt", "span", "br", "p",
  ]

  /// The tag at a `<`, if it is one that subtitles use.
  private static func tag(_ line: UnsafeBufferPointer<UInt8>, _ start: Int) -> (name: String, isEnd: Bool, end: Int)? {
    var i = start + 1
    guard i < line.count else { return nil }
    let isEnd = line[i] == UInt8(ascii: "/")
    if isEnd { i += 1 }
    if i < line.count, line[i].isASCIIDigit {
      // A time inside a cue.
      guard let clock = Clock.read(line, at: i), clock.end < line.count, line[clock.end] == 0x3E else { return nil }
      return ("", false, clock.end + 1)
    }
    let first = i
    while i < line.count, line[i].isASCIILetter { i += 1 }
    let name = String(decoding: line[first..<i].map(\.asciiLowercased), as: UTF8.self)
    guard tags.contains(name) || (name.isEmpty && isEnd) else { return nil }
    guard let close = line[i...].firstIndex(of: 0x3E) else {
      // `<v Jane Doe` without its bracket takes the line.
      return name == "v" && !isEnd ? (name, false, line.count) : nil
    }
    return (name, isEnd, close + 1)
  }

  /// `Jane Doe` of `<v.loud Jane Doe>`.
  private static func annotation(_ line: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> String {
    let inside = line[(start + 1)..<end].prefix { $0 != 0x3E }
    guard let blank = inside.firstIndex(where: { $0.isBlank }) else { return "" }
    let raw = Array(inside[blank...])
    return raw.withUnsafeBufferPointer { WhiteSpace.collapse(MarkupStripper.text($0)) }
  }
}
