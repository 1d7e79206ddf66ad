/// What may stand before a colon and be a person. Works on bytes: labels are looked for in every line of every text.
enum SpeakerName {
  typealias Bytes = UnsafeBufferPointer<UInt8>
  static let longest = 60

  /// Sentences, paths, addresses and code hold these; names do not.
  private static let foreign: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for byte in ":?!;=\"<>[]{}|\\/#%$`\n\t".utf8 { table[Int(byte)] = true }
    return table
  }()

  /// - Parameter isStructural: The file's shape says that this is a name (a tab-separated chat, a VTT in which most
  ///   cues begin so): handles in lower case are allowed.
  static func isPlausible(_ name: Bytes, isStructural: Bool) -> Bool {
    guard !name.isEmpty, name.count <= longest else { return false }
    var isASCII = true
    for byte in name {
      if foreign[Int(byte)] { return false }
      if byte >= 0x80 { isASCII = false }
    }
    guard let shape = Shape(name) else { return false }
    guard (1...6).contains(shape.words) else { return false }
    if shape.beginsWithDigit, !isStructural { return false }
    if isStructural || isAnonymous(name) { return true }
    guard shape.isCapitalised else { return false }
    return !isCommonLabel(name, words: shape.words, isASCII: isASCII)
  }

  static func isPlausible(_ name: String, isStructural: Bool) -> Bool {
    var name = name
    return name.withUTF8 { isPlausible($0, isStructural: isStructural) }
  }

  static func wordCount(_ name: String) -> Int { name.utf8.split(separator: 0x20).count }

  /// The words of a name, what is in parentheses left out.
  private struct Shape {
    var words = 0
    var beginsWithDigit = false
    /// Every word begins with a capital, or with a letter of a script without capitals; particles do not count.
    var isCapitalised = true

    /// `nil` if there is no letter.
    init?(_ name: Bytes) {
      var depth = 0
      var hasLetter = false
      var start = -1
      for index in 0...name.count {
        let byte = index < name.count ? name[index] : 0x20
        if byte == 0x28 { depth += 1 }
        if byte == 0x20 || depth > 0 {
          if start >= 0 { add(Bytes(rebasing: name[start..<index]), &hasLetter) }
          start = -1
        } else if start < 0 {
          start = index
        }
        if byte == 0x29 {
          depth = max(0, depth - 1)
          start = -1
        }
      }
      guard hasLetter else { return nil }
    }

    private mutating func add(_ word: Bytes, _ hasLetter: inout Bool) {
      words += 1
      if words == 1, word[0].isASCIIDigit { beginsWithDigit = true }
      for byte in word where byte.isASCIILetter || byte >= 0x80 {
        hasLetter = true
        if byte.isASCIILetter {
          if !byte.isASCIIUppercase, !SpeakerName.isParticle(word) { isCapitalised = false }
        } else {
          let initial = String(decoding: word, as: UTF8.self).unicodeScalars.first { $0.properties.isAlphabetic }
          if let initial, initial.properties.isLowercase, !SpeakerName.isParticle(word) { isCapitalised = false }
        }
        return
      }
      // Without letters: numbers and initials' dots pass, anything else is no name.
      let marks = ".&-',".utf8
      if !word.allSatisfy({ $0.isASCIIDigit || marks.contains($0) }) { isCapitalised = false }
    }
  }

  private static func lowercased(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: bytes.map(\.asciiLowercased), as: UTF8.self)
  }

  private static func isParticle(_ word: Bytes) -> Bool { word.count <= 5 && particles.contains(lowercased(word)) }

  private static func isCommonLabel(_ name: Bytes, words: Int, isASCII: Bool) -> Bool {
    guard name.count <= 24 else { return false }
    let lower = isASCII ? lowercased(name) : String(decoding: name, as: UTF8.self).lowercased()
    return notNames.contains(lower)
  }

  /// Labels that a machine gave (`SPEAKER_00`, `Speaker 1`, `Unknown`, `S1`): kept as speakers, never as persons (R25).
  static func isAnonymous(_ name: Bytes) -> Bool {
    guard name.count <= 32 else { return false }
    var end = name.count
    while end > 0, name[end - 1].isASCIIDigit || "_ #-".utf8.contains(name[end - 1]) { end -= 1 }
    if end == 0 { return true }
    let hasNumber = end < name.count
    let stem = lowercased(name[..<end])
    if machineLabels.contains(stem) { return true }
    // A single letter behind the word: `Speaker A`.
    if stem.utf8.count == 9, stem.hasPrefix("speaker ") { return true }
    return hasNumber && (stem == "s" || stem == "spk")
  }

  static func isAnonymous(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { isAnonymous($0) }
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
