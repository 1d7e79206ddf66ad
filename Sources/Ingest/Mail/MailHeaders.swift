/// The headers of a message that a document is made from, raw. One pass over all headers collects them.
struct MailHeaders {
  enum Name: Int, CaseIterable {
    case from, sender, to, cc, subject, date, received, messageID, inReplyTo, references, replyTo
    case listID, listPost, listUnsubscribe, precedence, mailer, campaign, feedbackID, originalFrom, mailingList
    case contentLanguage, autoSubmitted
  }

  /// First value of each name; for `received` the last one, which is the oldest.
  private var values: [[UInt8]?] = Array(repeating: nil, count: Name.allCases.count)
  private(set) var count = 0

  subscript(_ name: Name) -> [UInt8]? { values[name.rawValue] }

  /// - Parameter part: The message itself or an embedded one.
  init(_ message: MIMEMessage, part: Int = 0) {
    message.forEachHeader(of: part) { name, value in
      count += 1
      guard let known = Self.known(name) else { return }
      if values[known.rawValue] == nil || known == .received { values[known.rawValue] = [UInt8](value) }
    }
    // GMime keeps the Content- fields of a message with its body.
    if values[Name.contentLanguage.rawValue] == nil, part + 1 < message.parts.count {
      values[Name.contentLanguage.rawValue] = message.rawHeader("content-language", of: part + 1)
    }
  }

  private static func known(_ name: UnsafeRawBufferPointer) -> Name? {
    func isNamed(_ text: StaticString) -> Bool { name.matches(text, at: 0) }
    switch name.count {
    case 2: return isNamed("to") ? .to : isNamed("cc") ? .cc : nil
    case 4: return isNamed("from") ? .from : isNamed("date") ? .date : nil
    case 6: return isNamed("sender") ? .sender : nil
    case 7: return isNamed("subject") ? .subject : isNamed("list-id") ? .listID : nil
    case 8:
      return isNamed("received") ? .received : isNamed("reply-to") ? .replyTo : isNamed("x-mailer") ? .mailer : nil
    case 9: return isNamed("list-post") ? .listPost : nil
    case 10:
      return isNamed("message-id")
        ? .messageID
        : isNamed("references")
          ? .references
          : isNamed("precedence")
            ? .precedence
            : isNamed("x-campaign")
              ? .campaign
              : isNamed("x-mc-user") ? .campaign : nil
    case 11:
      return isNamed("in-reply-to") ? .inReplyTo : isNamed("feedback-id") ? .feedbackID : nil
    case 12: return isNamed("mailing-list") ? .mailingList : isNamed("x-campaignid") ? .campaign : nil
    case 13: return isNamed("x-campaign-id") ? .campaign : nil
    case 14: return isNamed("auto-submitted") ? .autoSubmitted : isNamed("x-mailing-list") ? .mailingList : nil
    case 15: return isNamed("x-original-from") ? .originalFrom : nil
    case 16:
      return isNamed("list-unsubscribe") ? .listUnsubscribe : isNamed("content-language") ? .contentLanguage : nil
    default: return nil
    }
  }

  /// Message-IDs in a header, without angle brackets; a bare token counts where there are no brackets.
  static func messageIDs(_ raw: [UInt8]?, limit: Int = 64) -> [String] {
    guard let raw else { return [] }
    var out: [String] = []
    var i = 0
    while i < raw.count, out.count < limit {
      guard let open = raw[i...].firstIndex(of: 0x3C) else { break }
      guard let close = raw[open...].firstIndex(of: 0x3E) else { break }
      let id = raw[(open + 1)..<close].filter { $0 > 0x20 && $0 < 0x7F }
      if !id.isEmpty { out.append(String(decoding: id, as: UTF8.self)) }
      i = close + 1
    }
    if out.isEmpty {
      let token = HeaderText.collapse(raw).split(separator: 0x20).first { $0.contains(0x40) }
      if let token {
        out.append(String(decoding: token.filter { $0 > 0x20 && $0 < 0x7F && $0 != 0x3C }, as: UTF8.self))
      }
    }
    return out
  }
}
