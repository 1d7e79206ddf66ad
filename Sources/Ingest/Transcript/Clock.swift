import Documents

/// Times in a recording as they are written: `00:12:31.500`, `12:31`, `1:02:03,250`.
enum Clock {
  struct Reading {
    var milliseconds: UInt32
    /// Behind the last byte.
    var end: Int
    /// Hours were written.
    var hasHours: Bool
  }

  /// The clock that starts at a position; `nil` if none does.
  static func read(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Reading? {
    var position = start
    var fields = 0
    var seconds = 0
    while fields < 3 {
      let first = position
      var value = 0
      while position < bytes.count, bytes[position].isASCIIDigit, position - first < 4 {
        value = value * 10 + Int(bytes[position] &- 0x30)
        position += 1
      }
      let count = position - first
      guard count > 0, position == bytes.count || !bytes[position].isASCIIDigit else { return nil }
      // Minutes and seconds have two digits, except a leading field.
      if fields > 0, count != 2 || value > 59 { return nil }
      seconds = seconds * 60 + value
      fields += 1
      guard position < bytes.count, bytes[position] == 0x3A, fields < 3,
        position + 1 < bytes.count, bytes[position + 1].isASCIIDigit
      else { break }
      position += 1
    }
    guard fields >= 2 else { return nil }
    var milliseconds = seconds * 1000
    if position + 1 < bytes.count, bytes[position] == 0x2E || bytes[position] == 0x2C, bytes[position + 1].isASCIIDigit
    {
      position += 1
      var scale = 100
      while position < bytes.count, bytes[position].isASCIIDigit {
        milliseconds += Int(bytes[position] &- 0x30) * scale
        scale /= 10
        position += 1
      }
    }
    guard milliseconds <= 1000 * 3600 * 1000 else { return nil }
    return Reading(milliseconds: UInt32(milliseconds), end: position, hasHours: fields == 3)
  }

  /// `HH:MM:SS`, the anchor of a place in a recording.
  static func anchor(_ milliseconds: UInt32) -> String {
    let seconds = Int(milliseconds / 1000)
    var out: [UInt8] = []
    for (index, value) in [seconds / 3600, seconds / 60 % 60, seconds % 60].enumerated() {
      if index > 0 { out.append(0x3A) }
      if value >= 100 { out += Array(String(value / 100).utf8) }
      out.append(0x30 + UInt8(value / 10 % 10))
      out.append(0x30 + UInt8(value % 10))
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// The timing line of a cue: `00:00:01.000 --> 00:00:04.000 align:start`, with comma or dot, hours optional. Where one
/// of the two times cannot be read the cue begins and ends at the other: its words are worth more than its length.
struct CueTiming {
  var time: TimeRange
  /// Behind the second clock.
  var settings: Range<Int>

  init?(_ line: UnsafeBufferPointer<UInt8>) {
    var position = 0
    func skip() { while position < line.count, line[position].isBlank { position += 1 } }
    func skipWord() { while position < line.count, !line[position].isBlank { position += 1 } }
    skip()
    let first = position
    let start = Clock.read(line, at: position)
    if let start { position = start.end } else { skipWord() }
    skip()
    // Arrows: `-->`, and what converters make of it: `->`, `—>`, `&gt;` forms are not worth it.
    let arrow = position
    while position < line.count, line[position] == 0x2D { position += 1 }
    let dashes = position - arrow
    guard dashes > 0, position < line.count, line[position] == 0x3E else { return nil }
    position += 1
    skip()
    let end = Clock.read(line, at: position)
    switch (start, end) {
    case (let start?, let end?):
      time = TimeRange(start: start.milliseconds, end: max(start.milliseconds, end.milliseconds))
    // What people say may hold an arrow behind a clock: only a whole one with a time begun beside it, or none, counts.
    case (let start?, nil) where dashes >= 2 && (position == line.count || line[position].isASCIIDigit):
      time = TimeRange(start: start.milliseconds, end: start.milliseconds)
    case (nil, let end?) where dashes >= 2 && line[first].isASCIIDigit:
      time = TimeRange(start: end.milliseconds, end: end.milliseconds)
    default: return nil
    }
    if end == nil { skipWord() }
    settings = (end?.end ?? position)..<line.count
  }
}
