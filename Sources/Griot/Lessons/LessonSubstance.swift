/// How much a span says by itself.
///
/// `Several measures were taken to prevent a recurrence.` announces lessons and states none; whoever reads a list of
/// lessons wants what was learned, not that something was. Such a sentence ranks lower, it is not dropped: where it is
/// all that a record has, it leads to the place.
enum LessonSubstance {
  /// What a sentence that only announces counts.
  private static let announcement = 0.4
  static func factor(_ utf8: some Collection<UInt8>) -> Double { announces(utf8) ? announcement : 1 }

  /// A longer sentence says something beside.
  private static let longest = 120
  private static let quantities: Set<String> = [
    "several", "multiple", "various", "numerous", "many", "following", "these", "further", "additional", "certain",
    "preventive", "preventative", "corrective", "remediation", "architectural", "mehrere", "verschiedene", "folgende",
    "plusieurs", "diverses", "suivantes", "varias", "diversas", "siguientes",
  ]
  private static let things: Set<String> = [
    "steps", "measures", "improvements", "changes", "remediations", "actions", "practices", "lessons",
    "recommendations",
    "fixes", "enhancements", "safeguards", "maßnahmen", "verbesserungen", "schritte", "mesures", "améliorations",
    "medidas", "mejoras", "acciones",
  ]
  /// With one of these a sentence goes on to say what.
  private static let details: Set<String> = [
    "including", "include", "includes", "included", "such", "by", "namely", "adding", "using", "through", "dass",
    "indem",
    "notamment", "comme", "incluyendo", "como",
  ]

  /// `Google is implementing several preventative measures.`
  static func announces(_ utf8: some Collection<UInt8>) -> Bool {
    guard utf8.count <= longest, !utf8.contains(0x3A) else { return false }
    let words = String(decoding: utf8, as: UTF8.self).lowercased().split { !$0.isLetter && $0 != "-" }.map(String.init)
    guard !words.contains(where: details.contains) else { return false }
    guard let quantity = words.firstIndex(where: quantities.contains) else { return false }
    return words[(quantity + 1)...].prefix(3).contains(where: things.contains)
  }
}
