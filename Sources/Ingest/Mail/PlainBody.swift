import Documents

/// Divides a plain text body into blocks: paragraphs, lists, code, quotes by depth, signature, forwarded text, list
/// footers. Nothing is deleted (user-needs R5): what is not the author's own words is marked.
struct PlainBody {
  private let lines: [PlainLines.Line]
  private let text: [UInt8]
  private var role: [Role]

  /// What a line is, beyond its quote depth.
  enum Role: UInt8 {
    case own, attribution, signature, forwarded, original, footer, armour
    /// Encoded files in the text (uuencode, yEnc): no words.
    case dropped
  }

  static func write(_ body: [UInt8], isFlowed: Bool = false, deletesSpaces: Bool = false, to out: inout BlockWriter) {
    let lines = PlainLines(body, isFlowed: isFlowed, deletesSpaces: deletesSpaces)
    var plain = PlainBody(lines)
    plain.mark()
    plain.emit(to: &out)
  }

  private init(_ source: PlainLines) {
    lines = source.lines
    text = source.text
    role = [Role](repeating: .own, count: lines.count)
  }

  // MARK: Marking

  private mutating func mark() {
    markPasses()
    let marked = share { self.role[$0] == .signature }
    let own = share { self.role[$0] == .own && self.lines[$0].depth == 0 }
    // Little is left beside what only looked like a signature or a forwarded message: a wrong guess (R5). Quote marks
    // and the delimiters of mail programs are no guesses.
    if own * 4 < marked {
      for i in role.indices where role[i] == .signature { role[i] = .own }
    }
  }

  private func share(_ predicate: (Int) -> Bool) -> Int {
    var n = 0
    for i in lines.indices where predicate(i) { n += lines[i].end - lines[i].start }
    return n
  }

  private mutating func markPasses() {
    var i = 0
    while i < lines.count {
      let line = lines[i]
      if line.depth > 0 || line.isEmpty {
        i += 1
        continue
      }
      if let found = MailPhrases.delimiter(bytes(i)) {
        let role: Role = found == .forwarded ? .forwarded : .original
        for j in i..<lines.count { self.role[j] = role }
        markFooter(from: i)
        return
      }
      if isHeaderBlock(i) {
        for j in i..<lines.count { self.role[j] = .original }
        markFooter(from: i)
        return
      }
      if let (role, end) = armour(i) {
        for j in i..<end { self.role[j] = role }
        i = end
        continue
      }
      if isSignatureStart(i) {
        let end = signatureEnd(i)
        for j in i..<end { self.role[j] = .signature }
        i = end
        continue
      }
      markAttribution(i)
      i += 1
    }
    markFooter(from: 0)
  }

  private func bytes(_ i: Int) -> ArraySlice<UInt8> { text[lines[i].start..<lines[i].end] }

  /// Outlook quotes below a header block without any mark.
  private func isHeaderBlock(_ i: Int) -> Bool {
    guard i > 0, lines[i].end - lines[i].start > 6, MailPhrases.isQuotedFrom(bytes(i)) else { return false }
    var found = 0
    for j in (i + 1)..<min(i + 6, lines.count) where MailPhrases.isQuotedHeader(bytes(j)) { found += 1 }
    return found >= 2
  }

  /// Blocks that programs put into plain text: PGP armour, uuencoded and yEnc files, what Pipermail leaves of an
  /// attachment.
  private func armour(_ i: Int) -> (Role, end: Int)? {
    let line = bytes(i)
    // Every phrase below begins with one of these, and hardly any line does.
    switch line.first {
    case UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "B"), UInt8(ascii: "b"): break
    default: return nil
    }
    func end(after phrase: StaticString) -> Int {
      (i..<lines.count).first { bytes($0).hasPrefix(anyOf: [phrase]) }.map { $0 + 1 } ?? lines.count
    }
    func paragraphEnd(_ from: Int) -> Int { (from..<lines.count).first { lines[$0].isEmpty } ?? lines.count }
    if line.hasPrefix(anyOf: ["-----begin pgp signed"]) { return (.footer, paragraphEnd(i)) }
    if line.hasPrefix(anyOf: ["-----begin "]) { return (.armour, end(after: "-----end ")) }
    if line.hasPrefix(anyOf: ["=ybegin "]) { return (.dropped, end(after: "=yend")) }
    if line.hasPrefix(anyOf: ["begin "]), line.count > 10, line.dropFirst(6).prefix(3).allSatisfy(\.isASCIIDigit),
      i + 1 < lines.count, bytes(i + 1).count == 61 || bytes(i + 1).first.map({ $0 > 0x20 && $0 < 0x4D }) == true
    {
      return (.dropped, (i..<lines.count).first { bytes($0).elementsEqual("end".utf8) }.map { $0 + 1 } ?? lines.count)
    }
    if line.hasPrefix(anyOf: ["-------------- next part"]) {
      let scrubbed = i + 1 < lines.count && bytes(i + 1).contains("scrubbed")
      return (.footer, scrubbed ? paragraphEnd(i) : i + 1)
    }
    return nil
  }

  private func isSignatureStart(_ i: Int) -> Bool {
    let line = bytes(i)
    guard line.count <= 3, line.starts(with: [0x2D, 0x2D]) else { return false }
    guard i + 1 < lines.count else { return false }
    if line.count == 3 { return line.last == 0x20 }
    // "--" without its space also divides sections: a signature is short and comes last.
    let rest = lines[(i + 1)...]
    return rest.count { !$0.isEmpty } <= 12 && !rest.contains { $0.depth > 0 }
  }

  private func signatureEnd(_ start: Int) -> Int {
    var i = start + 1
    while i < lines.count, lines[i].depth == 0, MailPhrases.delimiter(bytes(i)) == nil, armour(i) == nil { i += 1 }
    return i
  }

  /// "On Monday Jane wrote:" above a quote; it may take two or three lines.
  private mutating func markAttribution(_ i: Int) {
    guard let last = bytes(i).last, last == 0x3A || bytes(i).suffix(3).elementsEqual([0xEF, 0xBC, 0x9A]) else { return }
    var next = i + 1
    while next < lines.count, lines[next].isEmpty { next += 1 }
    guard next < lines.count, lines[next].depth > 0 else { return }
    var first = i
    while first > 0, i - first < 3, !lines[first - 1].isEmpty, lines[first - 1].depth == 0 { first -= 1 }
    guard
      let start = (first...i).last(where: { MailPhrases.startsAttribution(bytes($0)) })
        ?? (MailPhrases.namesWriting(bytes(i)) ? i : nil)
    else { return }
    for j in start...i { role[j] = .attribution }
  }

  /// The footer that a list or provider hangs on: from a rule of underscores or dashes to the end.
  private mutating func markFooter(from start: Int) {
    var i = lines.count - 1
    var seen = 0
    while i >= start, seen < 20 {
      if MailPhrases.isRule(bytes(i)), i + 1 < lines.count {
        let block = text[lines[i].end..<lines[min(i + 12, lines.count - 1)].end]
        if MailPhrases.isListFooter(block) {
          for j in i..<lines.count { role[j] = .footer }
        }
      }
      seen += 1
      i -= 1
    }
  }

  // MARK: Blocks

  private func block(_ i: Int) -> Block {
    let depth = UInt8(clamping: lines[i].depth)
    switch role[i] {
    case .own: return depth > 0 ? Block(.quote, level: depth) : Block(.paragraph)
    case .attribution: return Block(.quote, level: 1)
    case .signature, .armour: return Block(.signature)
    case .forwarded: return Block(.forwarded, level: depth)
    case .original: return Block(.quote, level: depth + 1)
    case .footer, .dropped: return Block(.template)
    }
  }

  private func emit(to out: inout BlockWriter) {
    text.withUnsafeBytes { bytes in
      var i = 0
      while i < lines.count {
        if lines[i].isEmpty || role[i] == .dropped {
          i += 1
          continue
        }
        var end = i + 1
        while end < lines.count, !lines[end].isEmpty, lines[end].depth == lines[i].depth, role[end] == role[i] {
          end += 1
        }
        MailParagraphs(bytes: bytes, lines: lines[i..<end], block: block(i)).write(to: &out)
        i = end
      }
    }
  }
}
