/// Finds where the messages of an mbox end. Looks only forward, at a window that the caller widens on demand.
struct MailboxSplitter {
  enum End: Equatable {
    /// The next separator line starts here.
    case separator(Int)
    /// No separator up to the end of the file.
    case endOfFile
    /// The window is too short to tell.
    case needMore
  }

  var separator = MailboxSeparator()
  /// Offsets (in the window of the last call) of lines that look like separators and were not taken.
  private(set) var suspects: [Int] = []
  /// How far into open MIME parts this file has been searched, to keep hostile files linear.
  private var searchBudget = 64 << 20

  /// - Parameters:
  ///   - bytes: A window that begins with the message's separator line (or its header, in a file without).
  ///   - from: Offset in the window from which separators count: behind the message's own.
  mutating func end(of bytes: UnsafeRawBufferPointer, from: Int, reachesEnd: Bool) -> End {
    suspects.removeAll(keepingCapacity: true)
    if let length = declaredEnd(bytes, from, reachesEnd) { return .separator(length) }
    var i = from
    while let at = Self.nextFromLine(bytes, from: i) {
      switch separator.judge(bytes, at: at, reachesEnd: reachesEnd) {
      case .no: break
      case .needMore: return .needMore
      case .suspect: suspects.append(at)
      case .yes:
        switch openPart(bytes, from, at, reachesEnd: reachesEnd) {
        case .closed: return .separator(at)
        case .needMore: return .needMore
        case .open: suspects.append(at)
        }
      }
      i = at + 4
    }
    return reachesEnd ? .endOfFile : .needMore
  }

  private static let newlineFrom = [UInt8]("\nFrom".utf8)

  /// The next line that begins with "From".
  static func nextFromLine(_ bytes: UnsafeRawBufferPointer, from: Int) -> Int? {
    if from == 0, bytes.prefix(4).elementsEqual(newlineFrom[1...]) { return 0 }
    return bytes.firstOffset(of: newlineFrom, from: max(from - 1, 0)).map { $0 + 1 }
  }

  /// mboxcl2 does not escape bodies and gives their length instead. It is believed only if it leads exactly to the
  /// next separator or the end of the file; many others carry the field from an earlier life.
  private func declaredEnd(_ bytes: UnsafeRawBufferPointer, _ from: Int, _ reachesEnd: Bool) -> Int? {
    let head = Self.header(bytes, from)
    guard let at = Self.field("\ncontent-length:", in: bytes, from..<head) else { return nil }
    var i = at
    while i < head, bytes[i] == 0x20 { i += 1 }
    var length = 0
    while i < head, bytes[i].isASCIIDigit, length < 1 << 40 {
      length = length * 10 + Int(bytes[i] - 0x30)
      i += 1
    }
    var end = head + length
    guard length > 0, end < bytes.count else { return nil }
    // One blank line may or may not count.
    while end < bytes.count, end <= head + length + 2, bytes[end] == 0x0A || bytes[end] == 0x0D { end += 1 }
    guard end < bytes.count, bytes[end - 1] == 0x0A, Self.nextFromLine(bytes, from: end) == end else { return nil }
    return separator.judge(bytes, at: end, reachesEnd: reachesEnd) == .yes ? end : nil
  }

  /// Offset behind the blank line that ends the header.
  static func header(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var i = start
    while i < bytes.count {
      let end = MailboxSeparator.lineEnd(bytes, i)
      if end == i || end == i + 1 && bytes[i] == 0x0D { return min(end + 1, bytes.count) }
      i = end + 1
    }
    return bytes.count
  }

  private static func field(_ name: StaticString, in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    let head = UnsafeRawBufferPointer(rebasing: bytes[range])
    return head.find(name).map { range.lowerBound + $0 + name.utf8CodeUnitCount }
  }

  // MARK: Open MIME parts

  private enum OpenPart { case open, closed, needMore }

  /// Whether `at` lies inside a multipart body of the message that begins at `from`, and that body goes on behind it.
  ///
  /// A boundary that never closes does not count as open: the message was cut off, and those behind it are not.
  private mutating func openPart(
    _ bytes: UnsafeRawBufferPointer, _ from: Int, _ at: Int, reachesEnd: Bool
  ) -> OpenPart {
    let head = Self.header(bytes, from)
    guard head < at, let boundary = Self.boundary(bytes, from..<head) else { return .closed }
    var delimiter: [UInt8] = [0x0A, 0x2D, 0x2D]
    delimiter.append(contentsOf: boundary)
    let inside = UnsafeRawBufferPointer(rebasing: bytes[(head - 1)..<at])
    guard inside.firstOffset(of: delimiter) != nil else { return .closed }
    if inside.firstOffset(of: delimiter + [0x2D, 0x2D]) != nil { return .closed }
    let reach = min(bytes.count - at, 16 << 20, max(searchBudget, 64 << 10))
    searchBudget -= reach
    if UnsafeRawBufferPointer(rebasing: bytes[at..<(at + reach)]).firstOffset(of: delimiter) != nil { return .open }
    return reach == bytes.count - at && !reachesEnd && bytes.count < 16 << 20 ? .needMore : .closed
  }

  /// The boundary parameter of the message's own Content-Type.
  private static func boundary(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> [UInt8]? {
    guard let type = field("\ncontent-type:", in: bytes, range) else { return nil }
    var end = MailboxSeparator.lineEnd(bytes, type)
    while end + 1 < range.upperBound, bytes[end + 1] == 0x20 || bytes[end + 1] == 0x09 {
      end = MailboxSeparator.lineEnd(bytes, end + 1)
    }
    let value = UnsafeRawBufferPointer(rebasing: bytes[type..<min(end, range.upperBound)])
    guard let at = value.find("boundary=") else { return nil }
    var i = at + 9
    let quoted = i < value.count && value[i] == 0x22
    if quoted { i += 1 }
    let start = i
    while i < value.count, quoted ? value[i] != 0x22 : !(value[i].isASCIISpace || value[i] == 0x3B) { i += 1 }
    return i > start && i - start < 200 ? [UInt8](value[start..<i]) : nil
  }
}
