import Glibc

/// The lines of a plain text body: line ends unified, `format=flowed` undone (RFC 3676), quote marks counted.
struct PlainLines {
  struct Line {
    /// Range in ``text``, without quote marks and trailing white space.
    var start: Int
    var end: Int
    /// Quote depth: how many `>` (or `|`, or `JD>`) led the line.
    var depth: Int
    /// The line ran on into the next by a soft break and was joined.
    var isFlowed = false

    var isEmpty: Bool { start == end }
  }

  private(set) var text: [UInt8]
  private(set) var lines: [Line] = []

  init(_ body: [UInt8], isFlowed: Bool, deletesSpaces: Bool) {
    text = body
    split()
    if isFlowed { unflow(deletesSpaces: deletesSpaces) }
    trim()
  }

  private mutating func split() {
    text.withUnsafeBytes { bytes in
      var start = 0
      lines.reserveCapacity(bytes.count / 40 + 4)
      guard let base = bytes.baseAddress else { return }
      let hasReturns = memchr(base, 0x0D, bytes.count) != nil
      while start < bytes.count {
        var end = start
        if hasReturns {
          while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end &+= 1 }
        } else {
          end = memchr(base + start, 0x0A, bytes.count - start).map { base.distance(to: $0) } ?? bytes.count
        }
        let (content, depth) = Self.unquote(bytes, start, end)
        lines.append(Line(start: content, end: end, depth: depth))
        if end < bytes.count, bytes[end] == 0x0D, end + 1 < bytes.count, bytes[end + 1] == 0x0A { end &+= 1 }
        start = end &+ 1
      }
    }
  }

  /// Where the text behind the quote marks begins, and how many there are.
  private static func unquote(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> (Int, Int) {
    var i = start
    var depth = 0
    while i < end {
      if bytes[i] == 0x3E {
        depth += 1
        i += 1
      } else if bytes[i] == 0x20, i + 1 < end, bytes[i + 1] == 0x3E, depth > 0 || i == start {
        i += 1
      } else if depth == 0, i == start, bytes[i] == 0x7C, i + 1 < end, bytes[i + 1] == 0x20 {
        // "| quoted", unless it is a table or a diagram: those close with a bar as well.
        if bytes[i + 1..<end].contains(0x7C) { break }
        depth = 1
        i += 1
      } else if depth == 0, let behind = initials(bytes, i, end) {
        depth = 1
        i = behind
      } else {
        break
      }
    }
    if depth > 0, i < end, bytes[i] == 0x20 { i += 1 }
    return (i, depth)
  }

  /// Supercite: ` JD> text`, with two to four capitals.
  private static func initials(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int? {
    var i = start
    if i < end, bytes[i] == 0x20 { i += 1 }
    let first = i
    while i < end, bytes[i] >= 0x41, bytes[i] <= 0x5A, i - first < 5 { i += 1 }
    guard i - first >= 2, i - first <= 4, i < end, bytes[i] == 0x3E else { return nil }
    return i + 1
  }

  private mutating func unflow(deletesSpaces: Bool) {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var joined: [Line] = []
    var continues = false
    for line in lines {
      var start = line.start
      // Space-stuffing; for quoted lines the space behind the marks is gone already.
      if line.depth == 0, start < line.end, text[start] == 0x20 { start += 1 }
      let isSignature = line.end - start == 3 && text[start] == 0x2D && text[start + 1] == 0x2D
      let soft = !isSignature && line.end > start && text[line.end - 1] == 0x20
      let end = soft && deletesSpaces ? line.end - 1 : line.end
      if continues, let last = joined.last, last.depth == line.depth, !isSignature {
        out.append(contentsOf: text[start..<end])
        joined[joined.count - 1].end = out.count
      } else {
        let at = out.count
        out.append(contentsOf: text[start..<end])
        joined.append(Line(start: at, end: out.count, depth: line.depth))
      }
      if soft { joined[joined.count - 1].isFlowed = true }
      continues = soft
    }
    text = out
    lines = joined
  }

  private mutating func trim() {
    for i in lines.indices {
      let isSignature = lines[i].end - lines[i].start == 3 && text[lines[i].start] == 0x2D
      if isSignature { continue }
      while lines[i].end > lines[i].start, text[lines[i].end - 1].isASCIISpace { lines[i].end -= 1 }
    }
  }
}
