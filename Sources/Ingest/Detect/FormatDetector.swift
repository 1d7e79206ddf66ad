/// What a file is.
struct Detection {
  var format: Format
  /// Why it is not read, in words for the account; `nil` if a reader takes it.
  var skipReason: String?

  init(_ format: Format, skipReason: String? = nil) {
    self.format = format
    self.skipReason = skipReason
  }
}

/// Tells formats apart by content first and by name second: a PNG named `.html` is a picture, a mailbox named
/// `archive.txt` is a mailbox; a name decides only between formats that the content leaves open (Markdown or text).
enum FormatDetector {
  /// How much of a file is looked at.
  static let headBytes = 64 << 10

  /// - Parameter path: Name of the file or archive member; its extension and folders are hints.
  static func detect(_ source: any ByteSource, path: String) -> Detection {
    guard let window = try? source.window(from: 0, atLeast: headBytes) else { return Detection(.unreadable) }
    let head = UnsafeRawBufferPointer(rebasing: window.bytes.prefix(headBytes))
    if head.isEmpty { return Detection(.empty, skipReason: "empty file") }
    return detect(head, FileName(path), isWhole: window.reachesEnd && window.bytes.count <= headBytes)
  }

  static func detect(_ head: UnsafeRawBufferPointer, _ name: FileName, isWhole: Bool) -> Detection {
    if let magic = MagicNumbers.recognise(head, name) { return magic }
    if let encoding = WideText.recognise(head) {
      let decoded = WideText.decode(head, encoding)
      return decoded.withUnsafeBytes { text($0, name, isWhole: isWhole) }
    }
    if isBinary(head) {
      return Detection(
        .binary, skipReason: "binary file (\(head.contains(0) ? "NUL bytes" : "control bytes"), no known format)")
    }
    let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return text(UnsafeRawBufferPointer(rebasing: head[start...]), name, isWhole: isWhole)
  }

  /// Text may hold a stray control character or two (form feeds of RFCs, escapes of logs), a few in a thousand at
  /// most; other data has one in ten.
  private static func isBinary(_ head: UnsafeRawBufferPointer) -> Bool {
    let sample = UnsafeRawBufferPointer(rebasing: head.prefix(16 << 10))
    var controls = 0
    var zeros = 0
    func count(_ byte: UInt8) {
      guard byte < 0x20 else { return }
      if byte == 0 { zeros &+= 1 }
      if !(byte >= 0x09 && byte <= 0x0D), byte != 0x1B, byte != 0x08 { controls &+= 1 }
    }
    // Sixteen bytes at a time: nearly all of them are none of these, and line feeds.
    let lineFeeds = SIMD16<UInt8>(repeating: 0x0A), blank = SIMD16<UInt8>(repeating: 0x20)
    var at = 0
    while at + 16 <= sample.count {
      let bytes = sample.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
      if any((bytes .< blank) .& (bytes .!= lineFeeds)) {
        for lane in 0..<16 { count(bytes[lane]) }
      }
      at += 16
    }
    while at < sample.count {
      count(sample[at])
      at += 1
    }
    return controls * 50 > sample.count || zeros * 200 > sample.count
  }

  private static func text(_ head: UnsafeRawBufferPointer, _ name: FileName, isWhole: Bool) -> Detection {
    let sniffer = TextSniffer(head, isWhole: isWhole)
    guard !sniffer.isBlank else {
      return isWhole ? Detection(.empty, skipReason: "no text: white space only") : Detection(.text)
    }
    return Detection(format(sniffer, name))
  }

  private static func format(_ text: TextSniffer, _ name: FileName) -> Format {
    // What announces itself in its first bytes.
    if text.starts(with: "WEBVTT") { return .vtt }
    if text.isMailbox { return .mbox }
    if let xml = text.xmlFormat { return xml }
    if text.isHTMLDocument { return .html }
    if text.isTWikiTopic(name) { return .twiki }
    if text.isFrontMatter { return .markdown }
    let mail = text.mailEvidence
    if mail == .certain { return .eml }
    if name.isMarkdown { return .markdown }
    if let json = text.jsonFormat(name) { return text.isChatExport ? .chatJSON : json }
    // Evidence that needs the name's consent, or its absence.
    if mail == .likely || (mail == .possible && name.isMail) { return .eml }
    if text.hasSubRipTiming { return .srt }
    if text.hasWebVTTTiming, name.extension == "vtt" || name.extension == "srt" { return .vtt }
    if name.isHTML, text.hasTags { return .html }
    if text.isHTMLFragment, name.extension.isEmpty || name.extension == "txt" { return .html }
    if name.extension == "csv" || name.extension == "tsv" { return .csv }
    if name.isCode { return name.extension == "log" && text.isChatLog ? .chatLog : .text }
    if text.isChatLog { return .chatLog }
    if text.hasSpeakerLabels { return .speakerText }
    return .text
  }
}
