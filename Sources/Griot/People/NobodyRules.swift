/// Who is no person: mailing lists, programs, shared mailboxes, labels of recordings in which speakers were told apart
/// but not known (user-needs R25, R27). Such mentions are never candidates, nor do they join two people.
enum NobodyRules {
  /// Why a name names nobody; `nil` for a name that may be a person's.
  ///
  /// - Parameter folded: The words of the name in lower case without diacritics.
  static func reason(name: String, folded: [String]) -> String? {
    guard let first = folded.first, let last = folded.last else { return nil }
    if name.hasSuffix("[bot]") || last == "bot" || last.hasSuffix("-bot") || robots.contains(first) && folded.count == 1
    {
      return "a program"
    }
    if folded.contains(where: programs.contains) { return "a program" }
    if folded.count <= 2, anonymous.contains(first), folded.count == 1 || isNumber(last) { return "an anonymous label" }
    if folded.count == 1, let label = strippedNumber(first), anonymous.contains(label) { return "an anonymous label" }
    if folded.count == 1, nobodies.contains(first) { return "a placeholder" }
    if placeholders.contains(folded.joined(separator: " ")) { return "a placeholder" }
    if folded.contains(where: groups.contains) { return "a group" }
    if folded.count >= 2, listEndings.contains(last) { return "a list" }
    return nil
  }

  /// Why mail from an address is nobody's in particular; `nil` for one that may be a person's.
  static func reason(_ address: MailAddress) -> String? {
    if address.domain == "users.noreply.github.com" { return nil }
    let words = address.local.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    if address.domain.hasPrefix("lists.") || address.domain.hasPrefix("list.") || isBelowLists(address.domain)
      || address.domain.hasPrefix("groups.") || address.domain == "googlegroups.com"
      || address.domain == "yahoogroups.com"
    {
      return "a list"
    }
    let joined = words.joined()
    if noReply.contains(where: joined.hasPrefix) { return "a program" }
    guard let last = words.last, let first = words.first else { return nil }
    if words.count >= 2, listEndings.contains(last) { return "a list" }
    if words.count >= 2, ["bounces", "bounce", "request", "owner", "subscribe", "unsubscribe"].contains(last) {
      return "a list"
    }
    if robots.contains(joined) || last == "bot" || first == "bot" || joined.hasSuffix("bot") && words.count > 1 {
      return "a program"
    }
    if roles.contains(joined) { return "a role address" }
    return nil
  }

  /// `.lists.` stands in it.
  private static func isBelowLists(_ domain: String) -> Bool {
    domain.utf8.count > 7
      && domain.split(separator: ".", omittingEmptySubsequences: false).dropFirst().dropLast().contains("lists")
  }

  private static func isNumber(_ word: String) -> Bool {
    word.count <= 3 && word.allSatisfy { $0.isNumber || $0 == "#" } || word.count == 1
  }

  /// `speaker` of `speaker00`; `nil` without a number.
  private static func strippedNumber(_ word: String) -> String? {
    let stripped = word.reversed().drop { $0.isNumber }
    guard stripped.count < word.count, !stripped.isEmpty else { return nil }
    return String(stripped.reversed())
  }

  private static let noReply = ["noreply", "donotreply", "nepasrepondre", "keineantwort", "mailerdaemon", "bounce"]
  private static let robots: Set<String> = [
    "root", "daemon", "cron", "nagios", "jenkins", "buildbot", "travis", "dependabot", "renovate", "github", "gitlab",
    "jira", "bugzilla", "roundup", "trac", "monitoring", "alertmanager", "postmaster", "mailman", "majordomo",
    "listserv", "notifications", "notification", "notify", "alerts", "robot", "cvs2svn", "svn", "git", "apache",
    "www-data", "wwwdata", "nobody", "automation", "ci",
  ]
  private static let programs: Set<String> = [
    "robot", "bot", "daemon", "monitor", "monitoring", "notifier", "notification", "notifications", "alert", "alerts",
    "mailer", "autoresponder", "cronjob", "jenkins", "buildbot", "dependabot", "bugzilla",
  ]
  private static let roles: Set<String> = [
    "info", "admin", "administrator", "office", "contact", "kontakt", "support", "help", "helpdesk", "hello", "hallo",
    "team", "staff", "sales", "marketing", "press", "presse", "newsletter", "news", "editor", "editors", "redaktion",
    "webmaster", "hostmaster", "abuse", "security", "billing", "accounts", "jobs", "hr", "service", "servicedesk",
    "mail", "email", "post", "enquiries", "feedback", "events", "secretary", "sekretariat", "secretariat", "it",
    "ops", "oncall", "tools", "list", "lists", "everyone", "all", "alle", "tous",
  ]
  private static let listEndings: Set<String> = [
    "list", "liste", "users", "dev", "devel", "announce", "announcements", "discuss", "commits", "checkins", "digest",
    "newsletter", "help", "bugs", "interest",
  ]
  private static let groups: Set<String> = [
    "team", "newsletter", "mailinglist", "notifications", "committee", "redaktion", "sekretariat", "helpdesk",
    "webmaster", "administrator", "noreply", "mailer-daemon", "colleague", "kollege", "kollegin", "collegue",
  ]
  private static let anonymous: Set<String> = [
    "speaker", "sprecher", "sprecherin", "locuteur", "intervenant", "hablante", "participant", "unknown", "guest",
    "user", "spk", "spkr", "person", "voice", "male", "female", "ομιλητης", "attendee", "caller",
  ]
  private static let nobodies: Set<String> = [
    "unknown", "anonymous", "anonym", "anonyme", "nobody", "none", "null", "undefined", "n/a", "na", "all", "everyone",
    "alle", "tous", "audience", "host", "moderator", "interviewer", "interviewee", "narrator", "transcript",
    "applause", "music", "inaudible", "crosstalk", "operator", "admin", "editor", "author", "various", "staff",
  ]
  private static let placeholders: Set<String> = [
    "your name", "first last", "john q public", "unknown speaker", "unidentified speaker", "unknown author",
    "multiple speakers", "several speakers", "audience member", "mail delivery subsystem", "mail delivery system",
    "mailing list", "anonymous user", "various authors", "the editors",
  ]
}
