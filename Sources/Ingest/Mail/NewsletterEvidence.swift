/// Tells a newsletter from correspondence by how it was sent and built.
enum NewsletterEvidence {
  /// - Parameter text: The text as read; its last lines often say what it is.
  static func isNewsletter(_ headers: MailHeaders, _ html: HTMLMailFacts?, subject: String, text: [UInt8]) -> Bool {
    // A conversation is none, whatever list it runs over.
    if headers[.inReplyTo] != nil || headers[.references] != nil || isReply(subject) { return false }
    var points = 0
    // A list for talking has an address to post to; who only lets people leave is sending an issue.
    if headers[.listUnsubscribe] != nil { points += headers[.listPost] == nil ? 2 : 1 }
    if headers[.campaign] != nil { points += 2 }
    if headers[.feedbackID] != nil { points += 1 }
    if let mailer = headers[.mailer], mentions(mailer, bulkMailers) { points += 2 }
    if let precedence = headers[.precedence], mentions(precedence, ["bulk", "list"]) {
      // Discussion lists say so, too; with a post address the list is for talking.
      points += headers[.listPost] == nil ? 1 : 0
    }
    for header in [headers[.from], headers[.listID], headers[.subject], headers[.to]] {
      if let header, mentions(header, names) {
        points += 2
        break
      }
    }
    if text.suffix(600).contains("newsletter") || text.suffix(600).contains("unsubscribe") { points += 1 }
    if let html {
      if html.isBulkLayout { points += 1 }
      if html.mentionsUnsubscribing { points += 1 }
    }
    if headers[.listPost] != nil, headers[.campaign] == nil { points -= 1 }
    return points >= 3
  }

  private static func isReply(_ subject: String) -> Bool {
    [UInt8](subject.utf8)[...].hasPrefix(anyOf: ["re:", "aw:", "sv:", "fwd:", "fw:", "wg:", "rv:", "antw:", "tr:"])
  }

  private static func mentions(_ raw: [UInt8], _ words: [StaticString]) -> Bool {
    words.contains { raw[...].contains($0) }
  }

  private static let bulkMailers: [StaticString] = [
    "mailchimp", "substack", "sendgrid", "campaign", "mailjet", "sendinblue", "brevo", "cleverreach", "constantcontact",
    "newsletter", "mailerlite", "hubspot", "marketo", "phplist", "listmonk", "buttondown", "ghost",
  ]
  private static let names: [StaticString] = [
    "newsletter", "rundbrief", "infobrief", "digest", "bulletin", "lettre d", "weekly", "monthly", "nieuwsbrief",
    "rundschreiben", "wochenbrief", "boletín", "boletin",
  ]
}
