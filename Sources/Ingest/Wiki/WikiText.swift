import CLibXML2
import Documents

/// Wikitext as blocks: a best effort (nobody can parse it without running its templates). Two linear passes: this one
/// resolves what stands in a line (templates to their arguments, links to their labels, references to the end),
/// ``WikiTextBlocks`` makes blocks of lines.
///
/// What a template would have said is not known; what its call says is kept (user-needs R10).
struct WikiText {
  private(set) var categories: [String] = []
  private(set) var notes: [String] = []
  private let source: [UInt8]
  private let page: String
  private var references: [[UInt8]] = []
  private var frames: [Frame] = [Frame(.root)]
  private var i = 0
  private var unclosed = 0
  /// Calls nested deeper stay as they are written.
  private static let deepest = 60

  /// Something that is open, with the text it gathers.
  struct Frame {
    enum Kind { case root, template, parameter, link, reference, gallery }
    var kind: Kind
    /// What bars part.
    var parts: [[UInt8]] = [[]]
    /// Tables inside: their bars are their own.
    var tables = 0

    init(_ kind: Kind) { self.kind = kind }
  }

  /// - Parameter text: Valid UTF-8 without control bytes: they mark blocks between the passes.
  init(_ text: [UInt8], page: String) {
    source = text
    self.page = page
  }

  mutating func write(to document: inout Document) {
    while i < source.count { step() }
    while frames.count > 1 {
      unclosed += 1
      spill()
    }
    if unclosed > 0 { notes.append("\(unclosed) wikitext brackets without their end") }
    let text = frames[0].parts[0]
    frames = [Frame(.root)]
    var blocks = WikiTextBlocks(references: references)
    blocks.write(text, to: &document)
  }

  // MARK: One step

  private static let isSpecial: [Bool] = {
    var out = [Bool](repeating: false, count: 256)
    for byte in "<{}[]|'&_\n".utf8 { out[Int(byte)] = true }
    for byte in 0..<9 { out[byte] = true }
    return out
  }()

  private mutating func step() {
    let start = i
    while i < source.count, !Self.isSpecial[Int(source[i])] { i += 1 }
    if i > start { append(source[start..<i]) }
    guard i < source.count else { return }
    switch source[i] {
    case 0x3C: tag()
    case 0x7B: openBrace()
    case 0x7D: closeBrace()
    case 0x5B: openBracket()
    case 0x5D: closeBracket()
    case 0x7C: bar()
    case 0x27: quotes()
    case 0x26: reference()
    case 0x5F: magicWord()
    case 0x0A:
      // Links do not run over lines, only captions of files do.
      if frames[frames.count - 1].kind == .link, !isFile(frames[frames.count - 1]) { spill() }
      append([0x0A])
      i += 1
    default: i += 1
    }
  }

  private func at(_ text: StaticString, _ position: Int) -> Bool {
    let n = text.utf8CodeUnitCount
    guard position + n <= source.count else { return false }
    for k in 0..<n where source[position + k].asciiLowercased != text.utf8Start[k] { return false }
    return true
  }

  private mutating func append(_ bytes: some Sequence<UInt8>) {
    let last = frames.count - 1
    frames[last].parts[frames[last].parts.count - 1].append(contentsOf: bytes)
  }

  private mutating func push(_ kind: Frame.Kind, _ mark: Int) {
    if frames.count > Self.deepest {
      append(source[i..<(i + mark)])
    } else {
      frames.append(Frame(kind))
    }
    i += mark
  }

  /// Gives up the innermost frame: what it gathered stays as it was written.
  private mutating func spill() {
    let frame = frames.removeLast()
    switch frame.kind {
    case .template: append(Array("{{".utf8))
    case .parameter: append(Array("{{{".utf8))
    case .link: append(Array("[[".utf8))
    case .root, .reference, .gallery: break
    }
    for (index, part) in frame.parts.enumerated() {
      if index > 0 { append([0x7C]) }
      append(part)
    }
  }

  // MARK: Braces, brackets, bars

  private var isLineStart: Bool {
    var k = i
    while k > 0, source[k - 1] == 0x20 || source[k - 1] == 0x3A { k -= 1 }
    return k == 0 || source[k - 1] == 0x0A
  }

  private mutating func openBrace() {
    if at("{{{", i), !at("{{{{", i) || at("{{{{{", i) { return push(.parameter, 3) }
    if at("{{", i) { return push(.template, 2) }
    if at("{|", i), isLineStart {
      frames[frames.count - 1].tables += 1
      append(source[i..<(i + 2)])
      i += 2
      return
    }
    append([0x7B])
    i += 1
  }

  private mutating func closeBrace() {
    guard at("}}", i) else {
      append([0x7D])
      i += 1
      return
    }
    guard let open = frames.lastIndex(where: { $0.kind == .template || $0.kind == .parameter }),
      !frames[open...].contains(where: { $0.kind == .reference || $0.kind == .gallery })
    else {
      append(source[i..<(i + 2)])
      i += 2
      return
    }
    while frames.count - 1 > open {
      unclosed += 1
      spill()
    }
    if frames[open].kind == .parameter {
      if at("}}}", i) {
        let frame = frames.removeLast()
        // Its default, if it has one.
        if frame.parts.count > 1 { append(frame.parts[1]) }
        i += 3
        return
      }
      // Two braces end a template: `{{{` was one brace and a template.
      frames[open].kind = .template
    }
    let frame = frames.removeLast()
    i += 2
    append(WikiTemplate(frame.parts, page: page).text)
  }

  private mutating func openBracket() {
    if at("[[", i) { return push(.link, 2) }
    if let end = externalLink() {
      i = end
      return
    }
    append([0x5B])
    i += 1
  }

  /// `[https://example.org label]`: the label, else the address.
  private mutating func externalLink() -> Int? {
    guard at("[http://", i) || at("[https://", i) || at("[//", i) || at("[ftp://", i) || at("[mailto:", i) else {
      return nil
    }
    var k = i + 1
    while k < source.count, source[k] != 0x20, source[k] != 0x5D, source[k] != 0x0A, source[k] != 0x7C { k += 1 }
    guard k < source.count, source[k] == 0x20 || source[k] == 0x5D else { return nil }
    if source[k] == 0x5D {
      append(source[(i + 1)..<k])
      return k + 1
    }
    // The label may hold mark-up: the bracket behind it is dropped when it comes.
    var depth = 0
    var end = k
    while end < source.count, source[end] != 0x0A, end - k < 4000 {
      if source[end] == 0x5B { depth += 1 }
      if source[end] == 0x5D {
        if depth == 0 { break }
        depth -= 1
      }
      end += 1
    }
    guard end < source.count, source[end] == 0x5D else { return nil }
    dropped.insert(end)
    return k + 1
  }

  /// Brackets that end external links.
  private var dropped: Set<Int> = []

  private mutating func closeBracket() {
    if dropped.remove(i) != nil {
      i += 1
      return
    }
    guard at("]]", i), let open = frames.lastIndex(where: { $0.kind == .link }), open == frames.count - 1 else {
      append([0x5D])
      i += 1
      return
    }
    let frame = frames.removeLast()
    i += 2
    let link = WikiLink(frame.parts)
    if let category = link.category {
      if !categories.contains(category) { categories.append(category) }
      // A line with nothing but categories is none.
      return
    }
    append(link.text)
  }

  private func isFile(_ frame: Frame) -> Bool { frame.parts.count > 1 && WikiLink(frame.parts).isFile }

  private mutating func bar() {
    let last = frames.count - 1
    if frames[last].tables > 0 || at("|}", i) && !at("|}}", i) {
      if at("|}", i), isLineStart, frames[last].tables > 0 {
        frames[last].tables -= 1
        append(source[i..<(i + 2)])
        i += 2
        return
      }
      append([0x7C])
    } else {
      switch frames[last].kind {
      case .template, .parameter, .link: frames[last].parts.append([])
      case .root, .reference, .gallery: append([0x7C])
      }
    }
    i += 1
  }

  // MARK: Small things

  /// `''italic'''bold'''`: two, three or five go.
  private mutating func quotes() {
    var n = 1
    while i + n < source.count, source[i + n] == 0x27 { n += 1 }
    let kept = n == 1 ? 1 : n == 4 ? 1 : max(0, n - 5)
    append(repeatElement(0x27, count: kept))
    i += n
  }

  private mutating func magicWord() {
    if at("__", i) {
      var k = i + 2
      while k < source.count, source[k].isASCIIUppercase { k += 1 }
      if k > i + 3, at("__", k) {
        i = k + 2
        return
      }
    }
    append([0x5F])
    i += 1
  }

  private mutating func reference() {
    let (text, length) = CharacterReference.read(source, at: i)
    append(text)
    i += length
  }

  // MARK: Tags

  private mutating func tag() {
    if at("<!--", i) {
      i = find("-->", from: i + 4).map { $0 + 3 } ?? source.count
      return
    }
    guard let tag = WikiTag(source, i) else {
      append([0x3C])
      i += 1
      return
    }
    switch tag.name {
    case "nowiki": raw(tag) { $0 }
    case "math", "chem", "ce": raw(tag) { $0 }
    case "pre", "syntaxhighlight", "source":
      raw(tag) { text in
        // The line feed right behind the tag is not part of it.
        let code = text.first == 0x0A ? text.dropFirst() : text[...]
        return [0x0A, WikiTextBlocks.code] + code.map { $0 == 0x0A ? WikiTextBlocks.lineFeed : $0 } + [0x0A]
      }
    case "timeline", "graph", "score", "templatedata", "mapframe", "maplink", "imagemap", "hiero", "includeonly",
      "categorytree", "inputbox", "dpl", "dynamicpagelist", "style", "script", "templatestyles", "indicator":
      raw(tag) { _ in [] }
    case "ref":
      i = tag.end
      if tag.isClosing { endFrame(.reference) } else if !tag.isEmpty { push(.reference, 0) }
    case "gallery":
      i = tag.end
      if tag.isClosing { endFrame(.gallery) } else if !tag.isEmpty { push(.gallery, 0) }
    case "references":
      i = tag.end
      if tag.isClosing || tag.isEmpty { append([0x0A, WikiTextBlocks.references, 0x0A]) }
    case "h1", "h2", "h3", "h4", "h5", "h6":
      let marks = [UInt8](repeating: 0x3D, count: Int(tag.name.utf8.last! - 0x30))
      append(tag.isClosing ? marks + [0x0A] : [0x0A] + marks)
      i = tag.end
    case "p", "div", "tr", "table", "blockquote", "center", "li", "ul", "ol", "dl", "dd", "dt", "poem", "section":
      append([0x0A])
      i = tag.end
    case "br", "td", "th", "hr":
      append([0x20])
      i = tag.end
    default:
      if WikiTag.inline.contains(tag.name) {
        i = tag.end
      } else {
        append([0x3C])
        i += 1
      }
    }
  }

  /// An element whose content is not wikitext.
  private mutating func raw(_ tag: WikiTag, _ make: ([UInt8]) -> [UInt8]) {
    i = tag.end
    guard !tag.isClosing, !tag.isEmpty else { return }
    var close = tag.end
    while let next = find("</", from: close) {
      if let end = WikiTag(source, next), end.isClosing, end.name == tag.name {
        append(make(CharacterReference.decode(source[tag.end..<next])))
        i = end.end
        return
      }
      close = next + 2
    }
    append(make(CharacterReference.decode(source[tag.end...])))
    i = source.count
  }

  private mutating func endFrame(_ kind: Frame.Kind) {
    guard let open = frames.lastIndex(where: { $0.kind == kind }) else { return }
    while frames.count - 1 > open {
      unclosed += 1
      spill()
    }
    let text = frames.removeLast().parts[0]
    if kind == .reference {
      let line = Array(WhiteSpace.collapse(text).utf8)
      if !line.isEmpty, references.count < 4096 { references.append(line) }
      return
    }
    for line in text.split(separator: 0x0A) {
      guard let bar = line.firstIndex(of: 0x7C) else { continue }
      append([0x0A, WikiTextBlocks.caption] + line[(bar + 1)...] + [0x0A])
    }
  }

  private func find(_ text: StaticString, from start: Int) -> Int? {
    var k = start
    let n = text.utf8CodeUnitCount
    while k + n <= source.count {
      if source[k] == text.utf8Start[0], at(text, k) { return k }
      k += 1
    }
    return nil
  }
}
