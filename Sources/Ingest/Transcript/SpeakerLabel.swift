import Documents

/// The head of a turn in labelled text: who speaks, perhaps when, and where the words begin.
///
/// Shapes: `NAME: words`, `Jane Doe: words`, `**Jane Doe:** words`, `>> JANE: words`, `[00:12:31] Jane: words`,
/// `00:12:31 Jane Doe: words`, `00:12:31 Jane Doe` (words below), `Jane Doe (00:12:31): words`, `Jane Doe 12:31`
/// (words below), `Jane Doe: 00:12:31` (words below), Zoom's `00:02:17<TAB>Jane Doe:<TAB>words` and
/// `10:00:00 From Jane Doe to Everyone: words`.
struct SpeakerLabel: Equatable {
  /// As written, without decoration.
  var name: String
  var time: UInt32?
  /// Where the words begin in the line; at its end if they are below.
  var words: Int
  /// The shape alone says that this is a speaker: a clock or a tab stands beside the name.
  var isCertain: Bool

  /// - Parameter isStructural: The file's shape vouches for names, so handles in lower case are allowed.
  init?(_ line: UnsafeBufferPointer<UInt8>, isStructural: Bool = false) {
    var scanner = LabelScanner(line, isStructural: isStructural)
    guard let label = scanner.scan() else { return nil }
    self = label
  }

  init(name: String, time: UInt32?, words: Int, isCertain: Bool) {
    self.name = name
    self.time = time
    self.words = words
    self.isCertain = isCertain
  }
}

/// The reading head of ``SpeakerLabel``.
struct LabelScanner {
  private let line: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// A longer stretch before the colon is a sentence.
  private static let longestName = 60

  private let isStructural: Bool

  init(_ line: UnsafeBufferPointer<UInt8>, isStructural: Bool) {
    self.line = line
    self.isStructural = isStructural
  }

  private var peek: UInt8 { position < line.count ? line[position] : 0 }

  /// Most lines of most texts are no labels, and this tells at once: there must be a colon early on (a clock has one).
  private var mayBeLabel: Bool {
    for index in 0..<min(line.count, Self.longestName + 40) where line[index] == 0x3A { return true }
    return false
  }

  private mutating func skip(_ bytes: StaticString) {
    while position < line.count {
      let byte = line[position]
      guard (0..<bytes.utf8CodeUnitCount).contains(where: { bytes.utf8Start[$0] == byte }) else { return }
      position += 1
    }
  }

  mutating func scan() -> SpeakerLabel? {
    guard mayBeLabel else { return nil }
    skip(" \t")
    // `>>` announces a change of speaker in captions, `**` and `__` make names bold in Markdown.
    skip(">")
    skip(" \t*_")
    var time: UInt32?
    var tabbed = false
    if let found = leadingClock() {
      time = found
      tabbed = peek == 0x09
      skip(" \t*_-\u{2013}")
      if starts(with: "From ") {
        position += 5
        skip(" ")
      }
    }
    let start = position
    guard let (nameEnd, hasColon) = nameEnd() else { return clockLine(time, start) }
    var name = line[start..<nameEnd]
    var trailing = trailingClock(&name)
    if trailing == nil, let bracketed = bracketedClock(&name) { trailing = bracketed }
    if let separator = recipient(name) { name = name[..<separator] }
    skip("*_")
    if hasColon, peek == 0x3A { position += 1 }
    skip("*_ \t")
    // `Jane Doe: 00:12:31`, words below.
    if trailing == nil, time == nil, let after = Clock.read(line, at: position), rest(after.end).isEmpty {
      trailing = after.milliseconds
      position = line.count
    }
    let clock = time ?? trailing
    let bare = Self.undecorated(name)
    guard SpeakerName.isPlausible(bare, isStructural: tabbed || isStructural) else { return nil }
    return SpeakerLabel(
      name: WhiteSpace.collapse(bare), time: clock, words: position, isCertain: clock != nil || tabbed)
  }

  /// `[00:12:31]`, `(12:31)`, `00:12:31`: bare clocks need hours, so that `10:30 Meeting:` is no speaker (R23).
  private mutating func leadingClock() -> UInt32? {
    let start = position
    let bracket = peek
    if bracket == 0x5B || bracket == 0x28 {
      guard let clock = Clock.read(line, at: position + 1), clock.end < line.count,
        line[clock.end] == 0x5D || line[clock.end] == 0x29
      else { return nil }
      position = clock.end + 1
      return clock.milliseconds
    }
    guard let clock = Clock.read(line, at: start), clock.hasHours else { return nil }
    guard clock.end == line.count || line[clock.end].isBlank || line[clock.end] == 0x2D else { return nil }
    position = clock.end
    return clock.milliseconds
  }

  /// Where the name ends: before a colon, or at the end of a line that holds a clock.
  private mutating func nameEnd() -> (Int, Bool)? {
    var end = position
    let limit = min(line.count, position + Self.longestName + 16)
    while end < limit {
      let byte = line[end]
      if byte == 0x3A {
        // A colon inside a clock does not end the name; one that no white space follows is a URL or code.
        let isClock = end > 0 && line[end - 1].isASCIIDigit && end + 1 < line.count && line[end + 1].isASCIIDigit
        if !isClock {
          let next = end + 1 < line.count ? line[end + 1] : 0x20
          guard next.isWhiteSpace || next == 0x2A || next == 0x5F else { return nil }
          position = end
          return (end, true)
        }
      }
      end += 1
    }
    return nil
  }

  /// A line that is only a name with a clock, before or behind it.
  private mutating func clockLine(_ time: UInt32?, _ start: Int) -> SpeakerLabel? {
    guard line.count - start <= Self.longestName + 16 else { return nil }
    var name = line[start..<line.count]
    var clock = time
    if clock == nil { clock = trailingClock(&name) ?? bracketedClock(&name) }
    guard let clock else { return nil }
    let bare = Self.undecorated(name)
    // Behind a leading clock, words without a colon are a caption unless they look like a name and nothing else.
    guard SpeakerName.isPlausible(bare, isStructural: false), bare.last != 0x2E else { return nil }
    let text = WhiteSpace.collapse(bare)
    if time != nil, SpeakerName.wordCount(text) < 2, !SpeakerName.isAnonymous(text) { return nil }
    return SpeakerLabel(name: text, time: clock, words: line.count, isCertain: true)
  }

  /// `Jane Doe 12:31`, `Jane Doe  00:12:31`.
  private func trailingClock(_ name: inout Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    let text = name
    guard let blank = text.lastIndex(where: { $0.isBlank }), blank + 1 < text.endIndex,
      let clock = Clock.read(line, at: blank + 1),
      clock.end == text.endIndex || rest(clock.end, to: text.endIndex).isEmpty
    else { return nil }
    name = text[..<blank]
    return clock.milliseconds
  }

  /// `Jane Doe (00:12:31)`, `Jane Doe [12:31]`.
  private func bracketedClock(_ name: inout Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    guard let open = name.lastIndex(where: { $0 == 0x28 || $0 == 0x5B }),
      let clock = Clock.read(line, at: open + 1), clock.end < line.count,
      line[clock.end] == 0x29 || line[clock.end] == 0x5D
    else { return nil }
    name = name[..<open]
    return clock.milliseconds
  }

  /// Zoom's chat: `Jane Doe to Everyone`, `Jane Doe  to  Raúl (Direct Message)`.
  private func recipient(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    // ` to ` first: one look at the bytes spares the rest.
    var position = name.startIndex
    while position + 4 < name.endIndex {
      if name[position] == 0x20, name[position + 1] | 0x20 == 0x74, name[position + 2] == 0x6F,
        name[position + 3] == 0x20
      {
        let rest = WhiteSpace.collapse(name[(position + 4)...])
        return rest.hasPrefix("Everyone") || rest.hasPrefix("everyone") || rest.hasSuffix("(Direct Message)")
          ? position : nil
      }
      position += 1
    }
    return nil
  }

  private func starts(with text: StaticString) -> Bool {
    guard line.count - position >= text.utf8CodeUnitCount else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy { line[position + $0] == text.utf8Start[$0] }
  }

  private func rest(_ from: Int, to end: Int? = nil) -> UnsafeBufferPointer<UInt8> {
    WhiteSpace.trim(UnsafeBufferPointer(rebasing: line[min(from, line.count)..<(end ?? line.count)]))
  }

  private static func isOrnament(_ byte: UInt8) -> Bool {
    byte.isWhiteSpace || byte == 0x2A || byte == 0x5F || byte == 0x2D || byte == 0x2C
  }

  /// En dash, em dash or ellipsis.
  private static func isDash(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let last = bytes[bytes.endIndex - 1]
    return bytes.starts(with: [0xE2, 0x80]) && (last == 0x93 || last == 0x94 || last == 0xA6)
  }

  private static func undecorated(_ name: Slice<UnsafeBufferPointer<UInt8>>) -> UnsafeBufferPointer<UInt8> {
    var name = name
    while let last = name.last {
      if isOrnament(last) || last == 0x28 {
        name = name.dropLast()
      } else if name.count >= 3, isDash(name.suffix(3)) {
        name = name.dropLast(3)
      } else {
        break
      }
    }
    while let first = name.first {
      if isOrnament(first) || first == 0x3E || first == 0x2E {
        name = name.dropFirst()
      } else if name.count >= 3, isDash(name.prefix(3)) {
        name = name.dropFirst(3)
      } else {
        break
      }
    }
    return UnsafeBufferPointer(rebasing: name)
  }
}
