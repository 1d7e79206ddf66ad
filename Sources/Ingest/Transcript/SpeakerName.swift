/// What may stand before a colon and be a person.
enum SpeakerName {
  /// - Parameter isStructural: The file's shape says that this is a name (a tab-separated chat, a VTT in which most
  ///   cues begin so): handles in lower case are allowed.
  static func isPlausible(_ name: String, isStructural: Bool) -> Bool {
    guard !name.isEmpty, name.utf8.count <= 60 else { return false }
    let words = outsideParentheses(name).split(separator: " ")
    guard (1...6).contains(words.count) else { return false }
    // Sentences, paths, addresses, code.
    if name.contains(where: { ":?!;=\"<>[]{}|\\/#%$`".contains($0) }) { return false }
    guard let first = words[0].unicodeScalars.first else { return false }
    guard words.contains(where: { word in word.unicodeScalars.contains { $0.properties.isAlphabetic } }) else {
      return false
    }
    if first.properties.numericType != nil, !isStructural { return false }
    if isAnonymous(name) { return true }
    if isStructural { return true }
    if notNames.contains(name.lowercased()) || notNames.contains(words[0].lowercased()) && words.count == 1 { return false }
    // Every word of a name begins with a capital, or has no capitals at all (other scripts); particles do not count.
    for word in words {
      guard let initial = word.unicodeScalars.first(where: { $0.properties.isAlphabetic }) else {
        if word.allSatisfy({ $0.isNumber || ".&-'’,".contains($0) }) { continue }
        return false
      }
      if initial.properties.isLowercase, !particles.contains(word.lowercased()) { return false }
    }
    return true
  }

  static func wordCount(_ name: String) -> Int { name.split(separator: " ").count }

  private static func outsideParentheses(_ name: String) -> String {
    var depth = 0
    var out = ""
    for character in name {
      if character == "(" { depth += 1 }
      if depth == 0 { out.append(character) }
      if character == ")" { depth = max(0, depth - 1) }
    }
    return out
  }

  /// Labels that a machine gave (`SPEAKER_00`, `Speaker 1`, `Unknown`, `S1`): kept as speakers, never as persons (R25).
  static func isAnonymous(_ name: String) -> Bool {
    var stem = name.lowercased()[...]
    while let last = stem.last, last.isNumber || last == "_" || last == " " || last == "#" || last == "-" { stem = stem.dropLast() }
    if stem.isEmpty { return true }
    let hasNumber = stem.count < name.count
    if machineLabels.contains(String(stem)) { return true }
    // A single letter behind the word: `Speaker A`.
    if stem.hasPrefix("speaker "), stem.count == 9 { return true }
    return hasNumber && (stem == "s" || stem == "spk")
  }

  private static let machineLabels: Set<String> = [
    "speaker", "spk", "unknown", "unknown speaker", "unidentified", "unidentified speaker", "unidentified male",
    "unidentified female", "male speaker", "female speaker", "male", "female", "man", "woman", "audience",
    "audience member", "audience question", "multiple speakers", "all", "everyone", "interviewer", "interviewee",
    "participant", "guest", "host", "moderator", "narrator", "voice", "caller", "sprecher", "sprecherin", "locuteur",
    "hablante", "q", "a", "question", "answer",
  ]

  private static let particles: Set<String> = [
    "von", "van", "de", "der", "den", "da", "di", "du", "del", "della", "la", "le", "el", "al", "bin", "ibn", "dos",
    "das", "ter", "ten", "zu", "zur", "af", "av", "y", "and", "und", "et", "of", "jr", "sr",
  ]

  /// Labels of notes and forms that stand before colons and are nobody.
  private static let notNames: Set<String> = [
    "note", "notes", "nb", "agenda", "date", "time", "topic", "topics", "summary", "location", "place", "attendees",
    "attendance", "present", "presenter", "presenters", "participants", "absent", "apologies", "regrets", "example",
    "examples", "warning", "caution", "important", "todo", "to do", "subject", "from", "to", "cc", "bcc", "sent",
    "action", "actions", "action item", "action items", "conclusion", "conclusions", "resolution", "resolutions",
    "decision", "decisions", "result", "results", "reason", "status", "title", "author", "authors", "version", "url",
    "link", "links", "source", "sources", "tags", "category", "categories", "keywords", "abstract", "introduction",
    "background", "purpose", "goal", "goals", "output", "input", "usage", "see", "see also", "tip", "hint", "edit",
    "update", "updated", "created", "recorded", "recording", "duration", "length", "language", "transcript",
    "transcript by", "transcribed by", "chair", "chairs", "scribe", "minutes", "meeting", "name", "address", "phone",
    "email", "e-mail", "fax", "website", "web", "http", "https", "step", "figure", "table", "chapter", "section",
    "part", "item", "problem", "solution", "impact", "cause", "root cause", "timeline", "severity", "description",
    "details", "remote attendees", "in-person attendees", "remote", "in person", "next meeting", "previous meeting",
    "references", "copyright", "license", "licence", "p.s", "ps", "re", "aw", "fwd", "fw", "datum", "ort", "thema",
    "teilnehmer", "anwesend", "hinweis", "achtung", "beschluss", "ergebnis", "fazit", "beispiel", "zeit", "dauer",
    "remarque", "exemple", "objet", "lieu", "nota", "ejemplo", "fecha", "lugar", "asunto", "tema", "dépôt",
    "requires", "returns", "parameters", "arguments", "default", "type", "priority", "component", "milestone",
    "pros", "cons", "advantages", "disadvantages", "however", "also", "remember", "disclaimer", "spoiler",
    "highlights", "overview", "context", "outcome", "outcomes", "lesson", "lessons", "lessons learned", "question for",
    "python-version", "content-type", "post-history", "discussions-to", "pep", "last-modified",
  ]
}
