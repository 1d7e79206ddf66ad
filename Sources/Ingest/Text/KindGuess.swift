import Documents

/// What kind of document a text is, by what its source says, where it lies and how it is built.
///
/// The order: a word of the front matter, a folder or file name, headings, speaker turns. `--kind` overrides all of it
/// later.
enum KindGuess {
  /// A word that names a kind in front matter (`layout: newsletter`, `type: postmortem`); `nil` for all others.
  static func named(_ word: String) -> DocumentKind? {
    let name = word.lowercased().replacing("-", with: "").replacing("_", with: "").replacing(" ", with: "")
    return words[name]
  }

  /// - Parameters:
  ///   - folders: From the source's own folder inwards.
  ///   - headings: In lower case.
  static func guess(folders: [String], stem: String, title: String, headings: [String]) -> DocumentKind {
    for name in [stem] + folders.reversed() {
      if let kind = inName(name) { return kind }
    }
    if let kind = inTitle(title.lowercased()) { return kind }
    let strong = headings.filter { heading in lessonHeadings.contains { heading.contains($0) } }.count
    if strong >= 2 { return .lesson }
    return .document
  }

  private static func inTitle(_ title: String) -> DocumentKind? {
    if lessonTitles.contains(where: { title.contains($0) }) { return .lesson }
    if title.contains("newsletter") || title.hasPrefix("this week in ") || title.contains("rundbrief") {
      return .newsletter
    }
    if title.hasPrefix("transcript") { return .transcript }
    return nil
  }

  /// Whole words of a name, single and in pairs.
  private static func inName(_ name: String) -> DocumentKind? {
    let lower = name.lowercased()
    if lower.hasSuffix(".wiki") { return .wiki }
    let parts = lower.split { !$0.isLetter }.map(String.init)
    for (index, part) in parts.enumerated() {
      if index + 1 < parts.count, let kind = words[part + parts[index + 1]] { return kind }
      if let kind = words[part] { return kind }
    }
    return lower.hasPrefix("this-week-in") || lower.hasSuffix("this-week-in-rust") ? .newsletter : nil
  }

  private static let words: [String: DocumentKind] = {
    let groups: [(DocumentKind, [String])] = [
      (
        .newsletter,
        [
          "newsletter", "newsletters", "digest", "digests", "rundbrief", "rundbriefe", "infolettre", "infolettres",
          "bulletin", "bulletins", "gazette", "newsletterissue", "weeklynews", "thisweek", "boletin", "mitteilungen",
        ]
      ),
      (.wiki, ["wiki", "wikis", "wikipage", "confluence", "mediawiki", "dokuwiki", "twiki"]),
      (
        .transcript,
        [
          "transcript", "transcripts", "transcription", "transcriptions", "recording", "recordings", "subtitles",
          "captions", "interview", "interviews", "oralhistory", "oralhistories", "transkript", "transkripte",
        ]
      ),
      (
        .lesson,
        [
          "lesson", "lessons", "lessonslearned", "lessonlearned", "postmortem", "postmortems", "retro", "retros",
          "retrospective", "retrospectives", "afteraction", "incidentreport", "incidentreports", "outagereport",
          "nachlese", "lehren", "retrospektive", "rex", "llis",
        ]
      ),
    ]
    var out: [String: DocumentKind] = [:]
    for (kind, names) in groups { for name in names { out[name] = kind } }
    return out
  }()

  private static let lessonTitles = [
    "post-mortem", "postmortem", "post mortem", "lessons learned", "lessons learnt", "lesson learned", "retrospective",
    "after-action", "after action", "incident report", "incident review", "root cause analysis", "what we learned",
    "retour d'expérience", "lecciones aprendidas",
  ]

  private static let lessonHeadings = [
    "lessons learned", "lessons learnt", "lesson", "what went well", "what went wrong", "what went badly", "root cause",
    "contributing factor", "corrective action", "action item", "what we learned", "where we got lucky", "takeaways",
    "driving event", "recommendations", "was lief gut", "was lief schlecht", "lehren", "ursache", "maßnahmen",
    "ce qui a bien marché", "enseignements", "lecciones",
  ]
}
