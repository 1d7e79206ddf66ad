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
    let header = HeaderFields(bytes, from: from)
    if let length = declaredEnd(bytes, header, reachesEnd) { return .separator(length) }
    var i = from
    while let at = Self.nextFromLine(bytes, from: i) {
      switch separator.judge(bytes, at: at, reachesEnd: reachesEnd) {
      case .no: break
      case .needMore: return .needMore
      case .suspect: suspects.append(at)
      case .yes:
        switch openPart(bytes, header, at, reachesEnd: reachesEnd) {
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
    if from == 0, bytes.count >= 4, bytes[0] == 0x46, bytes.matches("from", at: 0) { return 0 }
    return bytes.firstOffset(of: newlineFrom, from: max(from - 1, 0)).map { $0 + 1 }
  }

  /// mboxcl2 does not escape bodies and gives their length instead. It is believed only if it leads exactly to the
  /// next separator or the end of the file; many others carry the field from an earlier life.
  private func declaredEnd(_ bytes: UnsafeRawBufferPointer, _ header: HeaderFields, _ reachesEnd: Bool) -> Int? {
    guard let value = header.first("content-length", in: bytes) else { return nil }
    var length = 0
    for byte in value.drop(while: { $0 == 0x20 }) {
      guard byte.isASCIIDigit, length < 1 << 40 else { break }
      length = length * 10 + Int(byte - 0x30)
    }
    let head = header.bodyStart
    var end = head + length
    guard length > 0, end < bytes.count else { return nil }
    // One blank line may or may not count.
    while end < bytes.count, end <= head + length + 2, bytes[end] == 0x0A || bytes[end] == 0x0D { end += 1 }
    guard end < bytes.count, bytes[end - 1] == 0x0A, Self.nextFromLine(bytes, from: end) == end else { return nil }
    return separator.judge(bytes, at: end, reachesEnd: reachesEnd) == .yes ? end : nil
  }

  // MARK: Open MIME parts

  private enum OpenPart { case open, closed, needMore }

  /// Whether `at` lies inside a multipart body of the message that begins at `from`, and that body goes on behind it.
  ///
  /// A boundary that never closes does not count as open: the message was cut off, and those behind it are not.
  private mutating func openPart(
    _ bytes: UnsafeRawBufferPointer, _ header: HeaderFields, _ at: Int, reachesEnd: Bool
  ) -> OpenPart {
    let head = header.bodyStart
    guard head < at, let type = header.first("content-type", in: bytes), let boundary = Self.boundary(type) else {
      return .closed
    }
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

  /// The boundary parameter of a Content-Type.
  private static func boundary(_ value: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let at = value.find("boundary=") else { return nil }
    var i = at + 9
    let quoted = i < value.count && value[i] == 0x22
    if quoted { i += 1 }
    let start = i
    while i < value.count, quoted ? value[i] != 0x22 : !(value[i].isASCIISpace || value[i] == 0x3B) { i += 1 }
    return i > start && i - start < 200 ? [UInt8](value[start..<i]) : nil
  }
}
