import CLibXML2

/// An XML text as a row of events, made piece by piece: nothing is held but the events of the last 64 KiB.
///
/// Ill-formed text is read as far as it goes; nothing of a document type definition is expanded.
final class XMLEvents {
  enum Kind { case start, end, text }

  /// What ``next()`` came to.
  private(set) var kind = Kind.text
  /// Name of the element, with its prefix as it is written.
  private(set) var name = ""
  /// How many elements are open, the one that starts or ends included.
  private(set) var depth = 0
  /// What the parser did not like first; `nil` if the text is well-formed so far.
  var complaint: String? { cxml_stream_complaint(stream).map { WhiteSpace.collapse(String(cString: $0)) } }

  private let stream: OpaquePointer
  private let bytes: UnsafeRawBufferPointer
  private var fed = 0
  private var isDone = false
  private var items = UnsafeBufferPointer<cxml_item>(start: nil, count: 0)
  private var pairs = UnsafeBufferPointer<cxml_pair>(start: nil, count: 0)
  private var arena = UnsafeRawBufferPointer(start: nil, count: 0)
  private var index = 0
  private var current = cxml_item()
  private var names: [String] = []
  private static let pieceBytes = 64 << 10

  /// - Parameter utf8: Valid UTF-8 that outlives this object.
  init(_ utf8: UnsafeRawBufferPointer) throws {
    guard let stream = cxml_stream_open() else { throw ReadError("not enough memory") }
    self.stream = stream
    // What stands before the declaration would be an error in the first byte.
    let start = utf8.firstIndex { $0 == UInt8(ascii: "<") } ?? utf8.count
    bytes = UnsafeRawBufferPointer(rebasing: utf8[start...])
  }

  deinit { cxml_stream_close(stream) }

  /// Goes to the next event.
  ///
  /// - Returns: `false` at the end.
  func next() throws -> Bool {
    if kind == .end { depth -= 1 }
    while index == items.count {
      guard try feed() else {
        kind = .text
        current = cxml_item()
        return false
      }
    }
    current = items[index]
    index += 1
    switch UInt32(current.kind) {
    case cxml_item_start.rawValue:
      kind = .start
      depth += 1
      name = name(current.name)
    case cxml_item_end.rawValue:
      kind = .end
      name = name(current.name)
    default:
      kind = .text
    }
    return true
  }

  private func feed() throws -> Bool {
    guard !isDone else { return false }
    let end = min(fed + Self.pieceBytes, bytes.count)
    let piece = UnsafeRawBufferPointer(rebasing: bytes[fed..<end])
    let base = piece.bindMemory(to: UInt8.self).baseAddress
    let result = cxml_stream_feed(stream, base, piece.count, end == bytes.count ? 1 : 0)
    guard result >= 0 else { throw ReadError("not enough memory for this XML") }
    fed = end
    isDone = result > 0
    var itemCount = 0, pairCount = 0, arenaCount = 0
    items = UnsafeBufferPointer(start: cxml_stream_items(stream, &itemCount), count: itemCount)
    pairs = UnsafeBufferPointer(start: cxml_stream_pairs(stream, &pairCount), count: pairCount)
    arena = UnsafeRawBufferPointer(start: cxml_stream_arena(stream, &arenaCount), count: arenaCount)
    index = 0
    return true
  }

  private func name(_ number: UInt32) -> String {
    while names.count <= Int(number) {
      names.append(String(cString: cxml_stream_name(stream, UInt32(names.count))))
    }
    return names[Int(number)]
  }

  /// The bytes of a text event, valid until ``next()``.
  var text: UnsafeRawBufferPointer {
    guard kind == .text, arena.count >= Int(current.offset) + Int(current.length) else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(rebasing: arena[Int(current.offset)..<Int(current.offset) + Int(current.length)])
  }

  /// Attributes of a start event, in their order.
  var attributes: [(name: String, value: String)] {
    guard kind == .start else { return [] }
    return (0..<Int(current.attributeCount)).map { i in
      let pair = pairs[Int(current.offset) + i]
      let value = arena[Int(pair.offset)..<Int(pair.offset) + Int(pair.length)]
      return (name(pair.name), String(decoding: value, as: UTF8.self))
    }
  }

  /// The value of an attribute of a start event.
  func attribute(_ wanted: String) -> String? { attributes.first { $0.name == wanted }?.value }

  /// Passes over the element that has just started, its end included.
  func skipElement() throws {
    let outside = depth - 1
    while try next() {
      if kind == .end, depth - 1 == outside { return }
    }
  }
}
