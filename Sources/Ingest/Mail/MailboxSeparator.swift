/// Judges whether a line that begins with `From` starts a new message of an mbox, by evidence (user-needs R1).
///
/// Bodies hold such lines, too: sentences ("From what I see"), pasted messages, patches made by git. Separators come
/// dated (`From jane@example.org Mon Jan  1 00:00:00 2024`), obfuscated (`From jane at example.org  Tue …`), with a
/// dash for the sender (Thunderbird) and bare (`From`), with and without a blank line before them. What all real
/// ones have is the header of a message below.
struct MailboxSeparator {
  enum Verdict: Equatable {
    case yes, no
    /// Looks like a separator, but what follows is no header, or a patch: not taken, to be reported.
    case suspect
    /// The header below runs past the bytes at hand.
    case needMore
  }

  /// The file's own separators are those of `git format-patch --stdout`.
  var isGitFile = false

  private static let lookahead = 32 << 10

  /// - Parameter at: Offset of an `F` at the start of a line that begins with `From`.
  func judge(_ bytes: UnsafeRawBufferPointer, at: Int, reachesEnd: Bool) -> Verdict {
    let lineEnd = bytes.lineEnd(from: at)
    guard lineEnd < bytes.count else { return reachesEnd ? .no : .needMore }
    let shape = Self.shape(bytes, at, lineEnd)
    guard shape != .sentence else { return .no }
    let below = Self.headerBelow(bytes, lineEnd + 1, reachesEnd: reachesEnd)
    if below.isCut { return .needMore }
    let afterBlank = Self.followsBlankLine(bytes, at)
    switch shape {
    case .sentence: return .no
    case .patch where !isGitFile: return below.transport >= 1 ? .yes : .suspect
    case .patch, .dated:
      if below.known >= 2 || below.known == 1 && (afterBlank || below.total >= 3) { return .yes }
      return .suspect
    case .addressed: return below.known >= 2 ? .yes : afterBlank && below.known == 1 ? .suspect : .no
    case .bare: return below.known >= 2 && below.identifying >= 1 ? .yes : .no
    }
  }

  enum Shape { case dated, patch, addressed, bare, sentence }

  static func shape(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Shape {
    var words: [Range<Int>] = []
    var i = start + 4
    if i < end, !bytes[i].isASCIISpace { return .sentence }
    while i < end, words.count < 16 {
      while i < end, bytes[i].isASCIISpace { i += 1 }
      let word = i
      while i < end, !bytes[i].isASCIISpace { i += 1 }
      if i > word { words.append(word..<i) }
    }
    if words.isEmpty || words.count == 1 && words[0].count == 1 && bytes[words[0].lowerBound] == 0x2D { return .bare }
    let dated = words.indices.contains { n in
      n + 3 < words.count && isName(bytes, words[n], of: weekdays) && isName(bytes, words[n + 1], of: months)
        && isClock(bytes, words[n + 3])
    }
    if dated {
      let hash = words[0]
      let isHash = hash.count == 40 || hash.count == 64
      return isHash && hash.allSatisfy { bytes[$0].hexValue != nil } ? .patch : .dated
    }
    let first = words[0]
    let hasAddress = first.contains { bytes[$0] == 0x40 } && words.count <= 9
    return hasAddress && words.dropFirst().contains { isClock(bytes, $0) }
      ? .addressed
      : hasAddress && words.count == 1
        ? .addressed : .sentence
  }

  private static let weekdays: StaticString = "montuewedthufrisatsun"
  private static let months: StaticString = "janfebmaraprmayjunjulaugsepoctnovdec"

  private static func isName(_ bytes: UnsafeRawBufferPointer, _ word: Range<Int>, of names: StaticString) -> Bool {
    var length = word.count
    if length == 4, bytes[word.upperBound - 1] == 0x2C { length = 3 }
    guard length == 3 else { return false }
    for name in stride(from: 0, to: names.utf8CodeUnitCount, by: 3) {
      if (0..<3).allSatisfy({ bytes[word.lowerBound + $0].asciiLowercased == names.utf8Start[name + $0] }) {
        return true
      }
    }
    return false
  }

  private static func isClock(_ bytes: UnsafeRawBufferPointer, _ word: Range<Int>) -> Bool {
    guard word.count >= 4, word.count <= 8 else { return false }
    return bytes[word.lowerBound].isASCIIDigit && word.contains { bytes[$0] == 0x3A }
      && word.allSatisfy { bytes[$0].isASCIIDigit || bytes[$0] == 0x3A }
  }

  private static func followsBlankLine(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Bool {
    guard at >= 2 else { return true }
    return bytes[at - 2] == 0x0A || at >= 3 && bytes[at - 2] == 0x0D && bytes[at - 3] == 0x0A
  }
}

extension MailboxSeparator {
  /// What stands where a header should be.
  struct HeaderBelow {
    /// Lines that have the shape of a field, well-known names among them, names that make a message out among those
    /// (From, Date, Subject, Message-ID, Received, Return-Path), and names that only transport adds.
    var total = 0, known = 0, identifying = 0, transport = 0
    var isCut = false
  }

  static func headerBelow(_ bytes: UnsafeRawBufferPointer, _ start: Int, reachesEnd: Bool) -> HeaderBelow {
    var found = HeaderBelow()
    var i = start
    let limit = min(bytes.count, start + lookahead)
    while i < limit {
      let end = bytes.lineEnd(from: i)
      if end == bytes.count, !reachesEnd {
        found.isCut = true
        return found
      }
      if end == i || end == i + 1 && bytes[i] == 0x0D { return found }
      // Folded lines, and separators that a broken exporter escaped into the header (">From - Mon Jan …").
      let isContinuation = bytes[i] == 0x20 || bytes[i] == 0x09
      let isEscaped = bytes[i] == 0x3E && bytes.matches(">from ", at: i)
      if !isContinuation, !isEscaped {
        guard let colon = fieldName(bytes, i, end) else { return found }
        found.total += 1
        classify(UnsafeRawBufferPointer(rebasing: bytes[i..<colon]), &found)
        // Enough to be sure: three known fields.
        if found.known >= 3, found.identifying >= 1, found.transport >= 1 { return found }
      }
      i = end + 1
    }
    if i >= bytes.count, !reachesEnd { found.isCut = true }
    return found
  }

  private static func fieldName(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int? {
    var i = start
    while i < end, bytes[i] > 0x20, bytes[i] < 0x7F, bytes[i] != 0x3A { i += 1 }
    return i < end && bytes[i] == 0x3A && i > start && i - start < 80 ? i : nil
  }

  private static func classify(_ name: UnsafeRawBufferPointer, _ found: inout HeaderBelow) {
    func any(_ names: [StaticString]) -> Bool {
      names.contains { $0.utf8CodeUnitCount == name.count && name.matches($0, at: 0) }
    }
    if any(["message-id", "received", "return-path", "delivered-to", "x-original-to", "envelope-to", "x-gm-thrid"]) {
      found.known += 1
      found.identifying += 1
      found.transport += 1
    } else if any(["from", "date", "subject"]) {
      found.known += 1
      found.identifying += 1
    } else if any([
      "to", "cc", "mime-version", "content-type", "content-transfer-encoding", "reply-to", "sender", "references",
      "in-reply-to", "status", "x-status", "content-length", "lines", "list-id", "precedence", "user-agent", "x-mailer",
      "x-mozilla-status", "x-mozilla-status2", "x-mozilla-keys", "x-uid", "x-uidl", "x-keywords", "x-gmail-labels",
      "dkim-signature", "authentication-results", "received-spf", "newsgroups", "path", "xref", "organization",
      "x-evolution", "x-account-key", "arc-seal", "x-received", "bcc", "importance", "x-priority",
    ]) {
      found.known += 1
    }
  }
}
