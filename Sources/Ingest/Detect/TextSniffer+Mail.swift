/// Messages and mailboxes.
extension TextSniffer {
  /// The first line is a separator of mbox: `From someone Tue Jul  1 10:52:37 2003`, or Pipermail's
  /// `From a at b.c  Tue …`; headers follow.
  var isMailbox: Bool {
    guard starts(with: "From ") else { return false }
    let lines = lines(4)
    guard lines.count >= 2 else { return false }
    let separator = lines[0]
    let hasYear = separator.count <= 200 && Self.hasClock(separator)
    let headers = lines.dropFirst().prefix { Self.headerName($0) != nil || $0.first?.isBlank == true }
    let next = lines.dropFirst().first.map { Self.headerName($0) != nil || $0.starts(with: ">From ".utf8) } ?? false
    return (hasYear && next) || (separator.count <= 6 && headers.count >= 2)
  }

  enum MailEvidence {
    case none, possible, likely, certain
  }

  /// How much the first lines look like the headers of a message.
  var mailEvidence: MailEvidence {
    var certain = 0
    var usual = 0
    var other = 0
    var lines = lines(60)
    // The envelope line of a mailbox that was cut up, with a date or without.
    if starts(with: "From ") { lines.removeFirst() }
    for line in lines {
      if line.isEmpty { break }
      if line.first?.isBlank == true { continue }
      guard let name = Self.headerName(line) else {
        if certain + usual + other == 0 { return .none }
        other -= 2
        if other < -2 { break }
        continue
      }
      if Self.transportHeaders.contains(name) {
        certain += 1
      } else if Self.usualHeaders.contains(name) {
        usual += 1
        // Nothing but MIME has parts.
        if name == "content-type", Self.isMultipart(line) { certain += 1 }
      } else {
        other += 1
      }
    }
    if certain >= 2 || (certain >= 1 && usual >= 1) { return .certain }
    if usual >= 3 && other >= 0 { return .likely }
    return certain + usual >= 1 ? .possible : .none
  }

  private static let transportHeaders: Set<String> = [
    "received", "message-id", "return-path", "delivered-to", "mime-version", "x-mailer", "content-transfer-encoding",
    "list-id", "list-unsubscribe", "in-reply-to", "references", "errors-to", "dkim-signature", "x-original-to",
    "x-message-id", "authentication-results", "received-spf", "user-agent", "precedence",
  ]
  private static let usualHeaders: Set<String> = [
    "from", "to", "cc", "subject", "date", "reply-to", "sender", "bcc", "content-type", "organization", "newsgroups",
  ]

  /// The name of a header field in lower case: printable ASCII without blanks, up to a colon, in front of which old
  /// mail may have blanks (RFC 5322, 4.5).
  static func headerName(_ line: UnsafeBufferPointer<UInt8>) -> String? {
    guard let colon = line.prefix(77).firstIndex(of: 0x3A), colon > 0 else { return nil }
    var name = line[..<colon]
    while let last = name.last, last.isBlank { name.removeLast() }
    guard !name.isEmpty, name.count + 8 >= colon else { return nil }
    guard name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    return String(decoding: name.map(\.asciiLowercased), as: UTF8.self)
  }

  private static func isMultipart(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let value = line.drop { $0 != 0x3A }.dropFirst().drop { $0.isBlank }
    return value.lazy.map(\.asciiLowercased).starts(with: "multipart/".utf8)
  }

  /// `10:52` somewhere.
  private static func hasClock(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.count >= 5 else { return false }
    for i in 2..<(line.count - 2) where line[i] == 0x3A {
      if line[i - 1].isASCIIDigit, line[i - 2].isASCIIDigit || line[i - 2] == 0x20, line[i + 1].isASCIIDigit {
        return true
      }
    }
    return false
  }
}
