import Glibc

/// Questions about the first 64 KiB of a text, each answered once and cheaply.
struct TextSniffer {
  let head: UnsafeBufferPointer<UInt8>
  /// The head is the whole text.
  let isWhole: Bool
  /// Behind leading white space.
  let start: Int

  init(_ head: UnsafeRawBufferPointer, isWhole: Bool) {
    self.head = head.assumingMemoryBound(to: UInt8.self)
    self.isWhole = isWhole
    start = self.head.firstIndex { !$0.isWhiteSpace } ?? head.count
  }

  var isBlank: Bool { start == head.count }

  /// ASCII case does not matter.
  func starts(with text: StaticString, at position: Int? = nil) -> Bool {
    let position = position ?? start
    guard head.count - position >= text.utf8CodeUnitCount else { return false }
    for i in 0..<text.utf8CodeUnitCount
    where head[position + i].asciiLowercased != text.utf8Start[i].asciiLowercased {
      return false
    }
    return true
  }

  func contains(_ text: StaticString, in range: Range<Int>? = nil) -> Bool {
    let range = range ?? start..<min(head.count, start + 4096)
    let first = text.utf8Start[0].asciiLowercased
    for position in range where head[position].asciiLowercased == first {
      if starts(with: text, at: position) { return true }
    }
    return false
  }

  /// The first lines, without line ends. The last one may be cut.
  func lines(_ count: Int) -> [UnsafeBufferPointer<UInt8>] {
    var out: [UnsafeBufferPointer<UInt8>] = []
    var position = start
    while out.count < count, position < head.count {
      let base = head.baseAddress!
      let end =
        memchr(base + position, 0x0A, head.count - position).map { UnsafeRawPointer(base).distance(to: $0) }
        ?? head.count
      var last = end
      while last > position, head[last - 1] == 0x0D { last -= 1 }
      out.append(UnsafeBufferPointer(rebasing: head[position..<last]))
      position = end + 1
    }
    return out
  }

  // MARK: Mark-up

  /// XML with a root element that has, or will have, a reader of its own.
  var xmlFormat: Format? {
    guard head.count > start, head[start] == UInt8(ascii: "<") else { return nil }
    let isXML = starts(with: "<?xml") || (starts(with: "<!--") && contains("<?xml"))
    if contains("<mediawiki") && (isXML || starts(with: "<mediawiki")) { return .mediawikiXML }
    if let known = rootFormat { return known }
    // Feeds may begin with a comment, and lack the declaration.
    if isXML || starts(with: "<!--") || starts(with: "<rss") || starts(with: "<feed") || starts(with: "<rdf:RDF") {
      if contains("<rss") || contains("<feed") || contains("<rdf:RDF") { return .feed }
    }
    guard isXML else { return nil }
    return contains("<html") || contains("<!doctype html") ? .html : .xml
  }

  /// By the name of the first element.
  private var rootFormat: Format? {
    var i = start
    while i + 1 < head.count, head[i] == 0x3C {
      if head[i + 1] == 0x3F || head[i + 1] == 0x21 {
        let isComment = starts(with: "<!--", at: i)
        // A document type may have a part in brackets.
        var depth = 0
        var k = i + (isComment ? 4 : 2)
        while k < head.count {
          if isComment ? starts(with: "-->", at: k) : head[k] == 0x3E && depth <= 0 { break }
          if !isComment, head[k] == 0x5B { depth += 1 }
          if !isComment, head[k] == 0x5D { depth -= 1 }
          k += 1
        }
        i = min(k + (isComment ? 3 : 1), head.count)
        while i < head.count, head[i].isWhiteSpace { i += 1 }
        continue
      }
      let end = head[i...].firstIndex { $0 == 0x3E || $0.isWhiteSpace || $0 == 0x2F } ?? head.count
      let name = String(decoding: head[(i + 1)..<end].prefix(40), as: UTF8.self)
      let tagEnd = head[i...].firstIndex(of: 0x3E) ?? head.count
      let tag = i..<min(tagEnd, i + 2000)
      switch XMLElement.local(name) {
      case "TEI", "TEI.2", "teiCorpus", "teiCorpus.2": return .tei
      case "ROOT", "root", "record": return contains("/ohms", in: tag) ? .ohms : nil
      case "tt": return .ttml
      case "transcript", "timedtext":
        return contains("<text", in: tagEnd..<min(head.count, tagEnd + 4096))
          || contains("<p t=", in: tagEnd..<min(head.count, tagEnd + 4096)) ? .ttml : nil
      case "hibernate-generic": return .confluenceXML
      case "channel", "CHANNEL": return contains("<item", in: tagEnd..<head.count) ? .feed : nil
      default: return nil
      }
    }
    return nil
  }

  var isHTMLDocument: Bool {
    if starts(with: "<!doctype html") || starts(with: "<html") || starts(with: "<head") || starts(with: "<body") {
      return true
    }
    // Comments and blank elements may stand before the root.
    guard head.count > start, head[start] == UInt8(ascii: "<") else { return false }
    return contains("<html") || contains("<!doctype html") || (contains("<head>") && contains("<title"))
  }

  /// Begins with an element of HTML.
  var isHTMLFragment: Bool {
    ["<div", "<p>", "<p ", "<table", "<h1", "<h2", "<title", "<meta", "<article", "<section", "<span", "<!--"]
      .contains { (tag: StaticString) in starts(with: tag) } && hasTags
  }

  /// An end tag somewhere, or a void element.
  var hasTags: Bool {
    let range = start..<head.count
    return contains("</", in: range) || contains("<br", in: range) || contains("<p", in: range)
      || contains("<meta", in: range) || contains("<img", in: range)
  }

  // MARK: Front matter, JSON

  /// `---` or `+++` alone on the first line, `key: value` or `key = value` on the next with words in it.
  var isFrontMatter: Bool {
    let lines = lines(3)
    guard lines.count >= 2 else { return false }
    let isYAML = isFence(lines[0], 0x2D)
    guard isYAML || isFence(lines[0], 0x2B) else { return false }
    guard let content = lines.dropFirst().first(where: { !$0.isEmpty && $0.first != 0x23 }) else { return false }
    if isFence(content, lines[0][0]) { return true }
    return content.first?.isWhiteSpace == false && content.contains(isYAML ? 0x3A : 0x3D)
  }

  private func isFence(_ line: UnsafeBufferPointer<UInt8>, _ byte: UInt8) -> Bool {
    let trimmed = WhiteSpace.trim(line)
    return trimmed.count == 3 && trimmed.allSatisfy { $0 == byte }
  }

  func jsonFormat(_ name: FileName) -> Format? {
    guard head.count > start else { return nil }
    let isObject = head[start] == UInt8(ascii: "{")
    if ["jsonl", "ndjson", "jsonlines"].contains(name.extension), isObject { return .jsonLines }
    guard isObject || head[start] == UInt8(ascii: "[") else { return nil }
    let next = head[(start + 1)...].first { !$0.isWhiteSpace }
    if isObject {
      guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "}") else { return nil }
      // A line that closes what it opened is one record; a pretty-printed object goes on.
      let first = WhiteSpace.trim(lines(1)[0])
      let second = lines(2).count > 1 ? WhiteSpace.trim(lines(2)[1]).first : nil
      if first.last == UInt8(ascii: "}"), second == UInt8(ascii: "{") { return .jsonLines }
      // A single line may be a record, or an export with all its records inside: brackets tell, later.
      return .jsonArray
    }
    let isArray =
      next == UInt8(ascii: "{") || (name.extension == "json" && (next == 0x22 || next == 0x5D || next == 0x5B))
    return isArray ? .jsonArray : nil
  }
}
