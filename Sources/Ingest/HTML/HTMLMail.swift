/// What the HTML of a mail says about how it was made.
struct HTMLMailFacts {
  /// Nested layout tables of fixed width: made by a newsletter tool.
  var isBulkLayout = false
  var mentionsUnsubscribing = false

  static func merge(_ a: HTMLMailFacts?, _ b: HTMLMailFacts) -> HTMLMailFacts {
    guard let a else { return b }
    return HTMLMailFacts(
      isBulkLayout: a.isBulkLayout || b.isBulkLayout,
      mentionsUnsubscribing: a.mentionsUnsubscribing || b.mentionsUnsubscribing)
  }
}

/// The HTML body of a mail.
enum HTMLMail {
  static func write(_ utf8: [UInt8], to out: inout BlockWriter) -> HTMLMailFacts { HTMLMailFacts() }
}
