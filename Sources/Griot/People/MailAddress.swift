/// An e-mail address taken apart for comparison. Addresses are compared, never shown in this form.
struct MailAddress: Hashable {
  /// Lower case, without what mail systems ignore: `+tags`, dots of Gmail, the number of a GitHub address.
  let local: String
  let domain: String
  /// The part of the domain that is registered: `example.org` of `lists.example.org`, `example.co.uk`.
  let organization: String

  /// - Returns: `nil` for what is no address: no `@`, nothing before it, a domain without a dot (`none@none`,
  ///   `root@localhost`), placeholders of documentation.
  init?(_ text: String) {
    var text = text.lowercased()
    // Archives write `jane at example.org` against harvesters.
    if !text.contains("@") {
      let words = text.split(separator: " ")
      guard words.count == 3, words[1] == "at" || words[1] == "(at)" || words[1] == "[at]" else { return nil }
      text = words[0] + "@" + words[2]
    }
    guard let at = text.lastIndex(of: "@"), at != text.startIndex else { return nil }
    var local = String(text[..<at])
    var domain = String(text[text.index(after: at)...])
    while domain.hasSuffix(".") { domain.removeLast() }
    let labels = domain.split(separator: ".")
    guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }), !local.contains(" ") else { return nil }
    if Self.placeholders.contains(domain), local == "you" || local == "user" || local == "email" || local == "name" {
      return nil
    }
    if domain.hasSuffix(".local") || domain.hasSuffix(".localdomain") || domain.hasSuffix(".invalid") { return nil }
    if domain == "googlemail.com" { domain = "gmail.com" }
    if domain == "users.noreply.github.com", let plus = local.firstIndex(of: "+") {
      local = String(local[local.index(after: plus)...])
    }
    if let plus = local.firstIndex(of: "+"), plus != local.startIndex { local = String(local[..<plus]) }
    if domain == "gmail.com" { local.removeAll { $0 == "." } }
    guard !local.isEmpty else { return nil }
    self.local = local
    self.domain = domain
    let isSecondLevel =
      labels.count >= 3 && labels[labels.count - 1].count == 2
      && Self.secondLevel.contains(
        String(labels[labels.count - 2]))
    organization = labels.suffix(isSecondLevel ? 3 : 2).joined(separator: ".")
  }

  var text: String { local + "@" + domain }

  /// Whether the domain hands out addresses to everybody: sharing it says nothing about two people.
  var isPublicProvider: Bool {
    Self.providers.contains(organization) || domain == "users.noreply.github.com"
  }

  /// The local part without digits at its end: `jan.petersen` of `jan.petersen2`.
  var localWithoutNumber: Substring {
    var end = local[...]
    while let last = end.last, last.isASCII, last.isNumber { end.removeLast() }
    return end
  }

  private static let placeholders: Set<String> = ["example.com", "example.org", "example.net", "domain.com"]
  private static let secondLevel: Set<String> = ["co", "ac", "com", "edu", "gov", "org", "net", "ne", "or", "go", "oz"]
  private static let providers: Set<String> = [
    "gmail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "yahoo.co.uk", "yahoo.fr",
    "yahoo.de", "ymail.com", "aol.com", "icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net", "gmx.com", "gmx.at",
    "web.de", "t-online.de", "freenet.de", "posteo.de", "mailbox.org", "proton.me", "protonmail.com", "fastmail.com",
    "fastmail.fm", "free.fr", "orange.fr", "laposte.net", "wanadoo.fr", "libero.it", "mail.ru", "yandex.ru", "qq.com",
    "126.com", "163.com", "naver.com", "users.sourceforge.net", "sourceforge.net", "pobox.com", "acm.org", "ieee.org",
    "comcast.net", "verizon.net", "att.net", "btinternet.com", "bluewin.ch", "otenet.gr", "mail.com", "zoho.com",
    "hey.com", "tutanota.com", "riseup.net",
  ]
}
