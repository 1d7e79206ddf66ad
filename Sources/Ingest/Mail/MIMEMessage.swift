import CGMime

/// One parsed mail message over bytes that stay where they are.
///
/// GMime finds headers, parts and parameters; what they say is decoded here and in ``HeaderText``, because charsets
/// have to be read as the web means them and a broken one must not cost a message. A message of one text part with a
/// header by the book, as most are, needs no GMime: building its objects costs 0.4 million instructions a message,
/// as much as everything else together (a test holds both ways against each other).
final class MIMEMessage {
  /// `nil` for a message that was read without GMime.
  private let handle: OpaquePointer?
  private var fields: HeaderFields?
  private let bytes: UnsafeRawBufferPointer
  /// Parts in document order; the first is the message itself, its body follows.
  let parts: [Part]
  var usesShortcut: Bool { handle == nil }
  /// There were more or deeper parts than are read.
  let isTruncated: Bool

  struct Part {
    enum Kind { case leaf, multipart, embedded }
    var kind: Kind
    var parent: Int
    var depth: Int
    var type: String
    var subtype: String
    var charset: String?
    /// Name of the file as written in the header, undecoded.
    var rawName: [UInt8]?
    var isAttachment: Bool
    var isFlowed: Bool
    var deletesSpaces: Bool
    fileprivate var encoding: UInt8
    fileprivate var range: Range<Int>

    var isText: Bool { type == "text" }
    /// Bytes before the transfer encoding is undone.
    var encodedByteCount: Int { range.count }
  }

  /// - Parameters:
  ///   - bytes: The message from its first header on; must outlive the object.
  ///   - allowsShortcut: Read simple messages without GMime.
  /// - Returns: `nil` if GMime can make nothing of it.
  init?(_ bytes: UnsafeRawBufferPointer, allowsShortcut: Bool = true) {
    if allowsShortcut, let (fields, part) = Self.singlePart(bytes) {
      handle = nil
      self.fields = fields
      self.bytes = bytes
      isTruncated = false
      var message = part
      message.kind = .embedded
      message.parent = -1
      message.depth = 0
      parts = [message, part]
      return
    }
    let base = bytes.bindMemory(to: UInt8.self).baseAddress
    guard let handle = cgmime_parse(base, bytes.count) else { return nil }
    self.handle = handle
    self.bytes = bytes
    isTruncated = cgmime_is_truncated(handle) != 0
    parts = (0..<cgmime_part_count(handle)).map { Part(cgmime_part_at(handle, $0).pointee) }
  }

  deinit { if let handle { cgmime_free(handle) } }

  private static func singlePart(_ bytes: UnsafeRawBufferPointer) -> (HeaderFields, Part)? {
    let fields = HeaderFields(bytes)
    guard !fields.isIrregular, !fields.fields.isEmpty, fields.bodyStart < bytes.count else { return nil }
    guard fields.first("content-disposition", in: bytes) == nil else { return nil }
    let encoding: UInt8
    if let value = fields.first("content-transfer-encoding", in: bytes) {
      switch String(decoding: HeaderText.collapse([UInt8](value)), as: UTF8.self).lowercased() {
      case "7bit", "8bit", "binary": encoding = 0
      case "base64": encoding = 1
      case "quoted-printable": encoding = 2
      default: return nil
      }
    } else {
      encoding = 0
    }
    var part = Part(encoding: encoding, range: fields.bodyStart..<bytes.count)
    if let value = fields.first("content-type", in: bytes) {
      guard let type = ContentTypeField(value), type.type == "text" else { return nil }
      part.subtype = type.subtype
      part.charset = type.parameter("charset")
      part.isFlowed = type.parameter("format")?.lowercased() == "flowed"
      part.deletesSpaces = type.parameter("delsp")?.lowercased() == "yes"
      part.rawName = type.rawParameter("name")
    }
    return (fields, part)
  }

  /// Every header of a part, by name as written and raw value (folded, encoded words and stray bytes as they came).
  func forEachHeader(of part: Int, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Void) {
    guard let handle else {
      for field in fields?.fields ?? [] {
        body(UnsafeRawBufferPointer(rebasing: bytes[field.name]), UnsafeRawBufferPointer(rebasing: bytes[field.value]))
      }
      return
    }
    for i in 0..<cgmime_header_count(handle, part) {
      var name: UnsafePointer<CChar>?
      var value: UnsafePointer<CChar>?
      cgmime_header_at(handle, part, i, &name, &value)
      guard let name, let value else { continue }
      // Old mail has blanks in front of the colon (RFC 5322, 4.5.1).
      var written = UnsafeRawBufferPointer(cString: name)
      while let last = written.last, last.isBlank { written = UnsafeRawBufferPointer(rebasing: written.dropLast()) }
      body(written, UnsafeRawBufferPointer(cString: value))
    }
  }

  /// The raw value of the first header of that (lower-case) name.
  func rawHeader(_ name: StaticString, of part: Int = 0) -> [UInt8]? {
    var found: [UInt8]?
    forEachHeader(of: part) { key, value in
      if found == nil, key.count == name.utf8CodeUnitCount, key.matches(name, at: 0) { found = [UInt8](value) }
    }
    return found
  }

  /// The body of a leaf with its transfer encoding undone.
  func content(of part: Int) -> [UInt8] {
    let part = parts[part]
    let encoded = UnsafeRawBufferPointer(rebasing: bytes[part.range])
    guard part.encoding != 0, !encoded.isEmpty else { return [UInt8](encoded) }
    return [UInt8](unsafeUninitializedCapacity: encoded.count + 16) { out, count in
      let base = encoded.bindMemory(to: UInt8.self).baseAddress
      count = cgmime_decode(part.encoding, base, encoded.count, out.baseAddress)
    }
  }
}

extension MIMEMessage.Part {
  /// The only part of a plain message.
  fileprivate init(encoding: UInt8, range: Range<Int>) {
    kind = .leaf
    parent = 0
    depth = 1
    type = "text"
    subtype = "plain"
    charset = nil
    rawName = nil
    isAttachment = false
    isFlowed = false
    deletesSpaces = false
    self.encoding = encoding
    self.range = range
  }

  fileprivate init(_ part: cgmime_part) {
    kind = part.kind == 0 ? .leaf : part.kind == 1 ? .multipart : .embedded
    parent = Int(part.parent)
    depth = Int(part.depth)
    type = lowercased(part.type) ?? "text"
    subtype = lowercased(part.subtype) ?? "plain"
    charset = part.charset.map { String(cString: $0) }
    rawName = part.name.map { [UInt8](UnsafeRawBufferPointer(cString: $0)) }
    isAttachment = part.attachment != 0
    isFlowed = lowercased(part.format) == "flowed"
    deletesSpaces = lowercased(part.delsp) == "yes"
    encoding = part.encoding
    range = part.start..<part.end
  }
}

private func lowercased(_ text: UnsafePointer<CChar>?) -> String? { text.map { String(cString: $0).lowercased() } }

extension UnsafeRawBufferPointer {
  fileprivate init(cString: UnsafePointer<CChar>) {
    var count = 0
    while cString[count] != 0 { count += 1 }
    self.init(start: cString, count: count)
  }
}
