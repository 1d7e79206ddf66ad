import Glibc

/// The lines of a source, front to back, without copying them.
struct LineCursor {
  struct Line {
    /// Without the line feed; empty for a line over the limit.
    var bytes: UnsafeRawBufferPointer
    /// Where the line starts in the source.
    var offset: UInt64
    /// Bytes of the line, its line feed not counted.
    var length: UInt64
    /// How many bytes may be read from the start of the line on.
    var readable: Int
    var isTooLong: Bool
    /// Counted from 1; `nil` if the cursor did not begin at the start of the source.
    var number: Int?
  }

  private let source: any ByteSource
  private let limit: Int
  private var position: UInt64
  private var window = ByteWindow(bytes: UnsafeRawBufferPointer(start: nil, count: 0), reachesEnd: false)
  private var windowStart: UInt64 = 0
  private var number: Int? = 0
  /// After so many bytes the source is told how far we are, so that it can give up what lies behind.
  private static let stride: UInt64 = 8 << 20

  /// - Parameters:
  ///   - limit: A longer line is passed over without being held.
  ///   - start: Begin with the line that holds this byte.
  init(_ source: any ByteSource, limit: Int, from start: UInt64 = 0) {
    self.source = source
    self.limit = limit
    position = start
    if start > 0 {
      // A resume offset is the start of a line, or lies inside the line that is to be passed over.
      if let back = try? source.window(from: 0, atLeast: 0), back.reachesEnd, back.bytes.count >= Int(start) {
        let before = UnsafeRawBufferPointer(rebasing: back.bytes[..<Int(start)])
        position = before.lastIndex(of: 0x0A).map { UInt64($0) + 1 } ?? 0
      } else {
        position = 0
      }
    }
    windowStart = position
    if position > 0 { number = nil }
  }

  /// The next line; `nil` at the end. A last line without a line feed counts.
  mutating func next() throws -> Line? {
    var minimum = 64 << 10
    var searched = 0
    while true {
      if position - windowStart > Self.stride, !window.bytes.isEmpty {
        windowStart = position
        window = try source.window(from: position, atLeast: minimum)
      }
      let used = Int(position - windowStart)
      let rest = UnsafeRawBufferPointer(rebasing: window.bytes[min(used, window.bytes.count)...])
      if let found = find(rest, from: searched) { return take(rest, length: found, feed: 1) }
      if window.reachesEnd {
        return rest.isEmpty ? nil : take(rest, length: rest.count, feed: 0)
      }
      if rest.count > limit { return try passOver(rest.count) }
      searched = rest.count
      minimum = max(minimum, min(rest.count * 2, limit + 1))
      windowStart = position
      window = try source.window(from: position, atLeast: minimum)
    }
  }

  private func find(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = bytes.baseAddress, start < bytes.count else { return nil }
    return memchr(base + start, 0x0A, bytes.count - start).map { UnsafeRawPointer($0) - base }
  }

  private mutating func take(_ rest: UnsafeRawBufferPointer, length: Int, feed: Int) -> Line {
    number? += 1
    let line = Line(
      bytes: UnsafeRawBufferPointer(rebasing: rest[..<(length > limit ? 0 : length)]), offset: position,
      length: UInt64(length), readable: rest.count, isTooLong: length > limit, number: number)
    position += UInt64(length + feed)
    return line
  }

  /// A line over the limit in a stream: looked through window by window.
  private mutating func passOver(_ known: Int) throws -> Line {
    let start = position
    number? += 1
    var at = position + UInt64(known)
    while true {
      windowStart = at
      window = try source.window(from: at, atLeast: 64 << 10)
      let found = find(window.bytes, from: 0)
      if found == nil, !window.reachesEnd {
        at += UInt64(window.bytes.count)
        continue
      }
      let end = at + UInt64(found ?? window.bytes.count)
      position = end + (found == nil ? 0 : 1)
      return Line(
        bytes: UnsafeRawBufferPointer(start: nil, count: 0), offset: start, length: end - start, readable: 0,
        isTooLong: true, number: number)
    }
  }
}
